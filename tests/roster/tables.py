"""Roster sheets for tests, written as short rows; what is not named stays empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from openpyxl.utils import get_column_letter

from bot import importing
from domain import roster_export, roster_orgs, roster_rows
from domain.people import Membership, Organisation, Person, Role
from domain.roster_plan import Plan
from domain.roster_state import Present
from domain.sheets import Line, Table
from storage import models, owed, rostersheet, schema
from storage.codec import ZONE
from storage.db import Database
from storage.roster import RosterView

NOW = datetime(2026, 3, 2, 9, tzinfo=ZONE)
TODAY = NOW.date()
SCHOOL = {"组织名称": "校党委", "组织类型": "学校党委"}
UNIT = {"组织名称": "机械总支", "组织类型": "党总支", "上级组织": "校党委"}
FIRST = {"组织名称": "一支部", "组织类型": "党支部", "上级组织": "机械总支"}
SECOND = {"组织名称": "二支部", "组织类型": "党支部", "上级组织": "机械总支"}
UNITS = (SCHOOL, UNIT, FIRST, SECOND)
ZHENG = {"编号": "1", "姓名": "郑国栋", "账号": "zheng", "所在组织": "二支部", "党内职务": "校党委:书记"}
WANG = {"编号": "2", "姓名": "王建国", "账号": "wang", "所在组织": "一支部", "党内职务": "机械总支:书记"}
LI = {"编号": "3", "姓名": "李芳", "账号": "lifang", "所在组织": "一支部", "党内职务": "书记"}
ZHANG = {"编号": "4", "姓名": "张伟", "账号": "zhangwei", "所在组织": "一支部"}
PEOPLE = (ZHENG, WANG, LI, ZHANG)
Rows = Sequence[Mapping[str, str]]


def table(name: str, headings: Sequence[str], rows: Rows) -> Table:
    """A table as reading gives it: headings in row 1."""
    columns = {heading: get_column_letter(at) for at, heading in enumerate(headings, 1)}
    lines = tuple(Line(number, dict(row)) for number, row in enumerate(rows, 2))
    assert all(set(row) <= set(headings) for row in rows)
    return Table(name, columns, lines)


def units(*rows: Mapping[str, str]) -> Table:
    return table(roster_orgs.SHEET, roster_orgs.HEADINGS, rows)


def people(*rows: Mapping[str, str]) -> Table:
    return table(roster_rows.SHEET, roster_rows.HEADINGS, rows)


def exported(present: Present, today: date = TODAY) -> tuple[Table, Table]:
    """The roster as its own sheets."""

    def rows(headings: Sequence[str], cells: roster_export.Rows) -> Rows:
        return [dict(zip(headings, row, strict=True)) for row in cells]

    return (
        units(*rows(roster_orgs.HEADINGS, roster_export.units(present, today))),
        people(*rows(roster_rows.HEADINGS, roster_export.people(present, today))),
    )


class Office:
    """A database into which sheets are imported."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        with self.database.transaction() as tx:
            schema.create(tx.connection)

    def bring(self, units_: Table, people_: Table, now: datetime = NOW) -> Plan:
        return importing.run(self.database, units_, people_, now)

    def start(self, *others: Mapping[str, str]) -> None:
        """The small school of this file, and some more people."""
        self.bring(units(*UNITS), people(*PEOPLE, *others))

    def change(self, *rows: Mapping[str, str], now: datetime = NOW) -> Plan:
        """Import only these people."""
        return self.bring(units(), people(*rows), now)

    def present(self) -> Present:
        with self.database.reading() as tx:
            return rostersheet.present(tx)

    def person(self, id: str) -> Person:
        return self.present().people[id].person

    def bonds(self, id: str) -> list[Membership]:
        return sorted(self.present().people[id].bonds, key=lambda bond: bond.start)

    def roles(self, id: str) -> list[Role]:
        return sorted(self.present().people[id].roles, key=lambda role: role.start)

    def org(self, id: str) -> Organisation:
        return self.present().units[id].org

    def branch(self, id: str, day: date) -> str:
        with self.database.reading() as tx:
            found = RosterView(tx).branch_of(id, day)
        return found.id if found else ""

    def told(self) -> dict[str, list[str]]:
        """The words owed, by person."""
        with self.database.reading() as tx:
            rows = list(tx.connection.execute(owed.owed.select().order_by(owed.owed.c.key)))
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row.person, []).append(row.body)
        return found

    def everything(self) -> dict[str, object]:
        """All an import leaves behind."""
        with self.database.reading() as tx:
            kept = models.rows(tx)
        present = self.present()
        return {"models": kept, "people": present.people, "units": present.units, "told": self.told()}

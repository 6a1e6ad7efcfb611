"""What must hold of people once all rows are applied (R-008, R-016, one 书记, one account); pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from domain.contacts import folded
from domain.people import WITH_MEMBERS, Organisation, Role, RoleKind
from domain.roster_people import Fate
from domain.roster_rows import LEAVING
from domain.roster_state import Present, Record, home
from domain.sheets import Fault, Table


def faults(
    table: Table, fates: Sequence[Fate], present: Present, orgs: Mapping[str, Organisation], today: date
) -> Iterator[Fault]:
    """Every fault that only shows when the whole sheet is applied; each at a row of the sheet."""
    everybody = {**present.people, **{one.row.id: one.after for one in fates}}
    accounts = _by_account(everybody)
    chairs = _chairs(everybody)
    for one in fates:
        for heading, wrong in _of_one(one, orgs, today):
            yield table.fault(one.row.line, heading, wrong)
        for found in (_shared(one, accounts, everybody), _second(one, chairs, everybody, orgs)):
            if found is not None:
                yield table.fault(one.row.line, *found)


def _of_one(one: Fate, orgs: Mapping[str, Organisation], today: date) -> Iterator[tuple[str, str]]:
    person, day = one.after.person, one.row.day
    branch = orgs.get(home(one.after.bonds, max(day, today)))
    is_unknown = bool(one.row.line["所在组织"]) and not one.row.said["org"]
    if person.is_member and not is_unknown and (branch is None or branch.kind not in WITH_MEMBERS):
        given = "没有写所在组织" if branch is None else f"{branch.name}不是党支部"
        yield "所在组织", f"{given}。党员请写所在的党支部；不是党员的请写明政治面貌。"
    if one.has_left and one.before.person.status != person.status and day > today:
        yield "生效日期", "还没有到这一天。请到那天再导入，或写今天以前的日期。"
    old = one.before.person
    if old.status in LEAVING and old.name != person.name:
        yield "编号", f"这个编号是{old.name}（{old.status}）用过的，不能再用。请换一个编号。"
    past = [bond for bond in one.before.bonds if bond.end is not None and bond.end < today]
    if one.place.begun and any(bond.end is not None and bond.end >= day for bond in past):
        yield "生效日期", "比上一段组织关系结束的日子还早。请写那以后的日期。"


def _by_account(everybody: Mapping[str, Record]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id, record in everybody.items():
        if record.account:
            found.setdefault(folded(record.account), []).append(id)
    return found


def _shared(
    one: Fate, accounts: Mapping[str, Sequence[str]], everybody: Mapping[str, Record]
) -> tuple[str, str] | None:
    others = [id for id in accounts.get(folded(one.after.account), ()) if id != one.row.id]
    if not others:
        return None
    who = everybody[others[0]].person
    return "账号", f"{who.name}（{who.id}）也是这个账号。一个账号只能一个人用，请改正其中一行。"


def _chairs(everybody: Mapping[str, Record]) -> dict[str, list[Role]]:
    found: dict[str, list[Role]] = {}
    for record in everybody.values():
        for role in record.roles:
            if role.role is RoleKind.SECRETARY and not role.acting:
                found.setdefault(role.org, []).append(role)
    return found


def _second(
    one: Fate,
    chairs: Mapping[str, Sequence[Role]],
    everybody: Mapping[str, Record],
    orgs: Mapping[str, Organisation],
) -> tuple[str, str] | None:
    for role in one.posts.begun:
        others = [other for other in chairs.get(role.org, ()) if other.person != role.person]
        for other in others if role.role is RoleKind.SECRETARY else ():
            if _overlap(role, other):
                name = everybody[other.person].person.name
                org = orgs[role.org].name
                return (
                    "党内职务",
                    f"{org}的书记已经是{name}。一天只能有一位：请在{name}的行里去掉书记，生效日期写同一天。",
                )
    return None


def _overlap(one: Role, other: Role) -> bool:
    last = min(one.end or date.max, other.end or date.max)
    return max(one.start, other.start) <= last

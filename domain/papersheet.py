"""Commitments signed on paper before the first day, read from a sheet (R-353, O-45); pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain import cells
from domain.entries import Entry, Subject, Written
from domain.numbers import next_number
from domain.paper_words import Words
from domain.people import Organisation
from domain.profile import Profile
from domain.roster_people import held
from domain.roster_plan import Change
from domain.roster_posts import Post
from domain.roster_state import Present, home
from domain.sheets import Fault, Faulty, Line, Table

SHEET = "承诺"
HEADINGS = ("编号", "姓名", "目标", "完成时限", "类别", "公开日期", "渠道")
CHANNEL = "paper"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose item it is, with the organisation it belongs to and the one whose 书记 countersigned."""

    subject: Subject
    number: str
    org: Organisation
    signer_org: str

    @property
    def archive(self) -> str:
        return f"{self.subject.type}:{self.subject.id}"

    @property
    def signatures(self) -> tuple[str, str]:
        """As what both sides signed (contract, commitment.signed)."""
        if self.subject.type == "org":
            return "secretary", "superior"
        return "self", "secretary" if self.signer_org == self.org.id else "superior"


@dataclass(frozen=True, slots=True)
class Known:
    """Items already in the ledger: numbers by archive, and what came from paper as (archive, goal, due)."""

    numbers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    papers: frozenset[tuple[str, str, str]] = frozenset()


def known(proposals: Iterable[Written]) -> Known:
    """What the ledger's `commitment.proposed` entries say."""
    numbers: dict[str, list[str]] = {}
    papers = set()
    for one in proposals:
        numbers.setdefault(one.archive, []).append(one.data["commitment"])
        if one.stamp.via.get("channel") == CHANNEL:
            papers.add((one.archive, one.data["goal"], one.data["due"]))
    return Known(numbers, frozenset(papers))


def plan(table: Table, present: Present, already: Known, profile: Profile, today: date) -> list[Change]:
    """One change for each new item, in the order of the sheet; raises Faulty with every fault."""
    faults: list[Fault] = []
    seen: dict[tuple[str, str, str], int] = {}
    numbers = {archive: list(used) for archive, used in already.numbers.items()}
    changes = []
    for line in table.lines:
        owner = _owner(table, line, present, today, faults)
        item = _item(table, line, owner, Words(profile), today, faults)
        if owner is None or item is None:
            continue
        row = (owner.archive, str(item["goal"]), str(item["due"]))
        if row in seen:
            faults.append(table.fault(line, "目标", f"与第{seen[row]}行是同一件承诺。请只留一行。"))
        elif row not in already.papers:
            changes.append(Change(tuple(_entries(owner, item, numbers, today))))
        seen[row] = line.number
    if faults:
        raise Faulty(tuple(faults))
    return changes


def _owner(table: Table, line: Line, present: Present, today: date, faults: list[Fault]) -> Owner | None:
    id, name = cells.plain(line["编号"]), cells.name(line["姓名"])
    org = _org(id or name, present)
    if org is not None:
        subject = Subject("org", org.id, org.name)
        return Owner(subject, org.number, org, org.parent or org.id)
    heading, wrong = _stranger(id, name, present)
    if wrong:
        faults.append(table.fault(line, heading, wrong))
        return None
    owner = _member(present.ids()[id.casefold()], present, today)
    if owner is None:
        faults.append(table.fault(line, "编号", f"{name}现在不在任何组织。请先在花名册里写上所在组织。"))
    return owner


def _org(name: str, present: Present) -> Organisation | None:
    found = (unit.org for unit in present.units.values() if cells.plain(unit.org.name) == cells.plain(name))
    return next(found, None)


def _stranger(id: str, name: str, present: Present) -> tuple[str, str]:
    if not id:
        return "编号", "请写工号或学号；党组织的承诺在这里写组织名称。"
    record = present.people.get(present.ids().get(id.casefold(), ""))
    if record is None:
        return "编号", f"花名册里没有编号“{id}”。请核对，或先导入花名册。"
    if record.person.name != name:
        return "姓名", f"编号{id}在花名册里是{record.person.name}。请改正编号或姓名。"
    return "", ""


def _member(id: str, present: Present, today: date) -> Owner | None:
    record = present.people[id]
    unit = present.units.get(home(record.bonds, today))
    if unit is None:
        return None
    leads = Post(unit.org.id, "书记") in held(record, today)
    signer = unit.org.parent if leads and unit.org.parent else unit.org.id
    return Owner(Subject("person", id, record.person.name), record.person.number, unit.org, signer)


def _item(
    table: Table, line: Line, owner: Owner | None, words: Words, today: date, faults: list[Fault]
) -> dict[str, object] | None:
    goal, due, on = cells.name(line["目标"]), cells.day(line["完成时限"]), cells.day(line["公开日期"])
    is_org = owner is not None and owner.subject.type == "org"
    category = words.category(cells.parts(line["类别"]), is_org)
    channels = words.channels(cells.parts(line["渠道"]))
    wrong = [
        ("目标", "" if 0 < len(goal) <= 500 else "请写要做的事，500个字以内。"),
        ("完成时限", "" if due else "请写年月日，例：2026-06-30。"),
        ("公开日期", "" if on or not line["公开日期"] else "请写年月日，例：2026-01-10；还没有公开的留空。"),
        ("公开日期", "还没有到这一天。还没有公开的请留空。" if on and on > today else ""),
        ("完成时限", "比公开日期还早。请核对这两个日期。" if on and due and due < on else ""),
        ("类别", category if isinstance(category, str) else ""),
        ("渠道", channels if isinstance(channels, str) else ""),
        ("渠道", words.no_channel() if on and not line["渠道"] else ""),
    ]
    found = [table.fault(line, heading, sentence) for heading, sentence in wrong if sentence]
    faults += found
    if found or due is None or isinstance(category, str):
        return None
    return {"goal": goal, "due": due.isoformat(), **category, "on": on, "channels": channels}


def _entries(
    owner: Owner, item: dict[str, object], numbers: dict[str, list[str]], today: date
) -> Iterator[Entry]:
    on, channels = item.pop("on"), item.pop("channels")
    year = on.year if isinstance(on, date) else today.year
    used = numbers.setdefault(owner.archive, [])
    of_year = [full for full in used if f"-{year}-" in full]
    number = next_number("C", year, owner.number, of_year, len(of_year))
    used.append(number)
    known = {"commitment": number, "matter": "", "trigger": "", "signer_org": owner.signer_org}
    yield _entry(owner, "proposed", known | item)
    for capacity in owner.signatures:
        yield _entry(owner, "signed", {"commitment": number, "capacity": capacity})
    if isinstance(on, date):
        data = {"commitment": number, "channels": channels, "on": on.isoformat(), "audience": "unit"}
        yield _entry(owner, "published", data)


def _entry(owner: Owner, event: str, data: Mapping[str, object]) -> Entry:
    return Entry(owner.archive, f"commitment.{event}", owner.subject, data, "", owner.org.name, owner.org.id)

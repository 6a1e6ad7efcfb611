"""The sheet 组织 read against the present tree: which organisation each row is, and what it is to become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain import cells
from domain.people import Organisation, OrgKind
from domain.roster_state import Present, Said, settled
from domain.sheets import Fault, Line, Table, listed

SHEET = "组织"
HEADINGS = (
    "组织名称",
    "原名称",
    "简称",
    "组织类型",
    "上级组织",
    "入党积极分子数",
    "联系领导",
    "分管领导",
    "启用日期",
)
LINKS = {"leaders": ("联系领导", "联系点"), "portfolio": ("分管领导", "分管")}
FIELDS = {
    "short_name": "简称",
    "kind": "组织类型",
    "parent": "上级组织",
    "activists": "入党积极分子数",
    "starts_on": "启用日期",
}
_OFFICES = (OrgKind.OFFICE, OrgKind.ORG_DEPARTMENT)


@dataclass(frozen=True, slots=True)
class OrgRow:
    """A row with its organisation as it is to be; `said` is what the row says, with ids for names."""

    line: Line
    org: Organisation
    said: Said
    is_new: bool


def identified(table: Table, present: Present, faults: list[Fault]) -> dict[str, Line]:
    """The row of each organisation id; a renamed one is found by 原名称, one renamed by chat by its old name."""
    by_name = {cells.plain(unit.org.name): id for id, unit in present.units.items()}
    found: dict[str, Line] = {}
    for line in table.lines:
        id = _identity(table, line, by_name, present, faults)
        if id and id in found:
            wrong = f"与第{found[id].number}行是同一个组织。请只留一行。"
            faults.append(table.fault(line, "组织名称", wrong))
        elif id:
            found[id] = line
    return found


def _identity(
    table: Table, line: Line, by_name: Mapping[str, str], present: Present, faults: list[Fault]
) -> str:
    name, former = cells.name(line["组织名称"]), cells.plain(line["原名称"])
    if not name or len(name) > 60:
        faults.append(table.fault(line, "组织名称", "请写组织全称，60个字以内。"))
        return ""
    if cells.plain(name) in by_name:
        return by_name[cells.plain(name)]
    if former:
        id = by_name.get(former) or next((id for id in present.units if cells.plain(id) == former), "")
        if not id:
            faults.append(
                table.fault(line, "原名称", f"没有“{line['原名称']}”。请写改名前的组织名称，新组织留空。")
            )
        return id
    old = present.units.get(name)
    if old is not None and (old.said is None or old.said.get("name") != name):
        wrong = f"这个名称是“{old.org.name}”用过的，不能再用。请换一个名称。"
        faults.append(table.fault(line, "组织名称", wrong))
        return ""
    return name


def read(
    table: Table, rows: Mapping[str, Line], present: Present, today: date, faults: list[Fault]
) -> list[OrgRow]:
    """Every row as it is to be; names of organisations are those of this sheet, then the present ones."""
    names = named(rows, present)
    last = max((_count(unit.org.number) for unit in present.units.values()), default=0)
    top = _top(rows, present)
    found = []
    for id, line in rows.items():
        last += id not in present.units
        said = _said(table, line, names, top, faults)
        found.append(_row(id, line, said, present, f"O{last:03}", top, today))
    return found


def named(rows: Mapping[str, Line], present: Present) -> dict[str, str]:
    """Organisation ids by name as people may write it; a new name goes before an old one."""
    names = {cells.plain(id): id for id in present.units}
    names |= {cells.plain(line["原名称"]): id for id, line in rows.items()}
    names |= {cells.plain(unit.org.name): id for id, unit in present.units.items()}
    names |= {cells.plain(line["组织名称"]): id for id, line in rows.items()}
    names.pop("", None)
    return names


def _top(rows: Mapping[str, Line], present: Present) -> str:
    fresh = (id for id, line in rows.items() if cells.plain(line["组织类型"]) == OrgKind.SCHOOL)
    kept = (id for id, unit in present.units.items() if unit.org.kind is OrgKind.SCHOOL)
    return next(kept, None) or next(fresh, "")


def _count(number: str) -> int:
    return int(number[1:]) if number[1:].isdecimal() else 0


def _said(
    table: Table, line: Line, names: Mapping[str, str], top: str, faults: list[Fault]
) -> dict[str, object]:
    return {
        "name": cells.name(line["组织名称"]),
        "short_name": _short(table, line, faults),
        "kind": _kind(table, line, faults),
        "parent": _parent(table, line, names, faults),
        "activists": _whole(table, line, "入党积极分子数", faults),
        "starts_on": _start(table, line, faults),
        **{key: list(cells.parts(line[heading])) for key, (heading, _) in LINKS.items()},
    }


def _short(table: Table, line: Line, faults: list[Fault]) -> str:
    word = cells.name(line["简称"])
    if len(word) > 20:
        faults.append(table.fault(line, "简称", "太长了。请写20个字以内。"))
    return word


def _kind(table: Table, line: Line, faults: list[Fault]) -> str:
    word = cells.plain(line["组织类型"])
    if word not in list(OrgKind):
        given = f"没有“{word}”这一类" if word else "没有写"
        faults.append(table.fault(line, "组织类型", f"{given}。请写：{listed(list(OrgKind))}。"))
        return ""
    return word


def _parent(table: Table, line: Line, names: Mapping[str, str], faults: list[Fault]) -> str:
    word = cells.plain(line["上级组织"])
    if word and word not in names:
        wrong = f"没有“{line['上级组织']}”。请写“组织”表里的组织名称。"
        faults.append(table.fault(line, "上级组织", wrong))
    return names.get(word, "")


def _whole(table: Table, line: Line, heading: str, faults: list[Fault]) -> int | None:
    word = cells.plain(line[heading])
    if word and not (word.isascii() and word.isdecimal() and len(word) <= 5):
        faults.append(table.fault(line, heading, f"“{line[heading]}”不是人数。请写整数，例：3。"))
        return None
    return int(word) if word else None


def _start(table: Table, line: Line, faults: list[Fault]) -> str:
    day = cells.day(line["启用日期"])
    if line["启用日期"] and day is None:
        wrong = f"“{line['启用日期']}”不是日期。请写年月日，例：2026-03-01。"
        faults.append(table.fault(line, "启用日期", wrong))
    return day.isoformat() if day else ""


def _row(id: str, line: Line, said: Said, present: Present, number: str, top: str, today: date) -> OrgRow:
    unit = present.units.get(id)
    if unit is None:
        return OrgRow(line, _founded(id, said, number, top, today), said, True)
    start = unit.org.starts_on.isoformat() if unit.org.starts_on else ""
    now = {"short_name": unit.org.short_name, "kind": str(unit.org.kind), "parent": unit.org.parent or ""}
    now |= {"starts_on": start}
    chosen = {key: settled(said[key], unit.said, key, word) for key, word in now.items()}
    renamed_by_chat = unit.said is not None and unit.said.get("name") == said["name"]
    return OrgRow(
        line,
        replace(
            unit.org,
            name=unit.org.name if renamed_by_chat else str(said["name"]),
            short_name=chosen["short_name"],
            kind=OrgKind(chosen["kind"] or unit.org.kind),
            parent=_above(chosen["parent"], OrgKind(chosen["kind"] or unit.org.kind), top),
            activists=settled(said["activists"], unit.said, "activists", unit.org.activists),
            starts_on=_started(chosen["starts_on"], unit.org),
        ),
        said,
        False,
    )


def _started(day: str, org: Organisation) -> date | None:
    """An empty cell means the day of the organisation above; the top keeps that of its first import."""
    if day:
        return date.fromisoformat(day)
    return org.starts_on if org.kind is OrgKind.SCHOOL else None


def _founded(id: str, said: Said, number: str, top: str, today: date) -> Organisation:
    kind = OrgKind(said["kind"] or OrgKind.BRANCH)
    start = date.fromisoformat(said["starts_on"]) if said["starts_on"] else None
    return Organisation(
        id=id,
        name=id,
        kind=kind,
        parent=_above(said["parent"], kind, top),
        short_name=said["short_name"],
        number=number,
        # The first import of the top is the day before which nobody owes anything.
        starts_on=start or (today if kind is OrgKind.SCHOOL else None),
        activists=said["activists"],
    )


def _above(parent: str, kind: OrgKind, top: str) -> str | None:
    return parent or (top or None if kind in _OFFICES else None)


def changes(old: Organisation, new: Organisation) -> dict[str, object]:
    """The fields of `org.changed` that make the old the new."""
    shown = {
        "name": (old.name, new.name),
        "short_name": (old.short_name, new.short_name),
        "kind": (str(old.kind), str(new.kind)),
        "parent": (old.parent, new.parent),
        "activists": (old.activists, new.activists),
        "starts_on": (_iso(old.starts_on), _iso(new.starts_on)),
    }
    return {key: after for key, (before, after) in shown.items() if before != after}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def levels(rows: Sequence[OrgRow]) -> list[OrgRow]:
    """Rows with what is above before what is below, otherwise in the order of the sheet."""
    rank = {kind: at for at, kind in enumerate(OrgKind)}
    return sorted(rows, key=lambda row: rank[row.org.kind])

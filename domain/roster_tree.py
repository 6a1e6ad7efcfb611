"""Whether the tree holds after all rows are applied (R-001, R-004); each fault at the row that causes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from domain.people import LEVEL_ONE, Organisation, OrgKind
from domain.roster_orgs import LINKS, OrgRow
from domain.sheets import Fault, Table

_BELOW_SCHOOL = (*LEVEL_ONE, OrgKind.OFFICE, OrgKind.ORG_DEPARTMENT)


def faults(table: Table, rows: Sequence[OrgRow], orgs: Mapping[str, Organisation]) -> Iterator[Fault]:
    """Every fault of the rows; `orgs` is the whole tree with the rows applied."""
    tops = [org for org in orgs.values() if org.kind is OrgKind.SCHOOL]
    for row in rows:
        wrong = _misplaced(row.org, orgs, tops)
        if wrong:
            yield table.fault(row.line, "上级组织", wrong)
        if row.org.kind not in LEVEL_ONE:
            yield from _unlinkable(table, row)


def _misplaced(org: Organisation, orgs: Mapping[str, Organisation], tops: Sequence[Organisation]) -> str:
    above = orgs.get(org.parent or "")
    if org.kind is OrgKind.SCHOOL:
        if above is not None:
            return "学校党委上面没有组织。请把这一格留空。"
        return "学校党委只能有一个。请改正组织类型。" if len(tops) > 1 else ""
    if _circles(org, orgs):
        return "上级组织绕成了一圈。请写真正的上级组织。"
    if org.kind in _BELOW_SCHOOL:
        right = above is not None and above.kind is OrgKind.SCHOOL
        return "" if right else f"{org.kind}直接在学校党委下面。请写学校党委的名称。"
    right = above is not None and above.kind in (OrgKind.SUB_COMMITTEE, OrgKind.GENERAL_BRANCH)
    return "" if right else "党支部在分党委或党总支下面。请写分党委或党总支的名称；没有的请改为直属党支部。"


def _circles(org: Organisation, orgs: Mapping[str, Organisation]) -> bool:
    seen, at = set(), orgs.get(org.parent or "")
    while at is not None and at.id not in seen:
        if at.id == org.id:
            return True
        seen.add(at.id)
        at = orgs.get(at.parent or "")
    return False


def _unlinkable(table: Table, row: OrgRow) -> Iterator[Fault]:
    for key, (heading, _) in LINKS.items():
        if row.said[key]:
            yield table.fault(row.line, heading, "只有分党委、党总支、直属党支部有这一项。请留空。")

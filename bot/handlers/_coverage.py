"""What a question about 点评覆盖 means, and what was counted for it; as many statements for 20 people as for 100,000."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.engine.turn import Context
from domain.coverage_windows import Span, spans
from domain.covered import Coverage, covered, heads_of
from domain.people import Organisation, OrgKind, Role, RoleKind
from domain.periods import Period
from domain.permissions import linked_to


@dataclass(frozen=True, slots=True)
class Question:
    """`units` are all organisations asked about, `top` the one they lie under, or None where there are several."""

    period: Period | None
    units: Collection[str]
    tree: Mapping[str, Organisation]
    top: Organisation | None

    @property
    def parts(self) -> list[Organisation]:
        """The organisations one level below, in the roster's order."""
        tops = {self.top.id} if self.top else set()
        inside = (org for org in self.tree.values() if org.id in self.units)
        return [org for org in inside if (org.parent in tops if tops else org.parent not in self.units)]

    @property
    def part_of(self) -> dict[str, str]:
        """To which part each organisation belongs; there are two levels at most below the school."""
        parts = {part.id for part in self.parts}
        below = {org.id: org.parent for org in self.tree.values() if org.parent in parts}
        return {id: part for id, part in (*below.items(), *zip(parts, parts, strict=True)) if part}


def question(ctx: Context, period: Period | None, units: Collection[str]) -> Question:
    """What is asked; for a single organisation the tree is not read."""
    orgs = ctx.roster.path(next(iter(units))) if len(units) == 1 else ctx.roster.orgs()
    tree = {org.id: org for org in orgs}
    tops = [org for org in tree.values() if org.id in units and org.parent not in units]
    return Question(period, units, tree, tops[0] if len(tops) == 1 else None)


def found(ctx: Context, asked: Question) -> list[Coverage]:
    """What each window says, in the order of domain §8."""
    meant = spans(ctx.profile, asked.period, ctx.today)
    days = {min(ctx.today, span.window.due) for span in meant}
    heads = {day: heads_of(ctx.roster.holders(RoleKind.SECRETARY, asked.units, day)) for day in days}
    return [_one(ctx, asked, span, heads) for span in meant]


def _one(ctx: Context, asked: Question, span: Span, led: Mapping[date, list[Role]]) -> Coverage:
    day, units = min(ctx.today, span.window.due), asked.units
    heads = led[day]
    common = ctx.profile.flag("review.common_only_counts")
    counted = ctx.facts.members_counted(units, span, day, common) if span.has_members else {}
    reviewed = ctx.facts.things_reviewed(units, span.window) if span.has_things else set()
    return covered(span, asked.tree, units, heads, counted, reviewed, _reach(ctx, asked, heads, day))


def _reach(ctx: Context, asked: Question, heads: Sequence[Role], day: date) -> dict[str, list[str]]:
    """Which organisations of level one each 学校党委书记 reviews (R-030, R-031)."""
    level_one = [org.id for org in asked.tree.values() if org.is_level_one]
    leaders = [one.person for one in heads if asked.tree[one.org].kind is OrgKind.SCHOOL]
    if ctx.profile.text("review.party_secretary_scope") == "all":
        return dict.fromkeys(leaders, level_one)
    linked = {one: linked_to(ctx.roster, ctx.profile, one, day) for one in leaders}
    return {one: [org for org in level_one if org in orgs] for one, orgs in linked.items()}

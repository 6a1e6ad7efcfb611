"""Which papers somebody may enter as done, and what those of them that go together are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.engine.turn import Context
from bot.handlers import _permission as permission
from bot.handlers._duty_names import short
from domain import coverage
from domain.attestations import Attestation
from domain.duties import State, filed, gathering, papers_of_reviews
from domain.duties.filed import Row
from domain.duties.papers_of_calendar import Asked
from domain.people import Organisation, RoleKind
from domain.permissions import kept_meanwhile

_KEEPERS = {RoleKind.SECRETARY, RoleKind.RECORDER, RoleKind.STAFF}


@dataclass(frozen=True, slots=True)
class Paper:
    """One window of a row as an organisation owes it, and what was said about it before, if anything."""

    org: Organisation
    row: Row
    asked: Asked
    capacity: str
    state: State
    said: Attestation | None

    @property
    def id(self) -> str:
        """Row, window and organisation as one word, to be kept in a draft."""
        return f"{self.row.code}|{self.asked.label}|{self.org.id}"

    @property
    def what(self) -> tuple[Organisation, str, str]:
        """Whose it is, its row and its window, as an entry tells them."""
        return self.org, self.row.code, self.asked.label

    def title(self, ctx: Context) -> str:
        """三季度支部对党员写实."""
        return filed.title(ctx.profile, self.row, self.asked, ctx.today)

    def is_waiting(self, today: date) -> bool:
        """Whether people are asked for it and nobody has said that it was done."""
        return self.state is State.OPEN and filed.is_asked_on(self.asked, today)

    def is_left(self, today: date) -> bool:
        """Whether it was never said to be done and nobody is asked any more."""
        return self.state is State.OPEN and self.asked.due < today and not self.is_waiting(today)


def papers(ctx: Context) -> list[Paper]:
    """Everything the speaker may enter, done or not, the oldest first."""
    found = []
    for org, capacity in _desks(ctx):
        start = coverage.starts_on(ctx.roster, org.id)
        reviewed = gathering.days_reviewed(ctx, org, papers_of_reviews.named_for(ctx.profile))
        windows = filed.windows(org.kind, ctx.profile, ctx.today, reviewed)
        pairs = [one for one in windows if filed.exists(one[1], start)]
        done = ctx.facts.attestations([org.id], [asked.label for _, asked in pairs]) if pairs else ()
        for row, asked in pairs:
            state, _ = filed.satisfied(org.id, row.code, asked, done)
            said = next((one for one in done if (one.duty, one.period) == (row.code, asked.label)), None)
            found.append(Paper(org, row, asked, capacity, state, said))
    return found


def keeps_papers(ctx: Context) -> bool:
    """Whether the speaker may enter anything for any organisation."""
    return any(True for _ in _desks(ctx))


def _desks(ctx: Context) -> Iterable[tuple[Organisation, str]]:
    """The organisations for which the speaker may say it, with his post."""
    posts = [ctx.roster.org(role.org) for role in ctx.roster.roles_of(ctx.actor.id, ctx.today)]
    tops = [ctx.roster.org(org.parent) for org in posts if org and org.parent]
    below = kept_meanwhile(ctx.roster, ctx.actor.id, ctx.today)
    for org in {org.id: org for org in (*posts, *tops, *below) if org}.values():
        verdict = permission.may(ctx, "attest", org.id)
        if verdict.allowed:
            yield org, verdict.capacity


def waiting(ctx: Context) -> list[Paper]:
    """What is asked for now, else what was left undone before."""
    found = papers(ctx)
    now = [one for one in found if one.is_waiting(ctx.today)]
    return now or [one for one in found if one.is_left(ctx.today)]


def desk_line(ctx: Context) -> str:
    """What waits, for 我的; empty without anything, and for whoever keeps no papers."""
    roles = {role.role for role in ctx.roster.roles_of(ctx.actor.id, ctx.today)}
    found = [one for one in papers(ctx) if one.is_waiting(ctx.today)] if roles & _KEEPERS else []
    return f"纸面办完等您登记的{len(found)}项，最近的{short(found[0].asked.due)}前" if found else ""


def are_of_one_row(found: Sequence[Paper]) -> bool:
    """Whether they are several days of reviews behind which the same is owed: one deed may have done it for all."""
    is_alike = len({one.row.code for one in found}) == 1
    return is_alike and len(found) > 1 and all(one.asked.reviewed_on for one in found)


def titles(ctx: Context, found: Sequence[Paper]) -> Mapping[str, str]:
    """What papers of one row are called together, by organisation: 6月25日、6月26日点评登记."""
    together: dict[str, str] = {}
    for org in dict.fromkeys(one.org.name for one in found):
        own = [one for one in found if one.org.name == org]
        days = "、".join(filed.when(one.asked, ctx.today) for one in own)
        together[org] = f"{days}{filed.name(ctx.profile, own[0].row, own[0].asked)}"
    return together

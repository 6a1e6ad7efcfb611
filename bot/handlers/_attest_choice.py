"""Which papers somebody may enter as done, and which of them some words mean (已办 三季度写实 9月28日)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.engine.turn import Context
from bot.handlers import _permission as permission
from bot.handlers._duty_names import short
from domain import coverage
from domain.attestations import Attestation
from domain.duties import State, filed
from domain.duties.filed import Asked, Row
from domain.effective import Day, days_in
from domain.intake import halfwidth
from domain.people import Organisation, RoleKind
from domain.period_words import read_period
from domain.periods import Period
from domain.permissions import kept_meanwhile

_KEEPERS = {RoleKind.SECRETARY, RoleKind.RECORDER, RoleKind.STAFF}
_YEAR = re.compile("[0-9]{4}|年")
AHEAD = timedelta(days=92)
"""A day further ahead is meant as last year's; a nearer one is a slip that is asked about."""
_PAUSE = re.compile(r"[,，。;；:：\n]")
_KINDS = (("季度", "quarter"), ("半年", "half"), ("学期", "half"), ("年度", "year"))


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

    def title(self, ctx: Context) -> str:
        """三季度支部对党员写实."""
        return filed.title(ctx.profile, self.row, self.asked, ctx.today)

    def is_waiting(self, today: date) -> bool:
        """Whether people are asked for it and nobody has said that it was done."""
        return self.state is State.OPEN and filed.is_asked_on(self.asked, today)

    def is_left(self, today: date) -> bool:
        """Whether it was never said to be done and nobody is asked any more."""
        return self.state is State.OPEN and self.asked.due < today and not self.is_waiting(today)


@dataclass(frozen=True, slots=True)
class Said:
    """What the words behind 已办 tell: the matter, the day of the deed, and a note behind the first pause."""

    matter: str
    period: Period | None
    done_on: date | None
    note: str


def papers(ctx: Context) -> list[Paper]:
    """Everything the speaker may enter, done or not, the oldest first."""
    found = []
    for org, capacity in _desks(ctx):
        start = coverage.starts_on(ctx.roster, org.id)
        pairs = [
            one for one in filed.windows(org.kind, ctx.profile, ctx.today) if filed.exists(one[1], start)
        ]
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


def days_told(words: str, today: date) -> Sequence[Day]:
    """The days some words name; a month and day without a year lie behind, since it is told afterwards."""
    return [_behind(one, words[slice(*one.span)], today) for one in days_in(words, today)]


def _behind(one: Day, said: str, today: date) -> Day:
    is_last_years = one.day > today and "月" in said and not _YEAR.search(said)
    far = is_last_years and one.day - today > AHEAD and (one.day.month, one.day.day) != (2, 29)
    return replace(one, day=one.day.replace(year=one.day.year - 1)) if far else one


def hear(words: str, today: date) -> Said:
    """The words behind 已办 apart."""
    plain = halfwidth(words)
    period = read_period(plain, today)
    days = [one for one in days_told(words, today) if not period or _apart(one.span, period.span)]
    pause = _PAUSE.search(words)
    head = words[: pause.start()] if pause else words
    note = words[pause.end() :].strip() if pause else ""
    return Said(head, period.period if period else None, days[0].day if days else None, _without(note, today))


def _apart(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[1] <= other[0] or one[0] >= other[1]


def _without(note: str, today: date) -> str:
    """A note that only says the day is none."""
    days = days_in(note, today)
    return "" if days and len(note) - (days[0].span[1] - days[0].span[0]) <= 1 else note


def meant(ctx: Context, said: Said) -> Sequence[Paper]:
    """What the words mean: what waits, else what is asked for and was entered already, else the latest window of each."""
    fits = [one for one in papers(ctx) if _fits(one, said)]
    asked = [one for one in fits if filed.is_asked_on(one.asked, ctx.today)]
    return [one for one in fits if one.is_waiting(ctx.today)] or asked or _latest(fits)


def _fits(paper: Paper, said: Said) -> bool:
    period, asked = paper.asked.period, paper.asked
    kind = next((kind for word, kind in _KINDS if word in said.matter), None)
    if said.period is not None and said.period.kind != "month":
        if period != said.period:
            return False
    elif kind is not None and (period is None or period.kind != kind):
        return False
    number = re.search("[一二三]", said.matter.partition("汇总表")[2])
    return paper.row.word == _word_in(said.matter) and (not number or asked.name.endswith(number[0]))


def _word_in(matter: str) -> str:
    """The paper that is named last: 承诺写实结果公示 is a 公示."""
    return max((row.word for row in filed.ROWS), key=matter.rfind) if _named(matter) else ""


def _named(matter: str) -> bool:
    return any(row.word in matter for row in filed.ROWS)


def _latest(papers: Sequence[Paper]) -> list[Paper]:
    found: dict[tuple[str, str, str], Paper] = {}
    for one in papers:
        found[one.row.code, one.org.id, one.asked.name] = one
    return list(found.values())

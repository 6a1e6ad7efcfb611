"""The rows of domain §8 whose act is done on paper: which organisations owe what in which windows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.attestations import Attestation
from domain.duties import ASKED_AFTER, Duty, State, Window, papers_of_reviews
from domain.duties.papers_of_calendar import (
    Asked,
    Windows,
    after,
    checks,
    evaluations,
    filings,
    plans,
    summaries,
    within,
)
from domain.duties.papers_of_reviews import notices, registers
from domain.people import LEVEL_ONE, WITH_MEMBERS, Organisation, OrgKind
from domain.periods import Period
from domain.profile import Profile
from domain.reminders import STEPS

_OVER_BRANCHES = (OrgKind.SUB_COMMITTEE, OrgKind.GENERAL_BRANCH)
_SCHOOL = (OrgKind.SCHOOL,)
_EVERYWHERE = (*_SCHOOL, *LEVEL_ONE, OrgKind.BRANCH)
PLAN, REGISTER, NOTICE = "K-12", "K-13", "K-14"
KEPT = timedelta(days=366)
"""So long after its last day a paper can still be entered by naming it."""


def _in_no_year(profile: Profile, year: int) -> Iterable[Asked]:
    return ()


def _after_no_review(profile: Profile, day: date) -> Iterable[Asked]:
    return ()


@dataclass(frozen=True, slots=True)
class Row:
    """`kinds` are the organisations that owe it; `windows` gives those of a year, `behind` that of a day of reviews.

    `word` is how people call it shortly, `also` what they may call it besides.
    """

    code: str
    kinds: tuple[OrgKind, ...]
    windows: Windows
    word: str
    behind: Callable[[Profile, date], Iterable[Asked]] = _after_no_review
    also: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Everything it is called."""
        return (self.word, *self.also)


_BY_BRANCH, _BY_SUPERIOR = (
    ("record.member_cadence", "record.member_days"),
    ("record.org_cadence", "record.org_days"),
)
ROWS: tuple[Row, ...] = (
    Row("K-04", WITH_MEMBERS, checks(*_BY_BRANCH), "督查"),
    Row("K-04", _OVER_BRANCHES, checks(*_BY_SUPERIOR), "督查"),
    Row("K-06", WITH_MEMBERS, after(*_BY_BRANCH), "写实"),
    Row("K-07", (*_SCHOOL, *_OVER_BRANCHES), after(*_BY_SUPERIOR), "写实"),
    Row("K-11", LEVEL_ONE, filings, "登记表"),
    Row(PLAN, LEVEL_ONE, plans, "方案"),
    Row(REGISTER, papers_of_reviews.KINDS, _in_no_year, "点评登记", registers, ("登记表",)),
    Row(NOTICE, papers_of_reviews.KINDS, _in_no_year, "点评通报", notices, ("通报",)),
    Row("K-17", _EVERYWHERE, evaluations, "评议"),
    Row("K-19", _SCHOOL, within("inspection.cadence"), "检查"),
    Row("K-20", _SCHOOL, within("meeting.cadence"), "分析会"),
    Row("K-21", (*LEVEL_ONE, OrgKind.BRANCH), after("record.publish_cadence", "record.publish_days"), "公示"),
    Row("K-22", LEVEL_ONE, summaries, "汇总表"),
)
CODES = frozenset(row.code for row in ROWS)


def windows(
    kind: OrgKind, profile: Profile, today: date, reviewed: Collection[date] = ()
) -> list[tuple[Row, Asked]]:
    """Every window of an organisation of this kind that has begun and can still be entered, the oldest first.

    `reviewed` are the days of its reviews which may have opened one.
    """
    years = range(today.year - 1, today.year + 2)
    rows = [row for row in ROWS if kind in row.kinds]
    found = [(row, one) for row in rows for year in years for one in row.windows(profile, year)]
    found += [(row, one) for row in rows for day in reviewed for one in row.behind(profile, day)]
    kept = (pair for pair in found if min(pair[1].since, pair[1].opens) <= today <= pair[1].due + KEPT)
    return sorted(kept, key=lambda pair: (pair[1].due, pair[0].code, pair[1].label))


def is_asked_on(asked: Asked, day: date) -> bool:
    """Whether people are being asked for it that day without naming it."""
    return asked.opens <= day <= asked.due + ASKED_AFTER


def exists(asked: Asked, start: date | None) -> bool:
    """Not where what it is about began before the organisation's 启用日期 (R-350)."""
    return start is not None and start <= asked.since


def duties(
    unit: Organisation,
    pairs: Iterable[tuple[Row, Asked]],
    profile: Profile,
    owners: Sequence[str],
    attested: Iterable[Attestation],
    today: date,
) -> list[Duty]:
    """One duty an owner and window; its object is the organisation."""
    said = list(attested)
    return [_duty(unit, row, asked, profile, owner, said, today) for row, asked in pairs for owner in owners]


def _duty(
    unit: Organisation,
    row: Row,
    asked: Asked,
    profile: Profile,
    owner: str,
    attested: Sequence[Attestation],
    today: date,
) -> Duty:
    window = Window(f"{asked.label}@{unit.id}", asked.opens, asked.due)
    state, by = satisfied(unit.id, row.code, asked, attested)
    what = title(profile, row, asked, today)
    note = {"name": unit.name, "org": unit.name, "what": what, "word": spoken(row, asked)}
    steps = papers_of_reviews.REMINDED if asked.reviewed_on else STEPS
    return Duty(row.code, owner, unit.id, unit.id, window, state, by, note=note, steps=steps)


def satisfied(unit: str, code: str, asked: Asked, attested: Iterable[Attestation]) -> tuple[State, str]:
    """What satisfies such a duty and who did it, in one place: today somebody's word that it was done (已办).

    A feature by whose own act the paper comes about answers here as well: so will a review whose reviewed side
    registers it or makes it known by chat, once the state of a review tells the day on which that was done.
    """
    wanted = (unit, code, asked.label)
    word = next((one for one in attested if (one.org, one.duty, one.period) == wanted), None)
    if word is None:
        return State.OPEN, ""
    return (State.LATE if word.done_on > asked.due else State.DONE), word.by


def title(profile: Profile, row: Row, asked: Asked, today: date) -> str:
    """三季度支部对党员写实, 6月25日点评登记; with its year where that is another one."""
    return f"{when(asked, today)}{name(profile, row, asked)}"


def name(profile: Profile, row: Row, asked: Asked) -> str:
    """The title without the period or day."""
    return asked.name or profile.label("duty", row.code)


def when(asked: Asked, today: date) -> str:
    """Of which period or day of reviews it is; empty for what has a name of its own."""
    if asked.reviewed_on:
        day = asked.reviewed_on
        return f"{_year(day, today)}{day.month}月{day.day}日"
    return _period(asked.period, today) if asked.period else ""


_SPOKEN = {"quarter": "季度", "half": "半年", "year": "年度", "month": ""}


def spoken(row: Row, asked: Asked) -> str:
    """How people call it in an answer: 季度写实, 半年检查, 汇总表一."""
    if asked.name.startswith(row.word):
        return asked.name
    return f"{_SPOKEN[asked.period.kind] if asked.period else ''}{row.word}"


def _period(period: Period, today: date) -> str:
    year = _year(period.start, today)
    if period.kind == "quarter":
        return f"{year}{'一二三四'[period.end.month // 3 - 1]}季度"
    if period.kind == "half":
        return f"{year}{'上' if period.start.month == 1 else '下'}半年"
    return f"{period.start.year}年"


def _year(day: date, today: date) -> str:
    return "" if day.year == today.year else f"{day.year}年"

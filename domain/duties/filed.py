"""The rows of domain §8 whose act is done on paper: which organisations owe what in which windows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from domain import periods
from domain.attestations import Attestation
from domain.duties import ASKED_AFTER, Duty, State, Window
from domain.people import LEVEL_ONE, WITH_MEMBERS, Organisation, OrgKind
from domain.periods import Kind, Period
from domain.profile import Profile

NONE = "none"
_KINDS: Mapping[str, Kind] = {"quarter": "quarter", "term": "half", "year": "year"}
_OVER_BRANCHES = (OrgKind.SUB_COMMITTEE, OrgKind.GENERAL_BRANCH)
_SCHOOL = (OrgKind.SCHOOL,)
_EVERYWHERE = (*_SCHOOL, *LEVEL_ONE, OrgKind.BRANCH)
_DAY = timedelta(days=1)
PLAN = "K-12"
PLAN_DAYS = timedelta(days=14)
"""So long before its round a plan is asked for; the notice has no first day."""
KEPT = timedelta(days=366)
"""So long after its last day a paper can still be entered by naming it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One window of a row. `since` is where what it is about begins (R-350); `name` where it has one of its own."""

    label: str
    since: date
    opens: date
    due: date
    period: Period | None = None
    name: str = ""


Windows = Callable[[Profile, int], Iterable[Asked]]


@dataclass(frozen=True, slots=True)
class Row:
    """`kinds` are the organisations that owe it; `windows` gives those of a year; `word` is how people call it shortly."""

    code: str
    kinds: tuple[OrgKind, ...]
    windows: Windows
    word: str


@cache
def _each(cadence: str, year: int) -> Sequence[Period]:
    if cadence == NONE:
        return ()
    kind, whole = _KINDS[cadence], periods.whole_year(year)
    found = [periods.period_of(kind, whole.start)]
    while found[-1].end < whole.end:
        found.append(found[-1].next)
    return found


def _behind(period: Period, days: int) -> Asked:
    """Asked for once the period is over."""
    return Asked(period.label, period.start, period.end + _DAY, period.end + days * _DAY, period)


def _after(cadence: str, days: str) -> Windows:
    def windows(profile: Profile, year: int) -> Iterator[Asked]:
        for period in _each(profile.text(cadence), year):
            yield _behind(period, profile.number(days))

    return windows


def _checks(cadence: str, days: str) -> Windows:
    """跟踪督查, by itself or with the record (`record`)."""

    def windows(profile: Profile, year: int) -> Iterator[Asked]:
        own = profile.text("check.cadence")
        for period in _each(profile.text(cadence) if own == "record" else own, year):
            yield _behind(period, profile.number(days))

    return windows


def _within(cadence: str) -> Windows:
    """To be done while the period lasts."""
    return lambda profile, year: _during(profile.text(cadence), year)


def _during(cadence: str, year: int) -> Iterator[Asked]:
    return (Asked(one.label, one.start, one.start, one.end, one) for one in _each(cadence, year))


def _evaluations(profile: Profile, year: int) -> Iterator[Asked]:
    if profile.text("evaluation.due") != NONE:
        opens, due = (
            date.fromisoformat(f"{year}-{profile.text(f'evaluation.{end}')}") for end in ("open", "due")
        )
        yield Asked(str(year), opens, opens, due, periods.whole_year(year))


def _plans(profile: Profile, year: int) -> Iterator[Asked]:
    """Before each round opens: every 普遍点评, and each term where members are reviewed by the term (Q-6)."""
    if not profile.flag("review.plan_required"):
        return
    if profile.text("review.member_cadence") == "term":
        for term in _each("term", year):
            yield _plan(term.label, term.start, term, "")
    for span in profile.texts("review.universal"):
        opens = date.fromisoformat(f"{year}-{span.partition('/')[0]}")
        yield _plan(f"{opens.isoformat()}", opens, None, "普遍点评方案")


def _plan(label: str, round_opens: date, period: Period | None, name: str) -> Asked:
    opens = round_opens - PLAN_DAYS
    return Asked(label, opens, opens, round_opens - _DAY, period, name)


def _filings(profile: Profile, year: int) -> Iterator[Asked]:
    """`2010-12-27/2011-01-12 点评登记表`: from, until, what (R-143)."""
    for line in profile.texts("filing_deadline"):
        span, _, name = line.partition(" ")
        opens, due = map(date.fromisoformat, span.split("/"))
        if due.year == year:
            yield Asked(due.isoformat(), opens, opens, due, None, name)


def _summaries(profile: Profile, year: int) -> Iterator[Asked]:
    """`一 term 10`: which 汇总表, behind what, how many days (O-32)."""
    for line in profile.texts("summary.due"):
        which, behind, days = line.split(" ")
        asked = _evaluations(profile, year) if behind == "evaluation" else _during(behind, year)
        for one in asked:
            due, label = one.due + int(days) * _DAY, f"{one.label}/{which}"
            yield Asked(label, one.since, one.due + _DAY, due, one.period, f"汇总表{which}")


_BY_BRANCH, _BY_SUPERIOR = (
    ("record.member_cadence", "record.member_days"),
    ("record.org_cadence", "record.org_days"),
)
ROWS: tuple[Row, ...] = (
    Row("K-04", WITH_MEMBERS, _checks(*_BY_BRANCH), "督查"),
    Row("K-04", _OVER_BRANCHES, _checks(*_BY_SUPERIOR), "督查"),
    Row("K-06", WITH_MEMBERS, _after(*_BY_BRANCH), "写实"),
    Row("K-07", (*_SCHOOL, *_OVER_BRANCHES), _after(*_BY_SUPERIOR), "写实"),
    Row("K-11", LEVEL_ONE, _filings, "登记表"),
    Row(PLAN, LEVEL_ONE, _plans, "方案"),
    Row("K-17", _EVERYWHERE, _evaluations, "评议"),
    Row("K-19", _SCHOOL, _within("inspection.cadence"), "检查"),
    Row("K-20", _SCHOOL, _within("meeting.cadence"), "分析会"),
    Row(
        "K-21", (*LEVEL_ONE, OrgKind.BRANCH), _after("record.publish_cadence", "record.publish_days"), "公示"
    ),
    Row("K-22", LEVEL_ONE, _summaries, "汇总表"),
)
CODES = frozenset(row.code for row in ROWS)


def windows(kind: OrgKind, profile: Profile, today: date) -> list[tuple[Row, Asked]]:
    """Every window of an organisation of this kind that has begun and can still be entered, the oldest first."""
    years = range(today.year - 1, today.year + 2)
    rows = (row for row in ROWS if kind in row.kinds)
    found = [(row, one) for row in rows for year in years for one in row.windows(profile, year)]
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
    return Duty(row.code, owner, unit.id, unit.id, window, state, by, note=note)


def satisfied(unit: str, code: str, asked: Asked, attested: Iterable[Attestation]) -> tuple[State, str]:
    """What satisfies such a duty and who did it, in one place: today somebody's word that it was done (已办).

    A feature by whose own act the paper comes about answers here as well.
    """
    wanted = (unit, code, asked.label)
    word = next((one for one in attested if (one.org, one.duty, one.period) == wanted), None)
    if word is None:
        return State.OPEN, ""
    return (State.LATE if word.done_on > asked.due else State.DONE), word.by


def title(profile: Profile, row: Row, asked: Asked, today: date) -> str:
    """三季度支部对党员写实; with its year where that is another one."""
    name = asked.name or profile.label("duty", row.code)
    return f"{_period(asked.period, today)}{name}" if asked.period else name


_SPOKEN = {"quarter": "季度", "half": "半年", "year": "年度", "month": ""}


def spoken(row: Row, asked: Asked) -> str:
    """How people call it in an answer: 季度写实, 半年检查, 汇总表一."""
    if asked.name.startswith(row.word):
        return asked.name
    return f"{_SPOKEN[asked.period.kind] if asked.period else ''}{row.word}"


def _period(period: Period, today: date) -> str:
    year = "" if period.start.year == today.year else f"{period.start.year}年"
    if period.kind == "quarter":
        return f"{year}{'一二三四'[period.end.month // 3 - 1]}季度"
    if period.kind == "half":
        return f"{year}{'上' if period.start.month == 1 else '下'}半年"
    return f"{period.start.year}年"

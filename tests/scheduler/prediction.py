"""A second computation of a year's reminders, plain and slow, from the requirements alone (R-320 to R-324, domain §8).

It shares nothing with the project but the cast's names: every rule stands here once more, in another way.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from tests import cast

Push = tuple[date, str, str, str, str]
"""On which day, to whom, of which row of §8, which step, and where it matters of which organisation and window."""

ONE = timedelta(days=1)
YEAR = [date(2026, 1, 1) + n * ONE for n in range(365)]
BRANCHES = {cast.FIRST: "2005007", cast.SECOND: "2006015", cast.STUDENTS: "2015021", cast.THIRD: "2004009"}
ABOVE = {cast.FIRST: cast.ENGINEERING, cast.SECOND: cast.ENGINEERING, cast.STUDENTS: cast.ENGINEERING}
WANG, MA, ZHENG = "2003011", "2001002", "2000001"
CLERK = "2008030"
HOME = {id: org for id, _, _, org, _ in cast.PEOPLE}
REACHABLE = {id for id, account in cast.ACCOUNT.items() if account}
FRAIL = {"1975003"}


@dataclass
class Demand:
    """What a 书记 wanted put right, by when, and on which day it was done, answered and accepted, if ever."""

    owner: str
    on: date
    due: date
    done: date | None = None
    replied: date | None = None
    accepted: date | None = None


@dataclass
class Happened:
    """What people did in the year, each with its day."""

    promised: dict[str, date] = field(default_factory=dict)
    branch_promised: dict[str, date] = field(default_factory=dict)
    reported: dict[tuple[str, int], date] = field(default_factory=dict)
    reviewed: dict[tuple[str, str], list[date]] = field(default_factory=dict)
    attested: dict[tuple[str, str, str], date] = field(default_factory=dict)
    demanded: dict[str, Demand] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """What the two offices do differently."""

    member_windows: tuple[tuple[date, date], ...]
    rounds: tuple[tuple[date, date], ...]
    school_reviews: dict[str, tuple[str, ...]]


QUARTERS = tuple(
    (date(2026, first, 1), last) for first, last in (
        (1, date(2026, 3, 31)), (4, date(2026, 6, 30)), (7, date(2026, 9, 30)), (10, date(2026, 12, 31))
    )
)  # fmt: skip
HALVES = ((date(2026, 1, 1), date(2026, 7, 31)), (date(2026, 8, 1), date(2026, 12, 31)))
LEVEL_ONE = (cast.ENGINEERING, cast.OFFICES)
RULES = {
    "harbin": Rules(
        QUARTERS, ((date(2026, 3, 1), date(2026, 4, 30)),), {ZHENG: LEVEL_ONE, MA: (cast.ENGINEERING,)}
    ),
    "qingdao": Rules(HALVES, (), {MA: (cast.ENGINEERING,)}),
}


def days_off() -> tuple[set[date], set[date]]:
    """The holidays and the worked weekends which the office lists."""
    text = Path(__file__).parents[2].joinpath("bot/profiles/harbin.toml").read_text(encoding="utf-8")
    listed = tomllib.loads(text)["calendar"]
    return {date.fromisoformat(d) for d in listed["holidays"]}, {
        date.fromisoformat(d) for d in listed["workdays"]
    }


OFF, ON = days_off()
# December's record is due in a year for which nobody has listed anything yet.
OFF.add(date(2027, 1, 1))


def is_workday(day: date) -> bool:
    return day in ON or (day.weekday() < 5 and day not in OFF)


def forward(day: date) -> date:
    while not is_workday(day):
        day += ONE
    return day


def backward(day: date) -> date:
    while not is_workday(day):
        day -= ONE
    return day


def steps(opens: date, due: date, is_leader: bool = False) -> dict[date, str]:
    """The last named of several steps on one day stays; none but the opening falls on or before the first day."""
    before = [(backward(due - 2 * ONE), "before")]
    if is_leader:
        before = [
            (backward(opens + (due - opens).days // 2 * ONE), "before:middle"),
            (backward(due - 10 * ONE), "before:10"),
            (backward(due - 3 * ONE), "before:3"),
        ]
    found = {forward(opens): "open"}
    for day, step in (*before, (backward(due), "due"), (forward(due + ONE), "after")):
        if day > opens:
            found = {other: name for other, name in found.items() if other < day} | {day: step}
    return found


def predicted(happened: Happened, profile: str) -> set[Push]:
    """Every reminder of the year."""
    rules = RULES[profile]
    told = {
        *_months(happened),
        *_promises(happened),
        *_reviews(happened, rules),
        *_looking_back(happened, rules),
        *_papers(happened, profile),
        *_after_reviews(happened, profile),
        *_demands(happened, profile),
    }
    return {push for push in (*told, *_whole(happened, rules)) if push[0] in YEAR}


def _months(happened: Happened) -> Iterator[Push]:
    for month in range(1, 13):
        opens = date(2026, month, 25)
        due = date(2026, month + 1, 5) if month < 12 else date(2027, 1, 5)
        for day, step in steps(opens, due).items():
            for person, promised in happened.promised.items():
                told = person in REACHABLE - FRAIL and day in YEAR
                handed_in = happened.reported.get((person, month))
                # what was signed on paper owes from the next month on.
                owes = promised.month < month and not (handed_in and handed_in < day)
                if told and owes:
                    yield day, person, "K-05", step, ""
                    yield from _listed(day, person, "K-05", step, f"2026-{month:02}")


def _promises(happened: Happened) -> Iterator[Push]:
    for day, step in steps(date(2026, 1, 1), date(2026, 3, 15)).items():
        for person in HOME:
            done = happened.promised.get(person)
            if person in REACHABLE - FRAIL and not (done and done < day):
                yield day, person, "K-01", step, ""
                yield from _listed(day, person, "K-01", step, "2026")
        heads = {**BRANCHES, cast.ENGINEERING: WANG}
        for org, head in heads.items():
            done = happened.branch_promised.get(org)
            if not (done and done < day):
                yield day, head, "K-01", step, f"2026@{org}"


def _listed(day: date, person: str, code: str, step: str, period: str) -> Iterator[Push]:
    """R-323: whoever still owes on the day after stands on the private list of the branch's 书记."""
    head = BRANCHES.get(HOME[person])
    if step == "after" and head and head != person:
        yield day, head, code, step, f"{period}#{HOME[person]}"


def _reviews(happened: Happened, rules: Rules) -> Iterator[Push]:
    for branch, head in BRANCHES.items():
        members = [id for id, org in HOME.items() if org == branch and id != head]
        yield from _owed(happened, head, "K-08", [(id, head) for id in members], rules.member_windows)
        yield from _owed(happened, head, "K-10", [(id, head) for id in members], rules.rounds)
    below = [org for org, above in ABOVE.items() if above == cast.ENGINEERING]
    things = [*below, *(f"{BRANCHES[org]}书记" for org in below)]
    for code, windows in (("K-09", HALVES), ("K-10", rules.rounds)):
        yield from _owed(happened, WANG, code, [(thing, "") for thing in things], windows)
        for leader, orgs in rules.school_reviews.items():
            theirs = [*orgs, *(f"{WANG}书记" for org in orgs if org == cast.ENGINEERING)]
            yield from _owed(happened, leader, code, [(thing, "") for thing in theirs], windows)


def _looking_back(happened: Happened, rules: Rules) -> Iterator[Push]:
    """R-324: a 书记 whose organisation somebody else will review is asked at the opening, unless that was done already."""
    reviewed = {org for orgs in rules.school_reviews.values() for org in orgs}
    heads = {org: BRANCHES[org] for org in ABOVE} | {
        org: WANG for org in (cast.ENGINEERING,) if org in reviewed
    }
    for n, (opens, _) in enumerate(HALVES, 1):
        day = forward(opens)
        for org, head in heads.items():
            things = ((org, ""), (f"{head}书记", ""))
            done = [on for thing in things for on in happened.reviewed.get(thing, ()) if opens <= on < day]
            if not done:
                yield day, head, "K-09", "open", f"2026-H{n}~{org}"


def _owed(
    happened: Happened,
    owner: str,
    code: str,
    things: list[tuple[str, str]],
    windows: tuple[tuple[date, date], ...],
) -> Iterator[Push]:
    """Told at each step while anything of it is not yet reviewed by whoever's review counts."""
    for opens, due in windows:
        for day, step in steps(opens, due, is_leader=True).items():
            open_ones = [
                thing for thing, by in things
                if not any(opens <= on <= due and on < day for on in happened.reviewed.get((thing, by), ()))
            ]  # fmt: skip
            if open_ones and day in YEAR:
                yield day, owner, code, step, ""


def papers(profile: str) -> Iterator[tuple[str, str, str, str, date, date]]:
    """Who owes which organisation's paper: person, organisation, row, window, first day, last day."""
    engineering = (WANG, cast.ENGINEERING)
    for n, (_, end) in enumerate(QUARTERS, 1):
        opens, due, quarter = end + ONE, end + 10 * ONE, f"2026-Q{n}"
        for branch, head in BRANCHES.items():
            for code in ("K-04", "K-06", "K-21"):
                yield head, branch, code, quarter, opens, due
        yield *engineering, "K-21", quarter, opens, due
        yield *engineering, "K-22", f"{quarter}/三", opens, due
    for n, (start, end) in enumerate(HALVES, 1):
        half = f"2026-H{n}"
        yield *engineering, "K-22", f"{half}/一", end + ONE, end + 10 * ONE
        for code in ("K-04", "K-07"):
            yield *engineering, code, half, end + ONE, end + 15 * ONE
        yield CLERK, cast.SCHOOL, "K-07", half, end + ONE, end + 15 * ONE
        yield CLERK, cast.SCHOOL, "K-19", half, start, end
        yield CLERK, cast.SCHOOL, "K-20", half, start, end
    everybody = [(head, branch) for branch, head in BRANCHES.items()] + [engineering, (CLERK, cast.SCHOOL)]
    for head, org in everybody:
        yield head, org, "K-17", "2026", date(2026, 12, 1), date(2026, 12, 31)
    if profile == "qingdao":
        yield *engineering, "K-12", "2026-H2", date(2026, 7, 18), date(2026, 7, 31)
        yield *engineering, "K-12", "2027-H1", date(2026, 12, 18), date(2026, 12, 31)


def _papers(happened: Happened, profile: str) -> Iterator[Push]:
    for owner, org, code, window, opens, due in papers(profile):
        done = happened.attested.get((org, code, window))
        for day, step in steps(opens, due).items():
            if not (done and done < day):
                yield day, owner, code, step, f"{window}@{org}"


def behind_reviews(
    reviewed: dict[tuple[str, str], list[date]], profile: str
) -> list[tuple[str, str, str, str, date, date]]:
    """Q-4.3 and Q-4.4: three days for the form, seven for telling people, once for all that were reviewed on a day."""
    if profile != "qingdao":
        return []
    heads = {**BRANCHES, cast.ENGINEERING: WANG}
    seen = {(HOME.get(thing, thing), day) for (thing, _), days in reviewed.items() for day in days}
    return sorted(
        (heads[org], org, code, day.isoformat(), day, day + days * ONE)
        for org, day in seen
        for code, days in (("K-13", 3), ("K-14", 7))
    )


def _after_reviews(happened: Happened, profile: str) -> Iterator[Push]:
    """Whoever heard of the review need not hear that its papers may begin."""
    for owner, org, code, window, opens, due in behind_reviews(happened.reviewed, profile):
        done = happened.attested.get((org, code, window))
        for day, step in steps(opens, due).items():
            if step != "open" and not (done and done < day):
                yield day, owner, code, step, f"{window}@{org}"


def _demands(happened: Happened, profile: str) -> Iterator[Push]:
    """R-165 to R-168: done by the day that was named, answered a week later where that is wanted, read in a fortnight."""
    for one in happened.demanded.values():
        branch = HOME.get(one.owner, one.owner)
        head = BRANCHES[branch]
        hand, leader = (head, WANG) if one.owner in BRANCHES else (one.owner, head)
        spoken_to = hand in REACHABLE - FRAIL
        if spoken_to:
            yield from _until(hand, "K-15", one.on, one.due, one.done, branch)
        if spoken_to and one.done and profile == "qingdao":
            yield from _until(hand, "K-16", one.done, one.done + 7 * ONE, one.replied, branch)
        if one.replied:
            last = one.replied + 14 * ONE
            day = backward(last)
            if not (one.accepted and one.accepted < day):
                home = cast.ENGINEERING if leader == WANG else branch
                yield day, leader, "K-16", "due", f"{last}?{home}"


def _until(person: str, code: str, since: date, due: date, over: date | None, branch: str) -> Iterator[Push]:
    """Two days before, on and after the last day, while it is not over; its beginning was news already."""
    for day, step in steps(since, due).items():
        if step != "open" and not (over and over < day):
            yield day, person, code, step, f"{due}@{branch}"


def _whole(happened: Happened, rules: Rules) -> Iterator[Push]:
    """R-323: one word to the 书记 above where nobody of an organisation has done it; never of a single member."""
    for branch in BRANCHES:
        yield from _nobody(happened, branch)
        for code, windows in (("K-08", rules.member_windows), ("K-10", rules.rounds)):
            for opens, due in windows:
                head = BRANCHES[branch]
                days = (day for id in _members(branch) for day in happened.reviewed.get((id, head), ()))
                period = _window_name(code, opens, due)
                yield from _word(branch, code, period, due, [day for day in days if opens <= day <= due])
        promised = happened.branch_promised.get(branch)
        done = [promised] if promised else []
        yield from _word(branch, "K-01", f"2026@{branch}", date(2026, 3, 15), done)
    # Nobody of these acts promises for the 党总支.
    yield from _word(cast.ENGINEERING, "K-01", f"2026@{cast.ENGINEERING}", date(2026, 3, 15), [])
    for code, windows in (("K-09", HALVES), ("K-10", rules.rounds)):
        for opens, due in windows:
            days = [
                day for org in ABOVE for day in happened.reviewed.get((org, ""), ()) if opens <= day <= due
            ]
            yield from _word(cast.ENGINEERING, code, _window_name(code, opens, due), due, days)


def _members(branch: str) -> list[str]:
    return [id for id, org in HOME.items() if org == branch]


def _nobody(happened: Happened, branch: str) -> Iterator[Push]:
    for month in range(1, 13):
        due = date(2026, month + 1, 5) if month < 12 else date(2027, 1, 5)
        owing = [
            id for id in _members(branch)
            if id not in FRAIL and id in happened.promised and happened.promised[id].month < month
        ]  # fmt: skip
        done = [happened.reported[id, month] for id in _members(branch) if (id, month) in happened.reported]
        if len([id for id in owing if happened.promised[id] <= due]) > 1:
            yield from _word(branch, "K-05", f"2026-{month:02}", due, done)
    made = [happened.promised[id] for id in _members(branch) if id in happened.promised]
    if len([id for id in _members(branch) if id not in FRAIL]) > 1:
        yield from _word(branch, "K-01", "2026", date(2026, 3, 15), made)


def _word(org: str, code: str, period: str, due: date, done: list[date]) -> Iterator[Push]:
    day = forward(due + ONE)
    if not any(one < day for one in done):
        yield day, WANG if org in ABOVE else ZHENG, code, "after", f"{period}^{org}"


def _window_name(code: str, opens: date, due: date) -> str:
    if code == "K-10":
        return due.isoformat()
    if (opens, due) in QUARTERS:
        return f"2026-Q{due.month // 3}"
    return f"2026-H{1 if opens.month == 1 else 2}"

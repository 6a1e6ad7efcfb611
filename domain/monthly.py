"""Which months of 写实 somebody owes, for which items, and until when (R-220, R-222, R-223, R-350, R-353)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain import periods
from domain.commitments import Commitment, State
from domain.periods import Period
from domain.profile import Profile
from domain.reports import Report

DUTY = "K-05"
STALLED_AFTER = 3
ASKED_AFTER = timedelta(days=7)
_FINISHED = (State.DECLARED, State.FULFILLED, State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Window:
    """When a month's record is taken: from the first moment of `opens` to 23:59 of `due`."""

    opens: date
    due: date


def window(month: Period, profile: Profile) -> Window:
    """`self.open_day` of the month to `self.due_day` of the next; the last day where a month is shorter."""
    return Window(
        _day(month, profile.number("self.open_day")), _day(month.next, profile.number("self.due_day"))
    )


def due_month(moment: datetime, profile: Profile) -> Period:
    """The month that is being reported: the latest one whose window has opened, be it late already."""
    month = periods.month_of(moment.date())
    return month if moment.date() >= window(month, profile).opens else month.previous


def is_late(month: Period, moment: datetime, profile: Profile) -> bool:
    """Whether a record handed in at this moment is 迟报; the due day itself counts to its end."""
    return moment.date() > window(month, profile).due


def is_early(month: Period, moment: datetime, profile: Profile) -> bool:
    """Whether the month's window has not opened yet."""
    return moment.date() < window(month, profile).opens


def is_asked(month: Period, moment: datetime, profile: Profile) -> bool:
    """Whether people are being asked for a month: from its opening to a week after its due day."""
    asked = window(month, profile)
    return asked.opens <= moment.date() <= asked.due + ASKED_AFTER


def first_month(item: Commitment, profile: Profile) -> Period | None:
    """The first month an item owes; None while it is not public.

    An item made public by the day its month opens is known to everybody when that month is asked for, and
    an urgent one may be over before the next: it owes its own month. One signed on paper owes from the next
    month on (R-353), because its beginnings were kept on paper.
    """
    if item.published_on is None:
        return None
    month = periods.month_of(item.published_on)
    own = not item.on_paper and item.published_on <= window(month, profile).opens
    return month if own else month.next


def live_items(items: Iterable[Commitment], month: Period, profile: Profile) -> tuple[Commitment, ...]:
    """The items a month's record speaks of: public in time and unfinished, or finished in that month."""
    return tuple(item for item in items if _is_live(item, month, profile))


def owes(items: Iterable[Commitment], month: Period, profile: Profile, starts_on: date | None) -> bool:
    """Whether a record is owed at all; never for a window that opened before the unit's 启用日期 (R-350).

    `starts_on` is the unit's effective day, None where no day was set yet. Waivers are asked apart.
    """
    return has_begun(month, profile, starts_on) and bool(live_items(items, month, profile))


def has_begun(month: Period, profile: Profile, starts_on: date | None) -> bool:
    """Whether the unit was already using the system when the month's window opened."""
    return starts_on is not None and window(month, profile).opens >= starts_on


def months_without_progress(reports: Iterable[Report], commitment: str, until: Period) -> int:
    """How many months in a row, counted back from `until`, an item was recorded as 无进展 (R-224)."""
    by_month = {report.month: report for report in reports}
    count = 0
    while _status(by_month.get(until.label), commitment) == "none":
        count, until = count + 1, until.previous
    return count


def last_month(item: Commitment) -> Period | None:
    """The month that speaks of an item for the last time: in whose record, or in which, it was declared done."""
    if item.state not in _FINISHED or item.finished_on is None:
        return None
    return periods.parse_code(item.finished_in) or periods.month_of(item.finished_on)


def _status(report: Report | None, commitment: str) -> str:
    items: Sequence[Mapping[str, str]] = report.items if report else ()
    return next((item["status"] for item in items if item["commitment"] == commitment), "")


def _is_live(item: Commitment, month: Period, profile: Profile) -> bool:
    first = first_month(item, profile)
    if first is None or month < first:
        return False
    if item.state is State.PUBLISHED:
        return True
    last = last_month(item)
    return last is not None and month <= last


def _day(month: Period, number: int) -> date:
    return month.start.replace(day=min(number, month.end.day))

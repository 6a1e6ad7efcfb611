"""登记 and 通报 (domain §8, K-13, K-14): papers that the reviewed side owes after each day on which it was reviewed.

Their windows come from the reviews instead of the calendar, and all reviews of one day are one matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from domain.duties import ASKED_AFTER
from domain.duties.papers_of_calendar import Asked
from domain.people import LEVEL_ONE, OrgKind
from domain.profile import Profile
from domain.reminders import STEPS
from domain.reviews import Review

KINDS = (*LEVEL_ONE, OrgKind.BRANCH)
"""Nobody within the school reviews the school itself."""
REMINDED = STEPS[1:]
"""None of the opening: it would come with or right after the news of the review."""
_NAMED = timedelta(days=60)


def register_days(profile: Profile) -> int:
    """How long the reviewed side has to fill in its form; 0 where nobody is asked."""
    return profile.number("review.register_days")


def notify_days(profile: Profile) -> int:
    """How long it has to make the review known; 0 where it need not."""
    return profile.number("review.notify_days") if profile.flag("review.notify_required") else 0


def registers(profile: Profile, day: date) -> Iterator[Asked]:
    """The window of K-13 behind a day of reviews."""
    return _behind(day, register_days(profile))


def notices(profile: Profile, day: date) -> Iterator[Asked]:
    """The window of K-14 behind a day of reviews."""
    return _behind(day, notify_days(profile))


def _behind(day: date, days: int) -> Iterator[Asked]:
    if days:
        yield Asked(day.isoformat(), day, day, day + timedelta(days=days), reviewed_on=day)


def are_owed(kind: OrgKind, profile: Profile) -> bool:
    """Whether such an organisation can owe any: elsewhere nobody need look at its reviews."""
    return kind in KINDS and _longest(profile) > 0


def spoken_of(profile: Profile) -> timedelta:
    """So long after a review its papers may be asked about without being named."""
    return timedelta(days=_longest(profile)) + ASKED_AFTER


def named_for(profile: Profile) -> timedelta:
    """So long after a review its papers can still be entered by naming them."""
    return max(_NAMED, spoken_of(profile))


def _longest(profile: Profile) -> int:
    return max(register_days(profile), notify_days(profile))


def days_of(reviews: Iterable[Review]) -> Sequence[date]:
    """The days on which there was a 定期 review; a 日常 one needs no papers."""
    return sorted({one.day for one in reviews if one.kind == "periodic"})


def labels(since: timedelta, today: date) -> Iterator[str]:
    """Every label that a window may have, however the reviews lie: so one question serves many organisations."""
    return ((today - timedelta(days=back)).isoformat() for back in range(since.days + 1))

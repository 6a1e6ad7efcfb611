"""The office's own words and numbers as data: two profiles, each key overridable (R-020, house 13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any


@dataclass(frozen=True, slots=True)
class Profile:
    """Settings of the notices by their key of domain §8 (`self.open_day`), and labels by code."""

    name: str
    values: Mapping[str, Any]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def number(self, key: str) -> int:
        """A whole number; KeyError when the profile has none."""
        return int(self.values[key])

    def flag(self, key: str) -> bool:
        """A yes or no."""
        return bool(self.values[key])

    def text(self, key: str) -> str:
        """Words of the office."""
        return str(self.values[key])

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of words of the office."""
        return tuple(self.values[key])

    def hour(self, key: str) -> time:
        """A time of day, written HH:MM."""
        return time.fromisoformat(str(self.values[key]))

    def label(self, group: str, code: str) -> str:
        """What people read for a code; the code itself when the profile has no word for it."""
        return self.labels.get(group, {}).get(code, code)

    def holidays(self) -> frozenset[date]:
        """Days off as listed by the office; make-up workdays are not in it."""
        return self._days("calendar.holidays")

    def made_up_workdays(self) -> frozenset[date]:
        """Weekends that are worked, as listed by the office."""
        return self._days("calendar.workdays")

    def _days(self, key: str) -> frozenset[date]:
        return frozenset(map(date.fromisoformat, self.values.get(key, ())))


def merged(base: Profile, changes: Mapping[str, Any], name: str) -> Profile:
    """The base with some keys replaced."""
    return Profile(name, {**base.values, **changes}, base.labels)

"""What is known at a moment, wherever duties are asked for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from domain.facts import Facts
from domain.people import Roster
from domain.profile import Profile


class Sight(Protocol):
    """What is known at a moment; a turn's context and a planner's scene both are one."""

    @property
    def roster(self) -> Roster: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def profile(self) -> Profile: ...
    @property
    def now(self) -> datetime: ...
    @property
    def today(self) -> date: ...

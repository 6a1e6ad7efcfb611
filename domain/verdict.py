"""The answer to a question for permission: allowed as what, or refused with the reason and who could instead (R-043)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal["", "self", "own", "office", "outside", "no_office", "no_member", "seat", "external"]


@dataclass(frozen=True, slots=True)
class Entitled:
    """Somebody who may do what was asked; `daily_only` is 越级: only 日常, satisfying nobody's duty (O-04)."""

    person: str
    capacity: str = ""
    daily_only: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A refusal has a reason and names who may instead, the most direct first.

    `words` call the act and `seats` say from where it is done, as people are told.
    """

    allowed: bool
    capacity: str = ""
    reason: Reason = ""
    instead: tuple[Entitled, ...] = ()
    daily_only: bool = False
    words: str = ""
    seats: tuple[str, ...] = ()

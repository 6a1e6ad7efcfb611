"""What a tick decided about one person or row, for the operators (contract, `xieshi tick --json`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Action = Literal["planned", "sent", "cancelled", "skipped", "held"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One line: `duty` and `step` are empty for what is no reminder; `reason` is for people."""

    tick: str
    person: str
    duty: str
    step: str
    action: Action
    reason: str = ""

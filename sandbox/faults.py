"""What goes wrong on demand: the switches of the sandbox (wecom §25.1) and errors ordered for the next calls."""

from __future__ import annotations

import random
from collections import defaultdict, deque
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass
class Faults:
    """All switches, each at its harmless default; rates are between 0 and 1, times in seconds unless named."""

    retry_policy: str = "timeout_only"
    deliveries_total: int = 3
    attempt_timeout_s: float = 5.0
    verify_timeout_s: float = 1.0
    retry_gap_s: float = 1.0
    passive_card_update: str = "ignore"
    drop_event_rate: float = 0.0
    duplicate_rate: float = 0.0
    reorder_window_s: float = 0.0
    token_early_death_rate: float = 0.0
    busy_rate: float = 0.0
    http502_rate: float = 0.0
    html200_rate: float = 0.0
    latency_ms: int = 0
    api_hangs: bool = False
    api_down: bool = False
    media_ttl_s: int = 259200
    per_member_minute: int = 30
    per_member_hour: int = 1000
    accounts: int = 200
    base_per_minute: int = 10000
    seed: int = 2026
    _ordered: dict[str, deque[int]] = field(default_factory=lambda: defaultdict(deque), repr=False)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)

    def happens(self, rate: float) -> bool:
        """Whether something of this probability happens now; the sequence is fixed by `seed`."""
        return rate > 0 and self._dice.random() < rate

    def up_to(self, seconds: float) -> float:
        """A random delay of at most `seconds`."""
        return self._dice.uniform(0, seconds)

    def fail_next(self, endpoint: str, errcode: int, times: int = 1) -> None:
        """Makes the next calls of `endpoint` ("message/send", or "*" for any) answer `errcode`."""
        self._ordered[endpoint].extend([errcode] * times)

    def ordered(self, endpoint: str) -> int | None:
        """Takes the error ordered for this call, if any."""
        for name in (endpoint, "*"):
            if self._ordered[name]:
                return self._ordered[name].popleft()
        return None

    def change(self, **values: Any) -> None:
        """Sets switches by name; raises ValueError for an unknown name or a value of the wrong kind."""
        known = self.switches()
        for name, value in values.items():
            if name not in known:
                raise ValueError(f"没有这个开关：{name}")
            setattr(self, name, _like(known[name], value, name))

    def switches(self) -> dict[str, Any]:
        """Every switch and its present value."""
        return {f.name: getattr(self, f.name) for f in fields(self) if not f.name.startswith("_")}


def _like(sample: object, value: object, name: str) -> object:
    if isinstance(sample, bool) or isinstance(value, bool):
        fits = isinstance(sample, bool) and isinstance(value, bool)
    elif isinstance(sample, str):
        fits = isinstance(value, str)
    else:
        fits = isinstance(value, int | float) and value >= 0
    if not fits:
        raise ValueError(f"{name} 的值不对：{value!r}")
    return type(sample)(value)  # type: ignore[call-arg]

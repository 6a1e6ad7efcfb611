"""What holds everything back: 停发 by an administrator, a fault of the configuration, a frequency limit."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.base import ChannelError
from bot.channels.terminal import TerminalChannel
from bot.channels.wecom.failures import untrusted_ip
from bot.channels.wecom.limits import rest
from storage import settings
from storage.db import Transaction

HOLD, STOPPED, RESTING = "hold", "stopped", "resting"
BACKOFF = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1))
"""How long a try waits after the first, second, third and fourth failure (chat §4.2)."""

PROBE = timedelta(minutes=10)
"""So often one row is tried while all is stopped, so that a mended configuration is noticed by itself."""


@dataclass(frozen=True, slots=True)
class Brakes:
    """`held`: only answers go on. `until`: before that nothing goes. `stopped`: why, if it is a fault."""

    held: bool = False
    until: datetime | None = None
    stopped: str = ""

    def usable(self, roads: Collection[str], now: datetime) -> list[str]:
        """Those of the roads on which a call may be made now; none of these brakes concerns a terminal."""
        is_resting = self.until is not None and now < self.until
        return [road for road in roads if road == TerminalChannel.name or not is_resting]


def read(tx: Transaction) -> Brakes:
    """The brakes as they stand for all workers."""
    stopped, resting = _kept(tx, STOPPED), _kept(tx, RESTING)
    ends = [datetime.fromisoformat(str(one["until"])) for one in (stopped, resting) if one]
    return Brakes(bool(settings.get(tx, HOLD)), max(ends, default=None), str(stopped.get("reason", "")))


def stop(tx: Transaction, error: ChannelError, now: datetime) -> str:
    """Stop all calls until the next probe; returns the reason in words for the administrator."""
    reason = explained(error)
    settings.put(tx, STOPPED, json.dumps({"reason": reason, "until": (now + PROBE).isoformat()}))
    return reason


def slow_down(tx: Transaction, now: datetime) -> datetime:
    """Rest after a frequency limit, longer each time; returns until when."""
    before = _kept(tx, RESTING)
    if before and now < (until := datetime.fromisoformat(str(before["until"]))):
        return until
    refusals = int(str(before.get("refusals", 0))) + 1
    until = rest(refusals, now)
    settings.put(tx, RESTING, json.dumps({"refusals": refusals, "until": until.isoformat()}))
    return until


def loosen(tx: Transaction, road: str) -> None:
    """A call went through on a road: whatever the platform objected to is over."""
    if road == TerminalChannel.name:
        return
    for key in (STOPPED, RESTING):
        if settings.get(tx, key):
            settings.put(tx, key, "")


def explained(error: ChannelError) -> str:
    """A refusal of the whole road in plain words."""
    address = untrusted_ip(error)
    if address:
        return f"企业微信不认识本机的地址{address}。请在管理后台的“企业可信IP”里加上它。"
    if error.code is None:
        return "企业微信没有应答。请检查本机的网络和 XIESHI_WECOM_API_URL，稍后再试。"
    return f"企业微信拒绝了所有调用，请检查企业ID、AgentId、Secret和应用是否启用（{error.code}：{error.detail}）。"


def _kept(tx: Transaction, key: str) -> dict[str, object]:
    found = settings.get(tx, key)
    kept: dict[str, object] = json.loads(found) if found else {}
    return kept

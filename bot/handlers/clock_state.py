"""调度状态: does the clock go, what waits and why, what did not arrive, what comes next (R-351, row 44)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from bot.handlers import _permission as permission
from domain import clockwork
from domain.authority import keeps
from domain.clockwork import Outlook, Pile

NOT_YOURS = "调度状态由支部书记、办公室和管理员来看。您自己要办的事请回复“我的”。"
LATELY = timedelta(days=7)
_MOST_REASONS = 4
_BARE = {
    "waiting": "到时间就发",
    "in_flight": "正在发",
    "held": "不在预演里，先留着",
    "doubtful": "不知道有没有送到",
}


@dataclass(frozen=True)
class _Sight:
    """What this person may see of the clock: everything, or the reminders of `units`."""

    ctx: Context
    units: Collection[str] | None

    @cached_property
    def silent(self) -> timedelta | None:
        return clockwork.silence(self.ctx.facts.setting(clockwork.HEARTBEAT), self.ctx.now)

    @cached_property
    def held(self) -> str:
        return self.ctx.facts.setting("hold") or ""

    @cached_property
    def stopped(self) -> str:
        return clockwork.reason(self.ctx.facts.setting("stopped"))

    @cached_property
    def kept(self) -> Mapping[str, str]:
        return self.ctx.facts.settings("clock|")

    @cached_property
    def piles(self) -> Sequence[Pile]:
        return self.ctx.facts.piles(self.units, self.ctx.now, self.ctx.now - LATELY)

    @property
    def failed(self) -> list[Pile]:
        return [one for one in self.piles if one.state == "failed"]

    @property
    def is_admin(self) -> bool:
        return permission.might(self.ctx, "hold")


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    scope = permission.reach(ctx, "clock")
    if not scope:
        return Turn(NOT_YOURS)
    sight = _Sight(ctx, None if keeps(ctx.roster, ctx.actor, ctx.today) else scope.orgs)
    names = (
        "" if sight.units is None else "、".join(org.name for org in map(ctx.roster.org, scope.tops) if org)
    )
    lines = (
        f"{names}调度状态（{_at(ctx.now)}）",
        _clock(sight),
        _brakes(sight),
        _waiting(sight),
        _lost(sight),
        _coming(sight),
        _unlisted(sight),
        _next(sight),
    )
    return Turn("\n".join(line for line in lines if line))


def _clock(sight: _Sight) -> str:
    if sight.silent == timedelta.max:
        return "时钟：后台还没有启动过。"
    if sight.silent:
        beat = sight.ctx.facts.setting(clockwork.HEARTBEAT) or ""
        return f"时钟：停了，{_since(sight, beat)}走到这里。"
    planned = sight.kept.get(clockwork.PLANNED, "")
    return f"时钟：正常{f'，{_since(sight, planned)}排过提醒' if planned else '，还没有排过提醒'}。"


def _brakes(sight: _Sight) -> str:
    if sight.held:
        return f"停发：{_since(sight, sight.held)}起已停发。"
    return f"发送已停：{sight.stopped}" if sight.stopped else "停发：没有停。"


def _waiting(sight: _Sight) -> str:
    found = [one for one in sight.piles if one.state != "failed"]
    return f"在等：{_counted(sight, found)}。" if found else "在等：没有。"


def _lost(sight: _Sight) -> str:
    return f"近7天没发成：{_counted(sight, sight.failed)}。" if sight.failed else "近7天没发成：没有。"


def _counted(sight: _Sight, piles: Sequence[Pile]) -> str:
    """The sum and its parts, so many by reason."""
    reasons: dict[str, int] = {}
    for one in piles:
        words = _why(sight, one)
        reasons[words] = reasons.get(words, 0) + one.count
    shown = list(reasons.items())[:_MOST_REASONS]
    rest = sum(reasons.values()) - sum(n for _, n in shown)
    parts = [f"{words}{n}" for words, n in shown] + ([f"其他{rest}"] if rest else [])
    return f"{sum(reasons.values())}条（{'，'.join(parts)}）"


def _why(sight: _Sight, one: Pile) -> str:
    if one.state == "waiting" and sight.held:
        return "已停发"
    return one.reason.rstrip("。") or (
        "马上发" if one.is_due and one.state == "waiting" else _BARE[one.state]
    )


def _coming(sight: _Sight) -> str:
    found = clockwork.outlook(sight.kept.get(clockwork.AHEAD), sight.ctx.today)
    if found is None:
        return "接下来：还没有算好，想看请回复“预演”。"
    if found.day is None or not found.count(sight.units):
        return f"接下来：{_until(found)}前没有要发的。"
    return f"接下来：{found.day.month}月{found.day.day}日约{found.count(sight.units)}人。"


def _until(found: Outlook) -> str:
    last = found.day or found.until
    return f"{last.month}月{last.day}日"


def _unlisted(sight: _Sight) -> str:
    years = sight.kept.get(clockwork.UNLISTED, "")
    return f"{years}年的放假安排还没有，节假日只按周末算。" if years else ""


def _next(sight: _Sight) -> str:
    """The one thing that helps most."""
    if sight.silent:
        how = "请在服务器上运行 systemctl restart xieshi-work" if sight.is_admin else "请告诉管理员"
        return f"{how}，恢复后会自动补上。"
    if sight.held:
        return "恢复请回复“恢复发送”。" if sight.is_admin else "恢复发送由管理员来办。"
    if sight.is_admin and any(one.state in ("held", "doubtful") for one in sight.piles):
        return "留着和不确定的，请在服务器上看 xieshi outbox list。"
    if sight.failed and not sight.stopped and permission.might(sight.ctx, "resend"):
        return "账号补好以后，回复“补发”再发一次。"
    return "看发给谁，请回复“预演”。"


def _since(sight: _Sight, kept: str) -> str:
    """A moment as people say it, with the day unless it is today's."""
    at = datetime.fromisoformat(kept)
    return f"{at:%H:%M}" if at.date() == sight.ctx.today else _at(at)


def _at(moment: datetime) -> str:
    return f"{moment.month}月{moment.day}日{moment:%H:%M}"


HANDLER = Query("clock_state", "看提醒发得怎么样", ("调度状态",), _reply)

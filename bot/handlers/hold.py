"""停发 and 恢复发送: an administrator stops every push at once, and lets them go again (R-351)."""

from __future__ import annotations

from bot.engine.forms import Form
from bot.engine.state import Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _permission as permission

SETTING = "hold"
_CLOSING = "确定请回复“确认”；不办请回复“取消”。"


def _waiting(ctx: Context) -> str:
    n = ctx.facts.waiting()
    return f"有{n}条在等" if n else "没有等着发的"


def _to_hold(ctx: Context) -> str | None:
    held = f"现在已经停发，{_waiting(ctx)}。恢复请回复“恢复发送”。"
    return permission.nobody_may(ctx, "hold") or (held if ctx.facts.setting(SETTING) else None)


def _to_release(ctx: Context) -> str | None:
    going = "现在没有停发，提醒照常发送。停发请回复“停发”。"
    return permission.nobody_may(ctx, "hold") or (None if ctx.facts.setting(SETTING) else going)


def _before_hold(ctx: Context, draft: Draft) -> str:
    return f"停发后，所有提醒和通知都不发出，直到恢复；大家写来仍会得到回答。现在{_waiting(ctx)}。"


def _before_release(ctx: Context, draft: Draft) -> str:
    if not ctx.facts.waiting():
        return "现在没有等着发的。恢复后，提醒和通知照常发出。"
    return f"恢复后，等着的{ctx.facts.waiting()}条开始发出；过期的并成一条补发，或者不再发。"


def _hold(ctx: Context, draft: Draft, wish: str) -> Turn:
    say = f"已停发，{_waiting(ctx)}。恢复请回复“恢复发送”。"
    return Turn(say, set={SETTING: ctx.now.isoformat()})


def _release(ctx: Context, draft: Draft, wish: str) -> Turn:
    n = ctx.facts.waiting()
    going = f"等着的{n}条陆续发出" if n else "提醒和通知照常发出"
    return Turn(f"已恢复发送，{going}。", set={SETTING: ""})


HANDLERS = (
    Form(
        "hold",
        "停发",
        ("停发",),
        (),
        _hold,
        _to_hold,
        heading=_before_hold,
        closing=lambda ctx, draft: _CLOSING,
    ),
    Form(
        "release",
        "恢复发送",
        ("恢复发送",),
        (),
        _release,
        _to_release,
        heading=_before_release,
        closing=lambda ctx, draft: _CLOSING,
    ),
)

"""我的承诺: one's own items with where they stand; a digit shows one with its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from bot.handlers._commitment_words import category, cut, state
from domain import signing
from domain.commitments import LIVE, Commitment, State
from domain.dates import show
from domain.entries import Written
from domain.numbers import fits, order, tails_in

OPENS = "我的承诺 "
MOST, FEW, EVENTS, LOOKED_AT = 15, 6, 8, 300

_SAID = {
    "proposed": "提出",
    "returned": "退回",
    "revised": "申请变更",
    "published": "公开",
    "declared": "申报完成",
    "undeclared": "撤回申报",
    "fulfilled": "核实兑现",
    "accepted": "群众验收",
    "terminated": "终止",
    "withdrawn": "撤回",
    "unfulfilled": "未兑现",
}


def _owners(ctx: Context) -> list[str]:
    led = signing.chairs_of(ctx.roster, ctx.actor.id, ctx.today)
    return [ctx.actor.id, *(org.id for org in led)]


def _shown(ctx: Context) -> list[Commitment]:
    """This year's items, and older ones that still run; own ones first, then those of one's organisations."""
    known = ctx.facts.commitments_of(_owners(ctx))
    open_states = (State.SIGNED, State.RETURNED, State.FIXED, *LIVE)
    this_year = [
        item
        for item in known
        if item.state is not State.WITHDRAWN
        and (item.proposed_on.year == ctx.today.year or item.state in open_states)
    ]
    return sorted(this_year, key=lambda item: (item.owner_type == "org", order(item.number)))


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    items = _shown(ctx)
    tails = tails_in(ctx.text)
    named = [item for item in items if any(fits(item.number, tail) for tail in tails)]
    return Turn(_one(ctx, named[0])) if named else _list(ctx, items)


def _list(ctx: Context, items: Sequence[Commitment]) -> Turn:
    if not items:
        return Turn("您今年还没有承诺。要作请回复“作承诺”。")
    length = 36 if len(items) <= FEW else 16
    lines = [f"{n} {_line(ctx, item, length)}" for n, item in enumerate(items[:MOST], 1)]
    back = [item for item in items if item.state is State.RETURNED]
    end = "有被退回的，修改请回复“改承诺”。" if back else "回复数字看一件的经过。"
    return Turn(
        "\n".join([f"您的承诺共{len(items)}件：", *lines, end]),
        choices=tuple(f"{OPENS}{item.tail}" for item in items[:MOST]),
    )


def _line(ctx: Context, item: Commitment, length: int) -> str:
    whose = f"〔{item.owner_name}〕" if item.owner_type == "org" else ""
    return f"{whose}{cut(item.goal, length)}（{show(item.due)}前，{state(ctx.profile, item, ctx.today)}）"


def _one(ctx: Context, item: Commitment) -> str:
    first = f"（原定{show(item.original_due)}）" if item.original_due != item.due else ""
    history = ctx.facts.history(f"{item.owner_type}:{item.owner}", LOOKED_AT)
    events = [one for one in reversed(history) if one.data.get("commitment") == item.number]
    lines = [
        f"{item.tail} {item.goal}",
        f"完成时限：{show(item.due)}{first}",
        category(ctx.profile, item),
        f"现在：{state(ctx.profile, item, ctx.today)}",
        *([f"退回原因：{item.reason}"] if item.state is State.RETURNED else []),
        "经过：",
        *_told(ctx, events)[-EVENTS:],
        *(["修改请回复“改承诺”。"] if item.state is State.RETURNED else []),
    ]
    return "\n".join(one for one in lines if one)


def _told(ctx: Context, events: Sequence[Written]) -> list[str]:
    """One line an event by its own day, which for what comes from paper lies before its entry."""
    days = [(_day(one), said) for one in events if (said := _event(ctx, one))]
    return [f"{_on(ctx, day)} {said}" for day, said in sorted(days, key=lambda one: one[0])]


def _on(ctx: Context, day: date) -> str:
    return f"{day.month}月{day.day}日" if day.year == ctx.today.year else show(day)


def _day(written: Written) -> date:
    on = written.data.get("on")
    return date.fromisoformat(on) if on else written.stamp.at.date()


def _event(ctx: Context, written: Written) -> str:
    event, on_paper = written.kind.partition(".")[2], written.stamp.via.get("channel") == "paper"
    if event == "signed":
        who = ctx.roster.person(written.stamp.actor)
        return "" if on_paper else f"{who.name if who else ''}签字"
    if event == "proposed" and on_paper:
        return "录入（已在纸面签字）"
    labels = [ctx.profile.label("channel", code) for code in written.data.get("channels", ())]
    detail = "、".join([*labels, *(["纸面"] if on_paper else [])]) or cut(
        str(written.data.get("reason") or "")
    )
    changed = event == "revised" and not written.data.get("reason")
    said = "修改" if changed else _SAID.get(event, "")
    return f"{said}{f'（{detail}）' if detail else ''}" if said else ""


HANDLER = Query("my_commitments", "看我的承诺", ("我的承诺",), _reply)

"""The questions about another date, for an item past its own and not done (R-077, S-05)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.forms import Complaint, Field, Option, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context
from bot.handlers import _report_draft as drafts
from domain.intake import bare_number, halfwidth
from domain.month_answers import is_nothing, read_postponement

_EXAMPLE = "7月15日，出差两周"
_PROBLEMS = {
    "past": "这个日子已经过了，请写以后的日子",
    "far": "这个日子太远了，请写一年以内的日子",
    "impossible": "日历上没有这一天，请再写一次",
}


def dates(n: int) -> tuple[Field, ...]:
    """Whether another date is wanted, which, and why."""
    return (_revise(n), _day(n), _reason(n))


def _revise(n: int) -> Field:
    def ask(ctx: Context, draft: Draft) -> str:
        day = drafts.day(draft, n)
        return f"{drafts.which(draft, n)}已过完成时限（{day}）。需要改期吗？可连日子和原因一起写，例：1 改到{_EXAMPLE}"

    def read(ctx: Context, draft: Draft, text: str) -> Reading:
        words = halfwidth(text).strip()
        if bare_number(text) is None and (words.startswith("2") or text.startswith(("不", "无", "没"))):
            return {f"revise-{n}": "no"}
        chosen = words.startswith("1")
        values = _wish(ctx, n, text.strip()[1:].lstrip(" ，,、.。") if chosen else text)
        if isinstance(values, Complaint):
            return {f"revise-{n}": "yes"} if chosen else Complaint(f"请回复1或2，例：1 改到{_EXAMPLE}")
        return {f"revise-{n}": "yes"} | dict(values)

    def needed(ctx: Context, draft: Draft) -> bool:
        is_open = drafts.about(draft)[n - 1]["movable"] and drafts.status(draft, n) not in ("", "done")
        return is_open and drafts.due(draft, n) < ctx.today

    choices = (Option("yes", "申请改期", ("改期", "要", "需要")), Option("no", "不改，继续完成", ("不改",)))
    return Field(f"revise-{n}", "", ask, read, needed, lambda ctx, draft: choices, skip="no")


def _day(n: int) -> Field:
    def ask(ctx: Context, draft: Draft) -> str:
        return f"{drafts.which(draft, n)}想改到哪一天？为什么？例：{_EXAMPLE}"

    def read(ctx: Context, draft: Draft, text: str) -> Reading:
        return _wish(ctx, n, text)

    def needed(ctx: Context, draft: Draft) -> bool:
        return draft.fields.get(f"revise-{n}") == "yes" and drafts.status(draft, n) != "done"

    return Field(f"newdue-{n}", "", ask, read, needed, example=_EXAMPLE)


def _reason(n: int) -> Field:
    def ask(ctx: Context, draft: Draft) -> str:
        return f"{drafts.which(draft, n)}为什么改期？一句话，例：出差两周。"

    def read(ctx: Context, draft: Draft, text: str) -> Reading:
        if bare_number(text) is not None or is_nothing(text):
            return Complaint("改期要写一句原因，书记好签字。")
        return {f"why-{n}": text}

    def needed(ctx: Context, draft: Draft) -> bool:
        return f"newdue-{n}" in draft.fields and drafts.status(draft, n) != "done"

    return Field(f"why-{n}", "", ask, read, needed, example="出差两周")


def _wish(ctx: Context, n: int, text: str) -> Mapping[str, Any] | Complaint:
    asked = read_postponement(text, ctx.today)
    if asked.day is None:
        return Complaint(f"{_PROBLEMS.get(asked.problem or '', '请写清几月几日')}，例：{_EXAMPLE}")
    reason = {f"why-{n}": asked.reason} if asked.reason else {}
    return {f"newdue-{n}": asked.day.isoformat()} | reason

"""The next possible acts behind an answer to 谁没交, and what its digits stand for (R-305)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.engine.turn import Context
from bot.handlers import _unit
from domain import watching
from domain.asked import Question
from domain.people import RoleKind
from domain.scope import scope_of
from domain.standing import (
    OF_MEMBERS,
    OF_REVIEWS,
    ORGANISATIONS,
    REPORT,
    ROUND,
    Object,
    Standing,
)

ARCHIVE = "看一个人请回复“台账 姓名”。"
WHEN_DONE = "等齐了再看，请回复“齐了叫我”。"


def reads(ctx: Context, asked: Question) -> bool:
    """Whether the asker may open the 台账 of whoever is listed."""
    return {org.id for org in asked.orgs} <= scope_of(ctx.roster, ctx.actor, ctx.today).orgs


def choices(ctx: Context, asked: Question, listed: Sequence[Object]) -> tuple[str, ...]:
    """A digit opens somebody's 台账, or begins a review where the asker owes it himself."""
    if asked.duty in _FROM_ABOVE and _is_right_above(ctx, asked, listed):
        return tuple(f"点评 {one.person.id if one.person else one.name}" for one in listed)
    if not reads(ctx, asked) or any(one.person is None for one in listed):
        return ()
    return tuple(f"台账 {one.person.id}" for one in listed if one.person)


_FROM_ABOVE = (ORGANISATIONS, ROUND)


def _is_right_above(ctx: Context, asked: Question, listed: Sequence[Object]) -> bool:
    """Whether the asker is the 书记 of whatever stands one level above everything that is listed."""
    parents = {org.id: org.parent for org in asked.orgs}
    return {parents.get(one.org) for one in listed} <= _led(ctx)


def _led(ctx: Context) -> set[str]:
    held = ctx.roster.roles_of(ctx.actor.id, ctx.today)
    return {role.org for role in held if role.role is RoleKind.SECRETARY}


def acts(ctx: Context, asked: Question, found: Standing) -> str:
    """The last line of the answer."""
    missing = found.missing
    # While a question is open its answer owns the digits.
    if not missing or ctx.conversation.draft is not None:
        return ARCHIVE
    how = [_digits(ctx, asked, missing), _reminding(ctx, asked, missing)]
    return "；".join(filter(None, how)) + "。" + _once_done(ctx, asked)


def _digits(ctx: Context, asked: Question, missing: Sequence[Object]) -> str:
    words = choices(ctx, asked, missing)
    number = "1" if len(missing) == 1 else f"1到{min(len(missing), 99)}"
    what = "开始点评" if words and words[0].startswith("点评") else "看台账"
    return f"回复数字{number}{what}" if words else ""


def _reminding(ctx: Context, asked: Question, missing: Sequence[Object]) -> str:
    if not _unit.leads(ctx):
        return "要催请告诉支部书记" if asked.duty in OF_MEMBERS else "要催请告诉上级书记"
    if asked.duty in OF_REVIEWS:
        return _reviewing(ctx, asked, missing)
    some = "“催 1 3”" if len(missing) > 2 else ""
    return f"提醒请回复“催一下”{some}{_one(missing) if asked.duty in OF_MEMBERS else ''}" + (
        f"“代 {missing[-1].name}”" if asked.duty == REPORT else ""
    )


def _reviewing(ctx: Context, asked: Question, missing: Sequence[Object]) -> str:
    if asked.duty == ORGANISATIONS:
        return "" if _is_right_above(ctx, asked, missing) else "提醒该点评的领导请回复“催一下”"
    own = {org.id for org in asked.orgs} & _led(ctx)
    members = [one for one in missing if one.org in own]
    return f"开始点评请回复“点评 {members[0].name}：……”" if members else "提醒支部书记请回复“催一下”"


def _one(missing: Sequence[Object]) -> str:
    """Exempting one by name, or by line where two bear the name."""
    last = missing[-1].name
    alike = sum(one.name == last for one in missing) > 1
    return f"“免 {len(missing) if alike else last} 原因”"


def _once_done(ctx: Context, asked: Question) -> str:
    """A standing question, where somebody may still wait for the answer."""
    return WHEN_DONE if watching.can_wait(ctx, asked) else ""

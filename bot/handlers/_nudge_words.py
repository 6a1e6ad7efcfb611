"""The words of a 书记's reminder, and what she hears of whom it went to (R-306)."""

from __future__ import annotations

from bot.engine.turn import Context
from bot.handlers._duty_names import period_name, short
from bot.handlers._nudging import SEVERAL, Chosen, Receivers
from domain.asked import due_day
from domain.duties import Member
from domain.monthly import due_month
from domain.reminders import out_of_quiet
from domain.standing import (
    ORG_PROMISE,
    ORGANISATIONS,
    PROMISE,
    PUBLICATION,
    RECTIFICATION,
    REPORT,
    REVIEW,
    ROUND,
    SIGNING,
)

_OWN_REVIEWS = "您自己还有要点评的，回复“还欠谁”看名单。"
OWN = {
    REPORT: "您自己的也还没有交，回复“写实”就能写。",
    PROMISE: "您自己的也还没有作，回复“作承诺”就能写。",
    ORG_PROMISE: "您自己这里也还没有作，回复“支部承诺”就能写。",
    SIGNING: "等您自己签的，回复“待签”就能办。",
    PUBLICATION: "等您自己公开的，回复“公开”就能办。",
    RECTIFICATION: "您自己也有要整改的，回复“整改”就能办。",
    **dict.fromkeys((REVIEW, ORGANISATIONS, ROUND), _OWN_REVIEWS),
}
ASKS_ELSE = "您自己也有过期的事，回复“逾期”看一看。"
_WHAT = {
    REPORT: "{}写实",
    REVIEW: "{}点评",
    PROMISE: "{}承诺",
    ORG_PROMISE: "{}组织承诺",
    ORGANISATIONS: "{}组织和书记点评",
    ROUND: "{}普遍点评",
}
_REVIEWS = "还有没完成的，{until}。回复“还欠谁”看名单。"
_HOW = {
    REPORT: "还没收到您的，{until}。回复“{report}”，一两句话就可以。有困难请直接告诉书记。",
    REVIEW: "还有同志等着您点评，{until}。回复“还欠谁”看名单。",
    PROMISE: "还没收到您的。回复“作承诺”，我一步一步帮您写。",
    ORG_PROMISE: "还没收到。回复“支部承诺”，我一步一步帮您写。",
    ORGANISATIONS: _REVIEWS,
    ROUND: _REVIEWS,
    SIGNING: "有承诺等您签字。回复“待签”就能办。",
    PUBLICATION: "有已签的承诺等您公开。回复“公开”就能办。",
    RECTIFICATION: "领导提出的整改还没有收到回复。回复“整改”就能写，说进展也可以。",
}
_ELSE = "有一件事已经过期，还没有办完。回复“逾期”看是哪一件。"
_SEVERAL = "有几件事已经过期，还没有办完。回复“逾期”就能一件一件办。"


def words(ctx: Context, chosen: Chosen, one: Member) -> str:
    """What one person is asked, in the name of the 书记."""
    period, duty = chosen.period, chosen.duty
    greeting = f"{one.person.name}同志，您好！{ctx.actor.name}同志托我问一声："
    if duty not in _HOW:
        return greeting + (_SEVERAL if duty == SEVERAL else _ELSE)
    what = _WHAT[duty].format(period_name(period, ctx.today)) if period and duty in _WHAT else ""
    report = "写实" if period == due_month(ctx.now, ctx.profile) else what
    return f"{greeting}{what}{_HOW[duty].format(until=_until(ctx, chosen), report=report)}"


def _until(ctx: Context, chosen: Chosen) -> str:
    due = due_day(ctx, chosen.duty, chosen.period) if chosen.period else None
    if due is None or ctx.today <= due:
        return f"{short(due)}前交就行" if due and chosen.duty == REPORT else f"{short(due)}前" if due else ""
    return "现在交记为迟报，不影响内容" if chosen.duty == REPORT else f"{short(due)}已到期"


def said(ctx: Context, found: Receivers) -> str:
    """Who is reminded, and why others are not."""
    parts = [f"已提醒{len(found.now)}人。今天不再重复。" + _when(ctx)] if found.now else []
    if found.already:
        parts.append(f"{_few(found.already, '')}今天已经提醒过，明天可以再催。")
    if found.unreachable:
        parts.append(f"{_few(found.unreachable, '有')}没有绑定企业微信，请当面提醒。")
    if found.spared:
        parts.append(f"{_few(found.spared, '有')}年老体弱或请假，不发提醒，请当面关心。")
    return "".join(parts)


def _few(members: tuple[Member, ...], lead: str) -> str:
    few = len(members) <= 5
    return "、".join(one.person.name for one in members) if few else f"{lead}{len(members)}人"


def _when(ctx: Context) -> str:
    """What keeps a reminder from leaving at once."""
    if ctx.facts.setting("hold"):
        return "管理员已停发，恢复发送后才会发出。"
    leaves = out_of_quiet(ctx.now, ctx.profile.hour("push.quiet_from"), ctx.profile.hour("push.quiet_to"))
    if leaves <= ctx.now:
        return ""
    return f"现在是夜里，{short(leaves.date())}早上{leaves.hour}点发出。"

"""催一下: one reminder to those missing, at most once a day for each duty and person (R-306)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Tell, Turn
from bot.handlers import _nudging, _standing, _standing_words
from bot.handlers import _permission as permission
from bot.handlers._nudging import Chosen, Receivers
from domain.coverage import member_window
from domain.duties import Member
from domain.monthly import due_month
from domain.reminders import out_of_quiet
from domain.standing import PROMISE, REPORT, REVIEW

OWN_REVIEWS = "这些同志的点评要由您来写，回复“还欠谁”就能一个一个写。"
NOBODY = "这次没有需要提醒的同志。看谁没交请回复“谁没交”。"
NOT_YOURS = "提醒由支部书记来发。您可以查“谁没交”，再请书记提醒。"
_OWN = {
    REPORT: "您自己的也还没有交，回复“写实”就能写。",
    REVIEW: "您自己还有要点评的，回复“还欠谁”看名单。",
    PROMISE: "您自己的也还没有作，回复“作承诺”就能写。",
}
_WHAT = {REPORT: "{}写实", REVIEW: "{}点评", PROMISE: "{}承诺"}


def _permitted(ctx: Context) -> str | None:
    return None if permission.might(ctx, "nudge") else NOT_YOURS


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    chosen = _nudging.chosen(ctx, fields)
    if isinstance(chosen, Turn):
        return chosen
    chosen = replace(chosen, people=_nudging.instead_of_members(ctx, chosen))
    if chosen.duty == REVIEW and chosen.people and {one.person.id for one in chosen.people} == {ctx.actor.id}:
        return Turn(OWN_REVIEWS)
    if not chosen.people:
        return Turn(chosen.settled or NOBODY)
    closed = _closed(ctx, chosen)
    return Turn(closed) if closed else _reminding(ctx, chosen, _again(ctx, fields))


def _again(ctx: Context, fields: Mapping[str, Any]) -> str:
    """The words with which the same unit is reminded after the number was seen."""
    org = ctx.roster.org(fields["org"]) if isinstance(fields.get("org"), str) else None
    return f"{org.name if org else ''}都催一下"


def _closed(ctx: Context, chosen: Chosen) -> str:
    """R-354: nobody of a unit hears from the bot before its 书记 said 开始."""
    orgs = filter(None, map(ctx.roster.org, sorted({one.org for one in chosen.people})))
    names = [org.name for org in orgs if org.opened_on is None]
    return f"{'、'.join(names)}还没有开始发提醒。请支部书记先回复“开始”。" if names else ""


def _reminding(ctx: Context, chosen: Chosen, again: str) -> Turn:
    window = chosen.window.label
    key = f"nudge|{chosen.duty}|{window}|{{}}|{ctx.today}"
    found = _nudging.receivers(ctx, chosen.people, key)
    most = ctx.profile.number("chat.names_in_text")
    if len(found.now) > most and "都" not in ctx.text:
        return Turn(f"要提醒{len(found.now)}人，确定吗？\n1 都提醒", choices=(again,))
    tells = tuple(_tell(ctx, chosen, one, key) for one in found.now)
    own = _OWN[chosen.duty] if found.oneself else ""
    return Turn(_said(ctx, found) + chosen.settled + own, tell=tells)


def _tell(ctx: Context, chosen: Chosen, one: Member, key: str) -> Tell:
    quiet = ctx.profile.hour("push.quiet_from"), ctx.profile.hour("push.quiet_to")
    return Tell(
        key=key.format(one.person.id),
        person=one.person.id,
        text=_words(ctx, chosen, one),
        unit=one.org,
        **_rechecked(ctx, chosen),
        not_before=out_of_quiet(ctx.now, *quiet),
    )


def _rechecked(ctx: Context, chosen: Chosen) -> dict[str, str]:
    """What is due now is asked again before it leaves; of an older window only this reminder knows."""
    quarter = member_window(ctx.profile, ctx.today)
    due = {REPORT: due_month(ctx.now, ctx.profile), REVIEW: quarter}.get(chosen.duty)
    current = {"duty": chosen.duty, "step": "manual", "period": chosen.window.label}
    return current if due == chosen.window else {}


def _words(ctx: Context, chosen: Chosen, one: Member) -> str:
    what = _WHAT[chosen.duty].format(_standing_words.period_name(chosen.window, ctx.today))
    due = _standing.due_day(ctx, chosen.duty, chosen.window)
    day = _standing_words.short(due)
    until = f"{day}前交就行" if ctx.today <= due else "现在交记为迟报，不影响内容"
    report = "写实" if chosen.window == due_month(ctx.now, ctx.profile) else what
    how = {
        REPORT: f"还没收到您的，{until}。回复“{report}”，一两句话就可以。有困难请直接告诉书记。",
        REVIEW: f"还有同志等着您点评，{day}前。回复“还欠谁”看名单。",
        PROMISE: "还没收到您的。回复“作承诺”，我一步一步帮您写。",
    }
    return f"{one.person.name}同志，您好！{ctx.actor.name}同志托我问一声：{what}{how[chosen.duty]}"


def _said(ctx: Context, found: Receivers) -> str:
    names = _standing_words.names
    parts = [f"已提醒{len(found.now)}人。今天不再重复。" + _when(ctx)] if found.now else []
    if found.already:
        many = f"{len(found.already)}人" if len(found.already) > 5 else names(found.already)
        parts.append(f"{many}今天已经提醒过，明天可以再催。")
    if found.unreachable:
        parts.append(f"{_few(found.unreachable)}没有绑定企业微信，请当面提醒。")
    if found.spared:
        parts.append(f"{_few(found.spared)}年老体弱或请假，不发提醒，请当面关心。")
    return "".join(parts)


def _few(members: tuple[Member, ...]) -> str:
    return _standing_words.names(members) if len(members) <= 5 else f"有{len(members)}人"


def _when(ctx: Context) -> str:
    """What keeps a reminder from leaving at once."""
    if ctx.facts.setting("hold"):
        return "管理员已停发，恢复发送后才会发出。"
    leaves = out_of_quiet(ctx.now, ctx.profile.hour("push.quiet_from"), ctx.profile.hour("push.quiet_to"))
    if leaves <= ctx.now:
        return ""
    return f"现在是夜里，{_standing_words.short(leaves.date())}早上{leaves.hour}点发出。"


HANDLER = Query("nudge", "提醒没交的同志", ("催一下", "都催"), _reply, _permitted)

"""开始: a unit's first push waits for its 书记, after she saw whom it reaches and with which words (R-354, R-355)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot import texts
from bot.engine.forms import Complaint, Field, Form, Option, Reading
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _permission as permission
from bot.handlers import _stillness
from domain import enrolment, monthly, periods
from domain.dates import show
from domain.organisations import start_of
from domain.people import WITH_MEMBERS, Organisation, RoleKind
from domain.permissions import kept_meanwhile

NOT_YOURS = "“开始”由支部书记来说，书记说了以后才会给支部的同志发提醒。"
_NAMES = 10


def _units(ctx: Context) -> list[Organisation]:
    """The speaker's own branches, and those below without a 书记 (O-43)."""
    roles = ctx.roster.roles_of(ctx.actor.id, ctx.today)
    led = [org for role in roles if role.role is RoleKind.SECRETARY and (org := ctx.roster.org(role.org))]
    below = kept_meanwhile(ctx.roster, ctx.actor.id, ctx.today)
    near = (org for org in (*led, *below) if org.kind in WITH_MEMBERS)
    return [org for org in near if permission.may(ctx, "open_unit", org.id).allowed]


def _allowed(ctx: Context) -> str | None:
    return None if _units(ctx) else NOT_YOURS


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    closed = [org for org in _units(ctx) if org.opened_on is None]
    if not closed:
        return Complaint("".join(f"{org.name}已于{_opened(org)}开始。" for org in _units(ctx)))
    known: dict[str, Any] = {"units": [org.id for org in closed]}
    return known | ({"unit": closed[0].id} if len(closed) == 1 else {})


def _opened(org: Organisation) -> str:
    return show(org.opened_on) if org.opened_on else ""


def _options(ctx: Context, draft: Draft) -> Sequence[Option]:
    orgs = (ctx.roster.org(id) for id in draft.fields["units"])
    return [Option(org.id, org.name) for org in orgs if org]


def _unit(ctx: Context, draft: Draft) -> Organisation:
    org = ctx.roster.org(draft.fields["unit"])
    if org is None:
        raise LookupError(draft.fields["unit"])
    return org


def _heading(ctx: Context, draft: Draft) -> str:
    """Whom the first push reaches, and its words."""
    org = _unit(ctx, draft)
    members = [person for person, _ in ctx.roster.members([org.id], ctx.today) if person.is_member]
    reachable = ctx.roster.has_account([person.id for person in members])
    lines = [
        f"{org.name}开始后，提醒会发给{len(reachable)}人：{_named([one.name for one in members if one.id in reachable])}。"
    ]
    others = [one.name for one in members if one.id not in reachable]
    lines += [f"收不到的{len(others)}人（未绑定）：{_named(others)}。"] if others else []
    return "\n".join([*lines, _when(ctx, org), f"第一次会先说：\n“{ctx.profile.text('chat.first_words')}”"])


def _named(names: Sequence[str]) -> str:
    return (
        "、".join(names[:_NAMES]) + (f"等{len(names)}人" if len(names) > _NAMES else "")
        if names
        else "没有人"
    )


def _when(ctx: Context, org: Organisation) -> str:
    start = start_of(ctx.roster.path(org.id))
    if start is None:
        return "启用日期还没有设，设好之前不会发。请联系管理员。"
    month = monthly.due_month(ctx.now, ctx.profile)
    open_now = ctx.today <= monthly.window(month, ctx.profile).due
    if open_now and monthly.has_begun(month, ctx.profile, start):
        return f"{month.start.month}月写实已经开放，开始后就提醒还没交的同志。"
    return f"第一次提醒最早在{show(_next_opening(ctx, max(start, ctx.today)))}。"


def _next_opening(ctx: Context, day: date) -> date:
    month = periods.month_of(day)
    opens = monthly.window(month, ctx.profile).opens
    return opens if opens >= day else monthly.window(month.next, ctx.profile).opens


def _refuse(ctx: Context, draft: Draft) -> str | None:
    """Asked again right before writing: somebody may have another chair by now."""
    verdict = permission.may(ctx, "open_unit", draft.fields["unit"])
    return None if verdict.allowed else permission.refused(ctx, verdict)


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    org = _unit(ctx, draft)
    capacity = permission.may(ctx, "open_unit", org.id).capacity
    return Turn(
        f"{org.name}今天开始。到时候我会按时提醒，您随时可以问“谁没交”。\n10分钟内可回复“撤回”。",
        entries=(replace(enrolment.opened(org, ctx.today), capacity=capacity),),
        act=Act("open_unit", ctx.now.isoformat(), (), {"unit": org.id}),
    )


def _take_back(ctx: Context, act: Act) -> Turn:
    if not act.is_within(ctx.now, ctx.profile.number("chat.undo_minutes")):
        return Turn(texts.TOO_LATE_TO_UNDO, keep=True)
    org = ctx.roster.org(act.note["unit"])
    if org is None or org.opened_on is None or not permission.may(ctx, "open_unit", org.id).allowed:
        return Turn(texts.NOTHING_TO_UNDO, keep=True)
    capacity = permission.may(ctx, "open_unit", org.id).capacity
    entry = replace(enrolment.org_changed(org, opened_on=None), capacity=capacity)
    return Turn(f"已撤回，{org.name}还没有开始，不会发提醒。", keep=True, entries=(entry,))


HANDLER = Form(
    name="open_unit",
    title="开始",
    words=("开始",),
    fields=(Field("unit", "支部", lambda ctx, draft: "要让哪个支部开始？", options=_options),),
    finish=_stillness.noted_at_the_end(_finish),
    allowed=_allowed,
    prepare=_prepare,
    refuse=_refuse,
    take_back=_take_back,
    heading=_heading,
    closing=lambda ctx, draft: "现在开始请回复“确认”；以后再说请回复“取消”。",
)

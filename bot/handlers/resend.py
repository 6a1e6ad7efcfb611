"""补发: reminders that never arrived go out once more, of what is still open only (R-322, row 45)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

from bot.engine.forms import Complaint, Form, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _permission as permission
from bot.handlers import _stillness, _unit
from domain import resending
from domain.ahead import ahead
from domain.dates import show
from domain.duties import gathering, looking_back, reminding
from domain.duties.lists import MARK
from domain.people import Organisation
from domain.reminders import Pending, send_at

YOUR_OWN = "您自己要办的事请回复“我的”。"
NOTHING = "没有要补发的：还没办的事，最近一次提醒都送到了，或者今天还会再提醒。看发得怎么样请回复“调度状态”。"
SETTLED = "现在没有要补发的了，都已经办了或者送到了。"
_CLOSING = "确定请回复“确认”；不办请回复“取消”。"
_MOST_ORGS, _MOST_PEOPLE = 20, 100
"""A turn must stay short; the rest goes with the next 补发."""
_LATELY, _SOON = timedelta(days=30), timedelta(minutes=30)


def _allowed(ctx: Context) -> str | None:
    return permission.nobody_may(ctx, "resend", YOUR_OWN)


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    asked = _unit.asked_units(ctx, permission.reach(ctx, "resend"), fields, "补发")
    if isinstance(asked, Turn):
        return asked
    units = [org.id for org in gathering.units(ctx) if org.id in asked]
    if len(units) > _MOST_ORGS:
        units = [org for org in ctx.facts.losing(ctx.now - _LATELY) if org in units][:_MOST_ORGS]
    if _missed(ctx, units):
        return {"units": units}
    return Complaint(NOTHING + _unreached(ctx, _pendings(ctx, units)))


def _units(ctx: Context, ids: Sequence[str]) -> list[Organisation]:
    tree = {org.id: org for org in ctx.roster.orgs()}
    return [tree[id] for id in ids if id in tree]


def _pendings(ctx: Context, ids: Sequence[str]) -> list[Pending]:
    units = _units(ctx, ids)
    at = ahead(ctx, units)
    found = (one for unit in units for one in reminding.of_unit(at, unit))
    return [one for one in found if not looking_back.is_one(one.period)]


def _missed(ctx: Context, ids: Sequence[str]) -> list[Pending]:
    return _of(ctx, _pendings(ctx, ids))


def _of(ctx: Context, pendings: Sequence[Pending]) -> list[Pending]:
    found = [one for one in pendings if not one.reason]
    sent = ctx.facts.reminders(sorted({one.person for one in found})) if found else ()
    return resending.missed(found, sent, ctx.now)


def _heading(ctx: Context, draft: Draft) -> str:
    pendings = _pendings(ctx, draft.fields["units"])
    everybody = _of(ctx, pendings)
    found = resending.first(everybody, _MOST_PEOPLE)
    people = list(dict.fromkeys(one.person for one in found))
    rest = len({one.person for one in everybody}) - len(people)
    counted = Counter(ctx.profile.label("duty", one.duty) + _listed(one) for one in found)
    duties = "、".join(f"{label}{n}" for label, n in counted.items())
    more = f"其余{rest}人，补完再回复一次“补发”。" if rest else ""
    return (
        f"要给{len(people)}人补发提醒（{duties}）：{_names(ctx, people)}。\n"
        f"这些事还没有办，提醒没有送到。每人一条，{_when(ctx)}。{more}{_unreached(ctx, pendings)}"
    )


def _listed(pending: Pending) -> str:
    return "名单" if MARK in pending.period else ""


def _names(ctx: Context, ids: Sequence[str]) -> str:
    most, known = ctx.profile.number("chat.names_in_text"), ctx.roster.people(ids)
    shown = "、".join(known[id].name for id in ids[:most])
    return shown + (f"等{len(ids)}人" if len(ids) > most else "")


def _unreached(ctx: Context, pendings: Sequence[Pending]) -> str:
    left = reminding.unreachable(pendings)
    return f"另有{len(left)}人没有绑定企业微信，收不到：{_names(ctx, left)}。" if left else ""


def _when(ctx: Context) -> str:
    if ctx.facts.setting("hold"):
        return "管理员已停发，恢复发送后才会发出"
    names = ("push.first_hour", "push.quiet_from", "push.quiet_to")
    leaves = send_at(ctx.actor.id, ctx.now, *(ctx.profile.hour(name) for name in names))
    is_soon = leaves - ctx.now < _SOON
    return "十几分钟内陆续发出" if is_soon else f"{show(leaves.date())}早上{leaves.hour}点以后发出"


def _things(ctx: Context, draft: Draft) -> dict[str, str]:
    """Who and what was read back; nothing to compare when meanwhile all of it is settled."""
    found = _missed(ctx, draft.fields["units"])
    words = "|".join(f"{one.person} {one.duty} {one.period}" for one in found)
    return {"resend": sha256(words.encode()).hexdigest()[:16]} if found else {}


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    found = resending.first(_missed(ctx, draft.fields["units"]), _MOST_PEOPLE)
    if not found:
        return Turn(SETTLED)
    people = ctx.roster.people(sorted({one.person for one in found}))
    orgs = {org.id: org for org in _units(ctx, draft.fields["units"])}
    entries = tuple(
        resending.resent(
            people[one.person], orgs[one.unit], one, ctx.now, permission.may(ctx, "resend", one.unit).capacity
        )
        for one in found
    )
    return Turn(f"好的，给{len(people)}人补发，{_when(ctx)}。发出前办了的，不会再提醒。", entries=entries)


HANDLER = Form(
    name="resend",
    title="补发提醒",
    words=("补发",),
    fields=(),
    finish=_stillness.noted_at_the_end(_finish),
    allowed=_allowed,
    prepare=_prepare,
    things=_things,
    heading=_heading,
    closing=lambda ctx, draft: _CLOSING,
)

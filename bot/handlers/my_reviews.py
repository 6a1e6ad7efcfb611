"""我的点评 and 看点评: what a leader wrote, what was said of oneself, and of others where one may see it (R-044)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from bot.handlers._review_entries import by
from bot.handlers._review_words import PARTS
from domain.people import RoleKind
from domain.permissions import reviews_anybody
from domain.reviews import Review
from domain.scope import scope_of, within
from domain.visibility import seen_by

_MOST = 5
_BACK = timedelta(days=366)
_ABOUT_ME = re.compile(r"看点评|[对给]我|收到|得到|点评[了过]?我")
NONE_WRITTEN = "您还没有写过点评。想点评谁可以直接说，例：点评张伟：……"
NONE_ABOUT = "还没有人点评过您。有了会马上告诉您。"
NONE_OF = "还没有人点评过{name}同志。"
CLOSED = "{name}的点评只有本人、所在支部书记和上级看得到。"


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    asked = fields.get("person") or fields.get("target")
    if isinstance(asked, str) and asked != ctx.actor.id:
        return _of_another(ctx, asked)
    return _written(ctx) if _writes(ctx) and not _ABOUT_ME.search(ctx.text) else _about(ctx)


def _writes(ctx: Context) -> bool:
    """Who reviews, or did so until he handed the office over: his own words stay readable (R-356)."""
    return reviews_anybody(ctx.roster, ctx.actor.id, ctx.today) or bool(_own(ctx))


def _own(ctx: Context) -> list[Review]:
    """What the speaker himself wrote, not what he registered for somebody from outside."""
    found = ctx.facts.reviews_by(ctx.actor.id, _since(ctx), ctx.today)
    return [one for one in found if one.external is None]


def _of_another(ctx: Context, person: str) -> Turn:
    """Refused with the same words whether or not there is anything; whose scope it is hears that there is none."""
    known = ctx.roster.person(person)
    found = seen_by(ctx.roster, ctx.actor.id, _reviews(ctx, [person]), ctx.today)
    name = known.name if known else "这位同志"
    if not found and within(ctx.roster, scope_of(ctx.roster, ctx.actor, ctx.today), [person], ctx.today):
        return Turn(NONE_OF.format(name=name))
    if not found:
        # Only a name that was said is said again: a number or a sound is not answered with whose it is.
        return Turn(CLOSED.format(name=name if name in ctx.text else "这位同志"))
    return Turn("\n".join([f"对{name}的点评：", *_lines(ctx, found)]))


def _about(ctx: Context) -> Turn:
    led = [
        role.org for role in ctx.roster.roles_of(ctx.actor.id, ctx.today) if role.role is RoleKind.SECRETARY
    ]
    found = seen_by(ctx.roster, ctx.actor.id, _reviews(ctx, [ctx.actor.id, *led]), ctx.today)
    if not found:
        return Turn(NONE_ABOUT)
    return Turn("\n".join(["对您的点评：", *_lines(ctx, found), "有话说可回复“回应 ……”（每条一次）。"]))


def _written(ctx: Context) -> Turn:
    found = _own(ctx)
    if not found:
        return Turn(NONE_WRITTEN)
    heading = f"您一年来写了{len(found)}条点评，最近的："
    return Turn(
        "\n".join([heading, *_lines(ctx, found), "还没点评谁，回复“还欠谁”。看对您的点评，回复“看点评”。"])
    )


def _reviews(ctx: Context, subjects: Sequence[str]) -> Sequence[Review]:
    return ctx.facts.reviews_of(subjects, _since(ctx), ctx.today)


def _since(ctx: Context) -> date:
    return ctx.today - _BACK


def _lines(ctx: Context, reviews: Sequence[Review]) -> list[str]:
    latest = sorted(reviews, key=lambda one: one.at, reverse=True)
    people = ctx.roster.people([one.reviewer for one in latest[:_MOST]])
    lines = [_line(ctx, n, one, people[one.reviewer].name) for n, one in enumerate(latest[:_MOST], 1)]
    return [*lines, f"（另有{len(latest) - _MOST}条更早的）"] if len(latest) > _MOST else lines


def _line(ctx: Context, n: int, one: Review, reviewer: str) -> str:
    said = "；".join(f"{label}：{getattr(one, part)}" for part, label in PARTS.items() if getattr(one, part))
    grade = f"，等次{ctx.profile.label('grade', one.grade)}" if one.grade else ""
    how = ctx.profile.label("manner", one.manner)
    photos = f"，照片{len(one.attachments)}张" if one.attachments else ""
    answer = f"\n  回应：{one.answer}" if one.answer else ""
    who = by(one, reviewer)
    head = f"{n} {one.day.month}月{one.day.day}日 {who}点评{one.subject_name}（{how}{grade}{photos}）"
    return f"{head}\n  {said}{answer}"


HANDLER = Query("my_reviews", "看点评", ("我的点评", "看点评"), _reply)

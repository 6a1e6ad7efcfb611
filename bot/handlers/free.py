"""解卡: a 书记 or an administrator lets somebody out of a question in which he is stuck (row 26 of the chat page)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Freeing, Turn
from bot.handlers import _permission as permission
from domain.people import Organisation, Person
from domain.scope import Scope, secretary_above, within

YOUR_OWN = "您自己卡住了，回复“取消”就能先放下，写的都留着。"
OWN = "您自己的不用解卡，回复“取消”就能先放下，写的都留着。"
WHO = "要帮谁解卡？请写姓名，例：解卡 张伟"


def _permitted(ctx: Context) -> str | None:
    return permission.nobody_may(ctx, "free", YOUR_OWN)


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    named, scope = fields.get("person"), permission.reach(ctx, "free")
    ids = list(named) if isinstance(named, list | tuple) else [named] if named else []
    if ids == [ctx.actor.id]:
        return Turn(OWN)
    found = within(ctx.roster, scope, ids, ctx.today)
    if not found:
        return Turn(_outside(ctx, scope) if ids else WHO)
    return _freed(ctx, *found[0]) if len(found) == 1 else _which(found)


def _freed(ctx: Context, person: Person, org: Organisation) -> Turn:
    capacity = permission.may(ctx, "free", org.id).capacity
    say = f"好的，这就帮{person.name}同志把没办完的事放下，办好马上告诉您。他写的都留着，不给别人看。"
    return Turn(say, free=Freeing(person.id, capacity))


def _which(found: list[tuple[Person, Organisation]]) -> Turn:
    lines = [f"{n} {one.name}（{org.name}，{one.post}）" for n, (one, org) in enumerate(found, 1)]
    say = "\n".join(["要帮哪一位解卡？", *lines, "回复数字。"])
    return Turn(say, choices=tuple(f"解卡 {one.id}" for one, _ in found))


def _outside(ctx: Context, scope: Scope) -> str:
    """Whose conversations one may free, and what helps everybody else; never a name from elsewhere."""
    own = "、".join(org.name for org in map(ctx.roster.org, scope.tops) if org)
    above = secretary_above(ctx.roster, ctx.actor, ctx.today)
    ask = f"请找{above.name}同志，" if above else ""
    return f"您只能帮{own}的同志解卡。别处的{ask}或请本人回复“取消”，写的都留着。"


HANDLER = Query("free", "帮卡住的同志解卡", ("解卡",), _reply, _permitted)

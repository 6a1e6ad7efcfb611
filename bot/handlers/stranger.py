"""Somebody unknown is asked for name and branch; whoever answers for the branch decides (R-292)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Tell, Turn
from bot.handlers import _binding_words as words
from domain import bindings
from domain.bindings import Request
from domain.introductions import Introduction, read_introduction

_CLAIM = "claim"


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    message = ctx.message
    before = bindings.read(ctx.facts.setting(bindings.key_of(message.channel, message.account)))
    said = _said(ctx)
    if said.name and said.org:
        return _asked(ctx, before, said)
    if before and before.waits(ctx.now) and not (said.name or said.org):
        return Turn(words.WAITING)
    return Turn(_question(ctx, said), remember={_CLAIM: {"name": said.name, "org": said.org}})


def _said(ctx: Context) -> Introduction:
    """What this message says, completed by what an earlier one said."""
    kept = ctx.conversation.memory.get(_CLAIM)
    said = read_introduction(ctx.text, ctx.roster, alone=kept is not None)
    earlier = kept or {}
    return Introduction(said.name or earlier.get("name", ""), said.org or earlier.get("org", ""))


def _question(ctx: Context, said: Introduction) -> str:
    if said.name:
        return words.NO_SUCH_BRANCH if "支部" in ctx.text else words.ASK_BRANCH
    return words.ASK_NAME if said.org else words.ASK_BOTH


def _asked(ctx: Context, before: Request | None, said: Introduction) -> Turn:
    request = bindings.asked(before, ctx.message.channel, ctx.message.account, said, ctx.now)
    forget: dict[str, Any] = {_CLAIM: None}
    if request is None:
        return Turn(words.TOO_OFTEN, remember=forget)
    if request is before:
        return Turn(words.WAITING, remember=forget)
    return Turn(words.SENT, tell=_pushes(ctx, request), set={request.key: request.words}, remember=forget)


def _pushes(ctx: Context, request: Request) -> tuple[Tell, ...]:
    found = bindings.candidates(ctx.roster, request, ctx.today)
    claimed = [person.id for person in found]
    who = bindings.asked_to_answer(ctx.roster, request, claimed, ctx.today)
    key = f"{request.key}|{request.name}|{request.org}|{ctx.today}"
    text = words.push(ctx, request, found)
    return tuple(Tell(f"{key}|{person}", person, text, unit=request.org) for person in who)


HANDLER = Query("stranger", "绑定", ("绑定",), _reply)

"""待绑定: whoever answers for a branch lets an unknown account in, for the person they choose (R-292).

One digit of the list or 同意 with a short number is the decision itself; it can be taken back for ten minutes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot import texts
from bot.engine.forms import Query
from bot.engine.state import Act
from bot.engine.turn import Context, Tell, Turn
from bot.handlers import _binding_words as words
from bot.handlers import _permission as permission
from bot.handlers._applications import applications, decides
from domain import bindings, enrolment
from domain.bindings import Request
from domain.contacts import Contact
from domain.entries import Entry
from domain.intake import halfwidth
from domain.people import Person

NOT_YOURS = "绑定由支部书记或管理员来办。"
_LISTED = 5
_LOOKED_AT = 50
_GRANT = re.compile(r"同意(?:绑定)?(?:到)?[,，:：、\s]*(?P<number>[0-9A-Za-z]{3,8})(?:\s+(?P<account>\S+))?")
_REFUSE = re.compile(r"不是账号\s+(?P<account>\S+)")


def _permitted(ctx: Context) -> str | None:
    return None if decides(ctx) else NOT_YOURS


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    mine = applications(ctx)
    refused, granted = _REFUSE.match(ctx.text), _GRANT.match(halfwidth(ctx.text))
    if refused:
        return _refuse(ctx, mine, [one for one in mine if one.account == refused["account"]])
    if granted:
        return _grant(ctx, mine, granted["number"].upper(), granted["account"])
    return _list(ctx, mine)


def _list(ctx: Context, mine: Sequence[Request], before: str = "") -> Turn:
    if not mine:
        return Turn(words.NOBODY_ASKS)
    lines, choices = [f"{before}待绑定{len(mine)}人："], list[str]()
    for request in mine[:_LISTED]:
        lines.append(f"{words.claim(ctx, request)}（账号{request.account}）")
        people = bindings.candidates(ctx.roster, request, ctx.today)
        old = ctx.facts.contacts_of([one.id for one in people]) if people else ()
        for person in people:
            choices.append(f"同意 {person.number} {request.account}")
            lines.append(words.offer(len(choices), person, _of(old, person, request)))
        choices.append(f"不是账号 {request.account}")
        lines.append(f"{len(choices)} {'都不是' if people else words.NOT_IN_ROSTER}")
    more = [f"（先办这{_LISTED}个，其余的办完再列）"] if len(mine) > _LISTED else []
    shows = {one.key: one.asked for one in mine[:_LISTED]}
    return Turn("\n".join([*lines, *more, "回复数字。"]), choices=tuple(choices), shows=shows)


def _of(contacts: Sequence[Contact], person: Person, request: Request) -> list[Contact]:
    return [one for one in contacts if (one.person, one.channel) == (person.id, request.channel)]


def _grant(ctx: Context, mine: Sequence[Request], number: str, account: str | None) -> Turn:
    asked = [one for one in mine if account in (None, one.account)][:_LOOKED_AT]
    fitting = [
        (request, person)
        for request in asked
        for person in bindings.candidates(ctx.roster, request, ctx.today)
        if person.number == number
    ]
    if not fitting:
        return Turn(words.NOT_FOUND)
    if len(fitting) > 1:
        return _list(ctx, [request for request, _ in fitting])
    request, person = fitting[0]
    return _anew(ctx, mine, request) or _bind(ctx, request, person)


def _anew(ctx: Context, mine: Sequence[Request], request: Request) -> Turn | None:
    """The present list, when an account claims something else than it did where the digit was read."""
    return _list(ctx, mine, texts.LIST_CHANGED) if ctx.is_stale(request.key, request.asked) else None


def _bind(ctx: Context, request: Request, person: Person) -> Turn:
    done = {request.key: bindings.closed(request).words}
    if ctx.facts.contact(request.channel, request.account):
        return Turn(words.TAKEN, set=done)
    old = _of(ctx.facts.contacts_of([person.id]), person, request)
    entries = [enrolment.released(person, one.channel, one.shown) for one in old]
    entries.append(enrolment.bound(person, request.channel, request.account, ctx.actor.id))
    instead = f"原来的账号{'、'.join(one.shown for one in old)}已停用。" if old else ""
    note = {"person": person.id, "request": request.words, "old": [one.shown for one in old]}
    key = f"{request.key}|welcome|{ctx.now.isoformat()}"
    return Turn(
        f"已绑定：{words.shown(person)}，账号{request.account}。{instead}已告诉本人。\n绑错了，10分钟内可回复“撤回”。",
        entries=_signed(ctx, request, entries),
        tell=(Tell(key, person.id, words.welcome(person)),),
        set=done,
        act=Act("bindings", ctx.now.isoformat(), (), note),
    )


def _signed(ctx: Context, request: Request, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """As what the speaker decides: 书记 of the branch or above, else the administrator."""
    capacity = permission.may(ctx, "bind", request.org).capacity
    org = ctx.roster.org(request.org)
    name = org.name if org else request.org
    return tuple(replace(entry, capacity=capacity, org=name, org_id=request.org) for entry in entries)


def _refuse(ctx: Context, mine: Sequence[Request], found: Sequence[Request]) -> Turn:
    if not found:
        return Turn(words.NOT_FOUND)
    request = found[0]
    return _anew(ctx, mine, request) or _refused(request)


def _refused(request: Request) -> Turn:
    tell = Tell(f"{request.key}|refused|{request.asked}", "", words.REFUSED, account=request.account)
    say = f"好的，没有绑定。已请{request.name}核对后重新申请。"
    return Turn(say, tell=(tell,), set={request.key: bindings.closed(request).words})


def _take_back(ctx: Context, act: Act) -> Turn:
    if not act.is_within(ctx.now, ctx.profile.number("chat.undo_minutes")):
        return Turn(texts.TOO_LATE_TO_UNDO, keep=True)
    request, person = bindings.read(act.note["request"]), ctx.roster.person(act.note["person"])
    bound = request and ctx.facts.contact(request.channel, request.account)
    if (
        not request
        or not person
        or not bound
        or bound.person != person.id
        or not permission.may(ctx, "bind", request.org).allowed
    ):
        return Turn(texts.NOTHING_TO_UNDO, keep=True)
    # An old account may speak for somebody else by now, and stays with him.
    free = [one for one in act.note["old"] if not ctx.facts.contact(request.channel, one)]
    entries = [enrolment.released(person, request.channel, request.account)]
    entries += [enrolment.bound(person, request.channel, one, ctx.actor.id) for one in free]
    say = f"已撤回，账号{request.account}不再代表{person.name}。重新选请回复“待绑定”。"
    return Turn(say, keep=True, entries=_signed(ctx, request, entries), set={request.key: request.words})


HANDLER = Query("bindings", "处理绑定申请", ("待绑定",), _reply, _permitted, _take_back)

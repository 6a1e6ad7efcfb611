"""退: sending an item or a change back to its committer with a reason (R-075)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.engine.forms import Complaint, Field, Form, Reading
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers._commitment_words import cut, in_full, line, to_owners
from bot.handlers._rectifying import to_read
from bot.handlers._returned_reply import returned_reply
from bot.handlers._seen import LOOK, is_seen, versions
from bot.handlers._signing import NOTHING, just_read, no_signer, waiting, wanted, why_not
from bot.quoting import one_line
from domain import commitment_entries, signing
from domain.commitments import Commitment
from domain.intake import bare_number, halfwidth
from domain.numbers import fits, tail, tails_in

MOST_CHARACTERS = 200
MOST = 9
_LEAD = re.compile(r"(?:退回?|打回|一下|了|[\s,，:：、。;；]|原因是?|理由是?|因为|因)+")


def _permitted(ctx: Context) -> str | None:
    """Whoever signs may send back; a reply to a 整改 whoever reads it."""
    refusal = no_signer(ctx)
    return refusal if refusal and not to_read(ctx) else None


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    items, number = waiting(ctx), str(fields.get("number") or just_read(ctx, ctx.text))
    words, reason = f"{number} {ctx.text}", _reason(str(fields.get("reason") or ""))
    of_reply = returned_reply(ctx, fields, number, items)
    if of_reply is not None:
        return of_reply
    if not items and not tails_in(words):
        return Turn(NOTHING)
    # The reason may name anybody; only what stands before it says which item is meant.
    found = wanted(ctx, words.replace(reason, "") if reason else words, items)
    if isinstance(found, Turn):
        return found if tails_in(words) else _open(items)
    if len(found) > 1:
        return _open(found)
    changed = bool(tails_in(words)) and not is_seen(ctx, found[0])
    plain = bool(reason and tails_in(words) and not changed)
    known = {"item": found[0].number, "plain": plain, "look": LOOK if changed else ""}
    return {**known, "reason": reason} if reason else known


def _open(items: Sequence[Commitment]) -> dict[str, Any]:
    return {"waiting": [item.number for item in items[:MOST]], "plain": False}


def _reason(words: str) -> str:
    lead = _LEAD.match(words)
    return words[lead.end() if lead else 0 :].strip()[:MOST_CHARACTERS]


def _ask_item(ctx: Context, draft: Draft) -> str:
    items = _items(ctx, _offered(draft))
    lines = [f"{n} {item.owner_name} {line(item)}" for n, item in enumerate(items, 1)]
    return "\n".join(["退回哪一件？回复数字。", *lines])


def _offered(draft: Draft) -> Sequence[str]:
    """The items of the list that was shown; the one that was named at once otherwise."""
    offered: Sequence[str] = draft.fields.get("waiting") or [draft.fields["item"]]
    return offered


def _items(ctx: Context, numbers: Sequence[str]) -> list[Commitment]:
    return [item for one in numbers if (item := ctx.facts.commitment(one)) is not None]


def _read_item(ctx: Context, draft: Draft, words: str) -> Reading:
    numbers, n = _offered(draft), bare_number(words)
    named = [one for one in numbers if any(fits(one, tail) for tail in tails_in(words))]
    if len(named) == 1:
        return {"item": named[0]}
    if n is None or not 1 <= n <= len(numbers):
        return Complaint(f"请回复1到{len(numbers)}之间的数字。")
    return {"item": numbers[n - 1]}


def _read_reason(ctx: Context, draft: Draft, words: str) -> Reading:
    reason = _reason(words)
    if len(re.sub(r"\W", "", halfwidth(reason))) < 2:
        return Complaint("请写一句退回的原因，本人才知道怎么改。例：没有写清做几次。")
    return {"reason": reason}


def _item(ctx: Context, draft: Draft) -> Commitment | None:
    """The item, if it still waits for this person."""
    return next((one for one in waiting(ctx) if one.number == draft.fields["item"]), None)


def _show_item(ctx: Context, draft: Draft) -> str:
    item = ctx.facts.commitment(draft.fields.get("item", ""))
    return f"{item.owner_name} {line(item)}" if item else ""


def _refuse(ctx: Context, draft: Draft) -> str | None:
    if _item(ctx, draft):
        return None
    return f"{why_not(ctx, tail(draft.fields['item']))}\n回复“取消”后，可用“待签”看清单。"


def _look(ctx: Context, draft: Draft) -> str:
    """The whole item, when the speaker has seen another wording only."""
    item, look = _item(ctx, draft), draft.fields.get("look")
    return f"{look}\n{in_full(ctx.profile, item)}\n" if item and look else ""


def _ask_reason(ctx: Context, draft: Draft) -> str:
    asked = f"为什么退回{_show_item(ctx, draft)}？请写一句原因。\n例：没有写清做几次。"
    return _look(ctx, draft) + asked


def _things(ctx: Context, draft: Draft) -> Mapping[str, str]:
    item = _item(ctx, draft)
    return versions([item]) if item else {}


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    item = _item(ctx, draft)
    if item is None:
        return Turn("这一件已经处理过了。")
    known = signing.Chairs(ctx.roster, ctx.today)
    org = ctx.roster.org(item.org)
    post = known.post(ctx.actor.id) or "school_leader"
    reason = draft.fields["reason"]
    entry = commitment_entries.returned(item, reason, post, org.name if org else item.org)
    news = {item.owner: _news(ctx, item, reason)}
    return Turn(
        f"已退回{item.tail}（{item.owner_name}），原因已告诉本人。改好后会再请您签字。",
        entries=(entry,),
        tell=to_owners(ctx, [item], "returned", news, known),
        act=Act("return", ctx.now.isoformat(), (item.number,)),
    )


def _news(ctx: Context, item: Commitment, reason: str) -> str:
    who = f"{ctx.actor.name}同志"
    if item.pending is not None:
        return f"{who}没有同意变更{item.tail}：{one_line(reason)}\n仍按原来的目标和时限做。"
    return f"{who}退回了您的承诺{item.tail}：{cut(item.goal)}\n原因：{one_line(reason)}\n修改请回复“改承诺”。"


def _take_back(ctx: Context, act: Act) -> Turn:
    return Turn("退回已经告诉本人，不能撤回。请本人改后再签。", keep=True)


HANDLER = Form(
    name="return",
    title="退回承诺",
    words=("退", "退回"),
    fields=(
        Field(
            "item",
            "退回",
            _ask_item,
            _read_item,
            needed=lambda ctx, draft: bool(draft.fields.get("waiting")),
            show=_show_item,
        ),
        Field(
            "reason",
            "原因",
            _ask_reason,
            _read_reason,
            show=lambda ctx, draft: draft.fields.get("reason", ""),
            example="没有写清做几次",
        ),
    ),
    finish=_finish,
    allowed=_permitted,
    prepare=_prepare,
    refuse=_refuse,
    things=_things,
    heading=lambda ctx, draft: f"{_look(ctx, draft)}请核对：",
    take_back=_take_back,
    closing=lambda ctx, draft: "退回请回复“确认”；改原因请说，如“改2 没有写清做几次”。",
    at_once=lambda ctx, draft: bool(draft.fields["plain"]),
)

"""核实: what its committer declared done is verified, or sent back with a reason (domain §11.1, R-087)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.engine.forms import Complaint, Field, Form, Reading
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _permission as permission
from bot.handlers._commitment_words import by_owner, line, to_owners
from bot.handlers._seen import versions
from bot.handlers._verifying import short, to_verify, wanted
from bot.quoting import one_line
from domain import commitment_entries, signing
from domain.commitments import Commitment
from domain.dates import show
from domain.entries import Entry
from domain.intake import halfwidth
from domain.numbers import fits, tails_in

MOST_CHARACTERS = 200
GONE = "这些承诺已经处理过了。回复“取消”后，可用“核实”看还有没有别的。"
_SEND_BACK = re.compile(
    r"(?:不属实|不核实|不同意|不通过|退回?|打回)(?:去|一下|了)*[\s,:、。;]*(?:[0-9A-Za-z]{4,9}-[0-9]{1,4})?"
    r"[\s,:、。;]*(?:原因是?|因为)?[\s,:]*"
)
_HOW = "属实请回复“确认”；不属实请回复“退回”加原因，例：退回 还差一次总结"
_HOW_MANY = "都属实请回复“确认”；只核实其中几件，请回复编号，如“1 3”；要退回的请先单独看，例：核实 {tail}"


def _permitted(ctx: Context) -> str | None:
    if permission.might(ctx, "verify_member") or permission.might(ctx, "verify_org"):
        return None
    return "核实由党组织书记来办。您自己的承诺请回复“我的承诺”。"


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    return _anew(ctx, f"{fields.get('number') or ''} {ctx.text}")


def _anew(ctx: Context, words: str) -> Reading:
    found = wanted(ctx, words, to_verify(ctx))
    return found if isinstance(found, Turn) else {"numbers": [item.number for item in found], "back": False}


def _chosen(ctx: Context, draft: Draft) -> list[tuple[int, Commitment]]:
    """Those of the draft that still wait for this person, with their place in it, which digits mean."""
    alive = {item.number: item for item in to_verify(ctx)}
    places = enumerate(draft.fields["numbers"], 1)
    return [(n, alive[number]) for n, number in places if number in alive]


def _sends_back(ctx: Context, draft: Draft) -> bool:
    return bool(draft.fields.get("back"))


def _heading(ctx: Context, draft: Draft) -> str:
    items = _chosen(ctx, draft)
    if len(draft.fields["numbers"]) > 1:
        lines = [f"{n} {short(item)}" for n, item in items]
        return "\n".join([f"请核对，将核实{len(items)}件：", *lines])
    what = "退回" if _sends_back(ctx, draft) else "核实"
    return "\n".join([f"请核对，将{what}：", *(_in_full(item) for _, item in items)])


def _in_full(item: Commitment) -> str:
    """The promise beside what its committer says came of it."""
    came = one_line(item.effect) or "没有写"
    return f"{item.owner_name}（{item.tail}）\n目标：{one_line(item.goal)}\n完成时限：{show(item.due)}\n本人写的：{came}"


def _closing(ctx: Context, draft: Draft) -> str:
    items = _chosen(ctx, draft)
    if _sends_back(ctx, draft):
        return "退回请回复“确认”；改原因请说，如“改1 还差一次总结”。"
    if len(draft.fields["numbers"]) > 1 and items:
        return _HOW_MANY.format(tail=items[0][1].tail)
    return _HOW


def _mend(ctx: Context, draft: Draft, words: str) -> Reading:
    """退回 with or without a reason turns it round; digits keep only these of a list."""
    numbers, plain = draft.fields["numbers"], halfwidth(words).strip()
    back, tails = _SEND_BACK.match(plain), tails_in(words)
    is_other = any(not any(fits(one, tail) for one in numbers) for tail in tails)
    if is_other or not back and (tails or "核实" in plain):
        return _anew(ctx, words)
    if back and len(numbers) > 1:
        return Complaint(_closing(ctx, draft))
    if back:
        reason = words.strip()[back.end() :].strip()[:MOST_CHARACTERS]
        return {"back": True, "reason": reason} if _says(reason) else {"back": True}
    digits = plain.replace("、", " ").replace(",", " ").split()
    is_list = len(numbers) > 1 and bool(digits)
    if not is_list or not all(digit.isdecimal() and 1 <= int(digit) <= len(numbers) for digit in digits):
        return Complaint(_closing(ctx, draft), is_blank=True)
    return {"numbers": [numbers[int(digit) - 1] for digit in dict.fromkeys(digits)]}


def _says(reason: str) -> bool:
    return len(re.sub(r"\W", "", reason)) >= 2


def _read_reason(ctx: Context, draft: Draft, words: str) -> Reading:
    if halfwidth(words).strip(" 。.!！") in ("属实", "不退了", "不退回"):
        return {"back": False}
    lead = _SEND_BACK.match(halfwidth(words).strip())
    reason = words.strip()[lead.end() if lead else 0 :].strip()[:MOST_CHARACTERS]
    if not _says(reason):
        return Complaint("请写一句退回的原因，本人才知道怎么补。例：还差一次总结。")
    return {"reason": reason}


def _refuse(ctx: Context, draft: Draft) -> str | None:
    """The desk as it is now: offices change, and records are corrected, between read-back and 确认."""
    return None if _chosen(ctx, draft) else GONE


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    items = [item for _, item in _chosen(ctx, draft)]
    return _sent_back(ctx, draft, items[0]) if _sends_back(ctx, draft) else _verified(ctx, draft, items)


def _verified(ctx: Context, draft: Draft, items: list[Commitment]) -> Turn:
    known = signing.Chairs(ctx.roster, ctx.today)
    who = f"{ctx.actor.name}同志已核实兑现："
    news = {group[0].owner: "\n".join([who, *map(line, group)]) for group in by_owner(items)}
    gone = len(draft.fields["numbers"]) - len(items)
    before = f"（另有{gone}件已经处理过了。）" if gone else ""
    left = len(to_verify(ctx)) - len(items)
    more = f"还有{left}件待核实，回复“核实”查看。" if left else ""
    return Turn(
        f"已核实兑现{_what(items)}，已告诉本人。{before}{more}",
        entries=tuple(
            _entry(ctx, item, "fulfilled", {"capacity": known.capacity(item, ctx.actor.id)}) for item in items
        ),
        tell=to_owners(ctx, items, "fulfilled", news, known),
        act=Act("verify", ctx.now.isoformat(), tuple(item.number for item in items)),
    )


def _sent_back(ctx: Context, draft: Draft, item: Commitment) -> Turn:
    known, reason = signing.Chairs(ctx.roster, ctx.today), draft.fields["reason"]
    text = (
        f"{ctx.actor.name}同志看了您报完成的承诺，请再补一补：\n{line(item)}\n原因：{one_line(reason)}\n"
        "补好后在写实里再报一次完成。"
    )
    return Turn(
        f"已退回{_what([item])}，原因已告诉本人。补好再报后会再请您核实。",
        entries=(_entry(ctx, item, "returned", {"reason": reason}),),
        tell=to_owners(ctx, [item], "undone", {item.owner: text}, known),
        act=Act("verify", ctx.now.isoformat(), (item.number,)),
    )


def _entry(ctx: Context, item: Commitment, event: str, data: Mapping[str, Any]) -> Entry:
    org, known = ctx.roster.org(item.org), signing.Chairs(ctx.roster, ctx.today)
    post = known.post(ctx.actor.id) or "school_leader"
    return commitment_entries.of(item, event, data, post, org.name if org else item.org)


def _what(items: list[Commitment]) -> str:
    names = "、".join(dict.fromkeys(item.owner_name for item in items[:3]))
    if len(items) == 1:
        return f"{items[0].tail}（{names}）"
    return f"{len(items)}件（{names}{'等' if len(items) > 3 else ''}）"


def _take_back(ctx: Context, act: Act) -> Turn:
    return Turn("核实的结果已经告诉本人，不能撤回。有出入请直接告诉本人。", keep=True)


HANDLER = Form(
    name="verify",
    title="核实完成的承诺",
    words=("核实", "全部核实"),
    fields=(
        Field(
            "reason",
            "原因",
            lambda ctx, draft: "为什么退回？请写一句原因。\n例：还差一次总结。",
            _read_reason,
            needed=_sends_back,
            show=lambda ctx, draft: draft.fields.get("reason", "") if _sends_back(ctx, draft) else "",
            example="还差一次总结",
        ),
    ),
    finish=_finish,
    allowed=_permitted,
    prepare=_prepare,
    refuse=_refuse,
    things=lambda ctx, draft: versions(item for _, item in _chosen(ctx, draft)),
    mend=_mend,
    take_back=_take_back,
    heading=_heading,
    closing=_closing,
)

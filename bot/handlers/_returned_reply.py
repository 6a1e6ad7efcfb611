"""退 said to the reply of a 整改: whether it is meant, beside promises that wait for a signature."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.engine.turn import Context, Turn
from bot.handlers import _rectifying as about
from bot.handlers._commitment_words import line
from bot.handlers.judge_rectification import HANDLER as JUDGE
from bot.handlers.judge_rectification import RETURN
from domain.commitments import Commitment
from domain.numbers import fits, tails_in
from domain.rectifications import Rectification

_FEW = 4
_LEAD = re.compile(r"(?:退回?|打回)(?:去|一下|了)*[\s,，:：、。]*")


def returned_reply(
    ctx: Context, fields: Mapping[str, Any], number: str, items: Sequence[Commitment]
) -> Turn | None:
    """The turn that sends a reply back or asks which of the two is meant; None where it is a promise."""
    replies = about.to_read(ctx)
    if not replies or number.upper().startswith("C-"):
        return None
    meant = about.named(replies, number) if number else replies
    promises = [] if number.upper().startswith("Z-") else [one for one in items if _is_called(one, number)]
    if meant and promises:
        return _which(promises, meant, str(fields.get("reason") or ""))
    if promises or (number and not meant and items):
        return None
    return _sent_back(ctx, fields, number if meant else "", meant or replies)


def _is_called(one: Commitment, number: str) -> bool:
    return not number or any(fits(one.number, tail) for tail in tails_in(number))


def _which(promises: Sequence[Commitment], replies: Sequence[Rectification], reason: str) -> Turn:
    lines = [f"承诺 {one.owner_name} {line(one)}" for one in promises[:_FEW]]
    lines += [f"整改回复 {one.owner_name} {one.tail} {one.requirement}" for one in replies[:_FEW]]
    numbers = [*(one.number for one in promises[:_FEW]), *(one.number for one in replies[:_FEW])]
    say = "\n".join(["退回哪一件？请回复数字。", *(f"{n} {words}" for n, words in enumerate(lines, 1))])
    return Turn(say, choices=tuple(f"退 {one} {reason}".strip() for one in numbers))


def _sent_back(
    ctx: Context, fields: Mapping[str, Any], number: str, replies: Sequence[Rectification]
) -> Turn:
    """With every word behind 退 but the number; a name in it is left there, and makes it doubtful who is meant."""
    reason = str(fields.get("reason") or "") if number else _LEAD.sub("", ctx.text, count=1)
    known = {"number": number, "verdict": RETURN, "reason": reason, "doubtful": bool(fields.get("person"))}
    own = [one for one in replies if one.owner == fields.get("person")]
    if len(own) == 1:
        known |= {"number": own[0].number, "reason": str(fields.get("reason") or ""), "doubtful": False}
    return JUDGE.begin(ctx, known)

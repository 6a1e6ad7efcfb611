"""What was declared done and waits for verification, and which of it somebody means (domain §2.3, §11.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.engine.turn import Context, Turn
from bot.handlers._commitment_words import cut
from bot.handlers._signing import known_item
from domain import signing
from domain.commitments import Commitment, State
from domain.numbers import fits, order, tails_in
from domain.signing import Chairs

NOTHING = "现在没有等您核实的承诺。"
VERIFY = "核实 "
ALL = "全部核实"
_ALL = re.compile("全|都|所有")
_EMPTY = re.compile(r"[\s,，。！!？?我有没还要需等该待谁几个件的了吗]|核实|一下|兑现|承诺|同志|什么|哪些")


def to_verify(ctx: Context, known: Chairs | None = None) -> list[Commitment]:
    """Items that this person may verify now: never one's own, a 书记's by the one above (as for signing).

    One that asks for a change at the same time is signed or sent back first.
    """
    known = known or signing.Chairs(ctx.roster, ctx.today)
    desk = set(signing.desk(known, ctx.actor.id))
    orgs = desk | {org.id for org in ctx.roster.children(desk)}
    declared = ctx.facts.commitments_in(sorted(orgs), [State.DECLARED]) if orgs else ()
    mine = [one for one in declared if one.pending is None and ctx.actor.id in known.signers(one)]
    return sorted(mine, key=lambda item: order(item.number))


def listed(ctx: Context, items: Sequence[Commitment], before: str = "") -> Turn:
    """The numbered list whose digits open an item."""
    if not items:
        return Turn(before + NOTHING)
    most = ctx.profile.number("chat.names_in_text")
    lines = [f"{n} {short(item)}" for n, item in enumerate(items[:most], 1)]
    more = [f"（先办这{most}件，其余的办完再列）"] if len(items) > most else []
    return Turn(
        "\n".join(
            [
                f"{before}等您核实的承诺{len(items)}件：",
                *lines,
                *more,
                f"回复数字看一件；都属实请回复“{ALL}”。",
            ]
        ),
        choices=tuple(f"{VERIFY}{item.tail}" for item in items[:most]),
    )


def short(item: Commitment) -> str:
    """An item in a line."""
    return f"{item.owner_name} {item.tail} {cut(item.goal, 14)}"


def wanted(ctx: Context, words: str, items: Sequence[Commitment]) -> Sequence[Commitment] | Turn:
    """The items meant by number, name or 全部核实; a turn where that is not clear."""
    tails = tails_in(words)
    if tails:
        return _by_number(ctx, tails, items)
    named = [item for item in items if item.owner_name in words]
    if len({item.owner for item in named}) > 1:
        return listed(ctx, named, "有同名的同志，请看清是哪一位。\n")
    if named:
        return named
    bare = _EMPTY.sub("", words)
    if items and (_ALL.search(words) or len(items) == 1 and not bare):
        return items[: ctx.profile.number("chat.names_in_text")]
    return listed(ctx, items, f"没有找到“{bare[:12]}”的待核实承诺。\n" if bare and items else "")


def _by_number(
    ctx: Context, tails: Sequence[str], items: Sequence[Commitment]
) -> Sequence[Commitment] | Turn:
    found = [item for item in items if any(fits(item.number, tail) for tail in tails)]
    missing = [tail for tail in tails if not any(fits(item.number, tail) for item in items)]
    return Turn("\n".join(_why_not(ctx, tail) for tail in missing)) if missing else found


def _why_not(ctx: Context, tail: str) -> str:
    """Why a number cannot be verified; of items outside the own desk nothing is said but that they are not there."""
    item = known_item(ctx, tail)
    if item is not None and item.owner == ctx.actor.id:
        return f"{tail}是您自己的，由上级党组织书记核实。"
    known = signing.Chairs(ctx.roster, ctx.today)
    if item is None or ctx.actor.id not in known.signers(item):
        return f"没有找到待核实的{tail}。回复“核实”看清单。"
    if item.state is State.DECLARED:
        return f"{tail}还有变更等您签字，请先回复“待签”。"
    if item.state in (State.FULFILLED, State.ACCEPTED):
        return f"{tail}已经核实过了。"
    return f"{tail}本人还没有报完成。"

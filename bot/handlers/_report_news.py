"""Whom a record of 写实 is told to: what must be verified, where help is wanted, which date should move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.engine.state import Draft
from bot.engine.turn import Context, Tell
from bot.handlers import _report_draft as drafts
from bot.handlers._commitment_words import tell, to_signers
from bot.handlers._report_month import named
from bot.quoting import one_line
from domain import monthly
from domain.commitments import Commitment
from domain.signing import Chairs

Items = Sequence[tuple[int, Commitment]]


def done_and_difficult(
    ctx: Context, draft: Draft, chairs: Chairs, done: Items, difficult: Items, version: str
) -> tuple[Tell, ...]:
    """One message to each secretary, whatever the number of items."""
    which, name = named(drafts.month(draft), ctx.today), ctx.actor.name
    told = []
    for person in _receivers(chairs, [*done, *difficult]):
        mine = [one for one in done if person in chairs.signers(one[1])]
        hard = [one for one in difficult if person in chairs.signers(one[1])]
        lines = [f"{name}同志{which}写实："]
        lines += [_line("已完成，请支部核实", ctx, draft, n) for n, _ in mine]
        lines += [_line("有困难", ctx, draft, n) for n, _ in hard]
        verify = "回复“核实”。" if mine else ""
        text = "\n".join([*lines, f"看全部请回复“台账 {name}”。{verify}"])
        told.append(tell(ctx, f"reported|{version}", person, text))
    return tuple(told)


def _line(what: str, ctx: Context, draft: Draft, n: int) -> str:
    words = drafts.shown(ctx.profile, draft, n)
    return f"【{what}】{one_line(drafts.goal(draft, n))}：{one_line(words)}"


def _receivers(chairs: Chairs, items: Items) -> Sequence[str]:
    return sorted({person for _, item in items for person in chairs.signers(item)})


def postponed(ctx: Context, draft: Draft, chairs: Chairs, wanted: Items) -> tuple[Tell, ...]:
    """To whoever may sign the change, with the words to answer."""
    told: list[Tell] = []
    for n, item in wanted:
        wish = drafts.wish(draft, n)
        if wish is None:
            continue
        asked = replace(item, pending={"due": wish[0].isoformat(), "reason": wish[1]})
        told += to_signers(ctx, asked, chairs.signers(item))
    return tuple(told)


def stalled(ctx: Context, draft: Draft, chairs: Chairs, still: Items) -> tuple[Tell, ...]:
    """R-224: the secretary hears privately, and once, of an item that stood still for three months."""
    month = drafts.month(draft)
    before = ctx.facts.reports_of(ctx.actor.id) if still else ()
    told: list[Tell] = []
    for n, item in still:
        count = 1 + monthly.months_without_progress(before, item.number, month.previous)
        if count != monthly.STALLED_AFTER:
            continue
        text = (
            f"{ctx.actor.name}同志的“{drafts.goal(draft, n)}”连续{count}个月无进展。"
            "这条只告诉您，方便时请问问有什么难处。"
        )
        told += [
            tell(ctx, f"stalled|{item.number}|{month.label}", person, text) for person in chairs.signers(item)
        ]
    return tuple(told)


def taken_back(
    ctx: Context, which: str, chairs: Chairs, items: Sequence[Commitment], version: str
) -> tuple[Tell, ...]:
    """To the secretaries who had been asked to verify or to sign."""
    text = f"{ctx.actor.name}同志撤回了{which}写实，之前请您核实或签字的暂不用办。"
    people = sorted({person for item in items for person in chairs.signers(item)})
    return tuple(tell(ctx, f"unreported|{version}", person, text) for person in people)

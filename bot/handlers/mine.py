"""我的: one's own short desk, with a digit for each thing that waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from bot.handlers import _permission as permission
from bot.handlers import _rectifying as rectifying
from bot.handlers._applications import applications, decides
from bot.handlers._attest_choice import desk_line
from bot.handlers._open_transfers import outgoing, to_receive
from bot.handlers._report_month import meant, named, short
from bot.handlers._signing import waiting
from bot.handlers._verifying import to_verify
from domain import monthly, transfers
from domain.commitments import State
from domain.signing import Chairs

NOTHING = "您现在没有要办的事。\n1 我的承诺\n2 我的台账\n回复数字查看。"
_TITLES = {"report": "写实", "commit": "承诺", "review": "点评"}


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    if permission.is_voter(ctx):
        return Turn("您现在没有要办的事。请您参加评议时会另外告诉您。")
    found = list(_found(ctx))
    # While a question is open its answer owns the digits.
    if ctx.conversation.draft is not None:
        lines = [f"· {line}（说“{word}”）" for line, word in found]
        return Turn("\n".join(["您的事：", *lines]) if found else "您没有别的要办的事。")
    if not found:
        return Turn(NOTHING, choices=("我的承诺", "我的台账"))
    lines = [f"{n} {line}" for n, (line, _) in enumerate(found, 1)]
    return Turn("\n".join(["您的事：", *lines, "回复数字开始。"]), choices=tuple(word for _, word in found))


def _found(ctx: Context) -> Iterator[tuple[str, str]]:
    """Each thing that waits for the speaker, with the words that begin it."""
    parked = ctx.conversation.parked[:1]
    for one in parked:
        yield f"接着写存着的草稿：{_TITLES.get(one.handler, '上次没写完的')}", "继续"
    begun = (*parked, ctx.conversation.draft)
    if not any(one.handler == "report" for one in begun if one):
        yield from _month(ctx)
    returned = ctx.facts.commitments_of([ctx.actor.id], [State.RETURNED])
    if returned:
        yield f"被退回的承诺{len(returned)}件，请修改", "改承诺"
    known = Chairs(ctx.roster, ctx.today)
    to_sign = waiting(ctx, known)
    if to_sign:
        yield f"等您签字的承诺{len(to_sign)}件", "待签"
    declared = to_verify(ctx, known)
    if declared:
        yield f"等您核实的承诺{len(declared)}件", "核实"
    papers = desk_line(ctx)
    if papers:
        yield papers, "已办"
    asking = applications(ctx) if decides(ctx) else []
    if asking:
        yield f"等您认下的绑定申请{len(asking)}人", "待绑定"
    yield from _transfers(ctx)
    yield from _rectifications(ctx)


def _rectifications(ctx: Context) -> Iterator[tuple[str, str]]:
    """What the speaker or his organisation has to put right, and the replies he is to read."""
    owed = rectifying.owed(ctx)
    if owed:
        yield f"要整改的{len(owed)}项，最近的{short(owed[0].due)}前", "整改"
    replies = rectifying.to_read(ctx)
    if replies:
        yield f"等您看的整改回复{len(replies)}件", "整改回复待阅"


def _transfers(ctx: Context) -> Iterator[tuple[str, str]]:
    """Members on their way, and what a transferred one has not decided yet (S-15)."""
    coming, going = to_receive(ctx), outgoing(ctx)
    if coming:
        yield f"等您接收的转入党员{len(coming)}人", "待接收"
    elif going:
        yield f"已转出、等对方接收的{len(going)}人", "待接收"
    own = ctx.facts.transfer(ctx.actor.id)
    items = ctx.facts.commitments_of([ctx.actor.id]) if own else ()
    open_items = transfers.undecided(own, items)
    if open_items:
        yield f"转支部后要定的承诺{len(open_items)}件", "转后承诺"


def _month(ctx: Context) -> Iterator[tuple[str, str]]:
    """The month that is owed now, unless it is handed in or waived."""
    due = monthly.due_month(ctx.now, ctx.profile)
    month = meant(ctx, {"month": due.label})
    if isinstance(month, Turn) or month.report is not None:
        return
    if ctx.facts.waivers(monthly.DUTY, due.label, [ctx.actor.id]):
        return
    day = short(monthly.window(due, ctx.profile).due)
    late = monthly.is_late(due, ctx.now, ctx.profile)
    when = f"{day}已到期，现在交记为迟报" if late else f"{day}前交"
    yield f"{named(due, ctx.today)}写实，{len(month.items)}件，{when}", "写实"


HANDLER = Query("mine", "我的事", ("我的",), _reply)

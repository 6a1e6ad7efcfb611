"""What is said about a record that was entered for somebody: to whoever types, and to the member (R-225)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.engine.state import Draft
from bot.engine.turn import Context, Tell, Turn
from bot.handlers import _report_draft as drafts
from bot.handlers import _unit
from bot.handlers._commitment_words import tell
from bot.handlers._report_month import Month, named
from bot.quoting import one_line
from domain.entering import SOURCES
from domain.people import Person
from domain.scope import scope_of, within

NOT_YOURS = "代填由支部书记或记录员来办。写不了的，请把情况告诉书记。写自己的请回复“写实”。"
WHO = "要代谁填？请写姓名，例：代 宋佳"


def not_here(ctx: Context, ids: Sequence[str]) -> str:
    """Why nobody of these can be entered for: himself, of a branch below, or from outside."""
    if list(ids) == [ctx.actor.id]:
        return "您自己的不用代，回复“写实”就能写。"
    scope = scope_of(ctx.roster, ctx.actor, ctx.today)
    below = within(ctx.roster, scope, ids, ctx.today)
    return f"代填由{below[0][1].name}的书记或记录员来办，请告诉他们。" if below else _unit.outside(ctx, scope)


def which(people: Sequence[Person]) -> Turn:
    """Several bear the name: a digit decides."""
    lines = "".join(f"\n{n} {one.name}（{one.post}）" for n, one in enumerate(people, 1))
    return Turn(f"代哪一位？{lines}\n回复数字。", keep=True, choices=tuple(f"代 {one.id}" for one in people))


def needless(member: Person, month: Month | None, today: date) -> str:
    """Why there is nothing to enter: handed in already, or nothing owed."""
    if month is None:
        return f"{member.name}同志这个月没有要写的，不用代。"
    return f"{member.name}同志{named(month.period, today)}写实已经交了，不用代。看内容请回复“台账 {member.name}”。"


def done(ctx: Context, receipt: str, reached: bool) -> str:
    """The receipt, for whom it is, and how he learns of it."""
    who = ctx.actor.name
    how = "已告诉本人。" if reached else f"{who}同志没有绑定企业微信，请念给本人听一遍。"
    first, _, rest = receipt.partition("\n")
    return f"已代{who}同志交。{first}{how}\n{rest}"


def entered(ctx: Context, draft: Draft) -> Tell:
    """To the member: what was written in his name, from what, and how to object."""
    proxy, month = draft.fields["proxy"], drafts.month(draft)
    lines = [f"{proxy['name']}同志按您{SOURCES[proxy['source']]}，代您交了{named(month, ctx.today)}写实："]
    for n, _ in enumerate(drafts.about(draft), 1):
        lines.append(
            f"{n} {one_line(drafts.goal(draft, n))}：{one_line(drafts.shown(ctx.profile, draft, n))}"
        )
    lines.append(f"自我鉴定：{one_line(draft.fields['statement'])}")
    lines.append(f"有不对的，回复“写实”就能改，也可以直接告诉{proxy['name']}同志。")
    key = f"proxied|{ctx.actor.id}|{draft.fields['month']}|{ctx.message.key}"
    return tell(ctx, key, ctx.actor.id, "\n".join(lines))


def taken_back(ctx: Context, note: Mapping[str, Any]) -> Tell:
    """To the member: what was entered for him does not count any more."""
    fields = note["fields"]
    which = named(drafts.month(Draft("proxy", fields)), ctx.today)
    text = f"{fields['proxy']['name']}同志撤回了代您交的{which}写实。要自己写请回复“写实”。"
    return tell(ctx, f"unproxied|{ctx.message.key}", fields["member"], text)

"""代 宋佳: the 书记 or recorder enters a member's month of 写实 from what he said or wrote on paper (R-225, S-12).

It is the member's own form; only whoever types is another, so every step is taken as if he spoke.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import texts
from bot.engine.fields import Field, Option
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _proxy_words, _report_draft, _standing
from bot.handlers._report_form import MonthForm, closing, heading_of, mend, refuse
from bot.handlers._report_month import Month, meant
from bot.handlers._report_write import finish
from domain.entering import SOURCES, branch_entered_for, by_proxy, enters_at_all
from domain.intake import bare_number
from domain.people import Person
from domain.periods import parse_code

NAME = "proxy"


class ProxyForm(MonthForm):
    """The form of a month, filled in by somebody else for the member whom its draft names."""

    __slots__ = ()

    def begin(self, ctx: Context, fields: Mapping[str, Any]) -> Turn:
        member = _member(ctx, fields)
        if isinstance(member, Turn):
            return member
        own = replace(ctx, speaker=member)
        month = meant(own, _month(ctx, fields))
        if isinstance(month, Turn) or month.report is not None:
            return Turn(_proxy_words.needless(member, None if isinstance(month, Turn) else month, ctx.today))
        draft = self.parked(own, month) or _opened(ctx, own, month)
        return self.go_on(own, draft, f"代{member.name}同志写，请照本人说的写。\n")

    def again(self, ctx: Context, draft: Draft, fields: Mapping[str, Any]) -> Turn:
        member = _member(ctx, fields)
        if isinstance(member, Turn) or member.id == draft.fields["member"]:
            return Turn(self.resume(ctx, draft), draft)
        turn = self.begin(ctx, fields)
        return replace(turn, park=True) if turn.draft else replace(turn, keep=True)

    def parked(self, ctx: Context, month: Month) -> Draft | None:
        own = [one for one in ctx.conversation.parked if one.fields.get("member") == ctx.actor.id]
        kept = replace(ctx, conversation=replace(ctx.conversation, parked=tuple(own)))
        return super().parked(kept, month)

    def catch(self, ctx: Context) -> Turn | None:
        return None

    def fields_of(self, draft: Draft) -> tuple[Field, ...]:
        return (*super().fields_of(draft), _SOURCE)

    def answer(self, ctx: Context, draft: Draft, text: str) -> Turn:
        return super().answer(_as_member(ctx, draft), draft, text)

    def command(self, ctx: Context, draft: Draft, word: str, rest: str) -> Turn:
        return super().command(_as_member(ctx, draft), draft, word, rest)

    def resume(self, ctx: Context, draft: Draft) -> str:
        return super().resume(_as_member(ctx, draft), draft)

    def so_far(self, draft: Draft) -> str:
        said = super().so_far(draft)
        return f"代{draft.fields['name']}同志的{said}" if said else ""

    def undo(self, ctx: Context, act: Act) -> Turn:
        if not branch_entered_for(ctx.roster, ctx.actor, act.note["fields"]["member"], ctx.today):
            return Turn(texts.NOTHING_TO_UNDO, keep=True)
        turn = super().undo(_as_member(ctx, Draft(NAME, act.note["fields"])), act)
        entries = tuple(
            by_proxy(one, ctx.roster, act.note["fields"]["proxy"], ctx.today) for one in turn.entries
        )
        draft = replace(turn.draft, handler=NAME) if turn.draft else None
        told = tuple(one for one in turn.tell if one.person != ctx.actor.id)
        news = (_proxy_words.taken_back(ctx, act.note),) if entries else ()
        return replace(turn, entries=entries, draft=draft, tell=(*told, *news))


def _as_member(ctx: Context, draft: Draft) -> Context:
    """The same message as if the member had sent it."""
    return replace(ctx, speaker=ctx.roster.person(draft.fields["member"]) or ctx.speaker)


def _member(ctx: Context, fields: Mapping[str, Any]) -> Person | Turn:
    """For whom, if the speaker may; else the kind sentence why not, or which one."""
    if not enters_at_all(ctx.roster, ctx.actor, ctx.today):
        return Turn(_proxy_words.NOT_YOURS)
    ids = _ids(ctx, fields)
    mine = [id for id in ids if branch_entered_for(ctx.roster, ctx.actor, id, ctx.today)]
    known = [person for id in mine if (person := ctx.roster.person(id))]
    if not ids:
        return Turn(_proxy_words.WHO)
    if not known:
        return Turn(_proxy_words.not_here(ctx, ids))
    return known[0] if len(known) == 1 else _proxy_words.which(known)


def _ids(ctx: Context, fields: Mapping[str, Any]) -> list[str]:
    n = bare_number(str(fields.get("line") or ""))
    line = _standing.line(ctx, n) if n else None
    # A line of 逾期 may be about an item or an organisation.
    listed = line[2] if line and ctx.roster.person(line[2]) else None
    named = listed if line else fields.get("person")
    return list(named) if isinstance(named, list | tuple) else [named] if named else []


def _month(ctx: Context, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """The month of the line, or of the last list, where that was about records."""
    n = bare_number(str(fields.get("line") or ""))
    line, kept = _standing.line(ctx, n) if n else None, _standing.remembered(ctx)
    duty, label = line[:2] if line else (kept.get("duty", ""), kept.get("period", ""))
    period = parse_code(label)
    return {"month": label} if duty == "K-05" and period and period.kind == "month" else {}


def _opened(ctx: Context, own: Context, month: Month) -> Draft:
    member, proxy = own.actor, {"by": ctx.actor.id, "name": ctx.actor.name}
    draft = _report_draft.opened(own, NAME, month)
    return replace(draft, fields={**draft.fields, "member": member.id, "name": member.name, "proxy": proxy})


def _refuse(ctx: Context, draft: Draft) -> str | None:
    """Asked again right before writing: the office may be over, the member may have written himself meanwhile."""
    who = ctx.roster.person(draft.fields["proxy"]["by"])
    if who is None or not branch_entered_for(ctx.roster, who, draft.fields["member"], ctx.today):
        return f"{draft.fields['name']}同志现在不归您的支部，不能代填。回复“取消”结束。"
    if ctx.facts.report(draft.fields["member"], draft.fields["month"]) is not None:
        return f"{draft.fields['name']}同志已经自己交了，不用代。回复“取消”结束。"
    return refuse(ctx, draft)


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    """As the member's own, marked 代 with both names, and told to him (R-225)."""
    proxy = {**draft.fields["proxy"], "source": draft.fields["source"]}
    marked = replace(draft, fields={**draft.fields, "proxy": proxy})
    turn = finish(ctx, marked, wish)
    reached = bool(ctx.roster.has_account([ctx.actor.id]))
    told = tuple(one for one in turn.tell if one.person != proxy["by"])
    return replace(
        turn,
        say=_proxy_words.done(ctx, turn.say, reached),
        entries=tuple(by_proxy(one, ctx.roster, proxy, ctx.today) for one in turn.entries),
        tell=(*told, *((_proxy_words.entered(ctx, marked),) if reached else ())),
        act=replace(turn.act, handler=NAME) if turn.act else None,
    )


_SOURCE = Field(
    "source",
    "来源",
    lambda ctx, draft: f"{draft.fields['name']}同志是怎么告诉您的？回复数字：",
    options=lambda ctx, draft: tuple(Option(code, words) for code, words in SOURCES.items()),
    show=lambda ctx, draft: SOURCES.get(draft.fields.get("source", ""), ""),
)


def _heading(ctx: Context, draft: Draft) -> str:
    return f"代{draft.fields['name']}同志填。{heading_of(ctx, draft)}"


HANDLER = ProxyForm(
    name=NAME,
    title="代填写实",
    words=("代填", "代交"),
    fields=(),
    finish=_finish,
    refuse=_refuse,
    mend=mend,
    heading=_heading,
    closing=closing,
    takes_photos=True,
)

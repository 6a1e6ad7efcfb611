"""The form of a month's 写实, whether somebody writes his own or it is entered for him (R-220 to R-225)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot import texts
from bot.engine.forms import CONFIRM, Complaint, Field, Form
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _report_draft as drafts
from bot.handlers._report_fields import heading, not_on_the_list, questions
from bot.handlers._report_month import Month, meant, named
from bot.handlers._report_undo import take_back
from domain import monthly
from domain.commitments import State
from domain.month_answers import Said, from_parts, is_nothing, read_month
from domain.renumbering import renumbered
from domain.statements import tells_something

_ENTRANCE = re.compile(r"(?:我?[要想来])?(?:补报|补交|提前交|.{0,8}写实)")
# Words before the facts that are no fact themselves: 十月写实, 书记让交月报，我写.
_OPENING = re.compile(r"[^\n0-9①-⑳]{0,12}[0-9]{0,4}[^\n0-9①-⑳]{0,8}[写报交补]")


class MonthForm(Form):
    """A form about as many items as somebody has; its photos belong to the item being asked."""

    __slots__ = ()

    def begin(self, ctx: Context, fields: Mapping[str, Any]) -> Turn:
        self.foresee(ctx, None)
        refusal = self.allowed(ctx)
        if refusal:
            return Turn(refusal)
        month = meant(ctx, fields)
        if isinstance(month, Turn):
            return month
        parked = self.parked(ctx, month)
        said = _said(ctx, fields, len(parked.fields["about"]) if parked else len(month.items))
        is_over = monthly.is_late(month.period, ctx.now, ctx.profile)
        if month.report and is_over and (said.answers or said.rest):
            return _which(ctx, month)
        draft = parked or drafts.opened(ctx, self.name, month)
        before = "接着上次的。\n" if parked else ""
        if said.beyond:
            before += not_on_the_list(said, len(drafts.about(draft))) + "\n"
        return self.go_on(ctx, draft.having(**drafts.values(ctx, said)), before)

    def parked(self, ctx: Context, month: Month) -> Draft | None:
        """The same month's draft put aside before, unless the month was handed in since."""
        found = (
            one
            for one in ctx.conversation.parked
            if one.handler == self.name and one.fields.get("month") == month.period.label
        )
        return None if month.report else next(found, None)

    def catch(self, ctx: Context) -> Turn | None:
        """Loose words of somebody who owes the month just then: the answer to a reminder (R-221)."""
        if not tells_something(ctx.text) or self.allowed(ctx):
            return None
        month = meant(ctx, {})
        if (
            isinstance(month, Turn)
            or month.report
            or not monthly.is_asked(month.period, ctx.now, ctx.profile)
        ):
            return None
        turn = self.begin(ctx, {"items": ctx.text})
        return replace(
            turn, say=f"当作{named(month.period, ctx.today)}写实记下（不是请回复“取消”）。\n{turn.say}"
        )

    def again(self, ctx: Context, draft: Draft, fields: Mapping[str, Any]) -> Turn:
        is_entrance = bool(_ENTRANCE.match(ctx.text))
        if is_entrance and fields.get("month", draft.fields["month"]) != draft.fields["month"]:
            return self._another(ctx, fields)
        if not fields.get("items"):
            return Turn(self.resume(ctx, draft), draft)
        said = _said(ctx, fields, len(drafts.about(draft)))
        if is_entrance and said.answers:
            return self.go_on(ctx, draft.having(**drafts.values(ctx, said)))
        return self.answer(ctx, draft, ctx.text)

    def _another(self, ctx: Context, fields: Mapping[str, Any]) -> Turn:
        """Another month is begun while one is open: that one is put aside, unless there is nothing to begin."""
        turn = self.begin(ctx, fields)
        if turn.draft is None:
            return replace(turn, keep=True)
        return replace(turn, say=texts.parked(self.title) + turn.say, park=True)

    def fields_of(self, draft: Draft) -> tuple[Field, ...]:
        return questions(draft)

    def so_far(self, draft: Draft) -> str:
        which = f"“{drafts.month(draft).start.month}月写实”"
        if "before" in draft.fields and not _is_changed(draft):
            return ""
        if draft.asked == CONFIRM:
            return f"{which}写好了，只差回复“确认”"
        n = draft.asked.partition("-")[2]
        return f"{which}写到第{n}件，还没有交" if n and len(drafts.about(draft)) > 1 else f"{which}还没有写完"

    def waits_for_words(self, ctx: Context, draft: Draft) -> bool:
        # Every question of the month takes free words beside its digits.
        return draft.asked != CONFIRM

    def picture(self, ctx: Context, draft: Draft, attachment: str) -> Turn | None:
        turn = super().picture(ctx, draft, attachment)
        if turn is None or turn.draft is None or attachment not in turn.draft.photos:
            return turn
        n = draft.asked.partition("-")[2]
        placed = {**draft.fields.get("photos", {}), attachment: int(n or 0)}
        return replace(turn, draft=replace(turn.draft, fields={**turn.draft.fields, "photos": placed}))

    def undo(self, ctx: Context, act: Act) -> Turn:
        turn = take_back(ctx, act)
        return replace(turn, say=turn.say + self.resume(ctx, turn.draft)) if turn.draft else turn


def _said(ctx: Context, fields: Mapping[str, Any], count: int) -> Said:
    """What a first message tells of the month: all of its words, unless an entrance stands before them."""
    items: str | Sequence[Mapping[str, Any]] = fields.get("items", "")
    if not items:
        return Said()
    if isinstance(items, str):
        return read_month(items, count)
    return from_parts(items, count) if _OPENING.match(ctx.text) else read_month(ctx.text, count)


def _which(ctx: Context, month: Month) -> Turn:
    """After the due day, facts about a month handed in may as well be about the next."""
    this, after = (named(one, ctx.today) for one in (month.period, month.period.next))
    say = f"{this}写实您已经交过了。您是想：\n1 更正{this}写实\n2 提前交{after}写实\n回复数字。"
    return Turn(say, choices=(f"{this}写实", f"提前交{after}写实"))


def heading_of(ctx: Context, draft: Draft) -> str:
    """How the read-back begins."""
    which = named(drafts.month(draft), ctx.today)
    if "before" not in draft.fields:
        late = monthly.is_late(drafts.month(draft), ctx.now, ctx.profile)
        return heading(ctx, draft) + "请核对：" if late else f"请核对{which}写实："
    return f"{which}写实，改成这样：" if _is_changed(draft) else f"{which}写实您已经交了，内容是："


def closing(ctx: Context, draft: Draft) -> str:
    """How it ends: what may be done with it."""
    if "before" not in draft.fields or _is_changed(draft):
        return texts.CONFIRM_OR_AMEND
    due = monthly.due_month(ctx.now, ctx.profile)
    is_over = drafts.month(draft) == due and monthly.is_late(due, ctx.now, ctx.profile)
    early = f"\n要提前交{named(due.next, ctx.today)}写实，请回复“提前交”。" if is_over else ""
    return f"要更正请写编号，例：改1 听课三次。不改不用回复。{early}"


def _is_changed(draft: Draft) -> bool:
    now = {"items": drafts.items(draft), "statement": draft.fields.get("statement", "")}
    return bool(now != draft.fields["before"])


def mend(ctx: Context, draft: Draft, text: str) -> Mapping[str, Any] | Complaint | None:
    """A correction without 改N: numbered answers, the sentence of 自我鉴定 by name, or another number (改成8次)."""
    count = len(drafts.about(draft))
    anew = {n: renumbered(drafts.text(draft, n), text) for n in range(1, count + 1)}
    fitting = [n for n, words in anew.items() if words]
    if len(fitting) == 1:
        n = fitting[0]
        return {f"item-{n}": {**draft.fields[f"item-{n}"], "text": anew[n]}, f"text-{n}": ""}
    said = Said() if is_nothing(text) else read_month(text, count)
    if count == 1 and not said.statement:
        return None
    return drafts.values(ctx, Said(said.answers if count > 1 else {}, said.statement)) or None


def refuse(ctx: Context, draft: Draft) -> str | None:
    """What was verified meanwhile cannot be called unfinished any more."""
    settled = (State.FULFILLED, State.ACCEPTED)
    own = {item.number: item for item in ctx.facts.commitments_of([ctx.actor.id], settled)}
    for n, one in enumerate(drafts.about(draft), 1):
        if one["number"] in own and drafts.status(draft, n) != "done":
            return f"{drafts.which(draft, n)}支部已核实兑现，不能改成未完成。请改回来，例：改{n} 已完成"
    return None

"""整改: the reviewed side tells measures and progress, puts right, and replies to the leader in writing (R-166, R-167)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot import texts
from bot.engine.forms import Complaint, Form, Reading
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _permission as permission
from bot.handlers import _rectifying as about
from bot.handlers._duty_names import short
from bot.handlers._rectify_fields import FIELDS, checked, item_of
from bot.handlers._rectifying_words import MEASURES, REPLY, kind_of
from bot.handlers._review_photos import last_review
from bot.handlers.judge_rectification import HANDLER as JUDGE
from bot.quoting import one_line
from domain.entries import Entry
from domain.rectifications import OWED, READ, UNANSWERED_AFTER, Rectification, State

NOTHING = "现在没有要您整改的事项。"
_KEEP = ("存", "先存", "存着", "存一下", "先存着", "先记下", "先不送", "不送")
_SEND = ("送", "送出", "发送", "发", "送出去", "发出")
NOT_TO_NOTE = "没有可以记为已阅的整改回复。满14天没有回话的，由所在党组织的书记来记。"
_READ_NOTED = re.compile(r"(?:整改)?\s*(?:记为|视为|领导)?(?:已阅|已送达)了?(?P<sure>\s*确认)?[。！!]?")
_READING = re.compile("(?:看|我的)?整改回复(?:待阅|清单)?|待阅(?:的整改回复)?")


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    if _READING.fullmatch(ctx.text.strip()) and about.to_read(ctx):
        return JUDGE.begin(ctx, {})
    number, said = fields.get("number"), str(fields.get("text") or "")
    noted = _READ_NOTED.fullmatch(said or ctx.text.strip())
    if noted:
        return _noted(ctx, number, bool(noted["sure"]))
    mine = about.own(ctx)
    found = about.named(mine, number) if number else mine
    open_ones = [one for one in found if one.state in OWED]
    return _begun(open_ones, said, ctx.text) if open_ones else _nothing(ctx, found, bool(number))


def _begun(found: list[Rectification], said: str, words: str) -> Reading:
    known: dict[str, Any] = {"items": [one.number for one in found]}
    one = found[0] if len(found) == 1 else None
    known |= {"item": one.number} if one else {}
    text = checked(said) if re.search(r"[^\W\d_]", said) else ""
    if isinstance(text, Complaint):
        return text
    if one and one.state is State.DONE and not text:
        return known | {"kind": REPLY, "text": one.reply}
    kind = kind_of(words)
    return known | ({"kind": kind} if kind else {}) | ({"text": text} if text else {})


def _nothing(ctx: Context, found: list[Rectification], is_named: bool) -> Reading:
    if found:
        one = found[0]
        return Complaint(
            f"{one.tail}已经回复，等{about.names_of(ctx, about.readers(ctx, one))}看，结果会告诉您。"
        )
    if not is_named and about.to_read(ctx):
        return JUDGE.begin(ctx, {})
    return Complaint("没有这个编号的整改，或者已经办完了。回复“整改”看清单。" if is_named else NOTHING)


def _noted(ctx: Context, number: object, is_sure: bool) -> Reading:
    """R-168: the 书记 notes a reply that nobody answered for fourteen days as read, which is no approval."""
    waiting = about.to_note(ctx)
    found = about.named(waiting, number) if number else waiting
    if len(found) != 1:
        return Complaint("请带上编号，例：整改 0163-1 已阅" if found else NOT_TO_NOTE)
    one = found[0]
    if not one.is_unanswered_on(ctx.today):
        day = short((one.replied_on or ctx.today) + UNANSWERED_AFTER)
        return Complaint(f"{one.tail}的回复还没有满14天，领导没有回话的，{day}起可以记为已阅。")
    if not is_sure:
        say = f"{about.in_full(one)}\n领导没有回话，记为已阅就不再提醒，不算认可，也不能撤回。\n1 记为已阅"
        return Turn(say, choices=(f"整改 {one.number} 记为已阅 确认",))
    capacity = permission.may(ctx, "rectify_for_org", one.org, "" if one.is_of_org else one.owner).capacity
    entry = about.entry(ctx, one, "closed", {"effect": READ}, capacity)
    return Turn(f"{one.tail}已记为已阅（领导没有回话，不算认可），不再提醒。", entries=(entry,))


def _is_reply(draft: Draft) -> bool:
    return draft.fields.get("kind") == REPLY


def _heading(ctx: Context, draft: Draft) -> str:
    one = item_of(ctx, draft)
    returned = f"（上次退回的原因：{one.reason}）\n" if one and one.reason else ""
    return f"{returned}整改情况回复，请看：" if _is_reply(draft) else "请核对："


def _closing(ctx: Context, draft: Draft) -> str:
    one = item_of(ctx, draft)
    if not _is_reply(draft) or one is None:
        return texts.CONFIRM_OR_AMEND
    return f"回复“送”发给{about.names_of(ctx, about.readers(ctx, one))}；以后再送请回复“存”。"


def _mend(ctx: Context, draft: Draft, words: str) -> Reading | None:
    """存 keeps what was written without sending it."""
    if not _is_reply(draft) or words.strip("。！! ") not in _KEEP:
        return None
    one = item_of(ctx, draft)
    if one is None:
        return Turn(_GONE)
    return Turn(
        f"已记下{one.tail}的整改情况，还没有送。要送请回复“整改 {one.tail}”。",
        entries=(about.entry(ctx, one, "done", _told(draft)),),
        link=_links(draft, one),
    )


_GONE = "这一项已经办完，或者不归您办了。回复“整改”看清单。"


def _refuse(ctx: Context, draft: Draft) -> str | None:
    return None if item_of(ctx, draft) else _GONE


def _told(draft: Draft) -> dict[str, Any]:
    said = {"text": draft.fields["text"], "attachments": list(draft.photos)}
    return said | ({"discussed": draft.fields["discussed"]} if draft.fields.get("discussed") else {})


def _links(draft: Draft, one: Rectification) -> tuple[tuple[str, str], ...]:
    return tuple((photo, one.number) for photo in draft.photos)


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    one = item_of(ctx, draft)
    if one is None:
        return Turn(_GONE)
    turn = _replied(ctx, draft, one) if _is_reply(draft) else _written(ctx, draft, one)
    return replace(turn, link=_links(draft, one), act=Act("rectify", ctx.now.isoformat(), (one.number,)))


def _written(ctx: Context, draft: Draft, one: Rectification) -> Turn:
    is_plan, said = draft.fields["kind"] == MEASURES, _told(draft)
    data = {**said, "measures": said["text"]} if is_plan else said
    what = "整改措施" if is_plan else "整改进展"
    return Turn(
        f"已记下{one.tail}的{what}。{short(one.due)}前整改好，回复“整改 {one.tail} 完成：……”。",
        entries=(about.entry(ctx, one, "planned" if is_plan else "progress", data),),
    )


def _replied(ctx: Context, draft: Draft, one: Rectification) -> Turn:
    said, people = _told(draft), about.readers(ctx, one)
    written = one.state is State.DONE and one.reply == said["text"] and not draft.photos
    entries: list[Entry] = [] if written else [about.entry(ctx, one, "done", said)]
    shown = replace(
        one,
        reply=said["text"],
        discussed=said.get("discussed") or one.discussed,
        attachments=(*one.attachments, *draft.photos),
    )
    text = f"{about.in_full(shown)}\n回复“认可”销号，或回复“退 原因”；有几件的请带编号，如“认可 {one.tail}”。"
    tells = about.tells(ctx, one, people, "replied", text)
    return Turn(
        _sent(ctx, one, people, bool(tells)),
        entries=(*entries, about.entry(ctx, one, "replied", {"text": said["text"]})),
        tell=tells,
    )


def _sent(ctx: Context, one: Rectification, people: Sequence[str], is_told: bool) -> str:
    if is_told:
        return f"已把整改回复送给{about.names_of(ctx, people)}（{one.tail}）。结果会告诉您。"
    kept = f"整改回复已记入台账（{one.tail}）。"
    if ctx.actor.id in people:
        return f"{kept}您就是看回复的领导，看过请回复“认可 {one.tail}”。"
    if not people:
        return f"{kept}提出整改的领导已经离任，接任的同志到任后就能看到。"
    return f"{kept}领导还没有绑定企业微信，请当面告诉他。"


def _place(ctx: Context) -> Turn | None:
    """A picture of somebody whose reply was sent back belongs to it, unless it came late for a review."""
    if last_review(ctx) is not None:
        return None
    returned = [one for one in about.owed(ctx) if one.reason]
    if len(returned) != 1:
        return None
    one = returned[0]
    known = {"items": [one.number], "item": one.number, "kind": REPLY}
    draft = Draft("rectify", started=ctx.now.isoformat(), photos=(ctx.attachment,)).having(**known)
    turn = HANDLER.go_on(ctx, draft)
    return replace(
        turn, say=f"照片收到，附到整改{one.tail}的回复里（退回的原因：{one_line(one.reason)}）。\n{turn.say}"
    )


def _take_back(ctx: Context, act: Act) -> Turn:
    return Turn(
        f"整改的记录不撤回，说错了再说一次，以后一次为准，例：整改 {act.numbers[0].split('-', 2)[2]} 进展：……",
        keep=True,
    )


class _Rectify(Form):
    """The form; who says 整改 once more begins from what he says now, with the photos he sent."""

    __slots__ = ()

    def begin(self, ctx: Context, fields: Mapping[str, Any]) -> Turn:
        """With the pictures that were sent just before."""
        turn = Form.begin(self, ctx, fields)
        fresh = timedelta(minutes=ctx.profile.number("chat.photo_idle_minutes"))
        waiting = ctx.conversation.photos
        just = tuple(one for one, at in waiting if ctx.now - datetime.fromisoformat(at) <= fresh)
        if not just or turn.draft is None or turn.draft.handler != self.name:
            return turn
        draft = replace(turn.draft, photos=just[: texts.MOST_PHOTOS])
        rest = tuple(one for one in waiting if one[0] not in draft.photos)
        return replace(
            turn, draft=draft, loose=rest, say=f"（附上刚才发的照片。）\n{self.resume(ctx, draft)}"
        )

    def again(self, ctx: Context, draft: Draft, fields: Mapping[str, Any]) -> Turn:
        turn = self.begin(ctx, fields)
        if turn.draft is None:
            # What was refused changes nothing; what was done otherwise leaves this one for 继续.
            return replace(turn, park=True) if turn.entries or turn.choices else replace(turn, draft=draft)
        if turn.draft.handler != self.name:
            return replace(turn, park=True)
        photos = (*draft.photos, *turn.draft.photos)[: texts.MOST_PHOTOS]
        return replace(turn, draft=replace(turn.draft, photos=photos))


HANDLER = _Rectify(
    name="rectify",
    title="整改",
    words=("整改", "我的整改", "整改回复待阅"),
    fields=FIELDS,
    finish=_finish,
    prepare=_prepare,
    refuse=_refuse,
    mend=_mend,
    take_back=_take_back,
    heading=_heading,
    closing=_closing,
    confirm_words=_SEND,
    takes_photos=True,
    place=_place,
)

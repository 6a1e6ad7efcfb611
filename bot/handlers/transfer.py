"""转出: the old 书记 says who goes where and when, with a 转出小结; nothing changes until it is accepted (S-15, R-231)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot import texts
from bot.engine.forms import Complaint, Field, Form, Option, Options, Reading
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _people_words as words
from bot.handlers import _permission as permission
from bot.handlers._receiving import RECEIVE
from bot.handlers._transfer_words import day, into, summary, waiting_for
from domain import transfers
from domain.effective import complaint, days_in
from domain.people import WITH_MEMBERS, Organisation, RoleKind

ABROAD = re.compile("外校|校外|外单位|外地|其[他它](?:学校|单位)|兄弟院校")
# The contract knows one handler for the three entrances 转出, 转入 and 接收.
_RECEIVES = re.compile(r"\W*(?:同意)?(?:接收|转入)")
MOST_NEAR = 9
GOES_ABROAD = "转到校外不用对方接收。请说：调走 姓名 日期，例：调走 王明 7月1日"


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    places = words.ids_of(fields.get("to"))
    if not places and _RECEIVES.match(ctx.text):
        return RECEIVE.begin(ctx, fields)
    if not places and ABROAD.search(ctx.text):
        return Complaint(GOES_ABROAD)
    known: dict[str, Any] = {"reason": _reason(ctx)}
    people = words.ids_of(fields.get("person"))
    if people:
        found = words.picked(ctx, "transfer", people)
        if not isinstance(found, Mapping):
            return found
        known |= found
    known |= {"to": places[0]} if len(places) == 1 else {"places": places} if places else {}
    known |= {"on": str(fields["on"])} if fields.get("on") else {}
    wrong = _wrong(ctx, known)
    return Complaint(wrong) if wrong else known


def _reason(ctx: Context) -> str:
    """What is said behind the date: 转出 孙丽 到教工第二党支部 7月1日 留校."""
    days = days_in(ctx.text, ctx.today)
    return words.words_of(ctx.text[days[-1].span[1] :].lstrip(" 起，,因为")) if days else ""


def _origin(ctx: Context, known: Mapping[str, Any]) -> Organisation | None:
    return permission.home_of(ctx, known["person"]) if known.get("person") else None


def _wrong(ctx: Context, known: Mapping[str, Any]) -> str:
    """What stands against it as far as it is known; a clear sentence, or empty."""
    person, on = known.get("person"), known.get("on")
    if on and complaint(date.fromisoformat(on), ctx.today):
        return complaint(date.fromisoformat(on), ctx.today)
    return (
        _wrong_place(ctx, known)
        or (_wrong_person(ctx, known) if person else "")
        or (_overlap(ctx, known) if person and on else "")
    )


def _wrong_place(ctx: Context, known: Mapping[str, Any]) -> str:
    target, origin = ctx.roster.org(known.get("to", "")), _origin(ctx, known)
    if target is None:
        return ""
    if not target.kind.endswith("党支部"):
        return f"{target.name}不是党支部，党员要转到一个党支部。请写支部的名称，例：教工第二党支部"
    return f"本来就在{target.name}，不用转。" if origin and origin.id == target.id else ""


def _wrong_person(ctx: Context, known: Mapping[str, Any]) -> str:
    open_one = ctx.facts.transfer(known["person"])
    if open_one and open_one.state == transfers.OPEN:
        return f"{open_one.name}已经在转{into(ctx, open_one)}，等{waiting_for(ctx, open_one)}接收。要改请先回复“撤回转出 {open_one.name}”。"
    origin = _origin(ctx, known)
    posts = ctx.roster.roles_of(known["person"], ctx.today)
    leads = any(
        post.role is RoleKind.SECRETARY and origin and post.org == origin.id and not post.acting
        for post in posts
    )
    return f"这位同志是{origin.name}的书记，请先办换届，再转出。" if leads and origin else ""


def _overlap(ctx: Context, known: Mapping[str, Any]) -> str:
    """R-008: one branch on one day, and nothing agreed for later is overlooked."""
    on, places = date.fromisoformat(known["on"]), ctx.roster.bonds_of(known["person"]).places
    last = max(places, key=lambda one: one.start, default=None)
    if last is None or last.start < on:
        return ""
    return f"{day(last.start)}起才在{words.org_name(ctx, last.org)}，一天只能在一个支部。请写那以后的日期。"


def _branches(ctx: Context, draft: Draft) -> Options:
    """Those which a word may mean, else the few beside the old branch."""
    origin = _origin(ctx, draft.fields)
    named = words.branch_options(ctx, draft)
    if named or origin is None or not origin.parent:
        return named
    beside = [org for org in ctx.roster.children([origin.parent]) if org.kind in WITH_MEMBERS]
    near = [Option(org.id, org.name) for org in beside if org.id != origin.id]
    return near if len(near) <= MOST_NEAR else []


def _read_to(ctx: Context, draft: Draft, text: str) -> Reading:
    if ABROAD.search(text):
        return Complaint(GOES_ABROAD)
    found = words.read_branch(ctx, text)
    if isinstance(found, Mapping):
        wrong = _wrong(ctx, {**draft.fields, **found})
        return Complaint(wrong) if wrong else found
    return found


def _read_on(ctx: Context, draft: Draft, text: str) -> Reading:
    found = words.read_day(ctx, text)
    if isinstance(found, Complaint):
        return found
    wrong = _wrong(ctx, {**draft.fields, "on": found.isoformat()})
    return Complaint(wrong) if wrong else {"on": found.isoformat()}


def _ask_note(ctx: Context, draft: Draft) -> str:
    return (
        f"{summary(ctx, words.person_of(ctx, draft), _day(draft))}\n{_what(ctx, draft)}\n"
        "转出小结？回复一句，就发给对方书记确认接收。没有可写的回复“跳过”。"
    )


def _what(ctx: Context, draft: Draft) -> str:
    target, origin = ctx.roster.org(draft.fields["to"]), _origin(ctx, draft.fields)
    above = words.org_name(ctx, target.parent or "") if target else ""
    elsewhere = f"（{above}）" if target and origin and target.parent != origin.parent else ""
    reason = f"，{draft.fields['reason']}" if draft.fields.get("reason") else ""
    name = target.name if target else ""
    return f"{day(_day(draft))}起由{origin.name if origin else ''}转到{name}{elsewhere}{reason}。对方接收前一切照旧。"


def _day(draft: Draft) -> date:
    return date.fromisoformat(draft.fields["on"])


def _read_note(ctx: Context, draft: Draft, text: str) -> Reading:
    """The note is the last word: the summary above it was the read-back, and only acceptance changes anything."""
    whole = draft.having(note=words.words_of(text))
    wrong = _refuse(ctx, whole)
    return Complaint(wrong) if wrong else _finish(ctx, whole, "")


def _refuse(ctx: Context, draft: Draft) -> str | None:
    """Asked again right before writing: office, membership and other transfers may have changed."""
    found = words.picked(ctx, "transfer", [draft.fields["person"]])
    return found.sentence if isinstance(found, Complaint) else _wrong(ctx, draft.fields) or None


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    person, origin = words.person_of(ctx, draft), _origin(ctx, draft.fields)
    target, verdict = ctx.roster.org(draft.fields["to"]), permission.on(ctx, "transfer", person)
    if origin is None or target is None or verdict is None:
        raise LookupError(person.id)
    note, reason = draft.fields.get("note", ""), draft.fields.get("reason", "")
    entry = transfers.proposed(person, origin, target, _day(draft), reason, note, verdict.capacity)
    receivers = words.chiefs(ctx, target.id)
    about = (
        f"{person.name}{day(_day(draft))}起由{origin.name}转到{target.name}{f'，{reason}' if reason else ''}"
    )
    said = f"转出小结：{note}\n" if note else ""
    ask = f"{about}，请您确认。\n{summary(ctx, person, _day(draft))}\n{said}同意请回复“接收 {person.name}”，不同意请回复“不接收 {person.name} 原因”。"
    others = [*words.chiefs(ctx, origin.id), person.id]
    news = f"{about}，等{words.names(ctx, receivers)}接收。接收以前一切照旧。"
    key = f"transfer|{person.id}|{draft.fields['on']}"
    undo = ctx.profile.number("chat.undo_minutes")
    return Turn(
        f"已发{words.names(ctx, receivers)}确认接收。接收以前，{person.name}的一切仍在{origin.name}。\n"
        f"{undo}分钟内可回复“撤回”，以后可回复“撤回转出 {person.name}”。",
        entries=(entry,),
        tell=(
            *words.tells(ctx, f"{key}|ask", receivers, ask),
            *words.tells(ctx, f"{key}|news", [id for id in others if id not in receivers], news),
        ),
        act=Act("transfer", ctx.now.isoformat(), (), {"person": person.id}),
    )


def _take_back(ctx: Context, act: Act) -> Turn:
    if not act.is_within(ctx.now, ctx.profile.number("chat.undo_minutes")):
        return Turn(texts.TOO_LATE_TO_UNDO, keep=True)
    person, open_one = ctx.roster.person(act.note["person"]), ctx.facts.transfer(act.note["person"])
    origin = ctx.roster.org(open_one.origin) if open_one else None
    if person is None or open_one is None or origin is None or open_one.state != transfers.OPEN:
        return Turn(texts.NOTHING_TO_UNDO, keep=True)
    verdict = permission.may(ctx, "transfer", origin.id, person.id)
    if not verdict.allowed:
        return Turn(texts.NOTHING_TO_UNDO, keep=True)
    entry = transfers.answered(person, transfers.CANCELLED, origin, verdict.capacity)
    told = [*words.chiefs(ctx, open_one.target), person.id]
    news = f"{person.name}转{into(ctx, open_one)}的申请已撤回，一切照旧。"
    return Turn(
        f"已撤回，{person.name}仍在{origin.name}。",
        keep=True,
        entries=(entry,),
        tell=words.tells(ctx, f"transfer|{person.id}|back", told, news),
    )


HANDLER = Form(
    name="transfer",
    title="转出党员",
    words=("转出", "转接"),
    fields=(
        words.person_field("transfer", "要转出哪一位？请写姓名或编号。"),
        Field(
            "to",
            "转到",
            lambda ctx, draft: (
                "是哪个支部？" if draft.fields.get("places") else "转到哪个支部？回复数字，或写支部名称："
            ),
            read=_read_to,
            options=_branches,
            show=lambda ctx, draft: words.org_name(ctx, draft.fields["to"]),
        ),
        Field(
            "on",
            "从哪天起",
            lambda ctx, draft: "从哪天起？回复数字，或写日期：",
            read=_read_on,
            options=words.today_option,
            show=lambda ctx, draft: day(_day(draft)),
            example="7月1日",
        ),
        Field(
            "note",
            "转出小结",
            _ask_note,
            read=_read_note,
            show=lambda ctx, draft: draft.fields.get("note", ""),
            skip="",
        ),
    ),
    finish=_finish,
    allowed=lambda ctx: permission.nobody_may(ctx, "transfer"),
    prepare=_prepare,
    refuse=_refuse,
    take_back=_take_back,
    closing=lambda ctx, draft: "没有错请回复“确认”，就发给对方书记接收。",
)

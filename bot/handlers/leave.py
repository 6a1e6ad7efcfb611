"""请假 and 销假: a member is away from–to; what falls due meanwhile is waived, the day after all is as before (R-016)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot import texts
from bot.engine.forms import Complaint, Field, Form, Reading
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _people_words as words
from bot.handlers import _permission as permission
from bot.handlers._duty_names import period_name, short
from domain import coverage, leaves, monthly, periods, waiving
from domain.dates import show
from domain.effective import complaint
from domain.entries import Entry
from domain.leaves import Leave
from domain.people import Organisation, Person

LONGEST = timedelta(days=366)
ONE_DAY = timedelta(days=1)
_WHAT = {monthly.DUTY: "写实", coverage.MEMBERS: "点评"}


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    people = words.ids_of(fields.get("person"))
    known: dict[str, Any] = {key: fields[key] for key in ("from", "to") if fields.get(key)}
    if fields.get("to") and not fields.get("from"):
        known["from"] = ctx.today.isoformat()
    reason = words.words_of(str(fields.get("reason") or ""))
    known |= {"reason": reason} if reason else {}
    oneself = not people or people == [ctx.actor.id]
    if oneself and (people or permission.nobody_may(ctx, "leave")):
        return _wish(ctx, known)
    if people:
        found = words.picked(ctx, "leave", people)
        if not isinstance(found, Mapping):
            return found
        known |= found
    wrong = _wrong(ctx, known)
    return Complaint(wrong) if wrong else known


def _wish(ctx: Context, known: Mapping[str, Any]) -> Turn:
    """A member cannot enter his own leave; whoever may is given the words that do it."""
    verdict = permission.on(ctx, "leave", ctx.actor)
    heads = [one.person for one in verdict.instead[:1]] if verdict else ()
    if not heads or not {"from", "to"} <= set(known):
        return Turn("请假由书记登记。请把起止日期和原因一起说，我转告书记，例：请假 12月1日到12月20日 住院")
    days = f"{_d(known['from'])}到{_d(known['to'])}"
    reason = f"，{known['reason']}" if known.get("reason") else ""
    text = (
        f"{ctx.actor.name}同志想请假：{days}{reason}。\n"
        f"同意请回复：请假 {ctx.actor.name} {days} {known.get('reason', '')}"
    )
    return Turn(
        f"已转告{words.names(ctx, heads)}，登记好了会告诉您。",
        tell=words.tells(ctx, "leave|wish", heads, text.strip()),
    )


def _d(day: str) -> str:
    return show(date.fromisoformat(day))


def _wrong(ctx: Context, known: Mapping[str, Any]) -> str:
    """Days that cannot be: too far, in the wrong order, or away twice at once."""
    days = [date.fromisoformat(known[key]) for key in ("from", "to") if known.get(key)]
    wrong = next((said for day in days if (said := complaint(day, ctx.today))), "")
    if wrong or len(days) < 2:
        return wrong
    first, last = days
    if last < first or last - first > LONGEST:
        return f"{show(first)}到{show(last)}不对：请先写开始、再写结束的日期，最长一年。"
    if last < ctx.today:
        return f"{show(last)}已经过去了。要免哪个月的写实请说“免 姓名 原因”。"
    if not known.get("person"):
        return ""
    found = ctx.facts.leaves([known["person"]], first, last)
    return f"这位同志{_span(found[0])}已经请假。要改请先说“销假”。" if found else ""


def _span(one: Leave) -> str:
    return f"{short(one.start)}到{short(one.end)}"


def _leave(ctx: Context, draft: Draft) -> tuple[Person, Organisation, Leave]:
    person, fields = words.person_of(ctx, draft), draft.fields
    home = permission.home_of(ctx, person.id)
    if home is None:
        raise LookupError(person.id)
    first, last = date.fromisoformat(fields["from"]), date.fromisoformat(fields["to"])
    return person, home, Leave(person.id, first, last, fields["reason"], home.id)


def _named(ctx: Context, duties: Sequence[tuple[str, str]]) -> str:
    """10月写实、四季度点评."""
    found = ((duty, periods.parse_code(label)) for duty, label in duties)
    return "、".join(f"{period_name(period, ctx.today)}{_WHAT[duty]}" for duty, period in found if period)


def _heading(ctx: Context, draft: Draft) -> str:
    _, _, one = _leave(ctx, draft)
    free = _named(ctx, list(leaves.exempted(one.start, one.end, ctx.profile)))
    waived = f"免：{free}（要做的日子在请假期间）。" if free else "期间没有到期的任务。"
    return f"请核对。{waived}请假期间不催，{show(one.end + ONE_DAY)}起照常。"


def _refuse(ctx: Context, draft: Draft) -> str | None:
    found = words.picked(ctx, "leave", [draft.fields["person"]])
    return found.sentence if isinstance(found, Complaint) else _wrong(ctx, draft.fields) or None


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    person, home, one = _leave(ctx, draft)
    verdict = permission.on(ctx, "leave", person)
    capacity = verdict.capacity if verdict else ""
    fresh = [
        (duty, period)
        for duty, period in leaves.exempted(one.start, one.end, ctx.profile)
        if not ctx.facts.waivers(duty, period, [person.id])
    ]
    reason = f"请假：{one.reason}"
    entries = [leaves.granted(person, home, one, capacity)]
    entries += [waiving.waived(person, home, duty, period, reason, capacity) for duty, period in fresh]
    free = f"，免{_named(ctx, fresh)}" if fresh else ""
    news = f"{person.name}同志{_span(one)}请假（{one.reason}）{free}，由{ctx.actor.name}同志登记。{short(one.end + ONE_DAY)}起照常。"
    note = {"person": person.id, "from": one.start.isoformat(), "waived": [list(each) for each in fresh]}
    return Turn(
        f"已登记：{person.name}{_span(one)}请假{free}。{short(one.end + ONE_DAY)}起照常，提前回来请说“销假 {person.name}”。\n"
        f"{ctx.profile.number('chat.undo_minutes')}分钟内可回复“撤回”。",
        entries=tuple(entries),
        tell=words.tells(ctx, "leave", [person.id, *words.chiefs(ctx, home.id)], news, home.id),
        act=Act("leave", ctx.now.isoformat(), (), note),
    )


def _restored(
    ctx: Context, person: Person, home: Organisation, duties: Sequence[tuple[str, str]], capacity: str
) -> list[Entry]:
    """What the leave had waived stands again."""
    open_ones = [one for one in duties if ctx.facts.waivers(one[0], one[1], [person.id])]
    return [waiving.restored(person, home, duty, period, capacity) for duty, period in open_ones]


def _take_back(ctx: Context, act: Act) -> Turn:
    if not act.is_within(ctx.now, ctx.profile.number("chat.undo_minutes")):
        return Turn(texts.TOO_LATE_TO_UNDO, keep=True)
    person, first = ctx.roster.person(act.note["person"]), date.fromisoformat(act.note["from"])
    home = permission.home_of(ctx, person.id) if person else None
    found = ctx.facts.leaves([act.note["person"]], first, first)
    verdict = permission.on(ctx, "leave", person) if person else None
    if person is None or home is None or not found or verdict is None or not verdict.allowed:
        return Turn(texts.NOTHING_TO_UNDO, keep=True)
    waived = [(duty, period) for duty, period in act.note["waived"]]
    restored = _restored(ctx, person, home, waived, verdict.capacity)
    entries = (leaves.cancelled(person, home, found[0], verdict.capacity), *restored)
    news = f"{person.name}同志{_span(found[0])}的请假已撤回，任务照常。"
    tell = words.tells(ctx, "leave|undone", [person.id, *words.chiefs(ctx, home.id)], news, home.id)
    return Turn(f"已撤回，{person.name}没有请假，任务照常。", keep=True, entries=entries, tell=tell)


def _away(ctx: Context, person: str) -> Leave | None:
    """The leave that lasts today or is still to come."""
    return next(iter(ctx.facts.leaves([person], ctx.today, ctx.today + LONGEST)), None)


def _prepare_back(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    people = words.ids_of(fields.get("person"))
    found = words.picked(ctx, "leave", people) if people else {}
    if not isinstance(found, Mapping):
        return found
    gone = [id for id in found.get("people", ()) if _away(ctx, id)]
    if people and not gone:
        return Complaint("这位同志现在没有请假。")
    return found


def _finish_back(ctx: Context, draft: Draft, wish: str) -> Turn:
    person = words.person_of(ctx, draft)
    one, home, verdict = (
        _away(ctx, person.id),
        permission.home_of(ctx, person.id),
        permission.on(ctx, "leave", person),
    )
    if one is None or home is None or verdict is None:
        return Turn(f"{person.name}现在没有请假。")
    ended = leaves.exempted(max(ctx.today, one.start), one.end, ctx.profile)
    restored = _restored(ctx, person, home, list(ended), verdict.capacity)
    short_one = replace(one, end=ctx.today - ONE_DAY)
    make = leaves.shortened if one.start < ctx.today else leaves.cancelled
    news = f"{person.name}同志已销假，今天起照常。"
    return Turn(
        f"已销假，{person.name}今天起照常。",
        entries=(make(person, home, short_one, verdict.capacity), *restored),
        tell=words.tells(ctx, "leave|back", [person.id, *words.chiefs(ctx, home.id)], news, home.id),
    )


def _refuse_back(ctx: Context, draft: Draft) -> str | None:
    found = words.picked(ctx, "leave", [draft.fields["person"]])
    return found.sentence if isinstance(found, Complaint) else None


HANDLERS = (
    Form(
        name="leave",
        title="登记请假",
        words=("请假",),
        fields=(
            words.person_field("leave", "谁请假？请写姓名或编号。"),
            words.judged(words.day_field("from", "开始", "从哪天开始？回复数字，或写日期："), _wrong),
            words.judged(
                words.day_field("to", "结束", "到哪天为止？请写日期，例：12月20日", "12月20日", False), _wrong
            ),
            Field(
                "reason",
                "原因",
                lambda ctx, draft: "什么原因？一两个字就行，例：住院",
                read=lambda ctx, draft, text: {"reason": words.words_of(text)},
                show=lambda ctx, draft: draft.fields["reason"],
                example="住院",
            ),
        ),
        finish=_finish,
        prepare=_prepare,
        refuse=_refuse,
        take_back=_take_back,
        heading=_heading,
    ),
    Form(
        name="back_from_leave",
        title="销假",
        words=("销假",),
        fields=(words.person_field("leave", "谁回来了？请写姓名或编号。"),),
        finish=_finish_back,
        allowed=lambda ctx: permission.nobody_may(ctx, "leave"),
        prepare=_prepare_back,
        refuse=_refuse_back,
        heading=lambda ctx, draft: "请核对。销假后今天起任务照常：",
    ),
)

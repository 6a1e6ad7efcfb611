"""免: a member need not fulfil a duty for one period, with the reason; taken back within ten minutes (R-222, S-12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot import texts
from bot.engine.forms import Complaint, Field, Form, Option, Reading
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _permission as permission
from bot.handlers import _standing, _unit
from bot.handlers._duty_names import VERB, period_name
from bot.handlers._standing_words import why_not_owed
from domain import periods, waiving
from domain.asked import Question, question
from domain.finding import found
from domain.intake import bare_number
from domain.people import Organisation, Person
from domain.scope import within
from domain.standing import OF_MEMBERS, PROMISE, REPORT, REVIEW, Standing
from domain.verdict import Verdict

NOT_YOURS = "免填由支部书记来定，请您跟书记说一声。"
WHO = "要免谁？请写姓名和原因，例：免 许峰 住院"
NOT_TO_WAIVE = "免只用于党员的写实、点评和年度承诺。组织的事有难处，请直接跟上级说一声。"
NOT_HERE = "这位同志现在不归您的支部，不能免填。"
_VERB = {REPORT: "免填", REVIEW: "免点评", PROMISE: "免作承诺"}
_LONGEST = 100


def _allowed(ctx: Context) -> str | None:
    return None if permission.might(ctx, "waive") else NOT_YOURS


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    named = fields.get("person") or fields.get("line")
    people = _people(ctx, named)
    if not people:
        return Complaint(_not_oneself(ctx, named) or _nobody(ctx, fields))
    asked = _question(ctx, bare_number(str(fields.get("line") or "")))
    known: dict[str, Any] = {"duty": asked.duty, "period": asked.period.label}
    known |= {"people": [person.id for person, _ in people]}
    reason = _reason(str(fields.get("reason") or ""))
    return (
        known
        | ({"person": people[0][0].id} if len(people) == 1 else {})
        | ({"reason": reason} if reason else {})
    )


def _not_oneself(ctx: Context, named: Any) -> str:
    """Nobody spares himself; empty unless that is meant."""
    home = ctx.roster.branch_of(ctx.actor.id, ctx.today)
    if _ids(ctx, named) != [ctx.actor.id] or home is None:
        return ""
    return f"自己的免填由上级书记来定。{permission.whom_to_ask(ctx, _verdict(ctx, ctx.actor, home))}"


def _nobody(ctx: Context, fields: Mapping[str, Any]) -> str:
    """Why there is nobody to waive: outside one's scope, no such line, gone since the list, or nobody named."""
    if fields.get("person"):
        return _unit.outside(ctx, permission.reach(ctx, "waive"))
    n = bare_number(str(fields.get("line") or ""))
    if n is None or not _standing.remembered(ctx).get("people"):
        return WHO
    line = _standing.line(ctx, n)
    if line is None:
        return texts.NO_SUCH_NUMBER
    return NOT_HERE if ctx.roster.person(line[2]) else NOT_TO_WAIVE


def _people(ctx: Context, named: Any) -> list[tuple[Person, Organisation]]:
    """Those whom the speaker may spare among the named ones."""
    found = within(ctx.roster, permission.reach(ctx, "waive"), _ids(ctx, named), ctx.today)
    return [one for one in found if _verdict(ctx, *one).allowed]


def _ids(ctx: Context, named: Any) -> list[str]:
    """Who is named; a number means a line of the last list."""
    n = bare_number(str(named or ""))
    if n is not None:
        line = _standing.line(ctx, n)
        named = [line[2]] if line else []
    return list(named) if isinstance(named, list | tuple) else [named] if named else []


def _verdict(ctx: Context, person: Person, org: Organisation) -> Verdict:
    return permission.may(ctx, "waive", org.id, person.id)


def _question(ctx: Context, n: int | None) -> Question:
    """The duty and window of a line or of the last list, else this month's 写实."""
    kept, line = _standing.remembered(ctx), _standing.line(ctx, n) if n else None
    duty, label = line[:2] if line else (kept.get("duty", REPORT), kept.get("period", ""))
    asked = question(ctx, duty if duty in OF_MEMBERS else REPORT, periods.parse_code(label), ())
    is_one = len(asked.windows) == 1 and duty in OF_MEMBERS
    return asked if is_one else question(ctx, REPORT, None, ())


def _reason(words: str) -> str:
    return words.strip(" ，。,.：:；;").removeprefix("因为").removeprefix("原因")[:_LONGEST].strip(" ：:，,")


def _options(ctx: Context, draft: Draft) -> Sequence[Option]:
    people = _people(ctx, draft.fields["people"])
    return [Option(one.id, f"{one.name}（{org.name}，{one.post}）") for one, org in people]


def _read_reason(ctx: Context, draft: Draft, text: str) -> Reading:
    reason = _reason(text)
    return {"reason": reason} if reason else Complaint("请写一句原因，例：住院")


def _named(ctx: Context, draft: Draft) -> tuple[Person, Organisation]:
    person, org = (
        ctx.roster.person(draft.fields["person"]),
        ctx.roster.branch_of(draft.fields["person"], ctx.today),
    )
    if person is None or org is None:
        raise LookupError(draft.fields["person"])
    return person, org


def _what(ctx: Context, duty: str, period: str) -> str:
    window = periods.parse_code(period)
    return f"{period_name(window, ctx.today) if window else period}{_VERB[duty]}"


def _show(ctx: Context, draft: Draft) -> str:
    person, org = _named(ctx, draft)
    where = f"（{org.name}）" if len(draft.fields["people"]) > 1 else ""
    return f"{person.name}{where}，{_what(ctx, draft.fields['duty'], draft.fields['period'])}"


def _standing_of(ctx: Context, draft: Draft) -> Standing:
    _, org = _named(ctx, draft)
    window = periods.parse_code(draft.fields["period"])
    return found(ctx, question(ctx, draft.fields["duty"], window, [org.id]))[0][1]


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    person, org = _named(ctx, draft)
    duty, period, reason = (draft.fields[name] for name in ("duty", "period", "reason"))
    before, what = _standing_of(ctx, draft), _what(ctx, duty, period)
    needless = why_not_owed(person.id, before)
    if needless:
        return Turn(f"{person.name}{needless}，不必再免。")
    capacity = _verdict(ctx, person, org).capacity
    return Turn(
        f"{person.name}{what}，原因：{reason}。应{VERB[duty]}改为{before.owed - 1}。\n"
        f"{ctx.profile.number('chat.undo_minutes')}分钟内可回复“撤回”。",
        entries=(waiving.waived(person, org, duty, period, reason, capacity),),
        act=Act("waive", ctx.now.isoformat(), (), {"person": person.id, "duty": duty, "period": period}),
    )


def _refuse(ctx: Context, draft: Draft) -> str | None:
    """Asked again right before writing: office and membership may have changed since the question."""
    return None if _people(ctx, [draft.fields["person"]]) else f"{NOT_HERE}回复“取消”结束。"


def _take_back(ctx: Context, act: Act) -> Turn:
    if not act.is_within(ctx.now, ctx.profile.number("chat.undo_minutes")):
        return Turn(texts.TOO_LATE_TO_UNDO, keep=True)
    duty, period = act.note["duty"], act.note["period"]
    people = _people(ctx, [act.note["person"]])
    if not people or not ctx.facts.waivers(duty, period, [act.note["person"]]):
        return Turn(texts.NOTHING_TO_UNDO, keep=True)
    person, org = people[0]
    capacity = _verdict(ctx, person, org).capacity
    say = f"已撤回。{person.name}{_what(ctx, duty, period).replace('免', '仍要')}。"
    return Turn(say, keep=True, entries=(waiving.restored(person, org, duty, period, capacity),))


HANDLER = Form(
    name="waive",
    title="免填",
    words=("免", "免填"),
    fields=(
        Field("person", "免谁", lambda ctx, draft: "免哪一位？", options=_options, show=_show),
        Field(
            "reason",
            "原因",
            lambda ctx, draft: f"{_show(ctx, draft)}，原因是什么？例：住院",
            read=_read_reason,
            show=lambda ctx, draft: draft.fields.get("reason", ""),
            example="住院",
        ),
    ),
    finish=_finish,
    allowed=_allowed,
    prepare=_prepare,
    refuse=_refuse,
    take_back=_take_back,
    at_once=lambda ctx, draft: len(draft.fields["people"]) == 1,
)

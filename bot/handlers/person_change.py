"""转正, 毕业, 调走, 去世, 除名, 退休, 年老体弱 …: what becomes of a member, by the table of `domain.lifecycle` (R-016, R-356)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.engine.forms import Complaint, Field, Form, Option, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _people_words as words
from bot.handlers import _permission as permission
from bot.handlers._turning import taken_back, turned
from domain import authority, lifecycle
from domain.commitments import LIVE
from domain.dates import show
from domain.effective import complaint
from domain.lifecycle import EVENTS, Event
from domain.people import Role, RoleKind

TOO_EARLY = "还没有到这一天。请到那天再登记，或写今天和今天以前的日期。"


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    what = lifecycle.event(str(fields.get("event") or ""))
    known: dict[str, Any] = {"event": what.word} if what else {}
    people = words.ids_of(fields.get("person"))
    if people and what:
        found = words.picked(ctx, what.act, people)
        if not isinstance(found, Mapping):
            return found
        known |= found
    known |= {"on": fields["on"]} if fields.get("on") else {}
    wrong = _wrong(ctx, known)
    return Complaint(wrong) if wrong else known


def _wrong(ctx: Context, known: Mapping[str, Any]) -> str:
    """A day that cannot be, or a change that would change nothing."""
    day = date.fromisoformat(known["on"]) if known.get("on") else ctx.today
    person, what = ctx.roster.person(known.get("person", "")), lifecycle.event(known.get("event", ""))
    if complaint(day, ctx.today) or day > ctx.today:
        return complaint(day, ctx.today) or TOO_EARLY
    if person is None or what is None:
        return ""
    last = max((one.start for one in ctx.roster.bonds_of(person.id).places), default=day)
    early = f"{person.name}的组织关系从{show(last)}才开始，请写那以后的日期。" if day < last else ""
    return lifecycle.needless(person, what) or early


def _event(draft: Draft) -> Event:
    found = lifecycle.event(draft.fields["event"])
    if found is None:
        raise LookupError(draft.fields["event"])
    return found


def _day(ctx: Context, draft: Draft) -> date:
    return date.fromisoformat(draft.fields.get("on") or ctx.today.isoformat())


def _read_day(ctx: Context, draft: Draft, text: str) -> Reading:
    day = words.read_day(ctx, text)
    if isinstance(day, Complaint):
        return day
    wrong = _wrong(ctx, {**draft.fields, "on": day.isoformat()})
    return Complaint(wrong) if wrong else {"on": day.isoformat()}


def _has_day(ctx: Context, draft: Draft) -> bool:
    return _event(draft).kind == "leaves"


def _read_person(ctx: Context, draft: Draft, text: str) -> Reading:
    found = words.read_person(ctx, _event(draft).act, text)
    wrong = _wrong(ctx, {**draft.fields, **found}) if isinstance(found, Mapping) else ""
    return Complaint(wrong) if wrong else found


def _ending(ctx: Context, draft: Draft) -> list[str]:
    """What ends with somebody who leaves: named before it is confirmed (R-016)."""
    person, day = words.person_of(ctx, draft), _day(ctx, draft)
    home = permission.home_of(ctx, person.id)
    roles = [role for role in ctx.roster.bonds_of(person.id).posts if role.end is None or role.end >= day]
    running = len(ctx.facts.commitments_of([person.id], LIVE))
    lines = [f"从{show(day)}起不再是{home.name}的人。" if home else ""]
    lines += [f"同时结束：{_post(ctx, role)}。" for role in roles]
    lines += [f"在办承诺{running}件不再要求完成。" if running else ""]
    return [*filter(None, lines), "以后不再有写实、点评等任务；以前的记录全部保留。"]


def _post(ctx: Context, role: Role) -> str:
    vacant = "（书记暂缺，由上一级书记代管，请尽快办换届）" if role.role is RoleKind.SECRETARY else ""
    return f"{words.org_name(ctx, role.org)}{role.title or '职务'}{vacant}"


def _heading(ctx: Context, draft: Draft) -> str:
    ends = _ending(ctx, draft) if _has_day(ctx, draft) else []
    return "\n".join(["请核对：", *ends])


def _refuse(ctx: Context, draft: Draft) -> str | None:
    """Asked again right before writing."""
    found = words.picked(ctx, _event(draft).act, [draft.fields["person"]])
    return found.sentence if isinstance(found, Complaint) else _wrong(ctx, draft.fields) or None


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    person, what, day = words.person_of(ctx, draft), _event(draft), _day(ctx, draft)
    home = permission.home_of(ctx, person.id)
    if home is None:
        raise LookupError(person.id)
    change = lifecycle.happened(person, ctx.roster.bonds_of(person.id), what, day)
    said = f"{person.name}同志{what.word}" + (f"，从{show(day)}起" if _has_day(ctx, draft) else "")
    told = [*words.chiefs(ctx, home.id)]
    if any(role.role is RoleKind.SECRETARY for role in change.posts.ended):
        told += authority.heads_above(ctx.roster, home.id, ctx.today)
    news = f"{said}（{home.name}），由{ctx.actor.name}同志登记。以前的记录都在。"
    mine = (
        ()
        if what.silent
        else words.tells(ctx, "changed", [person.id], f"{news}如有不对，请告诉书记。", home.id)
    )
    others = words.tells(ctx, "changed", [id for id in told if id != person.id], news)
    return turned(
        ctx, "person_change", [change], f"已登记：{said}。", (*mine, *others), (what.act, home.id, person.id)
    )


def _events(ctx: Context, draft: Draft) -> Sequence[Option]:
    return [Option(one.word, one.word, one.others) for one in EVENTS]


HANDLER = Form(
    name="person_change",
    title="登记人员变动",
    words=("登记变动", *(one.word for one in EVENTS)),
    fields=(
        Field(
            "event",
            "变动",
            lambda ctx, draft: "是什么变动？",
            options=_events,
            show=lambda ctx, draft: draft.fields.get("event", ""),
        ),
        Field(
            "person",
            "姓名",
            lambda ctx, draft: "是哪一位？" if draft.fields.get("people") else "哪一位？请写姓名或编号。",
            read=_read_person,
            options=words.people_options,
            show=lambda ctx, draft: words.shown(ctx, words.person_of(ctx, draft)),
        ),
        Field(
            "on",
            "从哪天起",
            lambda ctx, draft: "从哪天起？回复数字，或写日期：",
            read=_read_day,
            needed=_has_day,
            options=words.today_option,
            show=lambda ctx, draft: show(_day(ctx, draft)) if _has_day(ctx, draft) else "",
            example="11月3日",
        ),
    ),
    finish=_finish,
    allowed=lambda ctx: permission.nobody_may(ctx, "change"),
    prepare=_prepare,
    refuse=_refuse,
    take_back=taken_back,
    heading=_heading,
)

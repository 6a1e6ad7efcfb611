"""委托 and 取消委托: a 副书记 acts for his 书记, or somebody named from above for an empty chair, by date (R-041, O-05)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.engine.forms import Complaint, Field, Form, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _office_words as office
from bot.handlers import _people_words as words
from bot.handlers import _permission as permission
from bot.handlers._duty_names import short
from bot.handlers._turning import taken_back, turned
from domain import authority, offices
from domain.dates import show
from domain.effective import complaint
from domain.people import Role, RoleKind
from domain.verdict import Verdict

DAYS = offices.LONGEST_ACTING.days


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    people = office.nearest(ctx, words.ids_of(fields.get("person")))
    places = words.ids_of(fields.get("org"))
    known: dict[str, Any] = {"people": people, "places": places}
    known |= {key: fields[key] for key in ("from", "to") if fields.get(key)}
    known |= {"person": people[0]} if len(people) == 1 else {}
    roles = ctx.roster.roles_of(ctx.actor.id, ctx.today)
    own = list(dict.fromkeys(role.org for role in roles if role.role is RoleKind.SECRETARY))
    meant = places if places else own
    known |= {"org": meant[0]} if len(meant) == 1 else {"places": meant}
    if known.get("to") and not known.get("from"):
        known["from"] = ctx.today.isoformat()
    wrong = _wrong(ctx, known)
    return Complaint(wrong) if wrong else known


def _chairs(ctx: Context) -> list[Role]:
    """The chairs that are the speaker's own, not lent to him."""
    roles = ctx.roster.roles_of(ctx.actor.id, ctx.today)
    return [role for role in roles if role.role is RoleKind.SECRETARY and not role.acting]


def _verdict(ctx: Context, org: str) -> Verdict:
    return permission.may(ctx, _act(ctx, org), org)


def _act(ctx: Context, org: str) -> str:
    """The 书记 himself lends his chair; otherwise whoever sits above names somebody."""
    return "delegate" if permission.may(ctx, "delegate", org).allowed else "act"


def _lends(ctx: Context, org: str) -> bool:
    return any(role.org == org for role in _chairs(ctx))


def _wrong(ctx: Context, known: Mapping[str, Any]) -> str:
    """What stands against it as far as it is known."""
    org, person = ctx.roster.org(known.get("org", "")), ctx.roster.person(known.get("person", ""))
    if org is not None and not _verdict(ctx, org.id).allowed:
        return permission.refused(ctx, _verdict(ctx, org.id))
    days = [date.fromisoformat(known[key]) for key in ("from", "to") if known.get(key)]
    wrong = next((said for day in days if (said := complaint(day, ctx.today))), "") or _span(days)
    return wrong or (_not_he(ctx, org.id, known, days) if org and person else "")


def _span(days: list[date]) -> str:
    if len(days) < 2:
        return ""
    first, last = days
    if last < first:
        return f"{show(first)}到{show(last)}不对：请先写开始、再写结束的日期。"
    longest = last - first + timedelta(days=1) > offices.LONGEST_ACTING
    return (
        f"一次最多{DAYS}天，请写{show(first + offices.LONGEST_ACTING - timedelta(days=1))}以前的日期。"
        if longest
        else ""
    )


def _not_he(ctx: Context, org: str, known: Mapping[str, Any], days: list[date]) -> str:
    """Only a 副书记 may act for a 书记; for an empty chair a member of the unit; never two at a time."""
    person = ctx.roster.person(known["person"])
    first = days[0] if days else ctx.today
    if person is None or office.no_member(ctx, person, first):
        return office.no_member(ctx, person, first) if person else ""
    if any(role.person == person.id for role in offices.chairs(ctx.roster, org, first)):
        return f"{person.name}就是{words.org_name(ctx, org)}的书记，不用委托。"
    if _lends(ctx, org) and not _is_deputy(ctx, org, person.id, first):
        return _only_deputies(ctx, org, first)
    busy = offices.acting(ctx.roster, org, first, days[-1] if days else first)
    names = words.names(ctx, [role.person for role in busy])
    return f"这段时间已经由{names}代，一次只能一位。要换请先说“取消委托”。" if busy else ""


def _is_deputy(ctx: Context, org: str, person: str, day: date) -> bool:
    return any(role.person == person for role in ctx.roster.holders(RoleKind.DEPUTY, [org], day))


def _only_deputies(ctx: Context, org: str, day: date) -> str:
    """Whom he may name, or how somebody becomes 副书记."""
    deputies = [role.person for role in ctx.roster.holders(RoleKind.DEPUTY, [org], day)]
    if deputies:
        return f"书记只能委托副书记。您可以委托{words.names(ctx, deputies)}。"
    above = authority.heads_above(ctx.roster, org, ctx.today)
    ask = words.names(ctx, above)
    return f"书记只能委托副书记，{words.org_name(ctx, org)}现在没有副书记。请{ask}任命副书记，或指定代书记。"


def _heading(ctx: Context, draft: Draft) -> str:
    org = office.org_of(ctx, draft)
    whose = f"代{ctx.actor.name}" if _lends(ctx, org.id) else "任代书记"
    return (
        f"请核对：{words.person_of(ctx, draft).name}同志在这段时间{whose}，可以点评、签字，都写明“代”。"
        "到期自动停止，不能再转托别人。"
    )


def _refuse(ctx: Context, draft: Draft) -> str | None:
    return _wrong(ctx, draft.fields) or None


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    org, person = office.org_of(ctx, draft), words.person_of(ctx, draft)
    first, last = (date.fromisoformat(draft.fields[key]) for key in ("from", "to"))
    change = offices.lent(ctx.roster, person, org.id, first, last)
    span = f"{show(first)}到{show(last)}"
    lends = _lends(ctx, org.id)
    said = f"{person.name}同志{span}{f'代{ctx.actor.name}同志' if lends else '任代书记'}（{org.name}）。"
    holders = [role.person for role in offices.chairs(ctx.roster, org.id, first)]
    how = f"{said}点评、签字都写明“代”，到期自动停止。要办的事请回复“我的”。"
    tell = (
        *words.tells(ctx, "acting", [person.id], how, org.id),
        *office.told(ctx, "acting", org.id, [id for id in holders if id != person.id], said),
    )
    return turned(ctx, "delegate", [change], f"已登记：{said}", tell, (_act(ctx, org.id), org.id, ""))


def _lent(ctx: Context) -> list[Role]:
    """Who acts, now or later, in chairs that the speaker may call back."""
    orgs = dict.fromkeys(org.id for org in ctx.roster.orgs() if _verdict(ctx, org.id).allowed)
    far = ctx.today + timedelta(days=DAYS + 366)
    return [role for org in orgs for role in offices.acting(ctx.roster, org, ctx.today, far)]


def _prepare_end(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    named = words.ids_of(fields.get("person"))
    found = [role.person for role in _lent(ctx) if role.person in named or not named]
    if not found:
        return Complaint("现在没有您委托的人。委托请说：委托 姓名 代我点评 7月1日到8月31日")
    return {"people": found} | ({"person": found[0]} if len(found) == 1 else {})


def _shown_acting(ctx: Context, draft: Draft) -> str:
    role = next((one for one in _lent(ctx) if one.person == draft.fields["person"]), None)
    name = words.person_of(ctx, draft).name
    until = f"，到{short(role.end)}" if role and role.end else ""
    return f"{name}（{words.org_name(ctx, role.org)}{role.title}{until}）" if role else name


def _finish_end(ctx: Context, draft: Draft, wish: str) -> Turn:
    person = words.person_of(ctx, draft)
    role = next((one for one in _lent(ctx) if one.person == person.id), None)
    if role is None:
        return Turn(f"{person.name}已经不再代了。")
    change = offices.recalled(ctx.roster, role, ctx.today)
    said = f"{person.name}同志今天起不再代{words.org_name(ctx, role.org)}书记。"
    holders = [one.person for one in offices.chairs(ctx.roster, role.org, ctx.today)]
    tell = office.told(ctx, "acting", role.org, [person.id, *holders], said)
    return turned(
        ctx, "end_delegation", [change], f"已登记：{said}", tell, (_act(ctx, role.org), role.org, "")
    )


HANDLERS = (
    Form(
        name="delegate",
        title="委托代书记",
        words=("委托", "指定代书记"),
        fields=(
            words.judged(office.org_field("哪个组织？请写名称。", "act"), _wrong),
            words.judged(office.anybody_field("由哪一位代？请写姓名或编号。", "由谁代"), _wrong),
            words.judged(words.day_field("from", "从", "从哪天开始？回复数字，或写日期："), _wrong),
            words.judged(
                words.day_field("to", "到", f"到哪天为止？请写日期，最多{DAYS}天。", "8月31日", False), _wrong
            ),
        ),
        finish=_finish,
        allowed=lambda ctx: permission.nobody_may(ctx, "act"),
        prepare=_prepare,
        refuse=_refuse,
        take_back=taken_back,
        heading=_heading,
    ),
    Form(
        name="end_delegation",
        title="取消委托",
        words=("取消委托",),
        fields=(
            Field(
                "person",
                "不再代",
                lambda ctx, draft: "取消哪一位？",
                options=words.people_options,
                show=_shown_acting,
            ),
        ),
        finish=_finish_end,
        allowed=lambda ctx: permission.nobody_may(ctx, "act"),
        prepare=_prepare_end,
        take_back=taken_back,
    ),
)

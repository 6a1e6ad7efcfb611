"""联系点 and 分管: which 学校领导 is linked to which level-one organisation, from and until when (R-004, R-005)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.engine.forms import Complaint, Field, Form, Option, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _office_words as office
from bot.handlers import _people_words as words
from bot.handlers import _permission as permission
from bot.handlers._turning import taken_back, turned
from domain import roster_bonds, turnover
from domain.dates import show
from domain.effective import complaint
from domain.people import Bonds, OrgKind, RoleKind
from domain.turnover import Turnover

KINDS = ("联系点", "分管")
_LEADERS = (RoleKind.SCHOOL_LEADER, RoleKind.SECRETARY, RoleKind.COMMITTEE)


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    people = office.nearest(ctx, words.ids_of(fields.get("person")))
    places = words.ids_of(fields.get("org"))
    known: dict[str, Any] = {"drop": bool(fields.get("drop")), "people": people, "places": places}
    known |= {key: fields[key] for key in ("kind", "on") if fields.get(key)}
    known |= {"person": people[0]} if len(people) == 1 else {}
    known |= {"org": places[0]} if len(places) == 1 else {}
    wrong = _wrong(ctx, known)
    return Complaint(wrong) if wrong else known


def _wrong(ctx: Context, known: Mapping[str, Any]) -> str:
    """What stands against it as far as it is known."""
    day = date.fromisoformat(known["on"]) if known.get("on") else ctx.today
    org, person = ctx.roster.org(known.get("org", "")), ctx.roster.person(known.get("person", ""))
    if complaint(day, ctx.today):
        return complaint(day, ctx.today)
    if org is not None and not org.is_level_one:
        return f"{org.name}不是二级党组织。联系点和分管请写党总支、分党委或直属党支部。"
    if person is not None and not _is_leader(ctx, person.id, day):
        return f"{person.name}不是学校领导，不能有联系点或分管单位。"
    return _same(ctx, known, day) if org and person and known.get("kind") else ""


def _is_leader(ctx: Context, person: str, day: date) -> bool:
    held = (
        (role.role, ctx.roster.org(role.org)) for role in ctx.roster.roles_of(person, max(day, ctx.today))
    )
    return any(role in _LEADERS and org and org.kind is OrgKind.SCHOOL for role, org in held)


def _same(ctx: Context, known: Mapping[str, Any], day: date) -> str:
    ties = ctx.roster.bonds_of(known["person"]).ties
    held = any(
        one.org == known["org"] and one.kind == known["kind"] and (one.end is None or one.end >= day)
        for one in ties
    )
    if held == known["drop"]:
        return ""
    name = ctx.roster.people([known["person"]])[known["person"]].name
    where = words.org_name(ctx, known["org"])
    return f"{where}{'没有' if known['drop'] else '已经'}由{name}同志{_verb(known['kind'])}。"


def _verb(kind: str) -> str:
    return "联系" if kind == KINDS[0] else "分管"


def _change(ctx: Context, draft: Draft) -> Turnover:
    fields, person = draft.fields, words.person_of(ctx, draft)
    bonds, day = ctx.roster.bonds_of(person.id), date.fromisoformat(fields["on"])
    own = [link for link in bonds.ties if link.org == fields["org"]]
    wanted = frozenset() if fields["drop"] else frozenset({fields["org"]})
    shift = roster_bonds.linked(person.id, own, wanted, fields["kind"], day)
    return turnover.turned(person, person, Bonds(ties=bonds.ties), ties=shift)


def _refuse(ctx: Context, draft: Draft) -> str | None:
    verdict = permission.may(ctx, "link", draft.fields["org"])
    return permission.refused(ctx, verdict) if not verdict.allowed else _wrong(ctx, draft.fields) or None


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    org, person, fields = office.org_of(ctx, draft), words.person_of(ctx, draft), draft.fields
    since = show(date.fromisoformat(fields["on"]))
    said = (
        f"{since}起，{person.name}同志{'不再' if fields['drop'] else ''}{_verb(fields['kind'])}{org.name}。"
    )
    tell = words.tells(ctx, "link", [person.id, *words.chiefs(ctx, org.id)], said)
    return turned(ctx, "link", [_change(ctx, draft)], f"已登记：{said}", tell, ("link", org.id, ""))


def _kinds(ctx: Context, draft: Draft) -> Sequence[Option]:
    return [Option(kind, kind) for kind in KINDS]


def _named_kind(draft: Draft) -> str:
    return f"{'取消' if draft.fields['drop'] else ''}{draft.fields['kind']}"


HANDLER = Form(
    name="link",
    title="登记联系点、分管",
    words=("联系点", "分管", "取消联系点", "取消分管"),
    fields=(
        Field(
            "kind",
            "关系",
            lambda ctx, draft: "是联系点还是分管？",
            options=_kinds,
            show=lambda ctx, draft: _named_kind(draft),
        ),
        words.judged(office.anybody_field("哪位学校领导？请写姓名或编号。", "学校领导"), _wrong),
        words.judged(office.org_field("哪个单位？请写党总支的名称。", "link", "单位"), _wrong),
        words.judged(words.day_field("on", "从哪天起", "从哪天起？回复数字，或写日期：", "12月1日"), _wrong),
    ),
    finish=_finish,
    allowed=lambda ctx: permission.nobody_may(ctx, "link"),
    prepare=_prepare,
    refuse=_refuse,
    take_back=taken_back,
)

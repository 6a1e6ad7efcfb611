"""换届, 任命 and 免去: who holds which post from which day; the office's business goes with it (R-356)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.engine.forms import Complaint, Field, Form, Option, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _office_words as office
from bot.handlers import _people_words as words
from bot.handlers import _permission as permission
from bot.handlers._turning import taken_back, turned
from domain import offices
from domain.commitments import State
from domain.dates import show
from domain.effective import complaint
from domain.people import Role, RoleKind
from domain.roster_news import sentence
from domain.roster_posts import LEGAL, Post, is_legal, post_of, seat
from domain.turnover import Turnover

PARTY = (RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.COMMITTEE)
TAKE = "免去"
ONE_DAY = timedelta(days=1)


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    people = office.nearest(ctx, words.ids_of(fields.get("person")))
    places = words.ids_of(fields.get("org"))
    known: dict[str, Any] = {"take": bool(fields.get("take")), "people": people, "places": places}
    known |= {key: fields[key] for key in ("post", "on") if fields.get(key)}
    known |= {"person": people[0]} if len(people) == 1 else {}
    known |= {"org": places[0]} if len(places) == 1 else {}
    if known.get("post") and known.get("person") and "org" not in known and not places:
        known |= _seat(ctx, known)
        if known["take"] and "org" not in known and not _holds(ctx, known):
            return Complaint(f"{_person(ctx, known).name}现在没有担任{known['post']}。")
    wrong = _wrong(ctx, known)
    return Complaint(wrong) if wrong else known


def _seat(ctx: Context, known: Mapping[str, Any]) -> dict[str, str]:
    """Where a post is meant when nobody says so: where it is held now, else at home."""
    held = ctx.roster.roles_of(known["person"], ctx.today)
    same = [role.org for role in held if post_of(role).word == known["post"] and not role.acting]
    home = permission.home_of(ctx, known["person"])
    usual = seat(known["post"], home.id, words.orgs(ctx)) if home else ""
    found = same[0] if known["take"] and len(same) == 1 else "" if known["take"] else usual
    return {"org": found} if found else {}


def _holds(ctx: Context, known: Mapping[str, Any]) -> bool:
    held = ctx.roster.roles_of(known["person"], ctx.today)
    return any(post_of(role).word == known["post"] for role in held)


def _wrong(ctx: Context, known: Mapping[str, Any]) -> str:
    """What stands against it as far as it is known."""
    day = date.fromisoformat(known["on"]) if known.get("on") else ctx.today
    org, person = ctx.roster.org(known.get("org", "")), ctx.roster.person(known.get("person", ""))
    if complaint(day, ctx.today):
        return complaint(day, ctx.today)
    if org is None or not known.get("post"):
        return ""
    verdict = permission.may(ctx, offices.act_for(known["post"]), org.id)
    if not verdict.allowed:
        return permission.refused(ctx, verdict)
    if person is None:
        return ""
    return _not_held(ctx, known, day) if known["take"] else _not_to_give(ctx, known, day)


def _not_held(ctx: Context, known: Mapping[str, Any], day: date) -> str:
    change = offices.taken(ctx.roster, _person(ctx, known), Post(known["org"], known["post"]), day)
    held = change.posts.ended or change.posts.cancelled
    where = words.org_name(ctx, known["org"])
    return "" if held else f"{change.after.name}不是{where}的{known['post']}。"


def _not_to_give(ctx: Context, known: Mapping[str, Any], day: date) -> str:
    person, kind = _person(ctx, known), offices.kind_of(known["post"])
    if kind in PARTY and office.no_member(ctx, person, day):
        return office.no_member(ctx, person, day)
    own = offices.lasting(ctx.roster.bonds_of(person.id).posts, day)
    same = [role for role in own if role.org == known["org"] and role.role is kind and not role.acting]
    if same:
        return f"{person.name}{show(same[0].start)}起就是{words.org_name(ctx, known['org'])}的{same[0].title or known['post']}，不用再办。"
    if kind is not RoleKind.SECRETARY:
        return ""
    later = [role for role in offices.chairs(ctx.roster, known["org"], day) if role.start >= day]
    name = ctx.roster.people([later[0].person])[later[0].person].name if later else ""
    return f"{name}{show(later[0].start)}起任书记，一天只能有一位。请写那以后的日期。" if later else ""


def _person(ctx: Context, known: Mapping[str, Any]) -> Any:
    found = ctx.roster.person(known["person"])
    if found is None:
        raise LookupError(known["person"])
    return found


def _changes(ctx: Context, draft: Draft) -> list[Turnover]:
    fields, person = draft.fields, words.person_of(ctx, draft)
    day = date.fromisoformat(fields["on"])
    if fields["take"]:
        return [offices.taken(ctx.roster, person, Post(fields["org"], fields["post"]), day)]
    return offices.given(ctx.roster, person, fields["org"], fields["post"], day)


def _heading(ctx: Context, draft: Draft) -> str:
    """What begins, what ends, and what goes with the office."""
    fields, person = draft.fields, words.person_of(ctx, draft)
    day, org = date.fromisoformat(fields["on"]), office.org_of(ctx, draft)
    lines = ["请核对免职：" if fields["take"] else "请核对任职："]
    lines += [f"{who}到{show(day - ONE_DAY)}为止。" for who in _leaving(ctx, draft)]
    home = permission.home_of(ctx, person.id)
    branch = org.kind.endswith("党支部") and home and home.id != org.id and not fields["take"]
    lines += [f"（{person.name}的组织关系现在在{home.name}。）"] if branch and home else []
    return "\n".join([*lines, *_handed(ctx, draft)])


def _leaving(ctx: Context, draft: Draft) -> list[str]:
    return [
        f"{one.after.name}的{words.org_name(ctx, role.org)}{role.title or '职务'}"
        for one in _changes(ctx, draft)
        for role in (*one.posts.ended, *one.posts.cancelled)
    ]


def _handed(ctx: Context, draft: Draft) -> list[str]:
    """The business that is open in the office, which the next one finds on the desk."""
    if offices.kind_of(draft.fields["post"]) is not RoleKind.SECRETARY:
        return []
    org = draft.fields["org"]
    sign = len(ctx.facts.commitments_to_sign([org]))
    verify = len(ctx.facts.commitments_in([org], [State.DECLARED]))
    coming = sum(one.target == org for one in ctx.facts.transfers([org]))
    found = [(sign, "待签承诺{}件"), (verify, "待核实{}件"), (coming, "待接收转入{}人")]
    open_ones = "、".join(words_.format(n) for n, words_ in found if n) or "没有压着的事"
    if draft.fields["take"]:
        return [f"书记暂缺期间由上一级书记代管：{open_ones}。"]
    return [f"随职务移交：{open_ones}，点评任务和提醒也一起转。原书记自己写过的仍可查看。"]


def _refuse(ctx: Context, draft: Draft) -> str | None:
    return _wrong(ctx, draft.fields) or None


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    fields, org = draft.fields, office.org_of(ctx, draft)
    changes = _changes(ctx, draft)
    out = [(one, role) for one in changes for role in _over(one, org.id)]
    into = [(one, role) for one in changes for role in one.posts.begun]
    said = sentence(
        org.name,
        fields["post"],
        [one.after.name for one, _ in out],
        [(one.after.name, role.start) for one, role in into],
    )
    desk = f"{''.join(_handed(ctx, draft))}回复“我的”看要办的事。" if into and _handed(ctx, draft) else ""
    new = [one.after.id for one, _ in into]
    rest = [one.after.id for one in changes if one.after.id not in new]
    tell = (
        *words.tells(ctx, "office", new, f"{said}{desk}", org.id),
        *(one for one in office.told(ctx, "office", org.id, rest, said) if one.person not in new),
    )
    return turned(
        ctx, "appoint", changes, f"已登记。{said}", tell, (offices.act_for(fields["post"]), org.id, "")
    )


def _over(one: Turnover, org: str) -> list[Role]:
    return [role for role in (*one.posts.ended, *one.posts.cancelled) if role.org == org and not role.acting]


def _read_post(ctx: Context, draft: Draft, text: str) -> Reading:
    said = text.strip("。，, ")
    return {"post": said} if is_legal(said) else Complaint(f"请写职务：{'、'.join(LEGAL)}")


def _posts(ctx: Context, draft: Draft) -> Sequence[Option]:
    return [Option(word, word) for word in ("书记", "副书记", "委员", "记录员", "管理员")]


def _read_day(ctx: Context, draft: Draft, text: str) -> Reading:
    day = words.read_day(ctx, text)
    if isinstance(day, Complaint):
        return day
    wrong = _wrong(ctx, {**draft.fields, "on": day.isoformat()})
    return Complaint(wrong) if wrong else {"on": day.isoformat()}


def _checked(ctx: Context, draft: Draft, found: Reading) -> Reading:
    """An answer that would lead to a refusal is refused at once."""
    wrong = _wrong(ctx, {**draft.fields, **found}) if isinstance(found, Mapping) else ""
    return Complaint(wrong) if wrong else found


def _field(made: Field, read: Any) -> Field:
    return Field(
        made.name,
        made.label,
        made.ask,
        read=lambda ctx, draft, text: _checked(ctx, draft, read(ctx, draft, text)),
        options=made.options,
        show=made.show,
        example=made.example,
    )


HANDLER = Form(
    name="appoint",
    title="换届、任免",
    words=("换届", "任命", "免去"),
    fields=(
        Field(
            "post",
            "职务",
            lambda ctx, draft: "什么职务？",
            read=_read_post,
            options=_posts,
            show=lambda ctx, draft: f"{TAKE if draft.fields['take'] else ''}{draft.fields['post']}",
        ),
        _field(office.org_field("哪个组织？请写名称，例：教工第一党支部"), office.read_org),
        _field(office.anybody_field("是哪一位？请写姓名或编号。", "姓名"), office.read_anybody),
        Field(
            "on",
            "从哪天起",
            lambda ctx, draft: "从哪天起？回复数字，或写日期：",
            read=_read_day,
            options=words.today_option,
            show=lambda ctx, draft: show(date.fromisoformat(draft.fields["on"])),
            example="12月1日",
        ),
    ),
    finish=_finish,
    allowed=lambda ctx: permission.nobody_may(ctx, "hand_over"),
    prepare=_prepare,
    refuse=_refuse,
    take_back=taken_back,
    heading=_heading,
)

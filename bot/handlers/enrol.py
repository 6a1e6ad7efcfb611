"""新增: somebody new in the roster, with 编号, 政治面貌 and branch (R-008, R-013, R-016, R-356)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.engine.forms import Complaint, Field, Form, Option, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _people_words as words
from bot.handlers import _permission as permission
from bot.handlers._turning import taken_back, turned
from domain import authority, cells, turnover
from domain.dates import show
from domain.effective import complaint, days_in
from domain.intake import halfwidth
from domain.people import WITH_MEMBERS, Bonds, Membership, Organisation, Person
from domain.roster_bonds import Shift
from domain.roster_rows import LEAVING, NOT_A_MEMBER, POLITICAL, VOTERS

_ID = re.compile(r"(?=[A-Za-z0-9_.@-]*[0-9])[A-Za-z0-9_.@-]{4,64}")
_NAME = re.compile(r"[\u3400-\u9fff·]{2,15}")
_OTHER = re.compile(
    "|".join(POLITICAL)
    + r"|(?:一名|一位)?(?:新)?党员|同志|老师|编号|工号|学号|姓名|政治面貌|支部|从|起|到|[是为]"
)
FEW = 9


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    line, places = halfwidth(str(fields.get("line") or "")), words.ids_of(fields.get("to"))
    known: dict[str, Any] = _read_line(ctx, line, places)
    mine = [org.id for org in _branches(ctx)]
    chosen = places if len(places) == 1 else mine if len(mine) == 1 else []
    known |= {"org": chosen[0]} if chosen else {}
    wrong = _wrong(ctx, known)
    return Complaint(wrong) if wrong else known


def _read_line(ctx: Context, line: str, places: Sequence[str]) -> dict[str, str]:
    """新增 李雷 2026001 预备党员 教工第一党支部 11月10日: whatever of it is there, in any order."""
    rest, known = line, dict[str, str]()
    for day in reversed(days_in(line, ctx.today)):
        known["on"] = day.day.isoformat()
        rest = rest[: day.span[0]] + " " + rest[day.span[1] :]
    for org in map(ctx.roster.org, places):
        for word in (org.name, org.short_name) if org else ():
            rest = rest.replace(word, " ") if word else rest
    if number := _ID.search(rest):
        known["id"], rest = number[0], rest.replace(number[0], " ")
    if voter := next((word for word in VOTERS if word in rest), ""):
        known |= {"voter": voter, "political": NOT_A_MEMBER}
        rest = rest.replace(voter, " ")
    if political := next((word for word in POLITICAL if word in rest), ""):
        known["political"] = political
    if name := _NAME.search(_OTHER.sub(" ", rest)):
        known["name"] = name[0]
    return known


def _branches(ctx: Context) -> list[Organisation]:
    """Where the speaker may enrol somebody."""
    if not permission.might(ctx, "enrol"):
        return []
    found = [org for org in ctx.roster.orgs() if org.kind in WITH_MEMBERS]
    if authority.keeps(ctx.roster, ctx.actor, ctx.today):
        return found
    return [org for org in found if permission.may(ctx, "enrol", org.id).allowed]


def _wrong(ctx: Context, known: Mapping[str, Any]) -> str:
    """What stands against it as far as it is known."""
    org, id, on = ctx.roster.org(known.get("org", "")), known.get("id", ""), known.get("on")
    if on and complaint(date.fromisoformat(on), ctx.today):
        return complaint(date.fromisoformat(on), ctx.today)
    if org is not None and org.kind not in WITH_MEMBERS:
        return f"{org.name}不是党支部。请写支部的名称，例：教工第一党支部"
    if org is not None:
        verdict = permission.may(ctx, "enrol", org.id)
        if not verdict.allowed:
            return permission.refused(ctx, verdict)
    return _taken(ctx, id, known.get("name", "")) if id else ""


def _taken(ctx: Context, id: str, name: str) -> str:
    """A 编号 is never given to a second person; who comes back bears his own again."""
    old = _known(ctx, id)
    if old is None or (old.status in LEAVING and (not name or old.name == name)):
        return ""
    if old.status in LEAVING:
        return f"编号{id}是{old.name}（{old.status}）用过的，不能给别人。请核对编号。"
    home = permission.home_of(ctx, old.id)
    where = home.name if home else "名单"
    return f"编号{id}已经是{old.name}（{where}）。换支部请由原支部办转出。"


def _known(ctx: Context, id: str) -> Person | None:
    return ctx.roster.person(id) or ctx.roster.person(id.upper()) or ctx.roster.person(id.lower())


def _checked(ctx: Context, draft: Draft, **said: str) -> Reading:
    wrong = _wrong(ctx, {**draft.fields, **said})
    return Complaint(wrong) if wrong else said


def _read_name(ctx: Context, draft: Draft, text: str) -> Reading:
    said = cells.name(text).strip("。，,. ")
    return {"name": said} if 2 <= len(said) <= 30 else Complaint("请写姓名，例：李雷")


def _read_id(ctx: Context, draft: Draft, text: str) -> Reading:
    said = cells.plain(text)
    if not _ID.fullmatch(said):
        return Complaint("请写工号或学号，只用字母和数字，例：2026001")
    return _checked(ctx, draft, id=said)


def _read_org(ctx: Context, draft: Draft, text: str) -> Reading:
    found = words.read_branch(ctx, text, "org")
    return _checked(ctx, draft, **found) if isinstance(found, Mapping) and "org" in found else found


def _read_day(ctx: Context, draft: Draft, text: str) -> Reading:
    day = words.read_day(ctx, text)
    return day if isinstance(day, Complaint) else {"on": day.isoformat()}


def _orgs(ctx: Context, draft: Draft) -> Sequence[Option]:
    named = words.branch_options(ctx, draft)
    mine = _branches(ctx) if not named else []
    return named or [
        Option(org.id, org.name, (org.short_name,)) for org in (mine if len(mine) <= FEW else [])
    ]


def _heading(ctx: Context, draft: Draft) -> str:
    same = [one for one in ctx.roster.named(draft.fields["name"]) if one.id != draft.fields["id"]]
    lines = [f"名单里已有同名的：{words.shown(ctx, one)}。请确认是另一位。" for one in same[:3]]
    return "\n".join(["请核对新增的人：", *lines])


def _new(ctx: Context, draft: Draft) -> tuple[Person, bool]:
    """The person as enrolled; one who comes back keeps the old number and row."""
    fields, old = draft.fields, _known(ctx, draft.fields["id"])
    tags = (fields["voter"],) if _is_voter(ctx, draft) and fields.get("voter") else ()
    if old is not None:
        kept = tuple(one for one in old.categories if one not in VOTERS)
        return replace(old, political=fields["political"], categories=kept + tags, status="在册"), False
    number = f"{ctx.roster.last_number() + 1:04}"
    return Person(fields["id"], fields["name"], number, "", fields["political"], tags), True


def _is_voter(ctx: Context, draft: Draft) -> bool:
    """Whether somebody is enrolled who is no Party member: he is asked for opinions, and owes nothing (R-015)."""
    return draft.fields.get("political") == NOT_A_MEMBER


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    fields, org = draft.fields, ctx.roster.org(draft.fields["org"])
    person, is_new = _new(ctx, draft)
    if org is None:
        raise LookupError(fields["org"])
    day = date.fromisoformat(fields["on"])
    places = Shift(begun=(Membership(person.id, org.id, day),))
    # Who is taken back by 撤回 is out of the roster again, but the 编号 stays used.
    before = _known(ctx, person.id) or replace(person, status="转出")
    change = replace(turnover.turned(before, person, Bonds(), places), is_new=is_new)
    news = f"{person.name}同志（{person.political}）{show(day)}起在{org.name}，由{ctx.actor.name}同志登记。"
    return turned(
        ctx,
        "enrol",
        [change],
        f"已新增{person.name}（编号{person.id}，{org.name}）。请本人在企业微信里给我发一句话，报上姓名和支部，就能绑定。",
        words.tells(ctx, "enrolled", words.chiefs(ctx, org.id), news),
        ("enrol", org.id, person.id),
    )


def _overlap(ctx: Context, draft: Draft) -> str | None:
    """R-008, asked again right before writing with everything else."""
    old = _known(ctx, draft.fields["id"])
    day = date.fromisoformat(draft.fields["on"])
    bonds = ctx.roster.bonds_of(old.id).places if old else ()
    last = max((bond.end or date.max for bond in bonds), default=None)
    if last is not None and last >= day:
        return f"到{show(last)}为止还在别的支部，一天只能在一个支部。请写那以后的日期（改从哪天起）。"
    return _wrong(ctx, draft.fields) or None


HANDLER = Form(
    name="enrol",
    title="新增人员",
    words=("新增", "新增党员"),
    fields=(
        Field(
            "name",
            "姓名",
            lambda ctx, draft: "新来的同志叫什么？",
            read=_read_name,
            show=lambda ctx, draft: draft.fields["name"],
        ),
        Field(
            "id",
            "编号",
            lambda ctx, draft: "工号或学号是多少？一辈子用这一个。",
            read=_read_id,
            show=lambda ctx, draft: draft.fields["id"],
            example="2026001",
        ),
        Field(
            "political",
            "政治面貌",
            lambda ctx, draft: "政治面貌是？",
            options=lambda ctx, draft: [Option(word, word) for word in POLITICAL],
            show=lambda ctx, draft: draft.fields["political"],
        ),
        Field(
            "voter",
            "类别",
            lambda ctx, draft: "参加评议时算哪一类？没有合适的回复“跳过”。",
            needed=_is_voter,
            options=lambda ctx, draft: [Option(word, word) for word in VOTERS],
            show=lambda ctx, draft: draft.fields.get("voter", "") if _is_voter(ctx, draft) else "",
            skip="",
        ),
        Field(
            "org",
            "所在支部",
            lambda ctx, draft: "在哪个支部？回复数字，或写支部名称：",
            read=_read_org,
            options=_orgs,
            show=lambda ctx, draft: words.org_name(ctx, draft.fields["org"]),
        ),
        Field(
            "on",
            "从哪天起",
            lambda ctx, draft: "从哪天起？回复数字，或写日期：",
            read=_read_day,
            options=words.today_option,
            show=lambda ctx, draft: show(date.fromisoformat(draft.fields["on"])),
        ),
    ),
    finish=_finish,
    allowed=lambda ctx: permission.nobody_may(ctx, "enrol"),
    prepare=_prepare,
    refuse=_overlap,
    take_back=taken_back,
    heading=_heading,
)

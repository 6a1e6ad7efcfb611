"""名单 and 未绑定: who belongs to one's unit, and who of them cannot be reached by chat (R-356)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, File, Turn
from bot.handlers import _permission as permission
from bot.handlers import _standing, _unit
from bot.handlers._transfer_words import line
from domain.people import Organisation, Person
from domain.scope import branches

Row = tuple[Person, Organisation, str]
HOW_TO_BIND = "请他们在企业微信里给我发一句话，报上姓名和支部就行。"


def _permitted(ctx: Context) -> str | None:
    return None if permission.might(ctx, "list") else _unit.no_unit(ctx)


def _rows(ctx: Context, fields: Mapping[str, Any], again: str) -> list[Row] | Turn:
    """Everybody of the units meant, with their accounts; the same statements for 5 and for 500."""
    scope = permission.reach(ctx, "list")
    units = _unit.asked_units(ctx, scope, fields, again)
    if isinstance(units, Turn):
        return units
    orgs = {org.id: org for org in branches(ctx.roster, units)}
    found = ctx.roster.members(list(orgs), ctx.today)
    accounts: dict[str, str] = {}
    for one in ctx.facts.contacts_of([person.id for person, _ in found]):
        accounts[one.person] = one.shown
    return [(person, orgs[org], accounts.get(person.id, "")) for person, org in found]


def _roster(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    rows = _rows(ctx, fields, "名单")
    if isinstance(rows, Turn):
        return rows
    free = sum(1 for *_, account in rows if not account)
    moving = "".join(f"\n转接中：{line(ctx, one)}。" for one in ctx.facts.transfers(_units_of(rows))[:3])
    head = f"{_counts(rows)}，未绑定{free}人。{moving}"
    last = "看一个人请回复“台账 姓名”；未绑定的请回复“未绑定”；人有变动请回复“人员变动”。"
    return _listed(ctx, head, rows, last, "名单", _several(rows))


def _units_of(rows: Sequence[Row]) -> set[str]:
    """The branches that a list shows."""
    return {org.id for _, org, _ in rows}


def _unbound(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    rows = _rows(ctx, fields, "未绑定")
    if isinstance(rows, Turn):
        return rows
    free = [row for row in rows if not row[2]]
    if not free:
        return Turn(f"{_counts(rows)}，都绑定好了。")
    return _listed(ctx, f"未绑定{len(free)}人：", free, HOW_TO_BIND, "未绑定", _several(rows))


def _counts(rows: Sequence[Row]) -> str:
    by_branch: dict[str, int] = {}
    for _, org, _ in rows:
        by_branch[org.name] = by_branch.get(org.name, 0) + 1
    if len(by_branch) > 5:
        return f"{len(by_branch)}个支部共{len(rows)}人"
    return "，".join(f"{name}{n}人" for name, n in by_branch.items()) or "名单里还没有人"


def _several(rows: Sequence[Row]) -> bool:
    return len(_units_of(rows)) > 1


def _listed(ctx: Context, head: str, rows: Sequence[Row], last: str, title: str, several: bool) -> Turn:
    if len(rows) > ctx.profile.number("chat.names_in_text"):
        return Turn(f"{head}\n名单见随后的文件。{last}", files=(_file(rows, title),))
    lines = [f"{n} {_line(row, several)}" for n, row in enumerate(rows, 1)]
    people = [person.id for person, *_ in rows]
    choices = tuple(f"台账 {id}" for id in people)
    return Turn("\n".join([head, *lines, last]), choices=choices, remember=_standing.relisted(ctx, people))


def _line(row: Row, several: bool) -> str:
    person, org, account = row
    about = "，".join(filter(None, (person.post, org.name if several else "", "" if account else "未绑定")))
    return f"{person.name}（{about}）" if about else person.name


def _file(rows: Sequence[Row], title: str) -> File:
    head = ("编号", "姓名", "支部", "职务", "企业微信账号")
    return File(
        f"{title}.xlsx",
        (head, *((who.id, who.name, org.name, who.post, account or "未绑定") for who, org, account in rows)),
    )


HANDLERS = (
    Query("roster_list", "看名单", ("名单",), _roster, _permitted),
    Query("unbound", "看谁没有绑定", ("未绑定",), _unbound, _permitted),
)

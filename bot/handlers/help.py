"""帮助: what this person can do here, by role, on one screen; a digit does it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from bot.handlers import _permission as permission
from bot.handlers._verifying import to_verify
from domain.people import RoleKind
from domain.permissions import reviews_anybody
from domain.signing import chairs_of

FIRST = "这是“写实”小助手：作承诺、每月写实、收点评都在这里。直接说就行，也可以回复数字："
WHILE_OPEN = "这是“写实”小助手。直接说下面的词就行，手头这件会替您留着："

_MEMBER = (
    ("写实：每月写一次进展", "写实"),
    ("作承诺；看办到哪一步问“我的承诺”", "作承诺"),
    ("看点评：别人对我的点评", "看点评"),
    ("我的台账：留下的全部记录", "我的台账"),
    ("我的：等我办的事", "我的"),
)
_PAPERS = ("已办：登记纸面做完的事", "已办")
_CLOCK = ("调度状态：提醒发得怎么样", "调度状态")
_SECRETARY = (
    ("待签：等我签字的承诺", "待签"),
    ("谁没交：看支部写实；过期没办的问“逾期”", "谁没交"),
)
_LEADER = (
    ("点评：随时随地，可发照片（外单位领导的说“登记外部点评”）", "点评"),
    ("还欠谁：本季度还没点评的人；有多少问“点评覆盖”", "还欠谁"),
)
_PLAN = ("点评方案：这一轮谁点评谁、哪天前", "点评方案")
_ADMIN = (
    ("停发：先不发任何提醒", "停发"),
    ("恢复发送", "恢复发送"),
    ("预演：下个月会提醒谁", "预演下个月"),
    ("人员变动：新增、换届、联系点等", "人员变动"),
    _CLOCK,
)
_STAFF = (
    ("谁没交：看各支部写实；过期没办的问“逾期”", "谁没交"),
    ("点评覆盖：点评了多少、还差多少", "点评覆盖"),
    _PAPERS,
    ("人员变动：新增、换届、联系点等", "人员变动"),
    _CLOCK,
)
_MOST = 11
"""More would not fit on one screen."""


VOTER = (
    "这是“写实”小助手。作承诺、写实和点评由党员和书记来办，您现在没有要办的事。"
    "请您参加评议时会另外告诉您；有疑问请联系所在单位的党支部书记。"
)


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    if permission.is_voter(ctx):
        return Turn(VOTER)
    found = tuple(_offered(ctx))[:_MOST]
    if ctx.conversation.draft is not None:
        return Turn("\n".join([WHILE_OPEN, *(f"· {line}" for line, _ in found)]))
    lines = [f"{n} {line}" for n, (line, _) in enumerate(found, 1)]
    return Turn("\n".join([FIRST, *lines]), choices=tuple(word for _, word in found))


def _offered(ctx: Context) -> Iterator[tuple[str, str]]:
    roles = {role.role for role in ctx.roster.roles_of(ctx.actor.id, ctx.today)}
    leads = reviews_anybody(ctx.roster, ctx.actor.id, ctx.today)
    # Those who work for others find that first; the rest of the list is everybody's.
    if RoleKind.ADMIN in roles:
        yield from _ADMIN
    if RoleKind.STAFF in roles:
        yield from _STAFF
    if RoleKind.SECRETARY in roles:
        yield from _SECRETARY
        declared = len(to_verify(ctx))
        if declared:
            yield f"核实：{declared}件报了完成，等您核实", "核实"
    if leads:
        yield from _LEADER
    if any(org.is_level_one for org in chairs_of(ctx.roster, ctx.actor.id, ctx.today)):
        yield _PLAN
    if roles & {RoleKind.SECRETARY, RoleKind.RECORDER}:
        yield _PAPERS
    yield from _MEMBER


HANDLER = Query("help", "看我能做什么", ("帮助",), _reply)

"""The sheets behind an answer whose names are too many for a message (R-305)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.engine.turn import Context, File
from bot.handlers._duty_names import VERB
from domain.asked import Question
from domain.dates import show
from domain.standing import Object, Standing

Row = tuple[str, ...]
MOST_BRANCHES = 10


def sheet(ctx: Context, asked: Question, what: str, found: Standing) -> tuple[File, ...]:
    """Everybody who is missing, late or waived, and the numbers of each organisation."""
    too_many = len(found.missing) > ctx.profile.number("chat.names_in_text")
    if not too_many and len(asked.orgs) <= MOST_BRANCHES:
        return ()
    called, verb = {org.id: org.name for org in asked.orgs}, VERB[asked.duty]
    rows: list[Row] = [("序号", "姓名", "编号", "支部", "情况")]
    rows += [(str(n), *row(called, one), f"未{verb}") for n, one in enumerate(found.missing, 1)]
    rows += [("", *row(called, one), "迟报") for one in found.late]
    rows += [("", *row(called, one), "已免") for one in found.waived]
    rows += [(org.name, *_counts(found.of(org.id))) for org in asked.orgs if len(asked.orgs) > 1]
    return (File(f"{what}{show(ctx.today)}.xlsx", tuple(rows)),)


def sheet_of_months(asked: Question, lacking: Sequence[tuple[Object, str]]) -> File:
    """Who lacks which months."""
    called = {org.id: org.name for org in asked.orgs}
    head = ("姓名", "编号", "支部", "未交")
    return File("未交名单.xlsx", (head, *((*row(called, who), months) for who, months in lacking)))


def row(called: dict[str, str], one: Object) -> Row:
    """Who or what it is about, by name, 编号 and organisation."""
    return (one.name, one.id.partition("@")[0], called.get(one.org, one.org))


def _counts(own: Standing) -> Row:
    return (f"应{own.owed}", f"已{len(own.done)}", f"未{len(own.missing)}", f"迟报{len(own.late)}")

"""A confirmed 点评方案 as it is shown: each reviewer's rows with how far they are, and the table of plan and fact (R-144)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from bot.engine.turn import Context, File, Turn
from bot.handlers import _plan_rows as plan_rows
from bot.handlers._duty_names import period_name
from domain.people import Organisation
from domain.periods import parse_code
from domain.planned_reviews import Came, Outcome, outcomes
from domain.review_plans import ReviewPlan, Round

MOST_LINES = 10
"""Each is as long as two names; more would push what to do next out of the message."""


def title(ctx: Context, unit: str, one: Round) -> str:
    """机械学院党总支上半年点评方案, or 机械学院党总支普遍点评方案（4月30日前）."""
    period = parse_code(one.window.label) if one.is_term else None
    if period:
        return f"{unit}{period_name(period, ctx.today)}点评方案"
    return f"{unit}普遍点评方案（{plan_rows.on_day(one.window.due, ctx.today)}前）"


def of_plan(ctx: Context, plan: ReviewPlan) -> list[Outcome]:
    """What came of every planned review; the reviews are read at once."""
    subjects = {target["id"] for row in plan.rows for target in row["targets"]}
    return outcomes(plan, ctx.facts.reviews_of(sorted(subjects), plan.opens, plan.due), ctx.today)


def compared(ctx: Context, unit: Organisation, one: Round, plan: ReviewPlan, may_change: bool) -> Turn:
    """The whole plan against what came of it."""
    found = of_plan(ctx, plan)
    head = f"{title(ctx, unit.name, one)}，{plan_rows.on_day(plan.confirmed_on, ctx.today)}定。{_numbers(found)}："
    rows = [list(group) for _, group in groupby(found, lambda each: each.row["key"])]
    lines = [f"{n} {each[0].row['name']}：{_row(ctx, each)}" for n, each in enumerate(rows, 1)]
    more = [f"……共{len(lines)}行。"] if len(lines) > MOST_LINES else []
    ways = ["计划和实际逐个对照，见随后的文件。" + ("要改请回复“改方案”。" if may_change else "")]
    files = (_sheet(ctx, unit, found),)
    return Turn("\n".join([head, *lines[:MOST_LINES], *more, *ways]), keep=True, files=files)


def own_part(ctx: Context, unit: Organisation, one: Round, plan: ReviewPlan) -> Turn:
    """What the plan asks of the speaker alone."""
    mine = [each for each in of_plan(ctx, plan) if each.row["reviewer"] == ctx.actor.id]
    if not mine:
        return Turn(f"{title(ctx, unit.name, one)}里没有请您点评的。", keep=True)
    rows = [list(group) for _, group in groupby(mine, lambda each: each.row["key"])]
    lines = [f"{n} {_row(ctx, each)}" for n, each in enumerate(rows, 1)]
    head = f"{title(ctx, unit.name, one)}里请您点评的："
    return Turn("\n".join([head, *lines, "开始点评请回复“还欠谁”。"]), keep=True)


def _numbers(found: Sequence[Outcome]) -> str:
    counts = [(came, sum(one.came is came for one in found)) for came in Came]
    done = sum(one.is_done for one in found)
    parts = [f"{came}{n}" for came, n in counts if n and came is not Came.OPEN]
    return f"共{len(found)}项，已点评{done}项" + (f"（{'，'.join(parts)}）" if parts else "")


def _row(ctx: Context, ones: Sequence[Outcome]) -> str:
    done = sum(one.is_done for one in ones)
    left = sum(one.came is Came.OVERDUE for one in ones)
    late = f"，{Came.OVERDUE}{left}" if left else ""
    return f"{plan_rows.shown(ctx, ones[0].row)}；已点评{done}，还有{len(ones) - done}{late}"


_HEAD = (
    *("点评人", "单位", "对象", "计划日期", "计划形式", "计划场合"),
    *("实际点评人", "实际日期", "实际形式", "实际场合", "对照"),
)


def _sheet(ctx: Context, unit: Organisation, found: Sequence[Outcome]) -> File:
    reviewers = ctx.roster.people(sorted({one.review.reviewer for one in found if one.review}))
    names = plan_rows.names_of_orgs(ctx) | {id: one.name for id, one in reviewers.items()}
    return File(f"{unit.name}点评方案对照.xlsx", (_HEAD, *(_cells(ctx, one, names) for one in found)))


def _cells(ctx: Context, one: Outcome, names: Mapping[str, str]) -> tuple[str, ...]:
    row, review = one.row, one.review
    target = f"{one.target['name']}（书记）" if one.target["type"] == "secretary" else one.target["name"]
    planned = (row["due"], ctx.profile.label("manner", row["manner"]), row["occasion"])
    came: tuple[str, ...] = ("", "", "", "")
    if review is not None:
        manner = ctx.profile.label("manner", review.manner)
        came = (names.get(review.reviewer, ""), review.day.isoformat(), manner, review.occasion)
    return (row["name"], names.get(row["org"], row["org"]), target, *planned, *came, str(one.came))


def drafted_sheet(ctx: Context, unit: str, rows: Sequence[Mapping[str, Any]]) -> File:
    """A plan too long for a message, before it is confirmed."""
    head = ("序号", "点评人", "对象", "计划日期", "形式", "场合")
    lines = (
        (
            str(n),
            row["name"],
            row["what"],
            row["due"],
            ctx.profile.label("manner", row["manner"]),
            row["occasion"],
        )
        for n, row in enumerate(rows, 1)
    )
    return File(f"{unit}点评方案{date.isoformat(ctx.today)}.xlsx", (head, *lines))

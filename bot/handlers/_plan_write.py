"""What a confirmed 点评方案 writes, whom it is told to, and how it is taken back (R-144)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot import texts
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Tell, Turn
from bot.handlers import _permission as permission
from bot.handlers import _plan_rows as plan_rows
from bot.handlers import _plan_words as words
from domain import attestations, review_plans
from domain.duties import Window, filed
from domain.entries import Entry
from domain.people import Organisation
from domain.review_plans import ReviewPlan, Round


def finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    """The plan with everybody as they are at this moment, whatever moved since it was read back."""
    unit, one = ctx.roster.org(draft.fields["org"]), plan_rows.round_of(ctx, draft)
    if unit is None or one is None:
        raise LookupError(draft.fields["org"])
    lines = plan_rows.generated(ctx, unit, one)
    rows = plan_rows.rows(ctx, lines, one.window.due, draft.fields["rows"])
    moved = {row["key"] for row in rows} ^ {row["key"] for row in draft.fields["rows"]}
    capacity = permission.may(ctx, "plan", unit.id).capacity
    before = ctx.facts.review_plan(unit.id, one.window.label)
    entry = review_plans.confirmed(unit, one.window, plan_rows.full(ctx, lines, rows), capacity)
    papers = _paper(ctx, unit, one, capacity)
    note = {
        "org": unit.id,
        "round": one.window.label,
        "before": [dict(row) for row in before.rows] if before else None,
        "papers": [paper.data["period"] for paper in papers],
    }
    changes = f"这期间有{len(moved)}处人员变动，已按现在的人员列入。" if moved else ""
    return Turn(
        f"{words.title(ctx, unit.name, one)}已定，共{len(rows)}行，已告诉各位点评人。{changes}\n"
        f"回复“点评方案”看进展；{ctx.profile.number('chat.undo_minutes')}分钟内可回复“撤回”。",
        entries=(entry, *papers),
        tell=_told(ctx, unit, one, rows),
        act=Act("plan", ctx.now.isoformat(), (), note),
    )


def _paper(ctx: Context, unit: Organisation, one: Round, capacity: str) -> tuple[Entry, ...]:
    """The plan is the paper that K-12 asks for, where the office asks for one."""
    asked = [each for row, each in filed.windows(unit.kind, ctx.profile, ctx.today) if row.code == filed.PLAN]
    if one.paper not in {each.label for each in asked}:
        return ()
    return (attestations.attested(unit, filed.PLAN, one.paper, ctx.today, "在系统中确认", capacity),)


def _told(
    ctx: Context, unit: Organisation, one: Round, rows: Sequence[Mapping[str, Any]]
) -> tuple[Tell, ...]:
    """Each reviewer hears his own rows, once."""
    told: dict[str, list[str]] = {}
    for row in rows:
        told.setdefault(row["reviewer"], []).append(plan_rows.shown(ctx, row))
    head = f"{words.title(ctx, unit.name, one)}已定，请您点评："
    return tuple(
        Tell(
            f"plan|{unit.id}|{one.window.label}|{ctx.message.key}|{person}",
            person,
            "\n".join([head, *own]),
            unit.id,
        )
        for person, own in told.items()
        if person != ctx.actor.id
    )


def take_back(ctx: Context, act: Act) -> Turn:
    """撤回: the plan of before, or none; whoever was told of it is told."""
    minutes = ctx.profile.number("chat.undo_minutes")
    if not act.is_within(ctx.now, minutes):
        return Turn(f"已经超过{minutes}分钟，不能撤回了。要改请回复“改方案”，以后一次为准。", keep=True)
    unit, verdict = ctx.roster.org(act.note["org"]), permission.may(ctx, "plan", act.note["org"])
    plan = ctx.facts.review_plan(act.note["org"], act.note["round"])
    if unit is None or plan is None:
        return Turn(texts.NOTHING_TO_UNDO, keep=True)
    if not verdict.allowed:
        return Turn(permission.refused(ctx, verdict), keep=True)
    told, window = _untold(ctx, unit, plan), Window(plan.round, plan.opens, plan.due)
    if act.note["before"]:
        entry = review_plans.confirmed(unit, window, act.note["before"], verdict.capacity)
        return Turn("已撤回，方案恢复成改之前的样子。", keep=True, entries=(entry,), tell=told)
    papers = [
        attestations.unattested(unit, filed.PLAN, label, verdict.capacity) for label in act.note["papers"]
    ]
    entries = (review_plans.withdrawn(unit, plan.round, verdict.capacity), *papers)
    say = "已撤回，这一轮还没有方案。要重新定请回复“点评方案”。"
    return Turn(say, keep=True, entries=entries, tell=told)


def _untold(ctx: Context, unit: Organisation, plan: ReviewPlan) -> tuple[Tell, ...]:
    people = dict.fromkeys(row["reviewer"] for row in plan.rows if row["reviewer"] != ctx.actor.id)
    key = f"unplan|{unit.id}|{plan.round}|{ctx.message.key}"
    text = f"{unit.name}刚才定的点评方案撤回了，以后面再发给您的为准。看现在的请回复“点评方案”。"
    return tuple(Tell(f"{key}|{person}", person, text, unit.id) for person in people)

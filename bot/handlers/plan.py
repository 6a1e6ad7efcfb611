"""点评方案: the 书记 of an organisation of level one plans a round of reviews, and sees later what came of it (R-144)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.engine.fields import Field
from bot.engine.forms import Complaint, Form, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _permission as permission
from bot.handlers import _plan_rows as plan_rows
from bot.handlers import _plan_words as words
from bot.handlers import _plan_write as write
from bot.handlers._duty_names import short
from bot.handlers._people_words import ids_of
from domain import review_plans
from domain.people import Organisation
from domain.periods import parse_code
from domain.permissions import reviews_anybody
from domain.review_plans import ReviewPlan, Round
from domain.scope import asks_about

NO_ROUND = "现在没有要定方案的普遍点评。看点评进度请回复“点评覆盖”。"
NOBODY = "这里现在没有要点评的党员和组织，方案没有可列的。"
CLOSING = "没有错请回复“确认”；要改请说第几行和怎么改，例：改1 {example}"
_ALL = re.compile("全部|所有|统一|都")
_AGAIN = re.compile("改|重新|(?:^|来|要|再|制)定")


@dataclass(frozen=True, slots=True)
class PlanForm(Form):
    """A form whose rows are its fields; one that is long is shown in part, with a sheet of all."""

    def fields_of(self, draft: Draft) -> tuple[Field, ...]:
        return tuple(_field(n, row) for n, row in enumerate(draft.fields.get("rows", ())))

    def read_back(self, ctx: Context, draft: Draft) -> str:
        lines = [f"{n} {label}：{shown}" for n, (label, shown) in enumerate(self._shown(ctx, draft), 1)]
        most = words.MOST_LINES
        more = [f"……共{len(lines)}行，全部见随后的文件。"] if len(lines) > most else []
        return "\n".join([self.heading(ctx, draft), *lines[:most], *more, self.closing(ctx, draft)])

    def _ask(self, ctx: Context, draft: Draft, before: str = "") -> Turn:
        turn = super(PlanForm, self)._ask(ctx, draft, before)
        rows = draft.fields.get("rows", ())
        if len(rows) <= words.MOST_LINES:
            return turn
        return replace(turn, files=(words.drafted_sheet(ctx, draft.fields["name"], rows),))


def _field(n: int, row: Mapping[str, Any]) -> Field:
    return Field(
        f"row{n}",
        row["name"],
        lambda ctx, draft: f"请说{row['what']}的日期、形式或场合，例：{plan_rows.EXAMPLE}。",
        read=lambda ctx, draft, text: _changed(ctx, draft, [n], text),
        needed=lambda ctx, draft: False,
        show=lambda ctx, draft: plan_rows.shown(ctx, draft.fields["rows"][n]),
        example=plan_rows.EXAMPLE,
    )


def _changed(ctx: Context, draft: Draft, which: Sequence[int], text: str) -> Reading:
    one = plan_rows.round_of(ctx, draft)
    if one is None:
        return Complaint(NO_ROUND)
    found = plan_rows.change(text, (one.window.opens, one.window.due), ctx.today)
    if isinstance(found, str):
        return Complaint(found)
    rows = draft.fields["rows"]
    return {"rows": [{**row, **found} if n in which else row for n, row in enumerate(rows)]}


def _mend(ctx: Context, draft: Draft, text: str) -> Reading | None:
    """李芳 4月15日 changes her rows, 全部4月20日 all of them, 党员都集中 those of members."""
    rows, whole = draft.fields["rows"], _ALL.search(text)
    named = [n for n, row in enumerate(rows) if text.startswith(row["name"])]
    if named:
        return _changed(ctx, draft, named, text.removeprefix(rows[named[0]]["name"]))
    if whole is None:
        return None
    rest = _ALL.sub("", text)
    of_members = rest.startswith("党员")
    which = [n for n, row in enumerate(rows) if not of_members or row["key"].endswith("members")]
    return _changed(ctx, draft, which, rest.removeprefix("党员"))


def _unit(ctx: Context, fields: Mapping[str, Any]) -> Organisation | str:
    """The organisation of level one that is meant: named, one's own, or the one above one's branch."""
    own = [role.org for role in ctx.roster.roles_of(ctx.actor.id, ctx.today)]
    home = ctx.roster.branch_of(ctx.actor.id, ctx.today)
    asked = ids_of(fields.get("org")) or own or ([home.id] if home else [])
    ways = [org for id in asked for org in ctx.roster.path(id)]
    found = list(dict.fromkeys(org for org in ways if org.is_level_one))
    if len(found) == 1:
        return found[0]
    if found:
        return f"要看哪一个？请带上名字，例：{found[0].name}点评方案。"
    return "请说哪一个党总支或分党委，例：机械学院点评方案。"


def _begin(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    unit = _unit(ctx, fields)
    if isinstance(unit, str):
        return Complaint(unit)
    period = parse_code(str(fields.get("period") or ""))
    one = review_plans.meant(review_plans.rounds(ctx.profile, ctx.today), ctx.today, period)
    if one is None:
        return Complaint(NO_ROUND)
    verdict = permission.may(ctx, "plan", unit.id)
    plan = ctx.facts.review_plan(unit.id, one.window.label)
    if plan is not None and not (verdict.allowed and _AGAIN.search(ctx.text)):
        return _seen(ctx, unit, one, plan, verdict.allowed)
    if not verdict.allowed:
        return Complaint(permission.refused(ctx, verdict))
    return _drafted(ctx, unit, one, plan)


def _seen(ctx: Context, unit: Organisation, one: Round, plan: ReviewPlan, may_change: bool) -> Turn:
    if may_change or unit.id in asks_about(ctx.roster, ctx.actor, ctx.today).orgs:
        return words.compared(ctx, unit, one, plan, may_change)
    return words.own_part(ctx, unit, one, plan)


def _drafted(ctx: Context, unit: Organisation, one: Round, plan: ReviewPlan | None) -> Reading:
    lines = plan_rows.generated(ctx, unit, one)
    if not lines:
        return Complaint(NOBODY)
    rows = plan_rows.rows(ctx, lines, one.window.due, plan.rows if plan else ())
    return {"org": unit.id, "name": unit.name, "round": one.window.label, "rows": rows}


def _allowed(ctx: Context) -> str | None:
    knows = reviews_anybody(ctx.roster, ctx.actor.id, ctx.today) or permission.might(ctx, "plan")
    seen = knows or asks_about(ctx.roster, ctx.actor, ctx.today)
    return None if seen else "点评方案由党总支、分党委书记来定。看对您的点评请回复“看点评”。"


def _heading(ctx: Context, draft: Draft) -> str:
    one = plan_rows.round_of(ctx, draft)
    title = words.title(ctx, draft.fields["name"], one) if one else ""
    return f"{title}，按规定谁点评谁列好了，请核对："


def _closing(ctx: Context, draft: Draft) -> str:
    one = plan_rows.round_of(ctx, draft)
    day = short(one.window.due) if one else ""
    return CLOSING.format(example=f"{day} 集中")


def _refuse(ctx: Context, draft: Draft) -> str | None:
    verdict = permission.may(ctx, "plan", draft.fields["org"])
    if not verdict.allowed:
        return permission.refused(ctx, verdict)
    return None if plan_rows.round_of(ctx, draft) else "这一轮点评已经结束，不用再定方案了。回复“取消”结束。"


HANDLER = PlanForm(
    name="plan",
    title="定点评方案、看方案进展",
    words=("点评方案", "方案"),
    fields=(),
    finish=write.finish,
    allowed=_allowed,
    prepare=_begin,
    heading=_heading,
    closing=_closing,
    refuse=_refuse,
    mend=_mend,
    take_back=write.take_back,
)

"""每月自我写实: what became of each promise this month, in one message or led item by item (R-220 to R-224)."""

from __future__ import annotations

from bot.engine.state import Draft
from bot.engine.turn import Context
from bot.handlers import _permission as permission
from bot.handlers._report_form import MonthForm, closing, heading_of, mend, refuse
from bot.handlers._report_write import finish
from domain.monthly import due_month


def _foresee(ctx: Context, draft: Draft | None) -> None:
    who = ctx.actor
    if draft is None:
        ctx.soon.way_up(who.id, ctx.today)
        ctx.soon.record(who.id, due_month(ctx.now, ctx.profile).label)
        return
    ctx.soon.branch(who.id, ctx.today)
    ctx.soon.record(who.id, draft.fields["month"])
    ctx.soon.count(who.archive, "report.submitted", ctx.today.year)


HANDLER = MonthForm(
    name="report",
    title="写实",
    words=("写实", "补报", "提前交", "交写实", "自我写实", "每月写实"),
    fields=(),
    finish=finish,
    allowed=lambda ctx: permission.no_member(ctx, "record", "每月写实由党员来写"),
    foresee=_foresee,
    refuse=refuse,
    mend=mend,
    heading=heading_of,
    closing=closing,
    takes_photos=True,
)

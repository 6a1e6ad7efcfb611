"""The answer to 还欠谁 and to a bare 点评: whom one must still review, and what each promised (R-142)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.engine.turn import Context, File, Turn
from bot.handlers import _permission as permission
from bot.handlers import _review_targets as targets
from domain.commitments import LIVE
from domain.coverage import MEMBERS, duties_of, still_owed
from domain.dates import show
from domain.duties import ReviewDuty
from domain.permissions import reviews_anybody

NOBODY = "点评由支部书记和上级领导来写。看对您的点评请回复“看点评”。"
VOTER = "点评由书记和上级领导来写，您不用办。请您参加评议时会另外告诉您。"
NO_DUTY = "本期没有规定由您点评的对象；想点评谁可以直接说，例：点评张伟：……"
_GOAL = 14


def answer(ctx: Context, day: date) -> Turn:
    """Whom the speaker still owes in the windows of that day, as a list whose digits start a review."""
    if permission.is_voter(ctx):
        return Turn(VOTER, keep=True)
    if not reviews_anybody(ctx.roster, ctx.actor.id, ctx.today):
        return Turn(NOBODY, keep=True)
    # A round asks for the same reviews as its quarter; each is listed once.
    found = duties_of(ctx.roster, ctx.profile, ctx.actor, day)
    duties = list({one.target: one for one in reversed(found)}.values())[::-1]
    if not duties:
        return Turn(NO_DUTY, keep=True)
    owed = _owed(ctx, duties)
    if not owed:
        return Turn(f"本期该点评的{len(duties)}个都点评完了，辛苦了。", keep=True)
    return _listed(ctx, owed, len(duties) - len(owed))


def _owed(ctx: Context, duties: Sequence[ReviewDuty]) -> Sequence[ReviewDuty]:
    since, until = min(one.window.opens for one in duties), max(one.window.due for one in duties)
    subjects = {one.target.subject for one in duties}
    reviews = ctx.facts.reviews_of(subjects, since, until)
    members = [one for one in duties if one.code == MEMBERS]
    labels = {one.window.label for one in members}
    people = [one.target.subject for one in members]
    waived = {each.subject for label in labels for each in ctx.facts.waivers(MEMBERS, label, people)}
    return still_owed(duties, reviews, waived)


def _listed(ctx: Context, owed: Sequence[ReviewDuty], done: int) -> Turn:
    promises = _promises(ctx, owed)
    known = ctx.roster.people([one.target.subject for one in owed if one.target.type != "org"])
    lines = []
    for n, one in enumerate(owed, 1):
        who = _line(ctx, one, known[one.target.subject].name if one.target.subject in known else "")
        promise = promises.get(one.target.subject)
        lines.append(f"{n} {who}" + (f"　承诺：{promise}" if promise else ""))
    most = ctx.profile.number("chat.names_in_text")
    files = (File("待点评.xlsx", tuple((line,) for line in lines)),) if len(lines) > most else ()
    rest = [f"……共{len(lines)}个，全部名单见文件。"] if files else []
    last = "回复数字开始点评，例：1"
    say = "\n".join([_heading(owed, done), *lines[:most], *rest, last])
    return Turn(say, keep=True, choices=tuple(f"点评 {_word(ctx, one)}" for one in owed), files=files)


def _heading(owed: Sequence[ReviewDuty], done: int) -> str:
    end = min(one.window.due for one in owed)
    return f"还有{len(owed)}个待点评（已点评{done}个，{show(end)}前）："


def _line(ctx: Context, one: ReviewDuty, person: str) -> str:
    if one.target.type == "org":
        return targets.name(ctx, one.target)
    org = ctx.roster.org(one.target.org)
    return person if one.target.type == "member" else f"{person}（{org.name if org else ''}书记）"


def _word(ctx: Context, one: ReviewDuty) -> str:
    return targets.name(ctx, one.target) if one.target.type == "org" else one.target.subject


def _promises(ctx: Context, owed: Sequence[ReviewDuty]) -> dict[str, str]:
    """The first published goal of each, cut to what fits a line."""
    found: dict[str, str] = {}
    for item in ctx.facts.commitments_of([one.target.subject for one in owed], LIVE):
        goal = item.goal if len(item.goal) <= _GOAL else f"{item.goal[:_GOAL]}…"
        found.setdefault(item.owner, goal)
    return found

"""催一下: one reminder to those who have to act, at most once a day for each duty and person (R-306)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Tell, Turn
from bot.handlers import _nudge_words, _nudging, _stillness
from bot.handlers import _permission as permission
from bot.handlers._nudging import Chosen
from domain.coverage import member_window
from domain.duties import Member
from domain.monthly import due_month
from domain.periods import half_of
from domain.reminders import out_of_quiet
from domain.standing import OF_REVIEWS, ORGANISATIONS, REPORT, REVIEW

OWN_REVIEWS = "这些点评要由您来写，回复“还欠谁”就能一个一个写。"
OWN_MEMBERS = "这些同志的点评要由您来写，回复“还欠谁”就能一个一个写。"
NOBODY = "这次没有需要提醒的同志。看谁没交请回复“谁没交”。"
NOT_YOURS = "提醒由支部书记来发。您可以查“谁没交”，再请书记提醒。"


def _permitted(ctx: Context) -> str | None:
    return None if permission.might(ctx, "nudge") else NOT_YOURS


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    chosen = _nudging.chosen(ctx, fields)
    if isinstance(chosen, Turn):
        return chosen
    if not any(one.people for one in chosen):
        return Turn("".join(one.settled for one in chosen) or NOBODY)
    if all(_is_only_own(ctx, one) for one in chosen):
        return Turn(OWN_MEMBERS if chosen[0].duty == REVIEW else OWN_REVIEWS)
    closed = _closed(ctx, [who for one in chosen for who in one.people])
    return Turn(closed) if closed else _reminding(ctx, chosen, _again(ctx, fields))


def _is_only_own(ctx: Context, chosen: Chosen) -> bool:
    own = {one.person.id for one in chosen.people} <= {ctx.actor.id}
    return chosen.duty in OF_REVIEWS and own


def _again(ctx: Context, fields: Mapping[str, Any]) -> str:
    """The words with which the same unit is reminded after the number was seen."""
    org = ctx.roster.org(fields["org"]) if isinstance(fields.get("org"), str) else None
    return f"{org.name if org else ''}都催一下"


def _closed(ctx: Context, people: Sequence[Member]) -> str:
    """R-354: nobody of a unit hears from the bot before its 书记 said 开始."""
    orgs = filter(None, map(ctx.roster.org, sorted({one.org for one in people})))
    names = [org.name for org in orgs if org.opened_on is None]
    return f"{'、'.join(names)}还没有开始发提醒。请支部书记先回复“开始”。" if names else ""


def _reminding(ctx: Context, chosen: Sequence[Chosen], again: str) -> Turn:
    found = [(one, _nudging.receivers(ctx, one.people, _key(ctx, one))) for one in chosen if one.people]
    everybody = _nudging.together([one for _, one in found])
    most = ctx.profile.number("chat.names_in_text")
    if len(everybody.now) > most and "都" not in ctx.text:
        return Turn(f"要提醒{len(everybody.now)}人，确定吗？\n1 都提醒", choices=(again,))
    tells = tuple(_tell(ctx, one, who) for one, to in found for who in to.now)
    own = [_nudge_words.OWN.get(one.duty, _nudge_words.ASKS_ELSE) for one, to in found if to.oneself]
    settled = "".join(one.settled for one in chosen)
    return Turn(_nudge_words.said(ctx, everybody) + settled + "".join(dict.fromkeys(own)), tell=tells)


def _key(ctx: Context, chosen: Chosen) -> str:
    return f"nudge|{chosen.duty}|{chosen.label}|{{}}|{ctx.today}"


def _tell(ctx: Context, chosen: Chosen, one: Member) -> Tell:
    quiet = ctx.profile.hour("push.quiet_from"), ctx.profile.hour("push.quiet_to")
    return Tell(
        key=_key(ctx, chosen).format(one.person.id),
        person=one.person.id,
        text=_nudge_words.words(ctx, chosen, one),
        unit=one.org,
        **_rechecked(ctx, chosen),
        not_before=out_of_quiet(ctx.now, *quiet),
    )


def _rechecked(ctx: Context, chosen: Chosen) -> dict[str, str]:
    """What is due now is asked again before it leaves; of an older window only this reminder knows."""
    due = {
        REPORT: due_month(ctx.now, ctx.profile),
        REVIEW: member_window(ctx.profile, ctx.today),
        ORGANISATIONS: half_of(ctx.today),
    }
    current = {"duty": chosen.duty, "step": "manual", "period": chosen.label}
    return current if chosen.period and due.get(chosen.duty) == chosen.period else {}


HANDLER = Query("nudge", "提醒没交的同志", ("催一下", "都催"), _stillness.noted(_reply), _permitted)

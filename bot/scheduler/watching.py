"""Standing questions (齐了叫我): one message once nobody is missing, or their end with the reason.

Asked by the clock and not by the turn that hands in the last record: that turn would pay for everybody's questions,
and twenty records in ten minutes make one look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.decisions import Action, Decision
from bot.handlers._duty_names import complete
from bot.parts import Bot
from bot.scheduler import pending
from bot.scheduler.pending import Scene
from domain import watching
from domain.finding import found
from domain.reminders import out_of_quiet
from domain.watching import PREFIX, Watch
from storage import owed, settings
from storage.db import Transaction
from storage.facts import FactsView
from storage.owed import Owed

STEP = "watch"


@dataclass(frozen=True, slots=True)
class Ended:
    """A question that is over: with the words of its answer, or with the reason why there is none."""

    watch: Watch
    kept: str
    text: str = ""
    reason: str = ""


def run(bot: Bot, now: datetime) -> list[Decision]:
    """End what is complete or over; safe to repeat and to run twice at once."""
    with bot.database.reading() as tx:
        at = pending.scene(tx, bot.profile, now)
        kept: Mapping[str, str] = at.facts.settings(PREFIX)
        over = [one for key, value in kept.items() if (one := _ended(at, watching.read(key, value), value))]
    done = [bot.database.attempt(partial(_end, bot, one, now)) for one in over]
    return [one for one in done if one]


def _ended(at: Scene, watch: Watch, kept: str) -> Ended | None:
    asked = watching.asked_again(at, watch)
    reason = watching.why_over(at, watch, asked)
    if reason:
        return Ended(watch, kept, reason=reason)
    answer = found(at, asked)
    if not answer or not answer[0][1].is_complete:
        return None
    return Ended(watch, kept, text=complete(watch.duty, *answer[0], at.today))


def _end(bot: Bot, one: Ended, now: datetime, tx: Transaction) -> Decision | None:
    """Forget the question and owe its answer together, unless she took it back meanwhile."""
    if FactsView(tx).setting(one.watch.setting) != one.kept:
        return None
    settings.put(tx, one.watch.setting, "")
    if one.text and not owed.put_new(tx, _row(bot, one, now)):
        return None
    action: Action = "planned" if one.text else "cancelled"
    return Decision("plan", one.watch.person, one.watch.duty, STEP, action, one.reason)


def _row(bot: Bot, one: Ended, now: datetime) -> Owed:
    quiet = bot.profile.hour("push.quiet_from"), bot.profile.hour("push.quiet_to")
    leaves = out_of_quiet(now, *quiet)
    return Owed(one.watch.key, "text", {"text": one.text}, now, leaves, person=one.watch.person)

"""Standing questions (齐了叫我): one message once nobody is missing, one before on the last workday, or their end.

Asked by the clock and not by the turn that hands in the last record: that turn would pay for everybody's questions,
and twenty records in ten minutes make one look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial

from bot.decisions import Action, Decision
from bot.handlers._duty_names import complete, still_missing
from bot.parts import Bot
from bot.scheduler import holidays, pending
from bot.scheduler.pending import Scene
from domain import watching
from domain.finding import found
from domain.reminders import last_workday, out_of_quiet
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
        ended = {one.watch.setting for one in over}
        open_ones = [watching.read(key, value) for key, value in kept.items() if key not in ended]
        near = [row for one in open_ones if (row := _near(bot, at, one, now))]
    done = [bot.database.attempt(partial(_end, bot, one, now)) for one in over]
    done += [bot.database.attempt(partial(_told, row)) for row in near]
    return [one for one in done if one]


def _near(bot: Bot, at: Scene, watch: Watch, now: datetime) -> Owed | None:
    """What is still missing on the last workday of the window, to be said once."""
    asked = watching.asked_again(at, watch)
    due = watching.due(at, asked)
    if out_of_quiet(now, *_quiet(bot)) > now:
        # By the morning somebody may have handed it in.
        return None
    if due is None or not watch.is_near(at.today, last_workday(due, holidays.calendar(bot.profile))):
        return None
    if at.facts.told([watch.near_key]):
        return None
    answer = found(at, asked)
    if not answer:
        return None
    most = bot.profile.number("chat.names_in_text")
    text = still_missing(watch.duty, *answer[0], due, at.today, most)
    return _row(bot, watch, watch.near_key, text, now)


def _told(row: Owed, tx: Transaction) -> Decision | None:
    duty = row.key.split("|")[2]
    return Decision("plan", row.person, duty, STEP, "planned", "") if owed.put_new(tx, row) else None


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
    if one.text and not owed.put_new(tx, _row(bot, one.watch, one.watch.key, one.text, now)):
        return None
    action: Action = "planned" if one.text else "cancelled"
    return Decision("plan", one.watch.person, one.watch.duty, STEP, action, one.reason)


def _row(bot: Bot, watch: Watch, key: str, text: str, now: datetime) -> Owed:
    return Owed(key, "text", {"text": text}, now, out_of_quiet(now, *_quiet(bot)), person=watch.person)


def _quiet(bot: Bot) -> tuple[time, time]:
    return bot.profile.hour("push.quiet_from"), bot.profile.hour("push.quiet_to")

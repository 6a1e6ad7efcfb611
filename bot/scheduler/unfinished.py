"""One nudge, ever, to who left a question open and fell silent; then the draft waits (row 23 of the chat page).

Found by an index over when conversations were last touched; nothing of it costs a turn anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.decisions import Decision
from bot.engine.state import from_state
from bot.parts import Bot
from bot.scheduler import flood
from domain.reminders import out_of_quiet
from storage import owed, speakers
from storage.db import Transaction
from storage.facts import FactsView
from storage.owed import Owed
from storage.speakers import Standing

DUTY, STEP = "draft", "left"
BREATH, LONGEST_TALK = timedelta(minutes=10), timedelta(hours=2)
TOO_OLD = timedelta(days=1)
"""After so long, for instance after an outage, nobody is reminded of a draft any more."""


def run(bot: Bot, now: datetime) -> list[Decision]:
    """Owe the nudges that are due and were never owed; safe to repeat and to run twice at once."""
    rows = _due(bot, now)
    keys = {(DUTY, row.period, row.person, STEP) for row in rows}
    is_held = flood.is_unforeseen(bot, keys, now)
    made = bot.database.attempt(lambda tx: _owe(tx, rows, "held" if is_held else "waiting")) if rows else []
    return [Decision("plan", one.person, DUTY, STEP, "held" if is_held else "planned") for one in made]


def why_not(tx: Transaction, row: Owed) -> str | None:
    """None while the draft lies as it was left, else why its nudge has become pointless."""
    found = speakers.standing(tx, row.person)
    draft = from_state(found.state).draft if found else None
    if found is None or draft is None or draft.started != row.period:
        return "那一件已经办完或放下了"
    return "本人已经接着办" if found.touched > row.created else None


def quiet_from(tx: Transaction, person: str, now: datetime) -> datetime | None:
    """When a reminder would no longer fall into the middle of a talk; None while nobody is in one (R-299).

    It waits two hours at most from the talk's beginning, whatever is said meanwhile.
    """
    found = speakers.standing(tx, person)
    draft = from_state(found.state).draft if found else None
    if found is None or draft is None or draft.is_leavable or not draft.started:
        return None
    quiet = min(found.touched + BREATH, datetime.fromisoformat(draft.started) + LONGEST_TALK)
    return quiet if quiet > now else None


def _due(bot: Bot, now: datetime) -> list[Owed]:
    minutes = bot.profile.number("chat.nudge_minutes")
    if not minutes:
        return []
    with bot.database.reading() as tx:
        silent = speakers.fell_silent(tx, now - TOO_OLD, now - timedelta(minutes=minutes), now.date())
        rows = [row for one in silent if (row := _row(bot, one, now))]
        known = FactsView(tx).told([row.key for row in rows]) if rows else set()
    return [row for row in rows if row.key not in known]


def _row(bot: Bot, left: Standing, now: datetime) -> Owed | None:
    draft, handlers = from_state(left.state).draft, bot.dispatcher.talk.handlers
    if draft is None or draft.is_leavable or draft.handler not in handlers:
        return None
    so_far = handlers[draft.handler].so_far(draft)
    quiet = bot.profile.hour("push.quiet_from"), bot.profile.hour("push.quiet_to")
    row = Owed(
        key=f"left|{left.person}|{draft.started}",
        kind="text",
        body={"text": f"您的{so_far}。接着办请回复“继续”；改天再办也可以，已写的都留着。"},
        created=now,
        not_before=out_of_quiet(now, *quiet),
        person=left.person,
        unit=left.org,
        duty=DUTY,
        step=STEP,
        period=draft.started,
        deadline=left.touched + TOO_OLD,
    )
    return row if so_far else None


def _owe(tx: Transaction, rows: Sequence[Owed], state: str) -> list[Owed]:
    """Those that no other clock owed meanwhile."""
    return [row for row in rows if owed.put_new(tx, replace(row, state=state))]

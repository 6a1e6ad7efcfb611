"""The next day on which reminders will leave, looked for a few times a day so that 调度状态 can say it at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.decisions import Decision
from bot.parts import Bot
from bot.scheduler import planning
from bot.scheduler.rehearsal import morning
from domain.clockwork import AHEAD, Outlook
from storage import settings

DAYS = 8
"""Today and a week: each day walked through costs as much as planning it."""


def look(bot: Bot, now: datetime) -> list[Decision]:
    """Keep the outlook; the tick plans nothing and decides nothing."""
    found = ahead(bot, now.date())
    with bot.database.transaction() as tx:
        settings.put(tx, AHEAD, found.kept())
    return []


def ahead(bot: Bot, today: date) -> Outlook:
    """The first day of those to come on which somebody would hear, if nothing changed."""
    days = [today + timedelta(days=n) for n in range(DAYS)]
    for day in days:
        people = {branch.org.id: len(branch.due) for branch in planning.read_all(bot, morning(day))}
        if any(people.values()):
            return Outlook(day, days[-1], {org: n for org, n in people.items() if n})
    return Outlook(None, days[-1], {})

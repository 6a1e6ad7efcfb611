"""APScheduler as a clock and nothing more: it says which tick's time has come, and knows nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import ZONE

TIMES: dict[str, dict[str, Any]] = {
    "heartbeat": {"trigger": "interval", "seconds": 30},
    # A reminder has a day and a morning; ten minutes are soon enough for a snoozed one.
    "plan": {"trigger": "cron", "minute": "3-59/10", "second": 7},
    # Right after midnight, when a transfer takes effect; done again and again without harm.
    "follow": {"trigger": "cron", "minute": 1},
    "rehearse": {"trigger": "cron", "hour": 20, "minute": 11},
    # Twice a day finds the year's beginning and December; each year is told of once.
    "calendar": {"trigger": "cron", "hour": "9,15", "minute": 33},
    "outlook": {"trigger": "cron", "hour": "7,12,20", "minute": 27},
    # Seal and retention are done once whatever the hour, so a missed night is made up for in the morning.
    "seal": {"trigger": "cron", "minute": 19},
    "retention": {"trigger": "cron", "minute": 41},
    "contacts": {"trigger": "cron", "hour": "*/6", "minute": 13},
}


def waking(wake: Callable[[str], None]) -> BackgroundScheduler:
    """A scheduler, not started yet, that calls `wake` with a tick's name at its times (chat §4.1)."""
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": 300}
    scheduler = BackgroundScheduler(timezone=ZONE, job_defaults=defaults, daemon=True)
    for name, times in TIMES.items():
        scheduler.add_job(wake, args=(name,), id=name, **times)
    return scheduler

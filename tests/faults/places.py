"""Installations for real processes, on a clock that shows the same day in every year."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bot import bootstrap
from bot.clock import Clock
from sandbox import Faults, Sandbox
from storage import settings as kept
from storage.codec import ZONE
from tests import school
from tests.installation import Installation, settings

# The 写实 of November is open, and no quiet hour is near.
MORNING = datetime(2026, 11, 26, 10, tzinfo=ZONE)


@contextmanager
def installed(url: str, home: Path, **faults: object) -> Iterator[Installation]:
    """The cast on an empty database beside a sandbox; its processes begin at MORNING and time goes on."""
    (home / "clock").write_text(str((MORNING - Clock().now()).total_seconds()))
    clock = Clock(home / "clock")
    with Sandbox(clock=clock.now, faults=Faults(**faults)).start() as sandbox:  # type: ignore[arg-type]
        made = school.new(url, clock.now())
        with made.database.transaction() as tx:
            kept.put(tx, "school", "示例理工大学")
        here = Installation(bootstrap.bot(settings(home, url, sandbox), clock), sandbox, made)
        yield here
        here.bot.database.dispose()
        made.database.dispose()

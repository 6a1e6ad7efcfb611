"""The programs of the machine that some tests need: which are here, and what is said when one is not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from tests import postgres

# With CI=true nothing may be left out: a missing program is a failure there, and so is any other skip.
STRICT = os.environ.get("CI") == "true"


def chromium() -> str | None:
    """The path of the browser, or None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


@dataclass(frozen=True)
class Program:
    """Something a marker's tests need: the name people know it by, and the fixture that brings it."""

    name: str
    fixture: str
    find: Callable[[], object | None]

    @property
    def reason(self) -> str:
        return f"本机没有 {self.name}"


BY_MARKER = {
    "postgresql": Program("PostgreSQL", "postgresql_cluster", postgres.programs),
    "browser": Program("Chromium", "browser", chromium),
}

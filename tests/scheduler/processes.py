"""Real `xieshi work` processes beside a sandbox."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from tests.installation import Installation

ROOT = Path(__file__).parent.parent.parent


def environment(here: Installation) -> dict[str, str]:
    """The variables an operator would set for this installation."""
    own, wecom = here.bot.settings, here.bot.settings.wecom
    given = {
        "HOME": str(own.home),
        "DATABASE_URL": own.database_url,
        "WECOM_CORP_ID": wecom.corp_id,
        "WECOM_AGENT_ID": str(wecom.agent_id),
        "WECOM_SECRET": wecom.secret,
        "WECOM_TOKEN": wecom.token,
        "WECOM_AES_KEY": wecom.aes_key,
        "WECOM_API_URL": wecom.api_url,
        "SECRET_KEY": "for tests only",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XIESHI_")}
    return kept | {f"XIESHI_{name}": value for name, value in given.items()} | {"PYTHONPATH": str(ROOT)}


@contextmanager
def working(here: Installation, count: int = 1) -> Iterator[Sequence[subprocess.Popen[bytes]]]:
    """So many workers; whatever is left of them at the end is killed."""
    log = (here.bot.settings.home / "work.log").open("ab")
    command = [sys.executable, "-m", "bot", "work"]
    home = here.bot.settings.home
    started = [
        subprocess.Popen(command, env=environment(here), stdout=log, stderr=log, cwd=home)
        for _ in range(count)
    ]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.wait(10)
        log.close()


def wait_for(condition: Callable[[], bool], seconds: float = 40) -> bool:
    """Look every twentieth of a second until it holds; False when it never did."""
    pause = Event()
    for _ in range(int(seconds * 20)):
        if condition():
            return True
        pause.wait(0.05)
    return condition()

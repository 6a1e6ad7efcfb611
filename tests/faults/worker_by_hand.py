"""A worker that plans and sends as of the moments it reads, one a line, and says when each is done.

Run as a program by the year of kills, so that a year passes in a minute and the process can be killed anywhere.
"""

from __future__ import annotations

import sys
from datetime import datetime

from bot import bootstrap, settings
from bot.scheduler import ticks


def main() -> None:
    bot = bootstrap.bot(settings.load())
    print("ready", flush=True)
    for line in sys.stdin:
        now = datetime.fromisoformat(line.strip())
        ticks.plan(bot, now)
        ticks.send(bot, now)
        print("done", flush=True)


if __name__ == "__main__":
    main()

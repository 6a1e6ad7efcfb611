"""A whole installation beside a sandbox that plays WeCom over HTTP, both on one clock that the test sets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot import bootstrap
from bot.clock import Clock
from bot.parts import Bot
from bot.settings import Settings, WeComSettings
from sandbox import Faults, Sandbox
from sandbox.records import Bubble
from storage import owed
from storage.codec import ZONE
from storage.owed import Owed
from storage.tables import owed as owed_table
from tests import cast, school

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)


@dataclass
class StandingClock(Clock):
    """Goes only when it is moved."""

    moment: datetime = NOON

    def now(self) -> datetime:
        return self.moment


@dataclass
class Installation:
    """`bot` talks to `sandbox`; `school` speaks to the same database."""

    bot: Bot
    sandbox: Sandbox
    school: school.School
    clock: StandingClock = field(default_factory=StandingClock)

    @property
    def now(self) -> datetime:
        return self.clock.moment

    def move(self, **by: float) -> datetime:
        """Let time pass, for both sides."""
        self.clock.moment += timedelta(**by)
        self.school.now = self.clock.moment
        return self.clock.moment

    def owe(self, *rows: Owed) -> None:
        with self.bot.database.transaction() as tx:
            owed.put(tx, rows)

    def texts(self, account: str) -> list[str]:
        """What the app said on somebody's phone."""
        return [bubble.text for bubble in self.bubbles(account) if bubble.kind == "text"]

    def bubbles(self, account: str) -> list[Bubble]:
        return list(self.sandbox.see(account))

    def states(self) -> dict[str, tuple[str, str]]:
        """State and reason of every owed row by its key."""
        with self.bot.database.reading() as tx:
            rows = tx.connection.execute(owed_table.select().order_by(owed_table.c.key))
            return {row.key: (row.state, row.reason) for row in rows}

    def sends(self) -> int:
        """How many calls of message/send the sandbox answered."""
        return len(self.sandbox.calls("message/send"))


def note(n: object, person: str = "2010018", text: str = "", now: datetime = NOON, **more: object) -> Owed:
    """The news of an act, due now."""
    return Owed(f"news|{n}", "text", {"text": text or f"消息{n}"}, now, now, person=person, **more)


def settings(home: Path, url: str, sandbox: Sandbox) -> Settings:
    """As an operator would set them for this sandbox."""
    app = sandbox.app
    wecom = WeComSettings(
        sandbox.world.corpid,
        app.agentid,
        app.secret,
        app.token,
        app.aeskey,
        api_url=sandbox.url,
        oauth_url=sandbox.url,
    )
    return Settings(home, url, str(home / "media"), "http://127.0.0.1:8000", "harbin", wecom)


@contextmanager
def running(url: str, home: Path, **faults: object) -> Iterator[Installation]:
    """The cast enrolled in a database, and everybody on their phones."""
    clock = StandingClock()
    with Sandbox(clock=clock.now, faults=Faults(**faults)).start() as sandbox:
        made = school.new(url, clock.moment)
        bot = bootstrap.bot(settings(home, url, sandbox), clock)
        yield Installation(bot, sandbox, made, clock)
        bot.database.dispose()
        made.database.dispose()


def without_sending(bot: Bot) -> Bot:
    """The same installation before WeCom is set up."""
    return replace(
        bot, wecom=bootstrap.wecom(replace(bot.settings, wecom=WeComSettings()), bot.database, bot.clock)
    )


ACCOUNTS = {id: account for id, account in cast.ACCOUNT.items() if account}

"""`xieshi demo`: sandbox, bot and worker on one machine with a lively sample school. The only user of the sandbox."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot import profiles, sample
from bot.bootstrap import bot
from bot.channels.wecom import menu
from bot.clock import Clock
from bot.demo import children, people
from bot.demo.jumps import next_reminders
from bot.parts import Bot
from bot.scheduler import planning, rehearsal
from bot.settings import load
from sandbox import Sandbox
from storage import occasions, schema, settings
from storage.db import Database, Transaction
from storage.roster import RosterView

PATIENCE = 60.0
"""Seconds which the web process may take to answer WeCom's check of the URL."""


class NotStarted(Exception):
    """Some part of the demonstration did not come up; the sentence says which."""


class Demo:
    """One demonstration in a folder of its own, made anew at each start."""

    def __init__(self, home: Path, port: int = 0) -> None:
        self.home, self.port = home, port
        self.clock = Clock(home / "clock")
        self.children = children.Children()
        self.bot_port = children.free_port()

    def run(self, ready: Callable[[str], None], until: Callable[[], bool]) -> None:
        """Start everything, say the page's URL, and go on until `until` says so or a part dies."""
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(parents=True)
        database = Database(f"sqlite:///{self.home / 'xieshi.db'}")
        fill(database, self.home / "media", self.clock.now())
        world = people.world(database, self.clock.now().date())
        database.dispose()
        with Sandbox(world).start(self.port) as sandbox, self.children:
            self._start(sandbox)
            ready(sandbox.url)
            while not until() and self.children.all_alive():
                time.sleep(0.3)

    def _start(self, sandbox: Sandbox) -> None:
        made = bot(load(self._environment(sandbox), self.home), self.clock)
        sandbox.jumps = lambda: next_reminders(made)
        sandbox.on_clock(lambda moment: self._moved(made, moment))
        self.children.web(self._environment(sandbox), self.bot_port)
        sandbox.connect(f"http://127.0.0.1:{self.bot_port}/wecom/callback")
        self._wait_for_url(sandbox)
        self.children.work(self._environment(sandbox))
        if made.wecom.api is not None:
            menu.publish(made.wecom.api)

    def _moved(self, made: Bot, moment: datetime) -> None:
        """The page moved its clock: ours stands there too, and what is due by then was foreseen."""
        rehearsal.remember(made, moment.date())
        offset = moment - Clock().now()
        fresh = self.home / "clock.new"
        fresh.write_text(str(offset.total_seconds()), encoding="ascii")
        fresh.replace(self.home / "clock")

    def _wait_for_url(self, sandbox: Sandbox) -> None:
        end = time.monotonic() + PATIENCE
        while not sandbox.verify_url().ok:
            if time.monotonic() > end or not self.children.all_alive():
                raise NotStarted("机器人没有起来。请把上面的文字发给管理员。")
            time.sleep(0.3)

    def _environment(self, sandbox: Sandbox) -> dict[str, str]:
        app = sandbox.app
        return {
            "XIESHI_HOME": str(self.home),
            "XIESHI_PUBLIC_URL": f"http://127.0.0.1:{self.bot_port}",
            "XIESHI_WECOM_CORP_ID": sandbox.world.corpid,
            "XIESHI_WECOM_AGENT_ID": str(app.agentid),
            "XIESHI_WECOM_SECRET": app.secret,
            "XIESHI_WECOM_TOKEN": app.token,
            "XIESHI_WECOM_AES_KEY": app.aeskey,
            "XIESHI_WECOM_API_URL": sandbox.url,
            "XIESHI_WECOM_OAUTH_URL": sandbox.url,
        }


def fill(database: Database, media: Path, now: datetime) -> None:
    """The sample school with a year of ledger, into an empty database and folder."""
    media.mkdir(parents=True, exist_ok=True)
    schema.migrate(database.engine)
    sample.load(database, media, now)
    profile = profiles.load(profiles.BASE)
    with database.transaction() as tx:
        settings.put(tx, "school", profile.text("office.school"))
        settings.put(tx, "office", profile.text("office.name"))
        greeted(tx, now)


def greeted(tx: Transaction, now: datetime) -> None:
    """After a year nobody hears for the first time who is speaking (R-355)."""
    roster = RosterView(tx)
    members = roster.members([org.id for org in roster.orgs()], now.date())
    duty, period, step = planning.FIRST
    occasions.keep(tx, [(duty, period, person.id, step) for person, _ in members], "sample", now)

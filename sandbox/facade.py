"""The sandbox as a library: one object that plays WeCom and lets a test or a demo act as everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Self

from sandbox.acts import Acts
from sandbox.clock import Clock
from sandbox.control import control_pages
from sandbox.delivery import Postman
from sandbox.desk import Desk
from sandbox.faults import Faults
from sandbox.media import Media
from sandbox.member import Members
from sandbox.oauth import login_pages
from sandbox.records import ApiCall, Bubble, Callback
from sandbox.sample import sample_world
from sandbox.server import Network, Server, flask_app
from sandbox.verify import Verification, verify_url
from sandbox.world import App, World

Jumps = Callable[[], Sequence[tuple[str, datetime]]]


class Sandbox(Acts):
    """WeCom's server, its members' phones and the page, over one world.

    `clock` gives the time (default: the real one). `jumps` gives labelled moments for the page's clock. Acts of
    members come from Acts; where several apps exist, `agentid` chooses one, else the first is meant.
    """

    def __init__(
        self,
        world: World | None = None,
        *,
        clock: Callable[[], datetime] | None = None,
        faults: Faults | None = None,
        jumps: Jumps | None = None,
        on_clock: Callable[[datetime], object] | None = None,
    ) -> None:
        self.world = world or sample_world()
        self.clock = Clock(clock)
        self.faults = faults or Faults()
        self.jumps: Jumps = jumps or list
        self.desk = Desk(self.world, self.clock, self.faults)
        self.postman = Postman(self.desk)
        self._server: Server | None = None
        super().__init__(self.desk, Members(self.desk, self.postman))
        self.clock.watch(self._moved)
        if on_clock:
            self.clock.watch(on_clock)

    def start(self, port: int = 0, host: str = "127.0.0.1") -> Self:
        """Begins to answer under `url`; port 0 takes a free one."""
        app = flask_app(self.desk)
        app.register_blueprint(control_pages(self))
        app.register_blueprint(login_pages(self.desk))
        self._server = Server(Network(self.desk, app.wsgi_app), host, port)
        self.desk.base_url = self._server.url
        self._server.start()
        return self

    def stop(self) -> None:
        """Ends answering and drops what is under way."""
        self.desk.stop()
        self.postman.stop()
        if self._server:
            self._server.stop()

    def __enter__(self) -> Self:
        return self if self._server else self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where it answers, without a slash at the end."""
        return self.desk.base_url

    @property
    def app(self) -> App:
        """The first app: its secret, token, aeskey, menu and visible range."""
        return self.world.app()

    def connect(
        self,
        callback_url: str,
        token: str | None = None,
        aeskey: str | None = None,
        agentid: int | None = None,
    ) -> App:
        """Sets where callbacks go, as 接收消息服务器 in the console; `verify_url` checks it."""
        with self.desk.lock:
            app = self.world.app(agentid)
            app.callback_url = callback_url
            app.token, app.aeskey = token or app.token, aeskey or app.aeskey
            self.world.sealer(app)
            self.desk.touch()
            return app

    def verify_url(self, agentid: int | None = None) -> Verification:
        """The GET check of the callback URL, answered rightly within a second or not."""
        return verify_url(self.desk, self.world.app(agentid))

    def now(self) -> datetime:
        """The sandbox's present moment."""
        return self.clock.now()

    def move_to(self, moment: datetime) -> datetime:
        """Sets the clock; those who watch it are told."""
        return self.clock.move_to(moment)

    def advance(self, seconds: float) -> datetime:
        """Moves the clock on."""
        return self.clock.advance(seconds)

    def on_clock(self, watcher: Callable[[datetime], object]) -> None:
        """Calls `watcher` with the new moment whenever the clock was moved."""
        self.clock.watch(watcher)

    def _moved(self, _: datetime) -> None:
        with self.desk.lock:
            self.desk.touch()

    def fail_next(self, endpoint: str, errcode: int, times: int = 1) -> None:
        """Makes the next calls of an endpoint ("message/send", "*" for any) answer `errcode`."""
        with self.desk.lock:
            self.faults.fail_next(endpoint, errcode, times)

    def kill_tokens(self) -> None:
        """Ends every living access_token early: its next use answers 40014."""
        with self.desk.lock:
            self.desk.tokens.kill()

    def see(self, user: str) -> list[Bubble]:
        """What the app's messages look like on a member's phone, oldest first; recalled ones are gone."""
        return [b for b in self.conversation(user) if b.side == "app" and not b.recalled]

    def conversation(self, user: str) -> list[Bubble]:
        """Both sides of a member's phone, oldest first."""
        with self.desk.lock:
            return list(self.desk.inbox[user.casefold()])

    def media(self, media_id: str) -> Media:
        """A medium whatever its age: what a phone shows or saves; raises KeyError."""
        with self.desk.lock:
            media = self.desk.media.kept(media_id)
        if media is None:
            raise KeyError(media_id)
        return media

    def deliveries(self, user: str | None = None) -> list[Callback]:
        """The callbacks so far, with all their attempts."""
        with self.desk.lock:
            return [c for c in self.desk.callbacks if user is None or c.user.casefold() == user.casefold()]

    def calls(self, endpoint: str | None = None) -> list[ApiCall]:
        """The API calls so far."""
        with self.desk.lock:
            return [c for c in self.desk.calls if endpoint in (None, c.endpoint)]

    @property
    def counters(self) -> Mapping[str, int]:
        """Calls per endpoint, and silently_dropped, bad_replies, duplicates_not_delivered, card_updates_ignored."""
        with self.desk.lock:
            return dict(self.desk.counters)

    def wait_idle(self, timeout: float = 10.0) -> bool:
        """Waits until no callback is under way; False when `timeout` seconds passed."""
        return self.desk.wait_for(lambda: self.postman.open == 0, timeout)

    def wait_for(self, condition: Callable[[], bool], timeout: float = 10.0) -> bool:
        """Waits until `condition` holds, looking at every change of the sandbox."""
        return self.desk.wait_for(condition, timeout)

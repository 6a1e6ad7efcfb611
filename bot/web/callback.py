"""WeCom's callbacks: opened, dispatched and answered in one request (contract, HTTP; house 5)."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from bot import texts
from bot.channels.base import Rejected
from bot.faults import place_of
from bot.messages import Message
from bot.parts import Bot
from bot.web.counters import Counters
from storage import settings
from storage.db import Conflict, Unavailable
from storage.owed import Owed, put

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/wecom/callback"
log = logging.getLogger("xieshi.callback")
MOST_BYTES = 1 << 20
# WeCom hangs up after five seconds; what takes longer than this travels as a message of its own.
IN_TIME = timedelta(seconds=4)
NOTHING_KEPT = ("", texts.BUSY, texts.BROKEN)
"""Answers that belong to this one call and are never sent later."""
_NO_SUCH_CALL = MethodNotAllowed(("GET", "HEAD", "POST"))


class Callback:
    """The two calls of the callback URL; every other path is left to `others`.

    WSGI as it is, without Flask's frame around it: routing, sessions and contexts serve pages, and were a fiftieth of
    a turn's time.
    """

    def __init__(self, bot: Bot, counters: Counters, others: WSGIApplication) -> None:
        self._bot, self._counters, self._others = bot, counters, others

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH:
            return self._others(environ, start)
        return self._answer(Request(environ))(environ, start)

    def _answer(self, request: Request) -> WSGIApplication:
        try:
            if request.method == "POST":
                return self._receive(request)
            return self._challenge(request) if request.method in ("GET", "HEAD") else _NO_SUCH_CALL
        except Rejected as rejected:
            self._counters.rejected(rejected.reason)
            return Response(status=rejected.status)
        except HTTPException as broken_off:
            return broken_off

    def _challenge(self, request: Request) -> Response:
        answer = self._bot.wecom.challenge(request.args)
        _note_the_check(self._bot)
        return Response(answer, mimetype="text/plain")

    def _receive(self, request: Request) -> Response:
        bot, started = self._bot, self._bot.clock.now()
        message = bot.wecom.receive(request.args, _body(request), started)
        words = _words(bot, message, self._counters)
        if words not in NOTHING_KEPT and bot.clock.now() - started > IN_TIME and _owe(bot, message, words):
            words = ""
        return Response(bot.wecom.seal(words, message, started) if words else b"", mimetype="application/xml")


def _note_the_check(bot: Bot) -> None:
    """For `xieshi wecom setup`, which waits for it; the check itself does not depend on the database."""
    try:
        with bot.database.transaction() as tx:
            settings.put(tx, settings.VERIFIED, bot.clock.now().isoformat())
    except (Unavailable, Conflict):
        log.warning("the check of the URL was not noted")


def _body(request: Request) -> bytes:
    if (request.content_length or 0) > MOST_BYTES:
        raise Rejected("too large", 413)
    body = request.stream.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Rejected("too large", 413)
    return body


def _words(bot: Bot, message: Message, counters: Counters) -> str:
    counters.received(message.kind)
    if message.kind == "unknown":
        return ""
    try:
        return bot.dispatcher.handle(message).reply
    except (Unavailable, Conflict) as trouble:
        log.warning("busy kind=%s trouble=%s", message.kind, type(trouble).__name__)
        return texts.BUSY
    except Exception as fault:
        # People's words may stand in the exception's text, so only its place is logged.
        counters.broken()
        log.error("broken kind=%s fault=%s at=%s", message.kind, type(fault).__name__, place_of(fault))
        return texts.BROKEN


def _owe(bot: Bot, message: Message, words: str) -> bool:
    """Whether the words now travel as a message of their own; if not, WeCom's next try gets the stored ones."""
    now: datetime = bot.clock.now()
    row = Owed(
        f"late|{message.key}",
        "text",
        {"text": words},
        now,
        now,
        channel=message.channel,
        account=message.account,
    )
    try:
        with bot.database.transaction() as tx:
            put(tx, [row])
    except (Unavailable, Conflict) as trouble:
        log.warning("a late answer is not owed: %s", type(trouble).__name__)
        return False
    return True

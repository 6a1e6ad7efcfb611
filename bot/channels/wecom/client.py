"""wechatpy's client made fit for service: our token, timeouts, size limits and errors (wecom §7, §22.5)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from http.cookiejar import DefaultCookiePolicy
from typing import Any, NamedTuple, TypeVar

import requests
from wechatpy.enterprise import WeChatClient

from bot.channels.base import ChannelError, Failure
from bot.channels.wecom.errors import DEAD_TOKEN
from bot.channels.wecom.failures import attempt, keep_secrets_out_of_logs, nonsense, refusal
from bot.channels.wecom.token import Issued, Tokens, TokenStore
from bot.messages import Fetched

T = TypeVar("T")

API_URL = "https://qyapi.weixin.qq.com"
MEDIA_LIMIT = 20 << 20
"""Bytes; above this WeCom wants ranges (830002), and nobody's photo is that large."""

_CHUNK = 64 << 10
_JSON = {"Content-Type": "application/json; charset=utf-8"}


class Timeouts(NamedTuple):
    """Seconds to connect, to wait for an answer, and to wait for one that carries a file."""

    connect: float = 3
    read: float = 10
    media: float = 60


class App(NamedTuple):
    """Which app of which organisation calls."""

    corp_id: str
    agent_id: int


class Api(WeChatClient):  # type: ignore[misc]  # wechatpy is untyped.
    """Every call to WeCom goes through here and raises nothing but ChannelError; safe to share among threads."""

    def __init__(
        self,
        app: App,
        secret: str,
        store: TokenStore,
        now: Callable[[], datetime],
        url: str = API_URL,
        timeouts: Timeouts | None = None,
    ) -> None:
        super().__init__(app.corp_id, secret, auto_retry=False)
        self.API_BASE_URL = url.rstrip("/") + "/cgi-bin/"
        self.app, self._timeouts = app, timeouts or Timeouts()
        self._tokens = Tokens(f"{app.corp_id}:{app.agent_id}", store, self._issue, now)
        # One session for all threads: its pool is made for that, cookies would not be.
        self._http.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        keep_secrets_out_of_logs()

    @property
    def access_token(self) -> str:
        """The shared token, for wechatpy's own helpers."""
        return self._tokens.current()

    def upload(self, kind: str, name: str, data: bytes, mime: str) -> str:
        """The media id of a new upload, good for three days; `name` is what the receiver sees."""
        # A tuple of bytes, not a stream: a stream is empty at the second attempt.
        media = self.media.upload(kind, (name, data, mime)).get("media_id")
        if not isinstance(media, str) or not media:
            raise nonsense("no media id")
        return media

    def download(self, media: str) -> Fetched:
        """The bytes behind a media id, at most 20 MB; an expired id is PERMANENT."""
        return self._with_token(partial(self._download, media))

    def _request(self, method: str, url_or_endpoint: str, **kwargs: Any) -> dict[str, Any]:
        """All of wechatpy's helpers end here."""
        return self._with_token(partial(self._call, method, url_or_endpoint, kwargs))

    def _with_token(self, call: Callable[[str], T]) -> T:
        """`call` with the token; a dead one is replaced once, and once only."""
        token = self._tokens.current()
        outcome = attempt(partial(call, token))
        if isinstance(outcome, ChannelError) and outcome.code in DEAD_TOKEN:
            self._tokens.drop(token)
            outcome = attempt(partial(call, self._tokens.current()))
        if isinstance(outcome, ChannelError):
            raise outcome
        return outcome

    def _call(self, method: str, endpoint: str, kwargs: dict[str, Any], token: str) -> dict[str, Any]:
        params = {**kwargs.get("params", {}), "access_token": token}
        options = {**kwargs, "params": params, **self._options(slow=endpoint.startswith("media/"))}
        if "data" in kwargs:
            options["headers"] = _JSON
        return self._ask(method, endpoint, **options)

    def _ask(self, method: str, endpoint: str, **options: Any) -> dict[str, Any]:
        answer: dict[str, Any] = super()._request(method, endpoint, **options)
        return answer

    def _options(self, slow: bool = False) -> dict[str, Any]:
        read = self._timeouts.media if slow else self._timeouts.read
        # A redirect would carry the token to another host.
        return {"timeout": (self._timeouts.connect, read), "allow_redirects": False, "stream": True}

    def _issue(self) -> Issued:
        outcome = attempt(self._gettoken)
        if isinstance(outcome, ChannelError):
            raise outcome
        return outcome

    def _gettoken(self) -> Issued:
        # Pairs, not a dict: wechatpy adds an access_token to every dict.
        params = [("corpid", self.corp_id), ("corpsecret", self.secret)]
        answer = self._ask("get", "gettoken", params=params, **self._options())
        token, life = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(life, int) or life <= 0:
            raise nonsense("no token")
        return Issued(token, life)

    def _decode_result(self, res: requests.Response) -> dict[str, Any]:
        """In wechatpy's place, which hands a page of HTML on as a success."""
        answer = _object(_body(res))
        if answer is None or not isinstance(answer.get("errcode", 0), int):
            raise nonsense("not JSON")
        return answer

    def _download(self, media: str, token: str) -> Fetched:
        params = {"access_token": token, "media_id": media}
        url = self.API_BASE_URL + "media/get"
        with self._http.get(url, params=params, **self._options(slow=True)) as res:
            if res.status_code != requests.codes.ok:
                raise nonsense(f"HTTP {res.status_code}")
            return _fetched(_body(res), res.headers.get("Content-Type", ""))


def _fetched(data: bytes, claimed: str) -> Fetched:
    """A failed download comes with status 200 and JSON inside (wecom §11.2)."""
    answer = _object(data) if data.startswith(b"{") else None
    if answer is not None and isinstance(answer.get("errcode"), int):
        raise refusal(answer["errcode"], answer.get("errmsg", ""))
    if not data or "json" in claimed or "html" in claimed:
        raise nonsense("no media")
    return Fetched(data, claimed.partition(";")[0].strip().lower())


def _body(res: requests.Response) -> bytes:
    """The whole body; raises ChannelError (PERMANENT) over 20 MB, whatever length was announced."""
    data = bytearray()
    for chunk in res.iter_content(_CHUNK):
        data += chunk
        if len(data) > MEDIA_LIMIT:
            res.close()
            raise ChannelError(Failure.PERMANENT, None, "over 20 MB")
    return bytes(data)


def _object(data: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(data.decode(errors="ignore"), strict=False)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None

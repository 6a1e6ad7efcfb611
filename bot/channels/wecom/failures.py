"""Whatever goes wrong in a call becomes one ChannelError that names no secret (wecom §7.3, §22.5)."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import TypeVar

import requests
import urllib3
from wechatpy.exceptions import WeChatClientException

from bot.channels.base import ChannelError, Failure
from bot.channels.wecom.errors import CODES, UNTRUSTED_IP, classify

T = TypeVar("T")

UNKNOWN_OUTCOME = "outcome unknown"
"""Begins the detail of a failure after which WeCom may nevertheless have done what was asked."""

PAUSE = 60.0
"""Seconds for which WeCom blocks an interface after a minute's limit."""

_DETAIL_LIMIT = 200
_IP = re.compile(r"from ip:\s*([0-9a-fA-F:.]+)")
_SECRET = re.compile(r"\b(corpsecret|access_token)=[^&\s\"']*|[A-Za-z0-9_-]{40,}")


def attempt(call: Callable[[], T]) -> T | ChannelError:
    """The result of `call` or its failure, returned and not raised: a raised one would drag along the
    original exception, whose text holds the URL with its secret."""
    try:
        return call()
    except ChannelError as error:
        return error
    except WeChatClientException as error:
        return _refused(error)
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        return _broken(error)


def refusal(code: int, errmsg: object) -> ChannelError:
    """The failure that stands behind WeCom's `errcode`; an unknown code's text is kept for the log."""
    failure = classify(code)
    wait = PAUSE if failure is Failure.SLOW_DOWN else None
    return ChannelError(failure, code, _detail(code, str(errmsg)), wait)


def nonsense(reason: str) -> ChannelError:
    """An answer that is not WeCom's: a proxy's page, a cut-off body."""
    return ChannelError(Failure.TRANSIENT, None, f"{UNKNOWN_OUTCOME}: {reason}")


def outcome_unknown(error: ChannelError) -> bool:
    """Whether the call may have taken effect all the same, so that a message must be sent as a repeat."""
    return error.detail.startswith(UNKNOWN_OUTCOME)


def untrusted_ip(error: ChannelError) -> str | None:
    """The address WeCom saw us come from, if that is what it objects to."""
    found = _IP.search(error.detail)
    return found[1] if found and error.code == UNTRUSTED_IP else None


def _detail(code: int, errmsg: str) -> str:
    found = _IP.search(errmsg)
    if code == UNTRUSTED_IP and found:
        return f"from ip: {found[1]}"
    known = "" if code in CODES else "unknown code: "
    return (known + redact(errmsg))[:_DETAIL_LIMIT]


def _refused(error: WeChatClientException) -> ChannelError:
    if error.errcode is None:
        return nonsense(f"HTTP {error.response.status_code}")
    return refusal(error.errcode, error.errmsg)


def _broken(error: Exception) -> ChannelError:
    if _never_left(error):
        return ChannelError(Failure.TRANSIENT, None, "no connection")
    timed_out = isinstance(error, requests.Timeout)
    return nonsense("timed out" if timed_out else f"connection broke ({type(error).__name__})")


def _never_left(error: Exception) -> bool:
    """Whether no byte of the request can have reached the other side."""
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.InvalidURL):
        return True
    cause = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(cause, urllib3.exceptions.NewConnectionError | urllib3.exceptions.NameResolutionError)


def redact(text: str) -> str:
    """`text` without the secrets that WeCom wants in its URLs, and without anything as long as one."""
    return _SECRET.sub("…", text)


class _Redacting(logging.Filter):
    """At level DEBUG urllib3 logs each URL whole."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), ()
        return True


_REDACTING = _Redacting()


def keep_secrets_out_of_logs() -> None:
    """Make urllib3 log URLs without tokens and secrets; safe to repeat."""
    logging.getLogger("urllib3.connectionpool").addFilter(_REDACTING)

"""One parcel to many members with message/send (wecom §8, §11.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any

from bot.channels.base import ChannelError, Failure
from bot.channels.wecom.callbacks import fold
from bot.channels.wecom.client import Api
from bot.channels.wecom.envelope import clean
from bot.channels.wecom.replies import fitting
from bot.messages import Parcel, Receipt

RECEIVERS_LIMIT = 1000
SIZES = {"image": (6, 10 << 20), "file": (6, 20 << 20)}
"""Least and most bytes of an upload."""

REPEAT_WINDOW = 4 * 60 * 60
"""Seconds for which WeCom refuses a repeated body at most, if asked to."""

_ACCOUNT = re.compile(r"[A-Za-z0-9_.@-]{1,64}")
_MIMES = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What we send; Python's own table differs from machine to machine."""

_UNNAMED = {"image": "图片.jpg", "file": "文件.txt"}


def send(api: Api, accounts: Sequence[str], parcel: Parcel) -> Receipt:
    """Who was not reached is in the receipt, spelled as the caller did; raises ChannelError."""
    assert 0 < len(accounts) <= RECEIVERS_LIMIT, "a call takes 1 to 1,000 receivers"
    receivers = [account for account in accounts if _addressable(account)]
    if not receivers:
        raise ChannelError(Failure.PERMANENT, None, "no receiver can be an account")
    answer = api.message.send(api.app.agent_id, receivers, msg=_body(api, parcel))
    lost = _lost(answer)
    unreachable = (each for each in accounts if not _addressable(each) or fold(each) in lost)
    return Receipt(str(answer.get("msgid") or ""), tuple(unreachable))


def _addressable(account: str) -> bool:
    """Neither a bar, which would address two, nor @all, which would address everybody."""
    return bool(_ACCOUNT.fullmatch(account)) and fold(account) != "@all"


def _body(api: Api, parcel: Parcel) -> dict[str, Any]:
    """What is to be shown, the same for the same parcel but for a new media id."""
    content = (
        {"content": fitting(parcel.text)} if parcel.kind == "text" else {"media_id": _upload(api, parcel)}
    )
    # Only for repeats: two honest equal messages within the window would be one.
    check = {"enable_duplicate_check": 1, "duplicate_check_interval": REPEAT_WINDOW} if parcel.repeat else {}
    return {"msgtype": parcel.kind, parcel.kind: content, **check}


def _upload(api: Api, parcel: Parcel) -> str:
    least, most = SIZES[parcel.kind]
    if not least <= len(parcel.data) <= most:
        raise ChannelError(Failure.PERMANENT, None, f"{parcel.kind} of {len(parcel.data)} bytes")
    name = clean(parcel.name) or _UNNAMED[parcel.kind]
    mime = _MIMES.get(PurePath(name).suffix.lower(), "application/octet-stream")
    return api.upload(parcel.kind, name, parcel.data, mime)


def _lost(answer: dict[str, Any]) -> frozenset[str]:
    """The accounts that WeCom names as not reached, folded."""
    return frozenset(
        fold(each) for field in ("invaliduser", "unlicenseduser") for each in _listed(answer.get(field))
    )


def _listed(value: object) -> Iterable[str]:
    """WeCom joins lists with bars in some answers and not in others."""
    if isinstance(value, str):
        return filter(None, value.split("|"))
    return map(str, value) if isinstance(value, list) else ()

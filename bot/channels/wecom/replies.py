"""The passive reply: one text in the callback's own answer, sealed (wecom §3.7, §6.1)."""

from __future__ import annotations

import secrets
from datetime import datetime

from bot.channels.wecom.envelope import cdata, clean, cut
from bot.channels.wecom.gate import Gate

TEXT_LIMIT = 2048
"""Bytes of UTF-8; WeCom drops the rest in silence, passively and actively."""

_TEXT = (
    "<xml><ToUserName>{to}</ToUserName><FromUserName>{sender}</FromUserName><CreateTime>{at}</CreateTime>"
    "<MsgType><![CDATA[text]]></MsgType><Content>{content}</Content></xml>"
)
_SEALED = (
    "<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt><MsgSignature><![CDATA[{signature}]]></MsgSignature>"
    "<TimeStamp>{at}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
)


def fitting(text: str) -> str:
    """`text` as WeCom can show it: no control characters, at most 2,048 bytes."""
    return cut(clean(text), TEXT_LIMIT)


def sealed_text(gate: Gate, account: str, text: str, moment: datetime) -> bytes:
    """The HTTP body that shows `text` to `account`; without a text it is empty, which WeCom takes as 'received'."""
    words = fitting(text)
    if not words:
        return b""
    at, nonce = str(int(moment.timestamp())), secrets.token_hex(8)
    inner = _TEXT.format(to=cdata(account), sender=cdata(gate.receive_id), at=at, content=cdata(words))
    encrypted = gate.seal(inner)
    signature = gate.sign(at, nonce, encrypted)
    return _SEALED.format(encrypted=encrypted, signature=signature, at=at, nonce=nonce).encode()

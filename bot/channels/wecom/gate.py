"""WeCom's signature and cipher: what is genuine is opened, everything else is Rejected (wecom §3.2, §3.3, §3.12)."""

from __future__ import annotations

import base64
import hmac
import os
import re
from hashlib import sha1
from typing import NoReturn

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.channels.base import Rejected

BLOCK = 32
HEAD = 20
"""Sixteen random bytes and the length of the message come before the message itself."""


class Gate:
    """One app's callback secrets; safe to share among threads."""

    def __init__(self, token: str, aes_key: str, receive_id: str) -> None:
        if not (token and token.isascii()):
            raise ValueError("the callback Token must be letters and digits")
        if not re.fullmatch(r"[A-Za-z0-9]{43}", aes_key):
            raise ValueError("EncodingAESKey must be 43 letters or digits")
        if not receive_id:
            raise ValueError("the receive id (corp id) must not be empty")
        self.receive_id = receive_id
        self._token, self._tail = token, receive_id.encode()
        key = base64.b64decode(aes_key + "=")
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))

    def sign(self, timestamp: str, nonce: str, encrypted: str) -> str:
        """The msg_signature over four sorted strings, in lower-case hex."""
        return sha1("".join(sorted((self._token, timestamp, nonce, encrypted))).encode()).hexdigest()

    def open(self, signature: str, timestamp: str, nonce: str, encrypted: str) -> str:
        """The plain text of a genuine callback; raises Rejected with 400 (a part missing) or 403."""
        parts = (signature, timestamp, nonce, encrypted)
        if not all(parts):
            raise Rejected("parameter missing", 400)
        if not all(part.isascii() for part in parts):
            raise Rejected("signature", 403)
        if not hmac.compare_digest(self.sign(timestamp, nonce, encrypted), signature):
            raise Rejected("signature", 403)
        return self._message(_unpad(self._decrypt(encrypted)))

    def seal(self, text: str, salt: bytes | None = None) -> str:
        """`text` encrypted, in Base64; `salt` is the sixteen random bytes (given only by tests)."""
        message = text.encode()
        packed = (salt or os.urandom(16)) + len(message).to_bytes(4, "big") + message + self._tail
        pad = BLOCK - len(packed) % BLOCK
        work = self._cipher.encryptor()
        return base64.b64encode(work.update(packed + bytes([pad]) * pad) + work.finalize()).decode()

    def _decrypt(self, encrypted: str) -> bytes:
        try:
            raw = base64.b64decode(encrypted, validate=True)
        except ValueError:
            _refuse("base64")
        if not raw or len(raw) % BLOCK:
            _refuse("length")
        work = self._cipher.decryptor()
        return work.update(raw) + work.finalize()

    def _message(self, packed: bytes) -> str:
        end = HEAD + int.from_bytes(packed[16:HEAD], "big")
        if len(packed) < HEAD or packed[end:] != self._tail:
            _refuse("receive id")
        try:
            return packed[HEAD:end].decode()
        except UnicodeDecodeError:
            _refuse("not UTF-8")


def _unpad(padded: bytes) -> bytes:
    """Strict PKCS#7 to 32 bytes: every byte of the padding must be right."""
    pad = padded[-1]
    if not 1 <= pad <= BLOCK or padded[-pad:] != bytes([pad]) * pad:
        _refuse("padding")
    return padded[:-pad]


def _refuse(reason: str) -> NoReturn:
    raise Rejected(f"undecryptable: {reason}", 403)

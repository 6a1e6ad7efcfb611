"""Signature and encryption of callbacks and passive replies (wecom §3.2, §3.3), strict in both directions."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32


class BadEnvelope(Exception):
    """Something that was sealed cannot be trusted; the text says what is wrong with it."""


class Sealer:
    """Seals and opens texts with one app's Token and EncodingAESKey; `receiveid` is the corpid."""

    def __init__(self, token: str, aeskey: str, receiveid: str) -> None:
        if not re.fullmatch(r"[A-Za-z0-9]{43}", aeskey):
            raise ValueError("EncodingAESKey 必须是 43 位字母或数字")
        self.token = token
        self._receiveid = receiveid.encode()
        self._key = base64.b64decode(aeskey + "=")

    def sign(self, timestamp: str, nonce: str, encrypted: str) -> str:
        """The forty lower-case hex digits of msg_signature."""
        parts = sorted((self.token, timestamp, nonce, encrypted))
        return hashlib.sha1("".join(parts).encode()).hexdigest()

    def seal(self, text: str, salt: bytes | None = None) -> str:
        """The Base64 of `text` encrypted; `salt` (16 bytes) is random unless a test vector gives it."""
        message = text.encode()
        plain = (salt or os.urandom(16)) + struct.pack(">I", len(message)) + message + self._receiveid
        pad = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher().encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()).decode()

    def open(self, signature: str, timestamp: str, nonce: str, encrypted: str) -> str:
        """The text inside; raises BadEnvelope for a wrong signature, padding, length, receiveid or encoding."""
        if not hmac.compare_digest(self.sign(timestamp, nonce, encrypted).encode(), signature.encode()):
            raise BadEnvelope("MsgSignature 不对")
        return self._text(self._unpad(self._decrypt(encrypted)))

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))

    def _decrypt(self, encrypted: str) -> bytes:
        try:
            sealed = base64.b64decode(encrypted, validate=True)
        except ValueError:
            raise BadEnvelope("Encrypt 不是 Base64") from None
        if not sealed or len(sealed) % 16:
            raise BadEnvelope("密文长度不对")
        decryptor = self._cipher().decryptor()
        return decryptor.update(sealed) + decryptor.finalize()

    def _unpad(self, padded: bytes) -> bytes:
        pad = padded[-1]
        if not 1 <= pad <= BLOCK or padded[-pad:] != bytes([pad]) * pad:
            raise BadEnvelope("填充不对")
        return padded[:-pad]

    def _text(self, plain: bytes) -> str:
        if len(plain) < 20:
            raise BadEnvelope("明文太短")
        (size,) = struct.unpack(">I", plain[16:20])
        message, receiveid = plain[20 : 20 + size], plain[20 + size :]
        if len(message) != size or receiveid != self._receiveid:
            raise BadEnvelope("receiveid 或长度不对")
        try:
            return message.decode()
        except UnicodeDecodeError:
            raise BadEnvelope("明文不是 UTF-8") from None

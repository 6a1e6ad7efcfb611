"""The callback secrets of an invented app and sealed messages made with two other implementations (wecom §3.4)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.channels.wecom import Gate, WeComChannel

TOKEN = "SimToken2026"
AES_KEY = "Q0hJTkFTSU1VTEFUT1JLRVlGT1JURVNUMTIzNDU2Nzg"
CORP = "wwsim00000000000001"
AGENT = "1000002"
SALT = b"0123456789abcdef"
TIMESTAMP, NONCE = "1767225600", "n0nce4sim"
RECEIVED = datetime(2026, 1, 1, 8, 0, 1, tzinfo=ZoneInfo("Asia/Shanghai"))

GATE = Gate(TOKEN, AES_KEY, CORP)
CHANNEL = WeComChannel(gate=GATE)


class Sealed(NamedTuple):
    """A cipher text and its signature."""

    encrypted: str
    signature: str

    def query(self) -> dict[str, str]:
        return {"msg_signature": self.signature, "timestamp": TIMESTAMP, "nonce": NONCE}

    def body(self) -> bytes:
        return envelope(self.encrypted)


def envelope(encrypted: str) -> bytes:
    """A callback's body around a cipher text."""
    return (
        f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><AgentID><![CDATA[{AGENT}]]></AgentID>"
        f"<Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
    ).encode()


def sealed(plain: str) -> Sealed:
    """`plain` as WeCom itself would send it."""
    return signed(GATE.seal(plain))


def signed(encrypted: str) -> Sealed:
    """Any cipher text with a right signature."""
    return Sealed(encrypted, GATE.sign(TIMESTAMP, NONCE, encrypted))


V1_PLAIN = "6812345678901234567"
V1 = Sealed(
    "d5+zEGYOausPZR0fQyLyFPkwF30vKiDYkrABJi07pT6fHWRwPivOUbeaBbOYF2HyA1HuAsbkj0Ylipiceo46+A==",
    "d06d84997307fb7deb174b3102adb029ddf3ebf6",
)
V2_PLAIN = (
    "<xml><ToUserName><![CDATA[wwsim00000000000001]]></ToUserName><FromUserName><![CDATA[ChenMingyue]]></FromUserName>"
    "<CreateTime>1767225600</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[承诺 每月走访两户]]></Content>"
    "<MsgId>7460000000000000001</MsgId><AgentID>1000002</AgentID></xml>"
)
V2 = Sealed(
    "d5+zEGYOausPZR0fQyLyFMkgJRfDKDxfbK5riMm3AjzEpjm3hfQif0CdjFxIdr4jfyIHMmpbmDR67S2Iw0Zg5hgSxwN8S+1rlOI/v9d/dYGh"
    "WsQV8V0Iuq+ANY9Mtfjj9bKJxZBBftUulU6SJNWBo+BG0H3OsdhZB9tI8yE3iPdvKdTURQ7b7QLOfWseWV6xFkdDR1VTslEaRd5zg6Na0trq"
    "TGPgRps4MEHDIRJn2qdC9TPVc0hAym17NvClqwjH4Yox77st7FmeqBfMA1EZzjFGv3Se9wDwhMVsVmkS9iCjPFFneSvehEL/+y81nZVpmRxB"
    "PBU2oPe1JaV/+1OJTpvFIVhuxHdAr8kfiaZzxqUP3zTQK3slNGEE/qd9TbROHahqBWn4X63M5zDNTX98TqndtLY8THlcyll84irtP4r9fddi"
    "wvgVER8tOsoIOcpHD0tTOdFoot5ZX8NMEI6WOA==",
    "e35804942c1cb49720b25455f710062f3ad7efe0",
)
N0 = Sealed(
    "d5+zEGYOausPZR0fQyLyFEGMx8VV/Jp8cjPkulkTE8LNQT3HEoWEVfv0CoFhtrygXMpKfm7yoqyCP/4Z8vGLaw==",
    "a0aa9f1e3590bba9a182590b1b7bd862ef76bdb0",
)
UNACCEPTABLE = {
    "N1 is for another organisation": Sealed(
        "d5+zEGYOausPZR0fQyLyFIKGQDwDYQ6DTQZU1/l6hLAVdZgQQLLdmcCOY7g49MoQr0ivuvnoo8kp2PP3xQGuoA==",
        "271bfd0ce46a4ae01bcb0bf2fe018ad17c360972",
    ),
    "N2 has one wrong pad byte": Sealed(
        "d5+zEGYOausPZR0fQyLyFEGMx8VV/Jp8cjPkulkTE8LNQT3HEoWEVfv0CoFhtrygqgRMxgd1VfeyxqXgCVYxkg==",
        "324c3b22c2b6e392e3156661171cb349e1c92a74",
    ),
    "N3 says it is two gigabytes long": Sealed(
        "d5+zEGYOausPZR0fQyLyFPiW0K4PsohCTAEi1PEBTl5Q1brKwSANa/XSurt+DQljuqJodiX254ETQ5qJWdNgjA==",
        "61aa95e43a66acfff7fa8b356243202339bb2b43",
    ),
    "N4 is not UTF-8": Sealed(
        "d5+zEGYOausPZR0fQyLyFLchs30WXOvqdqmDvn8/cgLytgjZgRSL98772BWH6tbFt2ZB+J4kSSMvf+GjuYZygA==",
        "3d04c717f41685653d9e9f9b6780c755dbb254dd",
    ),
}

"""WeCom's XML: read without trust, written without holes (wecom §3.12)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from bot.channels.base import Rejected

MAX_BODY = 1 << 20
"""Bytes; real callbacks are a few kilobytes."""

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _NoDoctype(ET.TreeBuilder):
    """Stops at a DOCTYPE before any entity is read."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise Rejected("doctype", 400)


def parse(text: str) -> ET.Element:
    """The <xml> root; raises Rejected with 400 for a DOCTYPE, another root or broken XML."""
    # Words may hold "<!DOCTYPE" inside CDATA, so its presence only chooses the slower, watchful parser.
    watch = ET.XMLParser(target=_NoDoctype()) if "<!DOCTYPE" in text else None
    try:
        root: ET.Element = ET.fromstring(text, watch)
    except (ET.ParseError, ValueError):
        root = ET.Element("broken")
    if root.tag != "xml":
        raise Rejected("xml", 400)
    return root


def encrypted(body: bytes) -> str:
    """The <Encrypt> of a callback's body; raises Rejected with 413 over 1 MiB, else with 400."""
    if len(body) > MAX_BODY:
        raise Rejected("too large", 413)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Rejected("not UTF-8", 400) from None
    return parse(text).findtext("Encrypt") or ""


def clean(text: str) -> str:
    """`text` without the characters XML forbids (control characters, lone surrogates)."""
    return _FORBIDDEN.sub("", text)


def cut(text: str, limit: int) -> str:
    """At most `limit` bytes of UTF-8, cut between characters; what is cut ends in …"""
    if len(text.encode()) <= limit:
        return text
    return text.encode()[: limit - len("…".encode())].decode(errors="ignore") + "…"


def cdata(text: str) -> str:
    """`text` as character data that no words can leave."""
    return "<![CDATA[" + clean(text).replace("]]>", "]]]]><![CDATA[>") + "]]>"

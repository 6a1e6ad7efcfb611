"""Writing and reading the flat XML that WeCom speaks."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence

Fields = Sequence[tuple[str, object]]

_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cdata(text: str) -> str:
    """`text` so that nothing inside can end the section or break the XML."""
    return "<![CDATA[" + _UNPRINTABLE.sub("", text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def write(fields: Iterable[tuple[str, object]], tag: str = "xml") -> str:
    """One element: words as CDATA, numbers bare, a list of pairs as child elements."""
    return f"<{tag}>" + "".join(_element(name, value) for name, value in fields) + f"</{tag}>"


def _element(name: str, value: object) -> str:
    if isinstance(value, list | tuple):
        return write(value, name)
    inner = cdata(value) if isinstance(value, str) else str(value)
    return f"<{name}>{inner}</{name}>"


class _NoDoctype(ET.TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Entities are never needed; refusing them here happens before any is read."""
        raise ValueError("DOCTYPE")


def read(text: str) -> ET.Element:
    """The root element `<xml>`; raises ValueError for anything else."""
    try:
        root = ET.fromstring(text, ET.XMLParser(target=_NoDoctype()))
    except ET.ParseError:
        raise ValueError("不是完整的 XML") from None
    if root.tag != "xml":
        raise ValueError("根元素不是 xml")
    return root


def word(root: ET.Element, path: str) -> str:
    """The text at `path`, empty when there is none."""
    return root.findtext(path) or ""

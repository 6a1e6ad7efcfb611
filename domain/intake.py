"""What people type, made safe to keep, and read as a plain number where it is one."""

import re
import unicodedata

from domain import numerals

MOST_CHARACTERS = 6_000

# Bidirectional marks can make a line read differently from what is stored; U+FFFE and U+FFFF are no XML.
# The controls but LF (Unicode's Cc) and lone surrogates (Cs) are unwanted, too.
_UNWANTED = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]"
)
_HALF = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20}
_FULL = re.compile("[\uff01-\uff5e\u3000]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")

_CHINESE = "(?:[二三四五六七八九]?十[一二三四五六七八九]?|[〇零一二三四五六七八九])"
_NUMBER = rf"(?P<number>[0-9]{{1,2}}|{_CHINESE})"
_CHOICE = re.compile(
    rf"(?P<prefix>(?:我?选择?)?\s*第?)\(?{_NUMBER}\)?(?P<counter>[个项条件位号])?\s*[.、。,:;!)]*"
)


def clean(text: str) -> str:
    """The words without control characters, in NFC, lines ended by LF, trimmed, at most 6,000 characters."""
    lines = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    kept = _UNWANTED.sub("", lines)
    # Cut before it is composed, too: a run of combining marks takes the square of its length.
    composed = unicodedata.normalize("NFC", kept.strip()[:MOST_CHARACTERS])
    return composed.strip()[:MOST_CHARACTERS].rstrip()


def halfwidth(text: str) -> str:
    """Full-width characters made half-width, one for one; for parsing, never for keeping."""
    # To look is four times faster than to translate, and most words hold none.
    return text.translate(_HALF) if _FULL.search(text) else text


def bare_number(text: str) -> int | None:
    """The number from 0 to 99 that the whole message is (R-297), such as 1, １, 一, ①, 第1个; None otherwise."""
    plain = halfwidth(text).replace("\ufe0f", "").replace("\u20e3", "").strip()
    circled = plain.rstrip(".、。,:;!) ")
    if len(circled) == 1 and circled in numerals.CIRCLED:
        return numerals.CIRCLED.index(circled) + 1
    match = _CHOICE.fullmatch(plain)
    if match is None or (match["counter"] and not match["prefix"]):
        return None
    return numerals.read(match["number"])

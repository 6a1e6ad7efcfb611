"""A number said anew with the words beside it, 改成10次, put in place of the one it corrects."""

import re

from domain.intake import halfwidth

_COUNT = r"(?:[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百]+)"
_LEAD = re.compile(r"(?:应该|应)?(?:改成|改为|换成|换为|是)[:\s]*")
_EDGES = " 。.!！,，"


def renumbered(text: str, words: str) -> str | None:
    """The text with its only number of that kind changed (听课4次 and 改成10次); None where none or several fit."""
    lead = _LEAD.match(halfwidth(words))
    said = words[lead.end() if lead else 0 :].strip(_EDGES)
    pieces = re.split(f"({_COUNT})", halfwidth(said))
    if len(pieces) == 1 or not any(piece.strip() for piece in pieces[::2]):
        return None
    shape = "".join(_COUNT if n % 2 else re.escape(piece) for n, piece in enumerate(pieces))
    found = list(re.finditer(shape, halfwidth(text)))
    return text[: found[0].start()] + said + text[found[0].end() :] if len(found) == 1 else None

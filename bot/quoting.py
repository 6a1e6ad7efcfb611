"""People's words inside our sentences: they make no link and begin no line of their own (house, 12)."""

from __future__ import annotations


def harmless(words: str) -> str:
    """Without `<`, because WeCom shows `<a href=…>` in a text as a link, whoever wrote it."""
    return words.replace("<", "＜")


def one_line(words: str) -> str:
    """On one line, so that nobody's goal or reason goes on with what looks like a sentence of ours."""
    return " ".join(words.split())

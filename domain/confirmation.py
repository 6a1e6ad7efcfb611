"""The words that mean the same at any moment, and the courtesies that mean nothing (R-298, R-300)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from domain import numerals
from domain.intake import bare_number, halfwidth

Word = Literal["confirm", "cancel", "back", "skip", "continue", "undo", "help", "mine", "amend", "choose"]

_WORDS: dict[str, Word] = {
    "确认": "confirm", "提交": "confirm", "取消": "cancel", "退出": "cancel", "返回": "back", "跳过": "skip",
    "继续": "continue", "撤回": "undo", "撤销": "undo", "帮助": "help", "我的": "mine",
}  # fmt: skip

_EDGES = " \t\n.。,，、;；:：!！~～'\"“”‘’「」『』…"
_MEASURES = "个名次人件场篇项位节门份期户组条堂遍支批步万元课时小学分%月日号年天周点"
_AMEND = re.compile(
    rf"改\s*(?P<number>[0-9]{{1,2}}|[①-⑳]|[一二三四五六七八九十]{{1,3}}(?=$|[\s,.、:;]))"
    rf"(?![0-9{_MEASURES}])[\s,.、:;]*(?P<rest>.*)",
    re.DOTALL,
)
_CONTINUE = re.compile(r"继续\s*第?\s*(?P<number>[1-9])\s*[个份件]?")
_RESUME = re.compile(
    r"(?:(?:我)?(?:昨天|昨晚|昨儿|刚才|刚刚|上次|上回|之前|前天|早上|上午|下午)(?:我)?(?:都)?(?:写|填)到了?(?:哪|哪里|哪儿|什么地方)"
    r"|我?接着(?:往下)?(?:(?:上次|昨天|刚才|刚刚)的?)?(?:写|填))(?:了|吧|啊|呀|呢|来着)*"
)
CONFIRMING = ("确认", "提交")
_PAUSE = r"(?:[\s,.。、:;!]+|(?=[0-9一二两三四五六七八九十半][^,。;]{0,6}[周天日月]内|限期|[^\w]))"

# Possessive, so that a flood of 谢谢谢谢 takes no longer than its length; longer spellings stand first.
_COURTESIES = (
    "好[的滴嘞]?[呢啊呀吧哦啦]?|已?收到了?|已阅|感谢|多谢|谢谢|谢了|谢|嗯|恩|哦|噢|喔|okay|ok|行[的吧啊]?|可以的?|没问题"
    "|我?知道了?|明白了?|清楚了?|了解了?|辛苦了?|麻烦了?|不客气|客气了?|您|你|啦|哈|呵"
)
_ADDRESS = "(?:[\u4e00-\u9fff]{0,3}(?:老师|书记|同志|主任|领导|院长|校长))?"
_STICKER = r"\[[A-Za-z\u4e00-\u9fff]{1,6}\]"
_SILENT = re.compile(r"[^\w\[\]]|_")
_COURTESY = re.compile(rf"(?:(?>{_COURTESIES}|{_STICKER})(?>{_ADDRESS}))++")


@dataclass(frozen=True)
class AlwaysWord:
    """A word of the contract's first kind; the number goes with amend, choose and 继续N, the rest with amend."""

    word: Word
    number: int | None = None
    rest: str = ""


def is_courtesy(text: str) -> bool:
    """Whether the whole message is politeness (好的, 收到, 谢谢, 👌), which never confirms anything."""
    words = _SILENT.sub("", halfwidth(text).lower())
    if not words:
        return any(_is_emoji(character) for character in text)
    return bool(_COURTESY.fullmatch(words))


def always_word(text: str) -> AlwaysWord | None:
    """The word that is the whole message, tolerant of punctuation, quotes and a thank-you; None otherwise."""
    plain = halfwidth(text).strip(_EDGES)
    if match := _CONTINUE.fullmatch(plain):
        return AlwaysWord("continue", int(match["number"]))
    if _RESUME.fullmatch(plain.rstrip("? ")):
        return AlwaysWord("continue")
    word = _WORDS.get(plain) or _WORDS.get(_without_thanks(plain))
    if word:
        return AlwaysWord(word)
    number = bare_number(text)
    return AlwaysWord("choose", number) if number is not None else _amendment(text)


def confirm_with_wish(text: str) -> str | None:
    """The one wish that follows 确认 in the same message, in the user's own words; None when there is none."""
    return wish_after(text, CONFIRMING) or None


def wish_after(text: str, words: Sequence[str]) -> str | None:
    """What follows one of some words at the beginning: empty where only courtesies do, None without such a word."""
    plain = halfwidth(text).strip()
    if plain.strip(_EDGES) in words:
        return ""
    match = re.match(rf"(?:{'|'.join(words)}){_PAUSE}(?P<wish>.+)", plain, re.DOTALL) if words else None
    if match is None or plain.endswith("?"):
        return None
    lead = len(text) - len(text.lstrip())
    wish = text[lead + match.start("wish") :].strip(_EDGES)
    return "" if is_courtesy(wish) else wish


def _amendment(text: str) -> AlwaysWord | None:
    trimmed = text.strip()
    match = _AMEND.fullmatch(halfwidth(trimmed))
    if match is None:
        return None
    written = match["number"]
    circled = numerals.CIRCLED.find(written) + 1
    number = circled or numerals.read(written)
    return None if number is None else AlwaysWord("amend", number, trimmed[match.start("rest") :].strip())


def _without_thanks(plain: str) -> str:
    """The first word, when only courtesies follow it after a pause or as a sticker (确认，谢谢 · 确认👌)."""
    match = re.match(r"(\w+)\W", plain)
    return match[1] if match and is_courtesy(plain[match.end(1) :]) else ""


def _is_emoji(character: str) -> bool:
    return unicodedata.category(character) == "So"

"""Which of three things somebody tells of a 整改 (measures, progress, that it is done), and his words without its name."""

from __future__ import annotations

import re

MEASURES, PROGRESS, REPLY = "measures", "progress", "reply"
_LABEL = re.compile(
    r"[\s,，:：、。]*(?:(?:整改)?(?:情况|措施|进展|进度|回复)(?:情况)?(?:如下|是)?|(?:整改)?(?:已经?|都)?(?:完成|到位|做完|办结|做好)了?)[\s]*[:：，,]+\s*"
)
_MEASURES = re.compile("措施|打算|计划|准备")
_PROGRESS = re.compile(
    r"进展|进度|正在|还在|还差|还没|推进|(?:没有?|未)(?:能|全部|完全|都)?(?:完成|做完|做好|到位|办结|改完|改好|整改)|(?:完成|做|改)不[了完]|(?:完成|做了?)了?[0-9一二两三四五六七八九十]+[条项个步]|(?:一半|过半|部分)"
)
_REPLY = re.compile(
    "完成|到位|做完|办结|做好|整改好|改好|改完|改了|补好|补上|已补|回复|落实了|已经?(?:上墙|整改|落实|改)|送$"
)
_HEAD = 16


def kind_of(words: str) -> str:
    """The thing some words tell, by their first ones where those name it; empty where that is open."""
    head = words[:_HEAD]
    for kind, pattern in ((PROGRESS, _PROGRESS), (REPLY, _REPLY), (MEASURES, _MEASURES)):
        named = re.search(rf"(?:{pattern.pattern})[^,，。:：]{{0,4}}[:：]", head)
        if named:
            return kind
    for kind, pattern in ((PROGRESS, _PROGRESS), (REPLY, _REPLY), (MEASURES, _MEASURES)):
        if pattern.search(words):
            return kind
    return ""


def told(words: str) -> str:
    """The person's own words without 完成：, 进展： and the like before them."""
    label = _LABEL.match(words)
    return words[label.end() if label else 0 :].strip(" ,，:：\n")

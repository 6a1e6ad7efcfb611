"""Letting unknown accounts in: 待绑定, 同意 0154, and the words behind the digits of that list."""

from __future__ import annotations

from bot.understanding.rules import Fields, Match, lead, whole
from bot.understanding.said import Said


def _granted(said: Said, match: Match) -> Fields:
    return {"number": match["number"].upper()}


RULES = (
    whole(
        "bindings",
        "(?:看一?看?|查看?)?(?:待绑定|绑定申请)|(?:有)?谁(?:要|想|申请)绑定|(?:看看?)?(?:待|等)(?:我)?(?:处理|同意)的绑定",
    ),
    lead("bindings", r"同意(?:绑定)?(?:到)?[,:、\s]*(?P<number>[0-9a-z]{3,8})(?![0-9a-z])", _granted),
    lead("bindings", r"不是账号\s+\S"),
)

"""What duties and windows are called in answers to those who ask about others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.numerals import CIRCLED
from domain.periods import Period
from domain.standing import (
    ORG_PROMISE,
    ORGANISATIONS,
    PROMISE,
    PUBLICATION,
    RECTIFICATION,
    REPORT,
    REVIEW,
    ROUND,
    SIGNING,
    Object,
    Standing,
)

NAME = {
    REPORT: "自我写实",
    REVIEW: "点评",
    PROMISE: "承诺",
    ORG_PROMISE: "组织承诺",
    ORGANISATIONS: "组织和书记点评",
    ROUND: "普遍点评",
    SIGNING: "承诺签字",
    PUBLICATION: "承诺公开",
    RECTIFICATION: "整改",
}
VERB = {
    REPORT: "交",
    REVIEW: "点评",
    PROMISE: "作",
    ORG_PROMISE: "作",
    ORGANISATIONS: "点评",
    ROUND: "点评",
    SIGNING: "签",
    PUBLICATION: "公开",
    RECTIFICATION: "回复",
}


def period_name(period: Period, today: date) -> str:
    """A window as people say it; the year only where it is another one."""
    year = "" if period.start.year == today.year else f"{period.start.year}年"
    if period.kind == "month":
        return f"{year}{period.start.month}月"
    if period.kind == "quarter":
        return f"{year}第{'一二三四'[period.end.month // 3 - 1]}季度"
    half = "上半年" if period.start.month == 1 else "下半年"
    return f"{year}{half}" if period.kind == "half" else f"{period.start.year}年"


def short(day: date) -> str:
    """A day without its year."""
    return f"{day.month}月{day.day}日"


def names(objects: Sequence[Object]) -> str:
    """Names in a row."""
    return "、".join(one.name for one in objects)


def circled(n: int) -> str:
    """A line's number within running text."""
    return CIRCLED[n - 1] if n <= len(CIRCLED) else f"{n} "


def title(duty: str, window: Period, today: date) -> str:
    """A duty of one window in few words: 6月写实."""
    name = "写实" if duty == REPORT else NAME[duty]
    return f"{period_name(window, today)}{name}"


def still_missing(duty: str, window: Period, found: Standing, due: date, today: date, most: int) -> str:
    """On the last workday: the numbers, and who is missing while they are few."""
    verb, left = VERB[duty], (*found.partly, *found.missing)
    few = f"：{names(left)}" if len(left) <= most else ""
    return (
        f"{title(duty, window, today)}{short(due)}到期：应{verb}{found.owed}，已{verb}{len(found.done)}，"
        f"还差{len(left)}{few}。看详情、要提醒请回复“谁没交”；齐了再告诉您。"
    )


def complete(duty: str, window: Period, found: Standing, today: date) -> str:
    """That nobody is missing any more, with the numbers."""
    verb = VERB[duty]
    waived = f"，已免{len(found.waived)}" if found.waived else ""
    return f"{title(duty, window, today)}齐了：应{verb}{found.owed}，已{verb}{len(found.done)}{waived}。"

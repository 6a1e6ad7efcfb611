"""Reminders of single things by number: promises that wait for a 书记, and what a leader demanded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.quoting import harmless, one_line
from domain.duties import Duty
from domain.reminders import Occasion, Pending

MOST_NAMES = 8


def short(day: date) -> str:
    """A day without its year."""
    return f"{day.month}月{day.day}日"


def open_duties(pending: Pending) -> Sequence[Duty]:
    """Those of a reminder that are still to be done."""
    found: Sequence[Duty] = pending.note.get("open", ())
    return found


def due_words(due: date, today: date) -> str:
    """When something ends or ended, as people say it."""
    if today == due:
        return "今天到期"
    return "昨天到期" if (today - due).days == 1 else f"{short(due)}到期"


def waiting(occasion: Occasion, today: date) -> str:
    """K-02 and K-03: what waits for one's signature or publication."""
    acts = {"sign": "待您签字", "publish": "已签、待您公开"}
    lines = []
    for act, words in acts.items():
        mine = [one for one in open_duties(occasion.pending) if one.note["act"] == act]
        lines += (
            [f"{words}{len(mine)}件，{due_words(occasion.pending.due, today)}：", *_items(mine)]
            if mine
            else []
        )
    signs = any(one.note["act"] == "sign" for one in open_duties(occasion.pending))
    return "\n".join([*lines, f"回复“{'待签' if signs else '公开'}”就能办。"])


def rectification(occasion: Occasion, today: date) -> str:
    """K-15 and K-16: what is to be put right, to be answered, or answered and to be read (R-165 to R-168)."""
    found = open_duties(occasion.pending)
    opening, closing = _RECTIFICATION[found[0].note["act"]]
    when, number = due_words(occasion.pending.due, today), found[0].note["number"]
    lines = [opening.format(count=len(found), when=when), *_items(found), *_said(found)]
    return "\n".join([*lines, closing.format(number=number)])


_RECTIFICATION = {
    "mend": (
        "整改{count}项{when}，还没有回复：",
        "整改好了回复“整改 {number} 完成：……”；说进展也可以，回复“整改”。",
    ),
    "again": ("整改{count}项，领导看后退回，等您补好再送，{when}：", "补好了回复“整改 {number} 完成：……”。"),
    "reply": ("整改{count}项已记下完成，{when}，还没有书面回复领导：", "要送请回复“整改 {number}”。"),
    "judge": ("整改回复送给您14天了，还没有回话，{count}件：", "回复“整改回复待阅”看。"),
}


def _said(found: Sequence[Duty]) -> list[str]:
    """What was told of the progress, where it is about one thing only."""
    told = found[0].note["said"] if len(found) == 1 else ""
    return [f"您说过：{harmless(one_line(told))}。"] if told else []


def _items(duties: Sequence[Duty]) -> list[str]:
    shown = [f"· {_whose(one)}{one.note['number']} {harmless(one_line(one.note['goal']))}" for one in duties]
    rest = len(shown) - MOST_NAMES
    return shown[:MOST_NAMES] + ([f"……还有{rest}件"] if rest > 0 else [])


def _whose(duty: Duty) -> str:
    """Nobody is told his own name."""
    return "" if duty.note.get("own") else f"{duty.note['who']} "

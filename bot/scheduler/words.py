"""The words of reminders: polite, short, with what to do next; several duties in one message (R-320, R-321)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.quoting import harmless, one_line
from domain.dates import show
from domain.numerals import CIRCLED
from domain.profile import Profile
from domain.reminders import Occasion, Pending

MOST_NAMES = 8


def message(name: str, occasions: Sequence[Occasion], today: date) -> str:
    """One message to one person for everything due that day."""
    parts = [_PART[one.pending.duty](one, today) for one in occasions]
    return f"{name}同志，" + "\n\n".join(parts)


def first(profile: Profile, words: str) -> str:
    """The first message somebody ever gets says who speaks and why (R-355)."""
    return f"{profile.text('chat.first_words')}\n\n{words}"


def _report(occasion: Occasion, today: date) -> str:
    pending = occasion.pending
    goals: list[list[str]] = list(pending.note.get("goals", ()))
    month = int(pending.period[5:])
    opening = f"{month}月写实{_when(occasion, today)}"
    lines = [
        f"{CIRCLED[n]}{harmless(one_line(goal))}（{_short(date.fromisoformat(due))}前）"
        for n, (goal, due) in enumerate(goals)
    ]
    return "\n".join([opening, *lines, _how(len(goals), occasion)])


def _when(occasion: Occasion, today: date) -> str:
    due = occasion.pending.due
    if occasion.step.code == "open":
        return f"开始了，{_short(due)}前交："
    if today > due:
        return f"{'昨天' if (today - due).days == 1 else _short(due)}到期，还差您的："
    if today == due:
        return "今天到期，还差："
    return f"{_short(due)}到期，还差："


def _how(count: int, occasion: Occasion) -> str:
    example = "例：已听课两次" if count == 1 else "例：1 已听课两次；2 已完成"
    late = "现在交记为迟报，不影响内容。" if occasion.step.code == "after" else ""
    return f"{late}直接回复就行，{example}。忙的话回复“稍后提醒”。"


def _review(occasion: Occasion, today: date) -> str:
    note, due = occasion.pending.note, occasion.pending.due
    left: list[str] = list(note.get("left", ()))
    quarter = (
        occasion.pending.period.replace("-Q", "年第") + "季度" if "Q" in occasion.pending.period else "本期"
    )
    if occasion.step.code == "open":
        return (
            f"{quarter}点评开始了：{note['branch']}待点评{len(left)}人，{show(due)}前。回复“还欠谁”看名单。"
        )
    shown = "、".join(left[:MOST_NAMES]) + (f"等{len(left)}人" if len(left) > MOST_NAMES else "")
    ended = "已经到期" if today > due else f"{_short(due)}到期"
    return f"{quarter}点评{ended}，还没有点评：{shown}。回复“还欠谁”接着点评。"


def escalation(branch: str, month: str, names: Sequence[str]) -> str:
    """The private list for the secretary on the day after the end (R-323)."""
    listed = "、".join(names[:20]) + (f"等{len(names)}人" if len(names) > 20 else "")
    return f"{branch}{int(month[5:])}月写实已到期，还没有交：{listed}。回复“谁没交”看详情，“催一下”提醒他们。"


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def names_of(pendings: Sequence[Pending], known: dict[str, str]) -> list[str]:
    """The names of those who still owe, in the order of 编号."""
    return [known[one.person] for one in sorted(pendings, key=lambda one: one.person) if one.person in known]


_PART = {"K-05": _report, "K-08": _review}

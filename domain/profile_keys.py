"""What may stand at each key of a profile, in one table, and one sentence about whatever else stands there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Kind:
    """`fits` judges the value, or each one of a list; `right` says in Chinese what would be right."""

    right: str
    fits: Callable[[Any], bool]
    is_list: bool = False

    def wrong(self, value: Any) -> list[Any]:
        """What of the value does not fit: itself, or members of the list."""
        if self.is_list and isinstance(value, list):
            return [one for one in value if not self.fits(one)]
        return [value] if self.is_list or not self.fits(value) else []


def _whole(first: int, last: int) -> Kind:
    return Kind(
        f"{first}到{last}的整数",
        lambda value: isinstance(value, int) and not isinstance(value, bool) and first <= value <= last,
    )


def _one_of(*words: str) -> Kind:
    return Kind("或".join(f'"{word}"' for word in words), lambda value: value in words)


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_day(value: Any) -> bool:
    """As `2026-10-01`; other spellings of ISO 8601 are not for people."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return False
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_yearly(value: Any) -> bool:
    # In a year without 29 February, since the day must be there every year.
    return isinstance(value, str) and _is_day(f"2023-{value}")


def _is_span(value: Any) -> bool:
    first, slash, last = value.partition("/") if isinstance(value, str) else ("", "", "")
    return bool(slash) and _is_yearly(first) and _is_yearly(last) and first <= last


def _is_filing(value: Any) -> bool:
    span, space, name = value.partition(" ") if isinstance(value, str) else ("", "", "")
    first, slash, last = span.partition("/")
    return bool(space and slash and name.strip()) and _is_day(first) and _is_day(last) and first <= last


def _is_summary(value: Any) -> bool:
    pattern = r"[一二三] (?:quarter|term|year|evaluation) [1-9]\d?"
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


FLAG = Kind("true 或 false（不带引号）", lambda value: isinstance(value, bool))
TIME = Kind(
    '24小时制的几点几分，例："21:00"',
    lambda value: isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) is not None,
)
YEARLY = Kind('每年都有的月和日，例："03-15"', _is_yearly)
TEXT = Kind("带引号的文字，不能空着", _is_words)
LABEL = Kind("带引号的文字", lambda value: isinstance(value, str))
TEXTS = Kind('方括号里的几段文字，例：["争创一流", "全心全意"]', _is_words, is_list=True)
DAYS = Kind('方括号里的日期，例：["2026-10-01", "2026-10-02"]', _is_day, is_list=True)
SPANS = Kind('方括号里的起止月日，例：["03-01/04-30"]', _is_span, is_list=True)

CADENCE = _one_of("quarter", "term", "year", "none")
YEARLY_OR_NONE = Kind(
    '每年都有的月和日，例："12-31"，或 "none"', lambda value: value == "none" or _is_yearly(value)
)
FILINGS = Kind('方括号里的起止日期和材料，例：["2027-01-01/2027-01-12 点评登记表"]', _is_filing, is_list=True)
SUMMARIES = Kind(
    '方括号里的表、随什么、几天，例：["一 term 10", "二 evaluation 15"]', _is_summary, is_list=True
)

KEYS: Mapping[str, Kind] = {
    "office.school": TEXT,
    "office.name": TEXT,
    "office.campaign": TEXT,
    "commitment.max_items": _whole(1, 50),
    "commitment.slogans": TEXTS,
    "commitment.publish_days": _whole(1, 365),
    "commitment.annual.open": YEARLY,
    "commitment.annual.due": YEARLY,
    "commitment.immediate.sign_hours": _whole(1, 720),
    "commitment.immediate.publish_hours": _whole(1, 720),
    "self.open_day": _whole(1, 31),
    "self.due_day": _whole(1, 31),
    "record.member_cadence": CADENCE,
    "record.member_days": _whole(1, 60),
    "record.org_cadence": CADENCE,
    "record.org_days": _whole(1, 60),
    "record.publish_cadence": CADENCE,
    "record.publish_days": _whole(1, 60),
    "check.cadence": _one_of("record", "quarter", "term", "year", "none"),
    "inspection.cadence": CADENCE,
    "meeting.cadence": CADENCE,
    "evaluation.open": YEARLY,
    "evaluation.due": YEARLY_OR_NONE,
    "summary.due": SUMMARIES,
    "filing_deadline": FILINGS,
    "review.universal": SPANS,
    "review.member_cadence": _one_of("quarter", "term", "none"),
    "review.plan_required": FLAG,
    "review.register_days": _whole(0, 60),
    "review.notify_required": FLAG,
    "review.notify_days": _whole(1, 60),
    "review.party_secretary_scope": _one_of("all", "portfolio"),
    "review.portfolio_authorises": FLAG,
    "review.l1_may_review_members": FLAG,
    "review.admin_head_may_review": FLAG,
    "review.common_only_counts": FLAG,
    "review.external_counts": FLAG,
    "review.withdraw_days": _whole(0, 365),
    "review.held_hours": _whole(1, 8760),
    "rectify.required": FLAG,
    "rectify.default_days": _whole(1, 365),
    "rectify.reply_days": _whole(1, 365),
    "chat.photo_idle_minutes": _whole(1, 1440),
    "chat.photo_keep_hours": _whole(1, 720),
    "chat.photo_late_minutes": _whole(0, 1440),
    "chat.undo_minutes": _whole(0, 1440),
    "chat.nudge_minutes": _whole(0, 1440),
    "chat.list_hours": _whole(1, 720),
    "chat.draft_days": _whole(1, 365),
    "chat.names_in_text": _whole(1, 100),
    "chat.first_words": TEXT,
    "push.quiet_from": TIME,
    "push.quiet_to": TIME,
    "push.first_hour": TIME,
    "push.hold_above": _whole(0, 100_000),
    "calendar.holidays": DAYS,
    "calendar.workdays": DAYS,
}

# Texts of these kinds sort as what they mean. Without daytime between them nothing would ever be sent.
EARLIER = (
    ("push.quiet_to", "push.quiet_from"),
    ("push.first_hour", "push.quiet_from"),
    ("commitment.annual.open", "commitment.annual.due"),
    ("evaluation.open", "evaluation.due"),
)


def faults(given: Mapping[str, Any], base: Mapping[str, Any], labels: Collection[str]) -> list[str]:
    """A sentence for each key that is unknown or holds what it cannot; `labels` are the known `labels.…` keys."""
    kinds = {**KEYS, **dict.fromkeys(labels, LABEL)}
    found = [_unknown(key, kinds) for key in given if key not in kinds]
    known = {key: value for key, value in given.items() if key in kinds}
    for key, value in known.items():
        found += [f"{key} 写的是 {_shown(one)}，应写{kinds[key].right}。" for one in kinds[key].wrong(value)]
    if found:
        return found
    now = {**base, **known}
    return [
        f"{first} 写的是 {_shown(now[first])}，要早于 {last} 的 {_shown(now[last])}。"
        for first, last in EARLIER
        if now[first] >= now[last]
    ]


def _unknown(key: str, kinds: Collection[str]) -> str:
    near = get_close_matches(key, kinds, 1)
    advice = f"是不是想写 {near[0]}？" if near else "能写的项可用 xieshi profile write 写出来看。"
    return f"没有“{key}”这一项，{advice}"


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "……"

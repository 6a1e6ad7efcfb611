"""What secretaries ask: who has not done it, how far it is, and the reminder that follows."""

from __future__ import annotations

import re

from bot.understanding.rules import Fields, lead, whole
from bot.understanding.said import Said
from bot.understanding.skeleton import asked


def _missing(said: Said, match: re.Match[str]) -> Fields | None:
    return asked(said, "missing")


def _coverage(said: Said, match: re.Match[str]) -> Fields | None:
    return asked(said, "coverage")


def _overdue(said: Said, match: re.Match[str]) -> Fields | None:
    return asked(said, "overdue")


def _waived(said: Said, match: re.Match[str]) -> Fields | None:
    found = said.names.at(said.plain[match.end() :])
    if found is None:
        return None
    return {"person": found.value, "reason": said.rest(match.end() + found.span[1])}


RULES = (
    lead("missing", r"(?=.*(?:没|未|谁|齐|欠|差))", _missing),
    lead("coverage", r"(?=.*点评)", _coverage),
    lead("overdue", r"(?=.*(?:逾期|超期|过期|到期))", _overdue),
    whole(
        "nudge",
        "催一?下|催(?:催|办|交|报|一催|促)(?:一下)?(?:他们|大家|没交的?|未交的?)?(?:人|同志)?|(?:再)?(?:提醒|催|通知|催促)(?:一下)?(?:没|未|还没)?(?:有)?(?:交|写|报)?(?:写实)?的?(?:他们|大家|人|同志|几[个位]人?)",
    ),
    lead("waive", r"免(?:填|交|报|去|写)?[,:、\s]*(?=\S)", _waived, required=("person", "reason")),
    whole(
        "roster_list",
        "名单|(?:看看?|查看?)?(?:支部|党员|人员|我们支部|本支部)?(?:的)?名单|(?:支部)?(?:有|都有)(?:哪些|多少|几个)(?:人|党员)",
    ),
    whole("unbound", "未绑定|谁(?:还)?没(?:有)?绑定|(?:还)?(?:有谁|哪些人)没(?:有)?绑定|没绑定的(?:人)?"),
)

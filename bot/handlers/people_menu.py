"""人员变动: everything the speaker may enter about people and offices, each by its digit (R-356)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.forms import Query
from bot.engine.turn import Context, Turn
from bot.handlers import _permission as permission

_ENTRIES = (
    ("enrol", "新增：新来的同志", "新增"),
    ("transfer", "转出：转到别的支部，对方接收才算", "转出"),
    ("change", "登记变动：转正、毕业、调走、去世、退休等", "登记变动"),
    ("leave", "请假：从哪天到哪天", "请假"),
    ("hand_over", "换届：换书记，任免副书记和委员", "换届"),
    ("act", "委托：副书记代一段时间", "委托"),
    ("link", "联系点：学校领导联系、分管的单位", "联系点"),
)


def _reply(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    found = [(line, word) for act, line, word in _ENTRIES if permission.might(ctx, act)]
    lines = [f"{n} {line}" for n, (line, _) in enumerate(found, 1)]
    return Turn("\n".join(["要登记什么？", *lines, "回复数字。"]), choices=tuple(word for _, word in found))


HANDLER = Query(
    "people_menu", "登记人员变动", ("人员变动",), _reply, lambda ctx: permission.nobody_may(ctx, "change")
)

"""What the ticks say of conversations: who was reminded of his draft, and who was freed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.installation import NOON

ZHANG, LI = "2010018", "2005007"


def at(minutes: float) -> tuple[str, str]:
    return ("--at", (NOON + timedelta(minutes=minutes)).isoformat())


def of(person: str, found: list[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    """The lines about one person's conversation."""
    mine = [line for line in found if line["person"] == person and line["duty"] in ("draft", "")]
    return [(line["duty"], line["step"], line["action"], line["reason"]) for line in mine]


@pytest.mark.row(23)
@pytest.mark.row(26)
def test_a_draft_left_open_and_a_conversation_freed_are_said_as_they_are(here, run, lines) -> None:
    here.school.say(ZHANG, "作承诺")
    assert of(ZHANG, lines("tick", *at(20), "plan")) == []
    assert of(ZHANG, lines("tick", *at(40), "plan")) == [("draft", "left", "planned", "")]
    assert of(ZHANG, lines("tick", *at(40), "plan")) == []
    assert of(ZHANG, lines("tick", *at(41), "deliver")) == [("draft", "left", "sent", "")]
    here.move(minutes=45)
    here.school.say(LI, "解卡 张伟")
    assert "free|" in run("outbox", "list").output
    freed, told = of(ZHANG, lines("tick", *at(46), "deliver"))
    assert (freed, told) == (("", "", "planned", "已解卡"), ("", "", "sent", ""))
    assert "已办 2010018 已解卡" not in run("tick", *at(47), "deliver").output
    assert "free|" not in run("outbox", "list").output

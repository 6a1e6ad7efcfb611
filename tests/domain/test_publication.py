"""Channels as people name them, what readers will see, and the day it can have been."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.commitments import Commitment, State
from domain.publication import as_seen, channels_by_digits, channels_in, wants_publication, wrong_day

CODES = ("meeting", "file", "board", "press", "broadcast", "network", "other")
DAY = date(2026, 6, 30)
ITEM = Commitment(
    "C-2026-0154-1", "person", "2010018", "张伟", "教工第一党支部", "教工第一党支部", "annual", "讲3次课", DAY, DAY,
    State.FIXED, date(2026, 3, 1), fixed_on=date(2026, 3, 5),
)  # fmt: skip


@pytest.mark.requirement("R-079")
@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("网上公开", ("network",)),
        ("在支部大会上念了，也贴了公开栏", ("meeting", "board")),
        ("校报、广播", ("press", "broadcast")),
        ("公众号", ("network",)),
        ("公开", ()),
    ],
)
def test_channels_are_read_from_words(words: str, codes: tuple[str, ...]) -> None:
    assert channels_in(words) == codes


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("1", ("meeting",)),
        ("1 6", ("meeting", "network")),
        ("３、６", ("board", "network")),
        ("613", ("meeting", "board", "network")),
        ("8", ()),
        ("1 9", ()),
        ("", ()),
        ("下周", ()),
    ],
)
def test_channels_are_chosen_by_digits(words: str, codes: tuple[str, ...]) -> None:
    assert channels_by_digits(words, CODES) == codes


def test_a_board_is_no_wish_to_publish() -> None:
    assert wants_publication("网上公开")
    assert not wants_publication("签 0154-1 公开栏")


@pytest.mark.requirement("R-074")
def test_nothing_was_public_before_both_had_signed_or_will_be_tomorrow() -> None:
    today = date(2026, 3, 10)
    assert wrong_day(date(2026, 3, 4), [ITEM], today) == "early"
    assert wrong_day(date(2026, 3, 11), [ITEM], today) == "future"
    assert wrong_day(date(2026, 3, 5), [ITEM], today) is None


@pytest.mark.requirement("R-081")
def test_readers_see_name_goal_and_date_and_nothing_else() -> None:
    assert as_seen(replace(ITEM, reason="住院", text="原话")) == "张伟：讲3次课（2026年6月30日前）"

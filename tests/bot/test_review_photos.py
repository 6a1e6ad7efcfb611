"""Photos before, between, after and behind a review, as the dispatcher plays them (R-130, house 7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import select

from bot.dispatcher import Outcome
from storage.codec import ZONE
from storage.tables import attachment
from tests import school
from tests.school import School

WANG, LI, HAN = "2003011", "2005007", "2018006"
WORDS = "点评韩雪：示教片质量高；不足是进度慢；下一步十月前剪完"
OWN = ("review", "session", "at", "attachments")


@pytest.fixture
def one(sqlite_url: str) -> School:
    return school.new(sqlite_url, datetime(2026, 7, 31, 15, 20, tzinfo=ZONE))


def reviews(one: School, kind: str = "review.posted") -> list[Any]:
    return [each for each in one.entries() if each.kind == kind]


def media(one: School, number: str) -> list[str]:
    """What the photos of a review are, in the order of its attachments."""
    with one.database.transaction() as tx:
        rows = tx.connection.execute(select(attachment.c.id, attachment.c.media, attachment.c.linked))
        known = {row.id: row.media for row in rows if row.linked == number}
    posted = next(each for each in reviews(one) if each.data["review"] == number)
    later = [each for each in reviews(one, "review.attached") if each.data["review"] == number]
    ids = [id for each in (posted, *later) for id in each.data["attachments"]]
    return [known[id] for id in ids]


def send(one: School, person: str, step: str) -> Outcome:
    return one.photo(person, step) if step.startswith("photo") else one.say(person, step)


def orders() -> Iterator[tuple[str, ...]]:
    yield from permutations((WORDS, "photo-1", "photo-2", "photo-3"))
    yield WORDS, *(f"photo-{n}" for n in range(1, 10))
    yield *(f"photo-{n}" for n in range(1, 10)), WORDS
    yield (WORDS,)


@pytest.mark.row(16)
@pytest.mark.requirement("R-130")
def test_every_order_of_words_and_photos_gives_the_same_record(one: School) -> None:
    expected: dict[str, Any] | None = None
    for order in orders():
        one.now += timedelta(minutes=5)
        for step in order:
            send(one, WANG, step)
        outcome = one.say(WANG, "确认")
        posted = outcome.entries[0]
        record = {key: value for key, value in posted.data.items() if key not in OWN}
        expected = expected or record
        assert record == expected
        assert media(one, posted.data["review"]) == [step for step in order if step != WORDS]


@pytest.mark.requirement("R-130")
@pytest.mark.requirement("R-135")
def test_photos_between_the_list_of_candidates_and_the_digit_belong_to_the_review(one: School) -> None:
    one.photo(WANG, "photo-1")
    listed = one.say(WANG, "点评张伟：台账清楚")
    assert "回复数字" in listed.reply
    assert [one.photo(WANG, name).reply for name in ("photo-2", "photo-3")] == ["", ""]
    one.say(WANG, "2")
    number = one.say(WANG, "确认").entries[0].data["review"]
    assert media(one, number) == ["photo-1", "photo-2", "photo-3"]


@pytest.mark.requirement("R-130")
def test_two_leaders_at_the_same_time_never_mix(one: School) -> None:
    one.photo(WANG, "photo-wang")
    one.photo(LI, "photo-li")
    one.say(LI, "点评刘洋：谈话扎实")
    one.say(WANG, WORDS)
    theirs = {who: one.say(who, "确认").entries[0].data["review"] for who in (LI, WANG)}
    assert media(one, theirs[WANG]) == ["photo-wang"]
    assert media(one, theirs[LI]) == ["photo-li"]


@pytest.mark.requirement("R-130")
def test_a_photo_sent_before_the_confirmation_and_delivered_after_it_belongs_to_that_review(
    one: School,
) -> None:
    one.say(WANG, WORDS)
    before = one.now
    number = one.say(WANG, "确认").entries[0].data["review"]
    outcome = one.photo(WANG, "late-delivery", at=before)
    assert [each.kind for each in outcome.entries] == ["review.attached"]
    assert media(one, number) == ["late-delivery"]


def test_it_belongs_there_even_when_the_next_review_has_begun(one: School) -> None:
    one.say(WANG, WORDS)
    before = one.now
    number = one.say(WANG, "确认").entries[0].data["review"]
    one.say(WANG, "点评方明：换灭火器及时")
    one.photo(WANG, "late-delivery", at=before)
    other = one.say(WANG, "确认").entries[0].data["review"]
    assert (media(one, number), media(one, other)) == (["late-delivery"], [])


@pytest.mark.requirement("R-130")
def test_a_photo_within_two_minutes_after_is_offered_to_that_review_first(one: School) -> None:
    one.say(WANG, WORDS)
    number = one.say(WANG, "确认").entries[0].data["review"]
    asked = one.photo(WANG, "a-minute-later")
    assert asked.entries == ()
    assert "1 放进刚才对韩雪的点评" in asked.reply
    done = one.say(WANG, "1")
    assert "共1张" in done.reply
    assert media(one, number) == ["a-minute-later"]


def test_nothing_attaches_to_a_later_draft_without_a_digit(one: School) -> None:
    one.say(WANG, WORDS)
    one.say(WANG, "确认")
    one.say(WANG, "点评方明：换灭火器及时")
    asked = one.photo(WANG, "whose")
    assert "放进现在这条点评" in asked.reply
    again = one.say(WANG, "确认")
    assert again.entries == ()
    one.say(WANG, "2")
    number = one.say(WANG, "确认").entries[0].data["review"]
    assert media(one, number) == ["whose"]


def test_a_photo_that_is_not_wanted_goes_nowhere(one: School) -> None:
    one.say(WANG, WORDS)
    number = one.say(WANG, "确认").entries[0].data["review"]
    one.photo(WANG, "by-mistake")
    assert "不用" in one.say(WANG, "3").reply
    assert media(one, number) == []
    assert reviews(one, "review.attached") == []


def test_after_two_minutes_a_photo_begins_a_new_review(one: School) -> None:
    one.say(WANG, WORDS)
    one.say(WANG, "确认")
    one.now += timedelta(minutes=3)
    assert "点评谁" in one.photo(WANG, "new").reply


@pytest.mark.requirement("R-130")
def test_after_a_quarter_of_an_hour_older_photos_come_back_by_a_digit_only(one: School) -> None:
    one.photo(WANG, "older-1")
    one.photo(WANG, "older-2")
    one.now += timedelta(minutes=16)
    assert "之前的2张照片要放进来吗" in one.say(WANG, WORDS).reply
    one.say(WANG, "2")
    number = one.say(WANG, "确认").entries[0].data["review"]
    assert media(one, number) == []


def test_a_photo_after_a_quarter_of_an_hour_asks_where_it_belongs(one: School) -> None:
    one.say(WANG, WORDS)
    one.now += timedelta(minutes=20)
    assert "放进现在这条点评" in one.photo(WANG, "from-the-corridor").reply
    assert one.photo(WANG, "and-another").reply == ""
    one.say(WANG, "1")
    number = one.say(WANG, "确认").entries[0].data["review"]
    assert media(one, number) == ["from-the-corridor", "and-another"]


def test_a_tenth_photo_is_refused_kindly(one: School) -> None:
    one.say(WANG, WORDS)
    replies = [one.photo(WANG, f"photo-{n}").reply for n in range(10)]
    assert replies[0].startswith("照片收到")
    assert replies[1:9] == [""] * 8
    assert "最多9张" in replies[9]


@pytest.mark.requirement("R-342")
def test_a_photo_of_a_member_without_a_draft_is_kept_and_asks_for_no_review(one: School) -> None:
    assert "先替您存24小时" in one.photo(HAN, "a-members-photo").reply


@pytest.mark.requirement("R-357")
@pytest.mark.requirement("R-136")
def test_no_review_is_made_of_a_voice_message(one: School) -> None:
    one.say(WANG, "点评韩雪")
    assert "转文字" in one.say(WANG, "", "voice", "voice-1").reply
    assert one.say(WANG, "确认").entries == ()

"""Two web processes at once: one callback thrice is one act, and four people's signatures are counted once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.bot.test_signing_at_once import SIGNERS, four_secretaries, items, signatures
from tests.faults import webs
from tests.faults.platform import Platform
from tests.faults.proofs import assert_whole, written
from tests.installation import ACCOUNTS, Installation

pytestmark = pytest.mark.slow

PEOPLE = ("2010018", "2011045", "2014023", "2013008", "2016011", "2007033", "2010052", "2017019")
SAID = ("写实", "讲了两次", "按计划推进", "确认")


@pytest.fixture
def platform(anywhere: Installation) -> Iterator[Platform]:
    with webs.running(anywhere) as first, webs.running(anywhere) as second:
        yield Platform(anywhere.sandbox, [first.url, second.url])


@pytest.mark.requirement("R-291")
def test_three_deliveries_at_once_to_two_processes_are_one_act_with_one_answer(
    anywhere: Installation, platform: Platform
) -> None:
    for person in PEOPLE:
        anywhere.school.publish(person, "给大三学生讲论文", date(2026, 12, 20))
    for person in PEOPLE:
        answers = [platform.say(ACCOUNTS[person], text, times=3) for text in SAID]
        assert [len(set(words)) for words in answers] == [1, 1, 1, 1], answers
        assert answers[-1][0].startswith("11月写实已交"), answers
    handed_in = written(anywhere.school, "report.submitted", "report")
    assert len(handed_in) == len(PEOPLE) and set(handed_in.values()) == {1}
    assert_whole(anywhere.school)


@pytest.mark.requirement("R-074")
def test_four_people_on_two_processes_sign_the_same_fifty_items_once(
    anywhere: Installation, platform: Platform
) -> None:
    four_secretaries(anywhere.school)
    anywhere.school.write(items(anywhere.school, 50))
    signers = [ACCOUNTS[person] for person in SIGNERS]
    assert all("将签字50件" in words for words in platform.all_say(signers, "全签"))
    answers = platform.all_say(signers, "确认")
    assert sum("已签50件" in words for words in answers) == 1, answers
    assert len(signatures(anywhere.school)) == len(set(signatures(anywhere.school))) == 50
    assert_whole(anywhere.school)

"""Which members a message may name is asked of the database, in the same way on both engines (R-013, R-326)."""

from __future__ import annotations

from datetime import date

import pytest

from storage.roster import RosterView
from tests import cast, school

DAY = date(2026, 7, 1)


@pytest.mark.requirement("R-013")
@pytest.mark.parametrize(
    ("words", "named", "unnamed"),
    [
        ("点评张伟：好", ["张伟"], ["李芳", "高远"]),
        ("张老师讲得好", ["张伟"], ["李芳"]),
        ("点评立新同志", [], ["张伟", "李芳"]),
        ("辅导员们辛苦了", ["刘洋", "陈静"], ["张伟", "李芳"]),
        ("6月底前听课3次", [], ["张伟", "李芳", "刘洋"]),
    ],
)
def test_surname_given_name_or_post_in_the_words_finds_somebody(database_url, words, named, unnamed) -> None:
    one = school.new(database_url)
    with one.database.reading() as tx:
        found = {person.name for person in RosterView(tx).spoken_of(words, [cast.FIRST], DAY)}
        everywhere = {
            person.name for person in RosterView(tx).spoken_of(words, [cast.FIRST, cast.SECOND], DAY)
        }
    assert found >= set(named) and not found & set(unnamed)
    assert found <= everywhere


@pytest.mark.requirement("R-135")
def test_a_name_that_sounds_alike_is_found_within_the_units_only(database_url) -> None:
    one = school.new(database_url)
    with one.database.reading() as tx:
        roster = RosterView(tx)
        assert {person.name for person in roster.sounding(["高原"], [cast.FIRST], DAY)} == {"高远"}
        assert not roster.sounding(["高原"], [cast.SECOND], DAY)

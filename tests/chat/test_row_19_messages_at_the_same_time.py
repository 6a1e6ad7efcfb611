"""Row 19: two hundred messages of one person in four threads: none lost, none twice, one conversation."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from bot.messages import Message
from storage.tables import conversation, inbox, owed
from tests import cast, school
from tests.school import School

MEMBER, THREADS, EACH = "2010052", 4, 50


def at_once(one: School) -> list[str]:
    """Photos, a question after every ninth, from four threads that begin together."""
    together = Barrier(THREADS)

    def talk(thread: int) -> list[str]:
        together.wait(timeout=30)
        return [say(one, thread, n) for n in range(EACH)]

    with ThreadPoolExecutor(THREADS) as threads:
        return [reply for replies in threads.map(talk, range(THREADS)) for reply in replies]


def say(one: School, thread: int, n: int) -> str:
    key, account = f"test|{thread}|{n}", cast.ACCOUNT[MEMBER]
    asks = n % 10 == 9
    message = Message(
        "wecom", account, key, "text" if asks else "image", one.now, one.now, "我的" if asks else "",
        "" if asks else key,
    )  # fmt: skip
    return one.dispatcher.handle(message).reply


@pytest.mark.row(19)
@pytest.mark.requirement("R-291")
def test_two_hundred_messages_of_one_person_at_once_are_all_kept_once(database_url: str) -> None:
    one = school.new(database_url)
    replies = at_once(one)
    assert sum(reply.startswith("照片收到") for reply in replies) == 1
    assert sum("您现在没有要办的事" in reply or "您的事" in reply for reply in replies) == 20
    with one.database.transaction() as tx:
        rows = select(conversation.c.state).where(conversation.c.speaker == MEMBER)
        states = [json.loads(row[0]) for row in tx.connection.execute(rows)]
        fetched = select(func.count()).select_from(owed).where(owed.c.kind == "fetch")
        assert tx.connection.execute(fetched).scalar() == 180
        assert tx.connection.execute(select(func.count()).select_from(inbox)).scalar() == 200
    assert len(states) == 1
    kept = [photo for photo, _ in states[0]["photos"]]
    assert len(kept) == len(set(kept)) == 180


@pytest.mark.row(20)
@pytest.mark.requirement("R-291")
def test_repeated_by_the_platform_none_is_answered_anew(database_url: str) -> None:
    one = school.new(database_url)
    first = at_once(one)
    assert at_once(one) == first
    with one.database.transaction() as tx:
        assert tx.connection.execute(select(func.count()).select_from(inbox)).scalar() == 200

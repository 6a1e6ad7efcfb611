"""Malformed callbacks by the thousand: never a 5xx, never a fault of ours, never a line of stack in the log.

FUZZ_CASES=100000 plays the whole set; without it as many as fit into a minute.
"""

from __future__ import annotations

import logging
import os
import random
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from storage.codec import ZONE
from tests import school
from tests.faults.mutations import Hand
from tests.faults.proofs import assert_whole
from tests.sealed import URL, app

pytestmark = pytest.mark.slow

CASES = int(os.environ.get("FUZZ_CASES", "6000"))
SEED = int(os.environ.get("FUZZ_SEED", "2026"))


def faults(log: pytest.LogCaptureFixture) -> list[str]:
    """What was logged as a fault, or with a stack."""
    bad = (
        one
        for one in log.records
        if one.levelno >= logging.ERROR or one.exc_info or "Traceback" in one.getMessage()
    )
    return [one.getMessage() for one in bad]


@pytest.mark.requirement("R-291")
def test_no_callback_whatever_ends_in_a_fault(
    sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one = school.new(sqlite_url, datetime(2026, 6, 25, 9, 30, tzinfo=ZONE))
    one.publish("2010018", "带2名青年教师", date(2026, 11, 30), n=1)
    client, hand, answered = app(one, tmp_path).test_client(), Hand(random.Random(SEED)), Counter[int]()
    for n in range(CASES):
        query, body = hand.case()
        response = client.post(URL, query_string=query, data=body)
        answered[response.status_code] += 1
        assert response.status_code < 500 and faults(caplog) == [], (n, query, body, faults(caplog))
        caplog.clear()
    assert set(answered) >= {200, 400, 403}
    assert_whole(one)

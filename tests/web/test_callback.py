"""The callback answers as the contract's table says, whatever comes in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from bot import texts
from bot.dispatcher import Dispatcher, Outcome
from bot.messages import Message
from sandbox import plain
from tests import school
from tests.school import School
from tests.sealed import AGENT, CORP, SEALER, URL, Sealed, app, envelope, opened


@pytest.fixture
def one(sqlite_url: str) -> School:
    return school.new(sqlite_url)


@pytest.fixture
def road(one: School, tmp_path: Path) -> Sealed:
    return Sealed(one, tmp_path)


def text(words: str, n: int = 1, who: str = "zhangwei") -> str:
    return plain.message(CORP, who, 1782349800, "text", [("Content", words)], str(n), AGENT)


def test_another_verb_than_the_platforms_two_is_refused(road: Sealed) -> None:
    response = road.client.put(URL, data=b"x")
    assert (response.status_code, set(response.allow)) == (405, {"GET", "HEAD", "POST"})
    assert road.client.post(f"{URL}/more", data=b"x").status_code == 404


@pytest.mark.requirement("R-290")
def test_the_platforms_check_of_the_url_is_answered_with_the_plain_words(road: Sealed) -> None:
    encrypted = SEALER.seal("6812345678901234567")
    query = {
        "msg_signature": SEALER.sign("1", "n", encrypted),
        "timestamp": "1",
        "nonce": "n",
        "echostr": encrypted,
    }
    response = road.client.get(URL, query_string=query)
    assert (response.status_code, response.data) == (200, b"6812345678901234567")
    assert road.client.get(URL, query_string={**query, "msg_signature": "0" * 40}).status_code == 403
    assert road.client.get(URL).status_code == 400


@pytest.mark.requirement("R-290")
def test_a_wrong_signature_is_refused_and_nothing_is_stored(road: Sealed, one: School) -> None:
    query, body = envelope(text("作承诺"))
    before = len(one.entries())
    refused = road.client.post(URL, query_string={**query, "msg_signature": "0" * 40}, data=body)
    assert (refused.status_code, refused.data) == (403, b"")
    assert len(one.entries()) == before
    with one.database.transaction() as tx:
        assert tx.connection.exec_driver_sql("SELECT count(*) FROM inbox").scalar() == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{}", 400),
        (b"<xml/>", 400),
        (b"<html/>", 400),
        (b"\xff\xfe", 400),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>', 400),
        (b"<xml><Encrypt>" + b"A" * (1 << 20) + b"</Encrypt></xml>", 413),
    ],
)
def test_a_malformed_callback_gets_its_status_and_no_more(road: Sealed, body: bytes, status: int) -> None:
    query, _ = envelope(text("x"))
    response = road.client.post(URL, query_string=query, data=body)
    assert (response.status_code, response.data) == (status, b"")


@pytest.mark.row(20)
@pytest.mark.requirement("R-291")
def test_the_same_message_again_gets_the_same_words_and_no_second_effect(road: Sealed, one: School) -> None:
    first = [
        opened(road.client.post(URL, query_string=q, data=d))
        for q, d in [envelope(text("帮助"), n) for n in "12"]
    ]
    assert first[0] == first[1] != ""
    with one.database.transaction() as tx:
        assert tx.connection.exec_driver_sql("SELECT count(*) FROM inbox").scalar() == 1


def test_an_authentic_kind_that_nobody_knows_is_answered_with_nothing(road: Sealed) -> None:
    query, body = envelope(plain.message(CORP, "zhangwei", 1, "hologram", [("Depth", "3")], "9", AGENT))
    response = road.client.post(URL, query_string=query, data=body)
    assert (response.status_code, response.data) == (200, b"")


@pytest.mark.row(21)
def test_a_database_that_cannot_be_had_is_admitted_and_nothing_is_pretended(
    one: School, tmp_path: Path
) -> None:
    from storage.db import Database

    client = app(one, tmp_path).test_client()
    away = one.dispatcher.database
    one.dispatcher.database = Database("sqlite:////nonexistent/folder/x.db", wait=0.2)
    query, body = envelope(text("帮助"))
    assert opened(client.post(URL, query_string=query, data=body)) == texts.BUSY
    one.dispatcher.database = away
    assert opened(client.post(URL, query_string=query, data=body)) not in ("", texts.BUSY)


class Slow(Dispatcher):
    """Takes longer than WeCom waits, and then the database may be gone."""

    def __init__(self, one: School, away: bool) -> None:
        self.one, self.away, self.inner = one, away, one.dispatcher

    def handle(self, message: Message, person: str | None = None, read_only: bool = False) -> Outcome:
        outcome = self.inner.handle(message, person, read_only)
        self.one.now += timedelta(seconds=5)
        if self.away:
            self.one.database.engine.dispose()
            self.one.database.engine = create_engine("sqlite:////nonexistent/folder/x.db")
        return outcome


def _late(one: School, folder: Path, away: bool) -> tuple[str, list[str]]:
    """What is answered, and the keys of what is owed afterwards."""
    engine, one.dispatcher = one.database.engine, Slow(one, away)
    query, body = envelope(text("帮助"))
    said = opened(app(one, folder).test_client().post(URL, query_string=query, data=body))
    one.database.engine = engine
    with one.database.reading() as tx:
        return said, list(tx.connection.exec_driver_sql("SELECT key FROM owed").scalars())


def test_an_answer_that_is_late_travels_as_a_message_of_its_own(one: School, tmp_path: Path) -> None:
    said, owed = _late(one, tmp_path, away=False)
    assert said == "" and [key.partition("|")[0] for key in owed] == ["late"]


def test_a_late_answer_without_a_database_is_still_no_server_error(one: School, tmp_path: Path) -> None:
    said, owed = _late(one, tmp_path, away=True)
    assert said != "" and owed == []


def test_a_fault_of_ours_is_admitted_without_a_trace_of_the_words(
    one: School, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from dataclasses import replace

    def broken(ctx: object, words: str) -> list[object]:
        raise ValueError(words)

    one.dispatcher.talk = replace(one.talk, understand=broken)
    query, body = envelope(text("我的秘密"))
    response = app(one, tmp_path).test_client().post(URL, query_string=query, data=body)
    assert opened(response) == texts.BROKEN
    assert "秘密" not in caplog.text and "ValueError" in caplog.text


NOISE = st.binary(max_size=300)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    body=NOISE,
    query=st.dictionaries(
        st.sampled_from(["msg_signature", "timestamp", "nonce", "x"]), st.text(max_size=20)
    ),
)
def test_noise_never_makes_a_server_error(road: Sealed, body: bytes, query: dict[str, str]) -> None:
    assert road.client.post(URL, query_string=query, data=body).status_code < 500


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    words=st.text(max_size=200), who=st.sampled_from(["zhangwei", "wangjianguo", "LIFANG", "nobody", "sys"])
)
def test_whatever_people_write_gets_an_answer_within_the_limit(road: Sealed, words: str, who: str) -> None:
    safe = (
        "".join(c for c in words if c in "\t\n" or c >= " ")
        .replace("]]>", "")
        .encode("utf-8", "ignore")
        .decode()
    )
    assert len(road.say(who, safe).encode()) <= 2048


def test_health_is_for_operators_only(one: School, tmp_path: Path) -> None:
    client = app(one, tmp_path, "letmein").test_client()
    assert client.get("/healthz").data == b"ok"
    outside = {"REMOTE_ADDR": "203.0.113.9"}
    for path in ("/metrics", "/readyz"):
        assert client.get(path, environ_base=outside).status_code == 404
        assert client.get(path, headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
        with_token = client.get(path, environ_base=outside, headers={"Authorization": "Bearer letmein"})
        assert with_token.status_code in (200, 503)
        assert client.get(path).status_code in (200, 503)


def test_a_proof_of_ownership_is_served_and_nothing_else(one: School, tmp_path: Path) -> None:
    (tmp_path / "verify").mkdir()
    (tmp_path / "verify" / "WW_verify_abc123.txt").write_text("proof")
    client = app(one, tmp_path).test_client()
    assert client.get("/WW_verify_abc123.txt").data == b"proof"
    for path in ("/WW_verify_other.txt", "/WW_verify_..%2fsecret_key.txt", "/secret_key"):
        assert client.get(path).status_code == 404

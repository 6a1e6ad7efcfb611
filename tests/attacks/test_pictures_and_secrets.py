"""Pictures that are no pictures, files out of reach, and what logs, errors and descriptions never tell."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import update

from bot.dispatcher import WouldWrite
from bot.messages import Message
from bot.settings import WeComSettings
from bot.web import create
from storage import attachments, pictures
from storage.photos import Photos
from storage.pictures import Unfit
from storage.tables import conversation
from tests import school, sealed
from tests.cast import BY_NAME
from tests.school import School

LI, ZHANG, WANG = (BY_NAME[name] for name in ("李芳", "张伟", "王建国"))
SECRET_WORDS = "许峰住院的事不要外传"


@pytest.fixture
def made(sqlite_url: str) -> School:
    """The cast on a SQLite database."""
    return school.new(sqlite_url)


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG that claims a size, whatever is inside."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(data))
        + chunk(b"IEND", b"")
    )


def jpeg(**more: Any) -> bytes:
    """A small true photo."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(buffer, "JPEG", **more)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        png(60_000, 60_000),
        png(1, 60_000_000),
        b"GIF89a" + jpeg(),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%PDF-1.4\n" + jpeg(),
        b"<html>" + jpeg(),
        jpeg()[:200],
        b"",
        b"\xff\xd8\xff" + b"\0" * 100,
    ],
    ids=["bomb", "tall bomb", "gif", "svg", "pdf", "html", "cut", "empty", "head only"],
)
def test_what_is_no_whole_picture_of_a_bearable_size_is_not_kept(data: bytes) -> None:
    with pytest.raises(Unfit):
        pictures.mime_of("image", data)


def test_what_hides_in_or_behind_a_photo_never_leaves_the_store(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = "机密说明", "作者姓名"
    polyglot = jpeg(exif=exif, comment=b"<script>alert(1)</script>") + b"PK\x03\x04<html>tail"
    store = Photos(tmp_path)
    shown = store.shown(store.put(polyglot))
    assert not any(part in shown for part in (b"script", b"PK\x03\x04", b"html", "作者".encode(), b"Exif"))
    assert not Image.open(io.BytesIO(shown)).getexif()


@pytest.mark.parametrize("sha", ["../../etc/passwd", "a" * 63 + "/", "A" * 64, "", "." * 64, "a" * 65])
def test_the_store_gives_nothing_but_what_has_a_digest_for_a_name(tmp_path: Path, sha: str) -> None:
    with pytest.raises(FileNotFoundError):
        Photos(tmp_path).get(sha)


@pytest.mark.parametrize(
    "path",
    [
        "/WW_verify_../secret_key.txt",
        "/WW_verify_..%2fsecret_key.txt",
        "/WW_verify_a%00.txt",
        "/WW_verify_é.txt",
    ],
)
def test_the_proof_of_ownership_opens_no_other_file(made: School, tmp_path: Path, path: str) -> None:
    (tmp_path / "verify").mkdir()
    (tmp_path / "secret_key.txt").write_text("geheim")
    answer = sealed.app(made, tmp_path).test_client().get(path)
    assert answer.status_code in (404, 308) and b"geheim" not in answer.data


def numbers_of(made: School, person: str) -> list[str]:
    """The attachments somebody sent."""
    from storage.tables import attachment

    with made.database.transaction() as tx:
        rows = tx.connection.execute(attachment.select().where(attachment.c.person == person))
        return [row.id for row in rows]


def test_nobody_can_claim_the_photo_of_another(made: School) -> None:
    made.photo(WANG)
    (theirs,) = numbers_of(made, WANG)
    with made.database.transaction() as tx:
        attachments.link(tx, [theirs], LI, "P-2026-0154-1")
        found = attachments.find(tx, theirs)
    assert found is not None and found.linked == ""


def test_numbers_of_photos_cannot_be_guessed(made: School) -> None:
    made.photo(WANG)
    made.photo(WANG)
    one, other = numbers_of(made, WANG)
    assert len(one) >= 16 and one[:8] != other[:8]


def test_no_secret_stands_in_what_a_developer_prints() -> None:
    own = WeComSettings("corp", 1, "SECRET-1", "SECRET-2", "SECRET-3")
    assert "SECRET" not in repr(own) and "SECRET" not in str(replace(own, agent_id=2))


def test_a_fault_of_ours_tells_the_log_its_place_and_not_the_words(
    made: School, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made.say(ZHANG, "作承诺")
    with made.database.transaction() as tx:
        broken = '{"draft": {"handler": "commit", "fields": ["' + SECRET_WORDS + '"], "asked": "goal"}}'
        tx.connection.execute(update(conversation).values(state=broken))
    road = sealed.Sealed(made, tmp_path)
    with caplog.at_level(logging.DEBUG):
        reply = road.say(ZHANG, SECRET_WORDS)
    assert reply and not any(word in caplog.text for word in (SECRET_WORDS, "张伟", "许峰", "zhangwei"))


def test_numbers_for_operators_hold_no_names_and_are_for_operators(made: School, tmp_path: Path) -> None:
    app = create(sealed.made(made, tmp_path, "token-of-operators"))
    client = app.test_client()
    sealed.Sealed(made, tmp_path).say(ZHANG, SECRET_WORDS)
    for path in ("/metrics", "/readyz"):
        assert client.get(path, environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 404
        assert client.get(path, headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
        wrong = {"Authorization": "Bearer token-of-operator"}
        assert client.get(path, headers={**wrong, "X-Forwarded-For": "::1"}).status_code == 404
        told = client.get(path).get_data(as_text=True)
        assert not any(
            word in told for word in ("张伟", "zhangwei", sealed.TOKEN, sealed.AES_KEY, "token-of")
        )


def test_asking_on_a_real_installation_leaves_nothing_for_the_persons_own_next_message(made: School) -> None:
    def ask(words: str) -> str:
        message = Message("terminal", LI, f"terminal|{words}", "text", made.now, made.now, words)
        return made.dispatcher.handle(message, LI, read_only=True).reply

    with pytest.raises(WouldWrite):
        ask("作承诺：12月20日之前为2名新教师各听课4次并书面反馈")
    assert ask("1") and ask("谁没交")
    for words in ("确认", "签字", "继续", "1"):
        outcome = made.say(LI, words)
        assert outcome.entries == () and "听课" not in outcome.reply

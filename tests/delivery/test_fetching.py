"""Photos are fetched after the answer, kept once, and their archive says so exactly once (R-131, house 7)."""

from __future__ import annotations

import hashlib
import threading
from datetime import datetime, timedelta

import pytest

from bot.delivery import deliver
from bot.fetching import fetch
from domain.entries import Entry, Subject
from storage import attachments, pictures
from storage.db import Transaction
from storage.photos import Photos
from tests.installation import NOON, Installation
from tests.storage.test_photos import bomb, photographed, picture

REVIEW = "P-2026-0163-1"
LEADER = "2003011"


def media(here: Installation, data: bytes, name: str = "照片.jpg") -> str:
    """The media id of a picture that somebody sent."""
    here.sandbox.send_image("wangjianguo", data, name)
    return (
        here.sandbox.deliveries("wangjianguo")[-1].plain.partition("<MediaId><![CDATA[")[2].partition("]]")[0]
    )


def sent(here: Installation, data: bytes, at: datetime = NOON, name: str = "照片.jpg") -> str:
    """The number of a photo that came in and waits to be fetched."""
    here.school.say(LEADER, "", "image", media(here, data, name), at)
    with here.bot.database.transaction() as tx:
        rows = tx.connection.execute(
            attachments.attachment.select().order_by(attachments.attachment.c.received)
        )
        return str(rows.fetchall()[-1].id)


def review(here: Installation, *photos: str) -> None:
    """Confirm a review with these photos, as the confirming turn does."""
    data = {"review": REVIEW, "session": REVIEW, "target": "member", "kind": "daily", "manner": "onsite"}
    data |= {
        "at": NOON.isoformat(),
        "attachments": list(photos),
        "merits": "好",
        "gaps": "",
        "directions": "",
    }
    about = Subject("person", "2012034", "张伟")
    here.school.write([Entry("person:2012034", "review.posted", about, data, "l1_secretary")], LEADER)
    link(here, *photos)


def link(here: Installation, *photos: str) -> None:
    with here.bot.database.transaction() as tx:
        attachments.link(tx, photos, LEADER, REVIEW)


def told(here: Installation) -> list[tuple[str, dict[str, object]]]:
    """What the archive of the reviewed person says of attachments."""
    entries = here.school.entries("person:2012034")
    return [(one.kind, dict(one.data)) for one in entries if one.kind.startswith("attachment.")]


def state(here: Installation, photo: str) -> str:
    def read(tx: Transaction) -> str:
        found = attachments.find(tx, photo)
        return found.state if found else ""

    return here.bot.database.attempt(read)


@pytest.mark.requirement("R-131")
@pytest.mark.parametrize("is_confirmed_first", [True, False])
def test_the_archive_says_once_that_a_photo_is_stored_whichever_came_first(anywhere, is_confirmed_first):
    data = photographed()
    photo = sent(anywhere, data)
    if is_confirmed_first:
        review(anywhere, photo)
    fetch(anywhere.bot, anywhere.move(seconds=5))
    if not is_confirmed_first:
        assert told(anywhere) == [] and state(anywhere, photo) == "fetched"
        review(anywhere, photo)
    for _ in range(3):
        fetch(anywhere.bot, anywhere.move(seconds=5))
    sha = hashlib.sha256(data).hexdigest()
    entry = {"attachment": photo, "of": REVIEW, "sha256": sha, "size": len(data), "mime": "image/jpeg"}
    assert told(anywhere) == [("attachment.stored", entry)]
    assert state(anywhere, photo) == "stored"
    assert Photos(anywhere.bot.settings.media).get(sha) == data


def test_the_entry_is_the_systems_and_stands_in_the_archive_of_the_thing(here):
    photo = sent(here, picture())
    review(here, photo)
    fetch(here.bot, here.move(seconds=5))
    written = here.school.entries("person:2012034")[-1]
    assert (written.stamp.actor, written.entry.subject.name) == ("system", "张伟")
    assert written.entry.org_id == "教工第二党支部"


@pytest.mark.requirement("R-131")
def test_the_same_picture_twice_is_stored_once_and_linked_twice(here):
    first, second = sent(here, photographed()), sent(here, photographed())
    review(here, first, second)
    fetch(here.bot, here.move(seconds=5))
    assert {data["attachment"] for _, data in told(here)} == {first, second}
    assert len({data["sha256"] for _, data in told(here)}) == 1
    assert len([path for path in here.bot.settings.media.rglob("*") if path.is_file()]) == 1


@pytest.mark.row(17)
@pytest.mark.parametrize("workers", [4])
def test_five_photos_as_parallel_messages_and_four_workers_make_five_entries(anywhere, workers):
    ids = [media(anywhere, picture(size=(20 + n, 20))) for n in range(5)]
    turns = [threading.Thread(target=anywhere.school.say, args=(LEADER, "", "image", one)) for one in ids]
    run(turns)
    with anywhere.bot.database.transaction() as tx:
        photos = [row.id for row in tx.connection.execute(attachments.attachment.select())]
    review(anywhere, *photos)
    now = anywhere.move(seconds=30)
    run([threading.Thread(target=fetch, args=(anywhere.bot, now)) for _ in range(workers)])
    fetch(anywhere.bot, now)
    assert sorted(data["attachment"] for _, data in told(anywhere)) == sorted(photos)
    assert len(photos) == 5


def run(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


@pytest.mark.requirement("R-328")
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("会议记录".encode() * 20, "不是完整的 jpg 或 png 图片"),
        (bomb(), "尺寸太大"),
        (picture()[:-50], "不是完整的 jpg 或 png 图片"),
    ],
    ids=["text named jpg", "bomb", "cut off"],
)
def test_what_is_no_photo_is_refused_kindly_and_the_archive_knows(here, data, reason):
    photo = sent(here, data)
    review(here, photo)
    fetch(here.bot, here.move(seconds=5))
    assert told(here) == [("attachment.failed", {"attachment": photo, "of": REVIEW, "reason": reason})]
    assert state(here, photo) == "failed"
    deliver(here.bot, here.move(seconds=5))
    said = [text for text in here.texts("wangjianguo") if "没有存下来" in text]
    assert len(said) == 1 and "再发一次" in said[0] and reason in said[0]
    assert not list(here.bot.settings.media.rglob("*.jpg"))


@pytest.mark.requirement("R-328")
def test_a_picture_of_20_mb_is_kept(here):
    data = picture() + bytes(pictures.MOST_BYTES - len(picture()))
    photo = sent(here, data)
    fetch(here.bot, here.move(seconds=5))
    assert state(here, photo) == "fetched"


@pytest.mark.requirement("R-131")
def test_a_photo_that_expired_at_wecom_is_asked_for_again(here):
    photo = sent(here, picture())
    fetch(here.bot, here.move(days=3, hours=1))
    assert state(here, photo) == "lost"
    deliver(here.bot, here.now)
    assert any("没有存下来（没有取到）" in text for text in here.texts("wangjianguo"))


@pytest.mark.parametrize(
    "fault", [{"html200_rate": 1.0}, {"http502_rate": 1.0}, {"busy_rate": 1.0}, {"api_down": True}]
)
def test_a_page_of_html_or_no_answer_is_tried_again_until_the_picture_comes(here, fault):
    photo = sent(here, photographed())
    here.sandbox.faults.change(**fault)
    fetch(here.bot, here.move(seconds=5))
    assert state(here, photo) == "waiting"
    here.sandbox.faults.change(**{name: type(value)(0) for name, value in fault.items()})
    fetch(here.bot, here.move(seconds=31))
    assert state(here, photo) == "fetched"


def test_after_three_days_without_the_api_the_photo_is_given_up(here):
    photo = sent(here, picture())
    here.sandbox.faults.change(api_down=True)
    for _ in range(80):
        fetch(here.bot, here.move(hours=1))
    assert state(here, photo) == "lost"


def test_a_full_disk_is_said_clearly_and_the_photo_comes_later(here, caplog):
    photo = sent(here, picture())
    here.bot.settings.media.parent.mkdir(exist_ok=True)
    here.bot.settings.media.write_text("a file where the folder should be")
    (decision,) = fetch(here.bot, here.move(seconds=5))
    assert "磁盘" in decision.reason and "cannot store a photo" in caplog.text
    here.bot.settings.media.unlink()
    fetch(here.bot, here.move(seconds=31))
    assert state(here, photo) == "fetched"


def test_a_voice_is_kept_and_other_media_are_let_go_in_silence(here):
    voice = here.sandbox.send_voice("wangjianguo", b"#!AMR\n" + bytes(40))
    id = voice.plain.partition("<MediaId><![CDATA[")[2].partition("]]")[0]
    here.school.say(LEADER, "", "voice", id)
    here.school.say(LEADER, "", "video", "some-video")
    fetch(here.bot, here.move(seconds=5))
    with here.bot.database.transaction() as tx:
        states = [
            (row.kind, row.state, row.mime) for row in tx.connection.execute(attachments.attachment.select())
        ]
    assert sorted(states) == [("video", "lost", None), ("voice", "fetched", "audio/amr")]
    assert not [key for key in here.states() if key.startswith("photo|")]


def test_a_photo_of_nothing_confirmed_is_told_to_no_archive(here):
    sent(here, picture())
    before = len(here.school.entries())
    fetch(here.bot, here.move(seconds=5))
    fetch(here.bot, here.now + timedelta(days=1))
    assert len(here.school.entries()) == before

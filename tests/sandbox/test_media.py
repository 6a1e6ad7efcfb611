"""Uploads and downloads of media, their limits and their three days."""

import pytest
import requests

from tests.sandbox.pictures import picture


def test_an_upload_comes_back_byte_for_byte_with_its_name(api):
    photo = picture()
    answer = api.upload(photo, name="点评 1.jpg")
    assert answer["type"] == "image"
    assert answer["created_at"] == "1795395600"
    got = api.get("media/get", media_id=answer["media_id"])
    assert (got.content, got.headers["Content-Type"]) == (photo, "image/jpeg")
    assert 'filename="点评 1.jpg"' in got.headers["Content-Disposition"].encode("latin-1").decode()


def test_a_medium_lives_three_days_for_the_api(sandbox, api):
    media_id = api.upload(picture())["media_id"]
    sandbox.advance(259199)
    api.token = ""
    assert api.get("media/get", media_id=media_id).status_code == 200
    sandbox.advance(2)
    expired = api.get("media/get", media_id=media_id)
    assert (expired.status_code, expired.json()["errcode"]) == (200, 40007)


def test_a_part_of_a_medium_can_be_had(api):
    media_id = api.upload(b"0123456789", "file", "十.txt")["media_id"]
    part = api.get("media/get", media_id=media_id, headers={"Range": "bytes=2-5"})
    assert (part.status_code, part.content, part.headers["Content-Range"]) == (206, b"2345", "bytes 2-5/10")
    assert api.get("media/get", media_id=media_id, headers={"Range": "bytes=7-"}).content == b"789"
    assert (
        api.get("media/get", media_id=media_id, headers={"Range": "bytes=20-30"}).json()["errcode"] == 40146
    )


@pytest.mark.parametrize(
    ("kind", "content", "errcode"),
    [
        ("image", b"tiny", 44001),
        ("image", b"not a picture at all", 40123),
        ("image", picture("GIF"), 40123),
        ("image", picture()[:200], 40123),
        ("image", b"\xff\xd8\xff" + b"x" * (10 << 20), 40009),
        ("voice", b"RIFF-not-amr", 301017),
        ("file", b"x" * ((20 << 20) + 1), 40006),
        ("poster", picture(), 40004),
    ],
    ids=["tiny", "text", "gif", "torn", "large-picture", "not-amr", "large-file", "kind"],
)
def test_a_wrong_upload_is_refused_with_its_code(api, kind, content, errcode):
    assert api.upload(content, kind)["errcode"] == errcode


def test_a_part_without_a_name_or_with_the_old_form_of_it_is_refused(api):
    assert api.post("media/upload", type="image", files={"other": ("a.jpg", picture())})["errcode"] == 41005
    head = b"--B\r\nContent-Disposition: form-data; name=\"media\"; filename*=utf-8''%E7%82%B9.jpg\r\n\r\n"
    url = f"{api.sandbox.url}/cgi-bin/media/upload"
    headers = {"Content-Type": "multipart/form-data; boundary=B"}
    answer = requests.post(
        url,
        data=head + picture() + b"\r\n--B--\r\n",
        headers=headers,
        params=api.params({"type": "image"}),
        timeout=5,
    )
    assert answer.json()["errcode"] == 44001


def test_what_a_member_sends_can_be_fetched_by_the_app(sandbox, api, bot):
    photo = picture("PNG")
    sandbox.send_image("zhangwei", photo)
    assert sandbox.wait_idle()
    received = bot.received[0]
    assert received.word("MsgType") == "image"
    assert api.get("media/get", media_id=received.word("MediaId")).content == photo
    assert requests.get(received.word("PicUrl"), timeout=5).content == photo


def test_a_text_named_jpg_is_passed_on_as_it_is(sandbox, api, bot):
    sandbox.send_image("zhangwei", b"I am no picture", "photo.jpg")
    assert sandbox.wait_idle()
    assert api.get("media/get", media_id=bot.received[0].word("MediaId")).content == b"I am no picture"


def test_uploadimg_gives_a_lasting_address(sandbox, api):
    answer = api.post("media/uploadimg", files={"media": ("横幅.png", picture("PNG"))})
    sandbox.advance(30 * 86400)
    assert requests.get(answer["url"], timeout=5).content == picture("PNG")

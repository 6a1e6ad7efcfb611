"""Texts, pictures and files reach those whom WeCom can reach, and the receipt names the others."""

from __future__ import annotations

import pytest

from bot.channels.base import ChannelError, Failure
from bot.messages import Fetched, Parcel, Receipt
from tests.channels.fake_wecom import Answer, answer, error

PHOTO = b"\xff\xd8\xff\xe0 a photo"
JPEG = "image/jpeg"


def failure(call) -> ChannelError:
    with pytest.raises(ChannelError) as raised:
        call()
    return raised.value


def test_a_text_goes_to_all_accounts_in_one_call(wecom, channel):
    wecom.answers["message/send"] = answer(msgid="simmsg-1")
    assert channel.send(["lifang", "liuyang"], Parcel("text", text="请写实。")) == Receipt("simmsg-1")
    (call,) = wecom.called("message/send")
    assert call.json() == {
        "touser": "lifang|liuyang",
        "toparty": "",
        "totag": "",
        "agentid": 1000002,
        "msgtype": "text",
        "text": {"content": "请写实。"},
    }


def test_only_a_repeat_asks_wecom_to_look_for_the_first(wecom, channel):
    channel.send(["lifang"], Parcel("text", text="请写实。", repeat=True))
    body = wecom.called("message/send")[0].json()
    assert (body["enable_duplicate_check"], body["duplicate_check_interval"]) == (1, 14400)


def test_the_same_parcel_is_the_same_bytes_each_time(wecom, channel):
    for _ in range(2):
        channel.send(["lifang"], Parcel("text", text="请写实。", repeat=True))
    first, second = wecom.called("message/send")
    assert first.body == second.body


def test_who_was_not_reached_is_named_as_the_caller_spells_him(wecom, channel):
    wecom.answers["message/send"] = answer(msgid="m", invaliduser="zhangwei|nobody", unlicenseduser="gaoyuan")
    receipt = channel.send(["LiFang", "ZhangWei", "gaoyuan"], Parcel("text", text="好"))
    assert receipt.unreachable == ("ZhangWei", "gaoyuan")


@pytest.mark.parametrize("value", [None, "", [], {}, 0])
def test_an_empty_list_of_the_unreachable_names_nobody(wecom, channel, value):
    wecom.answers["message/send"] = answer(msgid="m", invaliduser=value)
    assert channel.send(["lifang"], Parcel("text", text="好")).unreachable == ()


def test_the_unreachable_may_come_as_a_list(wecom, channel):
    wecom.answers["message/send"] = answer(msgid="m", invaliduser=["lifang"])
    assert channel.send(["LiFang"], Parcel("text", text="好")).unreachable == ("LiFang",)


def test_if_nobody_can_be_reached_it_is_permanent(wecom, channel):
    wecom.answers["message/send"] = error(81013)
    assert failure(lambda: channel.send(["gone"], Parcel("text", text="好"))).failure is Failure.PERMANENT


@pytest.mark.parametrize("account", ["@all", "@ALL", "a|b", "", "李芳", "a b", "x" * 65, "a\n"])
def test_what_is_no_account_never_widens_the_circle(wecom, channel, account):
    receipt = channel.send(["lifang", account], Parcel("text", text="好"))
    assert receipt.unreachable == (account,)
    assert wecom.called("message/send")[0].json()["touser"] == "lifang"
    assert failure(lambda: channel.send([account], Parcel("text", text="好"))).failure is Failure.PERMANENT


def test_a_thousand_receivers_are_taken_and_one_more_is_a_fault_of_ours(wecom, channel):
    channel.send([f"u{n}" for n in range(1000)], Parcel("text", text="好"))
    for accounts in ([f"u{n}" for n in range(1001)], []):
        with pytest.raises(AssertionError):
            channel.send(accounts, Parcel("text", text="好"))
    assert len(wecom.called("message/send")) == 1


@pytest.mark.requirement("R-293")
def test_a_text_too_long_for_wecom_is_cut_by_us_on_a_character(wecom, channel):
    channel.send(["lifang"], Parcel("text", text="字" * 5000))
    content = wecom.called("message/send")[0].json()["text"]["content"]
    assert content == "字" * 681 + "…"


@pytest.mark.parametrize("words", ['A&B<3 ]]> {{7*7}} =1+1 <a href="x">点</a> 䶮😀', "一\n二\\u4e00"])
def test_peoples_words_go_out_letter_for_letter(wecom, channel, words):
    channel.send(["lifang"], Parcel("text", text=words))
    assert wecom.called("message/send")[0].json()["text"]["content"] == words


def test_half_a_character_does_not_stop_a_message(wecom, channel):
    channel.send(["lifang"], Parcel("text", text="坏\ud800字\x00"))
    assert wecom.called("message/send")[0].json()["text"]["content"] == "坏字"


@pytest.mark.parametrize(
    ("kind", "name", "mime"), [("image", "点评 照片.jpg", JPEG), ("file", "台账（三月）.xlsx", "sheet")]
)
def test_a_file_is_uploaded_with_its_chinese_name_as_it_is(wecom, channel, kind, name, mime):
    wecom.answers["media/upload"] = answer(media_id="2up", created_at="1767229600")
    channel.send(["lifang"], Parcel(kind, name=name, data=PHOTO))
    (upload,) = wecom.called("media/upload")
    assert upload.query["type"] == kind
    assert f'name="media"; filename="{name}"'.encode() in upload.body
    assert PHOTO in upload.body
    assert mime.encode() in upload.body
    assert wecom.called("message/send")[0].json()[kind] == {"media_id": "2up"}


@pytest.mark.parametrize(("kind", "name"), [("image", "图片.jpg"), ("file", "文件.txt")])
def test_a_nameless_file_gets_a_name_with_an_extension(wecom, channel, kind, name):
    wecom.answers["media/upload"] = answer(media_id="2up")
    channel.send(["lifang"], Parcel(kind, data=PHOTO))
    assert f'filename="{name}"'.encode() in wecom.called("media/upload")[0].body


def test_half_a_character_in_a_name_does_not_stop_a_file(wecom, channel):
    wecom.answers["media/upload"] = answer(media_id="2up")
    channel.send(["lifang"], Parcel("file", name="台\ud800账.xlsx", data=PHOTO))
    assert 'filename="台账.xlsx"'.encode() in wecom.called("media/upload")[0].body


def test_a_name_cannot_add_a_header(wecom, channel):
    wecom.answers["media/upload"] = answer(media_id="2up")
    channel.send(["lifang"], Parcel("file", name='a"\r\nX-Evil: 1\r\n.txt', data=PHOTO))
    assert b"\r\nX-Evil" not in wecom.called("media/upload")[0].body


def test_when_the_token_dies_during_an_upload_the_whole_file_goes_again(wecom, channel):
    wecom.faults["media/upload"].append(error(42001))
    wecom.answers["media/upload"] = answer(media_id="2up")
    channel.send(["lifang"], Parcel("image", name="a.jpg", data=PHOTO))
    first, second = wecom.called("media/upload")
    assert PHOTO in first.body
    assert PHOTO in second.body


@pytest.mark.requirement("R-328")
@pytest.mark.parametrize(
    ("kind", "size"), [("image", 5), ("file", 0), ("image", (10 << 20) + 1), ("file", (20 << 20) + 1)]
)
def test_a_file_that_wecom_would_refuse_is_not_sent(wecom, channel, kind, size):
    refused = failure(lambda: channel.send(["lifang"], Parcel(kind, name="a.jpg", data=bytes(size))))
    assert refused.failure is Failure.PERMANENT
    assert wecom.called("media/upload") == []


@pytest.mark.parametrize("fields", [{}, {"media_id": ""}, {"media_id": 7}])
def test_an_upload_without_a_media_id_is_transient(wecom, channel, fields):
    wecom.answers["media/upload"] = answer(**fields)
    parcel = Parcel("image", name="a.jpg", data=PHOTO)
    assert failure(lambda: channel.send(["lifang"], parcel)).failure is Failure.TRANSIENT


def test_a_photo_is_fetched_as_it_is(wecom, channel):
    wecom.answers["media/get"] = Answer(PHOTO, mime="image/jpeg; q=1")
    assert channel.fetch("2photo") == Fetched(PHOTO, JPEG)
    assert wecom.called("media/get")[0].query == {"access_token": "token-1", "media_id": "2photo"}


@pytest.mark.parametrize("code", [40007, 40145])
def test_an_expired_photo_comes_as_json_and_is_permanent(wecom, channel, code):
    wecom.answers["media/get"] = error(code)
    expired = failure(lambda: channel.fetch("2old"))
    assert (expired.failure, expired.code) == (Failure.PERMANENT, code)


def test_json_under_the_name_of_a_picture_is_still_a_refusal(wecom, channel):
    wecom.answers["media/get"] = error(40007)._replace(mime=JPEG)
    assert failure(lambda: channel.fetch("2old")).code == 40007


def test_a_token_that_died_before_a_fetch_is_replaced(wecom, channel):
    wecom.faults["media/get"].append(error(40014))
    wecom.answers["media/get"] = Answer(PHOTO, mime=JPEG)
    assert channel.fetch("2photo").data == PHOTO


@pytest.mark.parametrize(
    "odd",
    [
        Answer(mime=JPEG),
        Answer(b"<html></html>", mime="text/html"),
        Answer(b"{}"),
        Answer(PHOTO, mime=JPEG, status=502),
        Answer(PHOTO, mime=JPEG, length=5000),
        Answer(drop=True),
    ],
)
def test_a_fetch_that_brings_no_media_may_be_tried_again(wecom, channel, odd):
    wecom.answers["media/get"] = odd
    assert failure(lambda: channel.fetch("2photo")).failure is Failure.TRANSIENT


@pytest.mark.requirement("R-328")
def test_twenty_megabytes_are_fetched_and_no_more(wecom, channel):
    whole = b"\xff" * (20 << 20)
    wecom.answers["media/get"] = Answer(whole, mime=JPEG)
    assert channel.fetch("2large").data == whole
    wecom.answers["media/get"] = Answer(whole + b"\xff", mime=JPEG)
    assert failure(lambda: channel.fetch("2larger")).failure is Failure.PERMANENT

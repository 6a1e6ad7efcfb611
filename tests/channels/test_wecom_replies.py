"""The passive reply arrives letter for letter, whatever the words are."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.enterprise import WeChatCrypto

from bot.channels.wecom.envelope import cdata, clean, cut
from bot.messages import Message
from tests.channels.vectors import AES_KEY, CHANNEL, CORP, RECEIVED, TOKEN

ASKED = Message("wecom", "LiFang", "m-1", "text", RECEIVED, RECEIVED, "写实")
DANGEROUS = 'A&B<3 ]]> {{7*7}} =1+1 <a href="x">点</a> 䶮😀'


def shown(body: bytes) -> ET.Element:
    """What the member's client gets, opened by the library as WeCom would."""
    outer = ET.fromstring(body)
    crypto = WeChatCrypto(TOKEN, AES_KEY, CORP)
    stamp, nonce, signature = (outer.findtext(name) for name in ("TimeStamp", "Nonce", "MsgSignature"))
    return ET.fromstring(crypto.decrypt_message(body, signature, stamp, nonce))


def words(text: str) -> str:
    return shown(CHANNEL.seal(text, ASKED, RECEIVED)).findtext("Content", "")


def test_a_reply_goes_back_to_who_asked():
    reply = shown(CHANNEL.seal("已记下。", ASKED, RECEIVED))
    assert {part.tag: part.text for part in reply} == {
        "ToUserName": "LiFang",
        "FromUserName": CORP,
        "CreateTime": str(int(RECEIVED.timestamp())),
        "MsgType": "text",
        "Content": "已记下。",
    }


def test_two_replies_with_the_same_words_are_sealed_differently():
    assert CHANNEL.seal("好", ASKED, RECEIVED) != CHANNEL.seal("好", ASKED, RECEIVED)


def test_no_words_are_an_empty_answer():
    assert CHANNEL.seal("", ASKED, RECEIVED) == CHANNEL.seal("\x00\x07", ASKED, RECEIVED) == b""


def test_peoples_words_come_out_letter_for_letter():
    assert words(DANGEROUS) == DANGEROUS


def test_words_cannot_add_a_field():
    reply = shown(CHANNEL.seal("]]></Content><MsgType>image</MsgType><Content><![CDATA[", ASKED, RECEIVED))
    assert [part.tag for part in reply].count("MsgType") == 1


def test_any_words_may_stand_in_character_data():
    data = cdata("一]]>二]]]]>\x00\ud800三")
    assert ET.fromstring(f"<a>{data}</a>").text == "一]]>二]]]]>三"


def test_control_characters_are_left_out_and_lines_kept():
    assert words("一\x00二\x1f\n三\ud800四\ufffe") == "一二\n三四"


@pytest.mark.requirement("R-293")
@pytest.mark.parametrize("text", ["字" * 683, "😀" * 600, "a" * 2049, "a" + "字" * 1000])
def test_a_long_reply_is_cut_between_characters(text):
    got = words(text)
    assert got.endswith("…")
    assert text.startswith(got[:-1])
    assert 2040 < len(got.encode()) <= 2048


@pytest.mark.requirement("R-293")
@pytest.mark.parametrize("text", ["字" * 682, "a" * 2048, "😀" * 512])
def test_a_reply_that_just_fits_is_not_cut(text):
    assert words(text) == text


@given(st.text())
def test_any_words_can_be_sealed_and_come_out_clean(text):
    expected = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    body = CHANNEL.seal(text, ASKED, RECEIVED)
    assert not expected or shown(body).findtext("Content", "") == expected


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(3, 60))
def test_a_cut_text_fits_and_begins_like_the_whole(text, limit):
    got = cut(text, limit)
    assert len(got.encode()) <= limit
    assert got == text or text.startswith(got[:-1])

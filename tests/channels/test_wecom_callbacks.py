"""Each kind of callback becomes the message it means, with a key that only its repeats share."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Rejected
from bot.channels.wecom.callbacks import fold, message_of
from bot.messages import Message
from tests.channels.vectors import AGENT, CHANNEL, CORP, RECEIVED, TIMESTAMP, V2, sealed


def xml(*fields: str, **named: str) -> str:
    """A decrypted callback: the common fields, `named` over them (empty: left out), then `fields` as they are."""
    common = {"ToUserName": CORP, "FromUserName": "LiFang", "CreateTime": TIMESTAMP, "AgentID": AGENT}
    plain = "".join(f"<{name}>{value}</{name}>" for name, value in (common | named).items() if value)
    return f"<xml>{plain}{''.join(fields)}</xml>"


def event(name: str, *fields: str, **named: str) -> str:
    return xml(*fields, MsgType="event", Event=name, **named)


def received(plain: str) -> Message:
    one = sealed(plain)
    return CHANNEL.receive(one.query(), one.body(), RECEIVED)


def said(plain: str) -> tuple[str, str, str]:
    message = received(plain)
    return message.kind, message.text, message.media


@pytest.mark.requirement("R-290")
def test_a_text_comes_with_its_account_and_its_moment_as_received():
    message = CHANNEL.receive(V2.query(), V2.body(), RECEIVED)
    assert message == Message(
        channel="wecom",
        account="ChenMingyue",
        key=message.key,
        kind="text",
        at=RECEIVED - timedelta(seconds=1),
        received=RECEIVED,
        text="承诺 每月走访两户",
    )
    assert message.at.utcoffset() == timedelta(hours=8)


@pytest.mark.requirement("R-290")
@pytest.mark.parametrize(
    ("fields", "content"),
    [
        ({"MsgType": "text", "Content": "<![CDATA[ 写实 ]]>"}, ("text", " 写实 ", "")),
        (
            {"MsgType": "text", "Content": "<![CDATA[<!DOCTYPE html> & <b>]]>"},
            ("text", "<!DOCTYPE html> & <b>", ""),
        ),
        ({"MsgType": "text"}, ("text", "", "")),
        ({"MsgType": "image", "PicUrl": "https://x", "MediaId": "2i"}, ("image", "", "2i")),
        ({"MsgType": "voice", "MediaId": "2v", "Format": "amr"}, ("voice", "", "2v")),
        ({"MsgType": "video", "MediaId": "2m", "ThumbMediaId": "2t"}, ("video", "", "2m")),
        ({"MsgType": "file", "MediaId": "2f"}, ("file", "", "2f")),
        (
            {"MsgType": "location", "Location_X": "30.2", "Label": "示例街道8号"},
            ("location", "示例街道8号", ""),
        ),
        ({"MsgType": "link", "Title": "示例标题", "Url": "https://x"}, ("link", "示例标题", "")),
    ],
)
def test_each_kind_of_message_is_told_by_its_words_or_its_media(fields, content):
    assert said(xml(MsgId="1", **fields)) == content


def test_a_click_says_the_key_of_its_button():
    assert said(event("click", EventKey="我的承诺")) == ("click", "我的承诺", "")


def test_opening_the_conversation_is_a_kind_of_its_own():
    assert said(event("enter_agent")) == ("enter", "", "")


@pytest.mark.requirement("R-290")
@pytest.mark.parametrize(
    "name",
    """subscribe unsubscribe LOCATION view view_miniprogram scancode_push scancode_waitmsg pic_sysphoto
    pic_photo_or_album pic_weixin location_select batch_job_result change_contact template_card_event
    template_card_menu_event taskcard_click open_approval_change share_agent_change share_chain_change inactive_alert
    low_active_alert close_inactive_agent reopen_inactive_agent low_active active_restored""".split(),  # noqa: SIM905
)
def test_every_other_event_is_told_by_its_name(name):
    assert said(event(name, EventKey="x", TaskId="t", ResponseCode="r")) == ("event", name, "")


@pytest.mark.parametrize(
    "plain",
    [
        xml(MsgType="hologram", Content="秘密", MsgId="1"),
        xml(Content="秘密", MsgId="1"),
        event("solar_eclipse", EventKey="秘密"),
        event(""),
        event("Click", EventKey="秘密"),
        event("click"),
        xml(MsgType="image", MsgId="1"),
        xml(MsgType="text", Content="秘密", FromUserName=""),
        xml(MsgType="text", Content="秘密", FromUserName="a" * 65),
        "<xml/>",
        "<xml>秘密</xml>",
    ],
)
def test_what_we_do_not_know_is_unknown_and_its_content_is_not_kept(plain):
    assert said(plain) == ("unknown", "", "")


@pytest.mark.parametrize(
    "stamp", ["", "0", "-1", "1" + "0" * 18, "9" * 5000, "soon", "１７６７２２５６００", "1e9", "12"]
)
def test_an_absurd_moment_is_replaced_by_the_moment_of_arrival(stamp):
    assert received(xml(MsgType="text", Content="好", MsgId="1", CreateTime=stamp)).at == RECEIVED


def test_the_account_keeps_its_spelling_and_is_compared_without_case():
    assert received(event("enter_agent")).account == "LiFang"
    assert fold("LiFang") == fold("lifang") == fold("LIFANG")


TEXT = {"MsgType": "text", "Content": "好", "MsgId": "7460000000000000001"}


@pytest.mark.requirement("R-291")
def test_a_repeat_has_the_same_key_although_it_is_sealed_anew():
    assert received(xml(**TEXT)).key == received(xml(**TEXT)).key
    assert received(event("click", EventKey="写实")).key == received(event("click", EventKey="写实")).key


def test_the_key_does_not_depend_on_the_spelling_of_the_account():
    assert received(xml(**TEXT)).key == received(xml(**TEXT | {"FromUserName": "lifang"})).key


def test_the_key_does_not_depend_on_when_we_received_it():
    one = sealed(xml(**TEXT))
    later = CHANNEL.receive(one.query(), one.body(), RECEIVED + timedelta(days=400))
    assert later.key == received(xml(**TEXT)).key


@pytest.mark.requirement("R-291")
@pytest.mark.parametrize(
    "other",
    [
        {"MsgId": "7460000000000000002"},
        {"FromUserName": "liuyang"},
        {"CreateTime": "1767225601"},
        {"AgentID": "1000003"},
    ],
)
def test_fifteen_people_with_one_message_id_keep_their_own_messages(other):
    assert received(xml(**TEXT)).key != received(xml(**TEXT | other)).key


@pytest.mark.requirement("R-291")
@pytest.mark.parametrize(
    "other",
    [
        event("click", EventKey="写实"),
        event("click", EventKey="我的承诺", CreateTime="1767225601"),
        event("click", EventKey="我的承诺", FromUserName="liuyang"),
        event("view", EventKey="我的承诺"),
        event("click", EventKey="我的承诺", TaskId="t1"),
        event("click", EventKey="我的承诺", ResponseCode="r1"),
        event("click", EventKey="我的承诺", ChangeType="c1"),
        event("click", "<More>1</More>", EventKey="我的承诺"),
    ],
)
def test_two_events_of_one_second_are_two(other):
    assert received(event("click", EventKey="我的承诺")).key != received(other).key


def test_a_message_without_its_id_is_still_told_from_others():
    one, two = (received(xml(MsgType="text", Content=words)).key for words in ("一", "二"))
    assert one != two


def test_the_same_words_to_another_organisation_are_another_message():
    assert message_of(xml(**TEXT), CORP, RECEIVED).key != message_of(xml(**TEXT), "wwother", RECEIVED).key


def test_keys_are_short_whatever_is_in_them():
    assert len(received(event("click", EventKey="x" * 5000)).key) < 64


VALID = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
NAMES = st.sampled_from(
    ["MsgType", "Event", "FromUserName", "CreateTime", "MsgId", "EventKey", "Content", "x"]
)
VALUES = VALID | st.sampled_from(
    ["event", "text", "image", "click", "<a/>", "&amp;", "<![CDATA[]]>", "<item>1</item>"]
)


@given(VALID)
def test_authentic_garbage_raises_nothing_but_rejected(plain):
    with suppress(Rejected):
        received(plain)


@given(st.lists(st.tuples(NAMES, VALUES)))
def test_authentic_callbacks_with_fields_at_random_become_messages_or_bad_requests(fields):
    plain = "".join(f"<{name}>{value}</{name}>" for name, value in fields)
    try:
        message = received(f"<xml>{plain}</xml>")
    except Rejected as rejected:
        assert rejected.status == 400
    else:
        assert message == replace(message, received=RECEIVED)
        assert isinstance(message.at, datetime) and message.at.tzinfo
        assert message.key

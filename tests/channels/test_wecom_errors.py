"""Every code of WeCom has its consequence, and no failure tells a secret."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import ChannelError, Failure
from bot.channels.wecom.errors import CODES, classify
from bot.channels.wecom.failures import refusal, untrusted_ip
from tests.channels.fake_wecom import SECRET

# The table of wecom §20, row by row.
LISTED = [
    *[-1, 6000, 40001, 40003, 40004, 40005, 40006, 40009, 40011, 40007, 40008, 40013, 40014],
    *[
        40016,
        40017,
        40018,
        40019,
        40020,
        40022,
        40023,
        40024,
        40025,
        40026,
        40027,
        40029,
        40031,
        40032,
        40033,
    ],
    *[
        40035,
        40058,
        40063,
        40039,
        40050,
        40054,
        40055,
        40056,
        40057,
        40066,
        40068,
        40070,
        40071,
        40072,
        40073,
        40074,
    ],
    *[
        40091,
        40123,
        40145,
        40146,
        40201,
        40203,
        40206,
        41001,
        41002,
        41004,
        41006,
        41008,
        41009,
        41010,
        41011,
        41016,
    ],
    *[
        41017,
        41033,
        42001,
        42003,
        42022,
        42014,
        42015,
        42016,
        42017,
        42018,
        42019,
        42020,
        42027,
        42028,
        42029,
        42030,
    ],
    *[
        42031,
        42033,
        42035,
        42036,
        42037,
        42038,
        42039,
        42040,
        42041,
        42042,
        42043,
        42044,
        42045,
        42046,
        42047,
        42049,
    ],
    *[
        42050,
        42051,
        42052,
        43004,
        43009,
        43012,
        44001,
        44004,
        45001,
        45002,
        45007,
        45008,
        45009,
        45024,
        45029,
        45032,
    ],
    *[
        45034,
        45033,
        45035,
        46003,
        46004,
        48001,
        48002,
        48004,
        48005,
        48006,
        48009,
        50001,
        50002,
        50003,
        60003,
        60123,
    ],
    *[
        60011,
        60020,
        60021,
        60031,
        60102,
        60104,
        60106,
        60111,
        60140,
        80001,
        81011,
        81012,
        81013,
        82001,
        82002,
        82003,
    ],
    *[
        82004,
        84014,
        84015,
        85005,
        86001,
        86003,
        86004,
        86005,
        86006,
        86007,
        86008,
        86101,
        86201,
        86202,
        86203,
        86204,
    ],
    *[
        86205,
        86206,
        86207,
        86215,
        86216,
        92000,
        92001,
        93000,
        93004,
        93008,
        301002,
        301016,
        301017,
        301021,
        830002,
    ],
]

# The rows of wecom §7.3.
CONSEQUENCES = {
    Failure.TRANSIENT: [-1, 6000, 45033, 45035, 40014, 42001],
    Failure.SLOW_DOWN: [45009],
    Failure.STOP: [40001, 40013, 40091, 60020, 48002, 50003, 48006, 301002, 60031],
    Failure.PERMANENT: [
        81013,
        60111,
        40003,
        40031,
        40007,
        40145,
        43012,
        42014,
        42051,
        40058,
        40035,
        46003,
        60140,
    ],
}


@pytest.mark.parametrize("code", LISTED)
def test_every_listed_code_is_sorted(code):
    assert code in CODES


@pytest.mark.parametrize(
    ("failure", "code"), [(failure, code) for failure in CONSEQUENCES for code in CONSEQUENCES[failure]]
)
def test_a_code_has_the_consequence_of_its_class(failure, code):
    assert classify(code) is failure


@given(st.integers().filter(lambda code: code not in CODES))
def test_an_unknown_code_is_not_tried_for_ever(code):
    assert classify(code) is Failure.PERMANENT
    assert refusal(code, "novel").detail == "unknown code: novel"


def test_the_untrusted_address_is_told():
    text = "not allow to access from your ip, hint: [17], from ip: 192.0.2.7, more info at https://open.work.weixin.qq.com"
    failure = refusal(60020, text)
    assert failure.failure is Failure.STOP
    assert failure.detail == "from ip: 192.0.2.7"
    assert untrusted_ip(failure) == "192.0.2.7"


def test_a_version_six_address_is_told_whole():
    assert untrusted_ip(refusal(60020, "from ip: 2001:db8::17, more info")) == "2001:db8::17"


@pytest.mark.parametrize("failure", [refusal(60020, "no address"), refusal(40003, "from ip: 192.0.2.7")])
def test_no_address_is_made_up(failure):
    assert untrusted_ip(failure) is None


def test_a_limit_says_how_long_to_rest():
    assert refusal(45009, "api freq out of limit").retry_after == 60
    assert refusal(-1, "system busy").retry_after is None


@pytest.mark.parametrize("text", ["x" * 5000, "\n".join("行" * 300), {"a": 1}, None, 17])
def test_any_errmsg_becomes_a_short_detail(text):
    assert len(refusal(40035, text).detail) <= 200


def test_a_secret_in_an_errmsg_is_left_out():
    text = "at /cgi-bin/gettoken?corpid=ww1&corpsecret=topsecret17 access_token=tok17 " + "k" * 43
    detail = refusal(40001, text).detail
    assert all(word not in detail for word in ("topsecret17", "tok17", "kkkk"))
    assert isinstance(refusal(40001, text), ChannelError)


def test_no_log_tells_a_secret_even_when_it_tells_all(channel, caplog):
    caplog.set_level(logging.DEBUG)
    channel.api.get("getcallbackip")
    assert "/cgi-bin/getcallbackip" in caplog.text
    assert SECRET not in caplog.text
    assert "token-1" not in caplog.text

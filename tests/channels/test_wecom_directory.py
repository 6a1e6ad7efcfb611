"""The names WeCom shows the app, and the menu it shows people."""

from __future__ import annotations

import pytest

from bot.channels.base import ChannelError
from bot.channels.wecom.directory import VisibleRange, callback_addresses, names, visible_range
from bot.channels.wecom.menu import MENU, publish, published
from tests.channels.fake_wecom import Answer, FakeWeCom, answer, error

BRANCH = [{"userid": "LiFang", "name": "李芳", "department": [2]}, {"userid": "liuyang", "name": "刘洋"}]


def show(wecom: FakeWeCom, users: list[str], parties: list[int], tags: list[int]) -> None:
    """Set the app's visible range."""
    wecom.answers["agent/get"] = answer(
        agentid=1000002,
        allow_userinfos={"user": [{"userid": user} for user in users]},
        allow_partys={"partyid": parties},
        allow_tags={"tagid": tags},
    )


def test_the_visible_range_is_told(wecom):
    show(wecom, ["majun"], [2], [7])
    assert visible_range(wecom.api()) == VisibleRange(("majun",), (2,), (7,))


def test_names_come_from_departments_tags_and_single_members(wecom):
    show(wecom, ["majun", "LIFANG"], [2], [7])
    wecom.answers["department/list"] = answer(department=[{"id": 2, "name": "教工第一党支部"}, {"id": 5}])
    wecom.answers["user/simplelist"] = answer(userlist=BRANCH)
    wecom.answers["tag/get"] = answer(
        tagname="党员", userlist=[{"userid": "hemin", "name": "何敏"}], partylist=[9]
    )
    wecom.answers["user/get"] = answer(userid="majun", name="马骏")
    assert names(wecom.api()) == {"LiFang": "李芳", "liuyang": "刘洋", "hemin": "何敏", "majun": "马骏"}
    assert [call.query["department_id"] for call in wecom.called("user/simplelist")] == ["2", "5", "9"]
    assert [call.query["userid"] for call in wecom.called("user/get")] == ["majun"]


def test_a_member_who_left_meanwhile_is_left_out(wecom):
    show(wecom, ["gone"], [2], [])
    wecom.answers |= {"user/simplelist": answer(userlist=BRANCH), "user/get": error(60111)}
    assert names(wecom.api()) == {"LiFang": "李芳", "liuyang": "刘洋"}


@pytest.mark.parametrize("code", [60011, 60003, 60123])
def test_what_the_app_may_not_see_is_left_out(wecom, code):
    show(wecom, ["majun"], [2], [])
    wecom.answers |= {"department/list": error(code), "user/simplelist": error(code)}
    wecom.answers["user/get"] = answer(userid="majun", name="马骏")
    assert names(wecom.api()) == {"majun": "马骏"}


@pytest.mark.parametrize("code", [60020, 48009, -1])
def test_another_refusal_is_not_taken_for_an_empty_school(wecom, code):
    show(wecom, [], [2], [])
    wecom.answers["department/list"] = error(code)
    with pytest.raises(ChannelError):
        names(wecom.api())


@pytest.mark.parametrize(
    "odd",
    [
        answer(),
        answer(userlist=None, department=None, allow_userinfos=None),
        answer(
            userlist=[1, {}, {"userid": None}], department=[1, {"id": "x"}], allow_partys={"partyid": ["x"]}
        ),
        answer(userlist={"a": 1}, department=7, allow_userinfos=[1], allow_tags={"tagid": 3}),
    ],
)
def test_an_answer_of_another_shape_names_nobody(wecom, odd):
    wecom.answers |= dict.fromkeys(
        ["agent/get", "department/list", "user/simplelist", "user/get", "tag/get"], odd
    )
    assert names(wecom.api()) == {}


def test_the_addresses_of_callbacks_are_told(wecom):
    wecom.answers["getcallbackip"] = answer(ip_list=["192.0.2.*", "198.51.100.18"])
    assert callback_addresses(wecom.api()) == ("192.0.2.*", "198.51.100.18")
    wecom.answers["getcallbackip"] = answer()
    assert callback_addresses(wecom.api()) == ()


def test_the_menu_is_published_for_our_app(wecom):
    publish(wecom.api())
    (call,) = wecom.called("menu/create")
    assert (call.query["agentid"], call.json()) == ("1000002", MENU)


def test_the_published_menu_is_read_back(wecom):
    wecom.answers["menu/get"] = answer(**MENU)
    menu = published(wecom.api())
    assert menu is not None
    assert menu["button"] == MENU["button"]


def test_an_app_without_a_menu_has_none(wecom):
    wecom.answers["menu/get"] = error(46003)
    assert published(wecom.api()) is None


def test_a_menu_that_cannot_be_read_is_not_taken_for_none(wecom):
    wecom.answers["menu/get"] = Answer(b"<html>", mime="text/html")
    with pytest.raises(ChannelError):
        published(wecom.api())


def test_the_menu_keeps_wecoms_limits():
    assert 1 <= len(MENU["button"]) <= 3
    for group in MENU["button"]:
        assert len(group["name"].encode()) <= 16
        assert 1 <= len(group["sub_button"]) <= 5
        for button in group["sub_button"]:
            assert len(button["name"].encode()) <= 40
            assert len(button["key"].encode()) <= 128


@pytest.mark.requirement("R-295")
def test_a_click_says_what_its_button_says():
    buttons = [button for group in MENU["button"] for button in group["sub_button"]]
    assert all(button["key"] == button["name"] for button in buttons if button["type"] == "click")
    assert [button["key"] for button in buttons if button["type"] != "click"] == ["点评"]

"""The menu, the app's settings, contacts, addresses and the web login."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sandbox import Tag
from tests.sandbox.conftest import AGENT

MENU = {
    "button": [
        {"name": "我的", "type": "click", "key": "menu.mine"},
        {
            "name": "更多",
            "sub_button": [{"name": "点评墙", "type": "view", "url": "https://bot.example/wall"}],
        },
    ]
}


def menu(button, sub=False):
    return {"button": [{"name": "更多", "sub_button": [button]}] if sub else [button]}


def test_a_menu_is_made_read_and_deleted(sandbox, api):
    assert api.get("menu/get", agentid=AGENT).json()["errcode"] == 46003
    assert api.post("menu/create", MENU, agentid=AGENT)["errcode"] == 0
    assert api.get("menu/get", agentid=AGENT).json()["button"] == MENU["button"] == sandbox.app.menu
    assert api.get("menu/delete", agentid=AGENT).json()["errcode"] == 0
    assert api.get("menu/get", agentid=AGENT).json()["errcode"] == 46003


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({"button": []}, 40016),
        ({"button": MENU["button"] * 2}, 40016),
        (menu({"name": "六个汉字太长", "type": "click", "key": "k"}), 40018),
        (menu({"name": "我的", "type": "dance"}), 40017),
        (menu({"name": "我的", "type": "click", "key": "k" * 129}), 40019),
        (menu({"name": "我的", "type": "view", "url": ""}), 40020),
        (menu({"name": "我", "sub_button": [{"name": "的", "sub_button": [{}]}]}), 40022),
        (
            {"button": [{"name": "我", "sub_button": [{"name": "的", "type": "click", "key": "k"}] * 6}]},
            40023,
        ),
        (menu({"name": "我的", "type": "dance"}, sub=True), 40024),
        (menu({"name": "十" * 14, "type": "click", "key": "k"}, sub=True), 40025),
        (menu({"name": "我的", "type": "click"}, sub=True), 40026),
        (menu({"name": "我的", "type": "view", "url": 7}, sub=True), 40027),
    ],
)
def test_a_menu_beyond_the_limits_is_refused_with_its_code(api, body, errcode):
    assert api.post("menu/create", body, agentid=AGENT)["errcode"] == errcode


def test_a_menu_may_open_only_the_trusted_domain(sandbox, api):
    sandbox.app.redirect_domain = "other.example"
    assert api.post("menu/create", MENU, agentid=AGENT)["errcode"] == 40055
    sandbox.app.redirect_domain = "bot.example"
    assert api.post("menu/create", MENU, agentid=AGENT)["errcode"] == 0


def test_the_app_reads_and_changes_its_settings(sandbox, api):
    assert api.post("agent/set", {"agentid": AGENT, "name": "写实助手", "isreportenter": 0})["errcode"] == 0
    got = api.get("agent/get", agentid=AGENT).json()
    assert (got["name"], got["isreportenter"], got["allow_partys"]) == ("写实助手", 0, {"partyid": [1]})
    assert api.get("agent/list").json()["agentlist"][0]["name"] == "写实助手"
    for wrong in ({"name": ""}, {"name": "长" * 33}, {"description": "短"}, {"isreportenter": "1"}):
        assert api.post("agent/set", {"agentid": AGENT} | wrong)["errcode"] == 40035


def test_a_member_is_shown_without_private_fields(api):
    got = api.get("user/get", userid="ZHANGWEI").json()
    assert (got["name"], got["department"], got["position"]) == ("张伟", [3], "讲师")
    assert not {"mobile", "avatar", "email", "gender"} & set(got)


def test_contacts_end_at_the_visible_range(sandbox, api):
    sandbox.app.visible.departments = [7]
    assert api.get("user/get", userid="zhangwei").json()["errcode"] == 60011
    assert api.get("user/get", userid="nobody").json()["errcode"] == 60111
    assert api.get("user/simplelist", department_id=3).json()["errcode"] == 60011
    assert api.get("user/simplelist", department_id=99).json()["errcode"] == 60123
    assert [d["name"] for d in api.get("department/list").json()["department"]] == ["机关第三党支部"]


def test_departments_and_their_members_are_listed(api):
    below = api.get("department/simplelist", id=2).json()["department_id"]
    assert [d["id"] for d in below] == [2, 3, 4, 5]
    assert api.get("department/get", id=3).json()["department"]["name"] == "教工第一党支部"
    users = api.get("user/simplelist", department_id=5).json()["userlist"]
    assert users == [
        {"userid": "lintao", "name": "林涛", "department": [5]},
        {"userid": "sunli", "name": "孙丽", "department": [5]},
    ]
    assert api.get("user/list", department_id=5).json()["userlist"][0]["status"] == 1


def test_a_tag_reaches_its_members_and_departments(sandbox, api):
    sandbox.world.tags[1] = Tag(1, "试点", ["zhangwei"], [8])
    assert api.get("tag/list").json()["taglist"] == [{"tagid": 1, "tagname": "试点"}]
    assert api.get("tag/get", tagid=1).json()["userlist"] == [{"userid": "zhangwei", "name": "张伟"}]
    assert api.get("tag/get", tagid=2).json()["errcode"] == 40068
    assert api.text("", totag="1|5")["invalidtag"] == "5"
    assert [u for u in sandbox.world.users if sandbox.see(u)] == ["zhangwei", "wuting", "mengfan"]


def test_the_address_lists_hold_a_plain_and_a_wildcard_entry(api):
    for endpoint in ("getcallbackip", "get_api_domain_ip"):
        assert api.get(endpoint).json()["ip_list"] == ["127.0.0.1", "192.0.2.*"]


def login(sandbox, **changed):
    params = {"appid": sandbox.world.corpid, "redirect_uri": "https://bot.example/p/login?a=1", "state": "s1"}
    return requests.get(f"{sandbox.url}/connect/oauth2/authorize", params=params | changed, timeout=5)


def code_of(page, state="s1"):
    address = page.text.split('href="')[2].split('"')[0].replace("&amp;", "&")
    query = parse_qs(urlsplit(address).query)
    assert (query["state"], query["a"]) == ([state], ["1"])
    return query["code"][0]


def test_a_login_code_names_the_member_once_within_five_minutes(sandbox, api):
    code = code_of(login(sandbox))
    assert api.get("auth/getuserinfo", code=code).json()["userid"] == "zhengguodong"
    assert api.get("auth/getuserinfo", code=code).json()["errcode"] == 42022
    assert api.get("auth/getuserinfo", code="invented").json()["errcode"] == 40029
    late = code_of(login(sandbox))
    sandbox.advance(301)
    assert api.get("auth/getuserinfo", code=late).json()["errcode"] == 42003


@pytest.mark.parametrize("target", ["https://evil.example/x", "javascript:alert(1)", ""])
def test_a_login_goes_back_to_the_trusted_domain_only(sandbox, target):
    sandbox.app.redirect_domain = "bot.example"
    assert login(sandbox, redirect_uri=target).json()["errcode"] == 50001

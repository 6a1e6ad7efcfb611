"""message/send: who gets it, what is refused or cut, the limits nobody is told about, recall and card updates."""

import pytest

from tests.sandbox.conftest import AGENT
from tests.sandbox.pictures import picture


def body(kind, inner, **more):
    return {"touser": "zhangwei", "msgtype": kind, "agentid": AGENT, kind: inner} | more


def texts(sandbox, user):
    return [bubble.text for bubble in sandbox.see(user)]


def test_one_wrong_receiver_of_three_is_named_and_the_others_get_it(sandbox, api):
    answer = api.text("ZhangWei|LiFang|Nobody")
    assert (answer["errcode"], answer["invaliduser"]) == (0, "nobody")
    assert texts(sandbox, "zhangwei") == texts(sandbox, "lifang") == ["通知"]


@pytest.mark.parametrize("status", [2, 4, 5])
def test_who_is_not_active_is_not_reached(sandbox, api, status):
    sandbox.world.user("zhangwei").status = status
    assert api.text("zhangwei")["errcode"] == 81013


def test_who_is_outside_the_visible_range_is_not_reached(sandbox, api):
    sandbox.app.visible.departments = [7]
    assert api.text("zhangwei")["errcode"] == 81013
    assert api.text("majun")["errcode"] == 0


def test_a_party_reaches_all_below_it_once(sandbox, api):
    answer = api.text("zhangwei", toparty="2|99")
    assert answer["invalidparty"] == "99"
    reached = [u for u in sandbox.world.users if texts(sandbox, u)]
    assert "sunli" in reached and "zhangwei2" in reached and "majun" not in reached
    assert texts(sandbox, "zhangwei") == ["通知"]


def test_everybody_means_the_visible_range(sandbox, api):
    sandbox.app.visible.departments = [8]
    assert api.text("@all")["errcode"] == 0
    assert [u for u in sandbox.world.users if texts(sandbox, u)] == ["wuting", "mengfan"]


@pytest.mark.parametrize(
    ("fields", "errcode"),
    [
        ({"touser": ""}, 82001),
        ({"touser": "|".join(f"u{n}" for n in range(1001))}, 40032),
        ({"toparty": "|".join(map(str, range(101)))}, 82002),
        ({"totag": "|".join(map(str, range(101)))}, 82003),
        ({"touser": ["zhangwei"]}, 40035),
        ({"agentid": 1000003}, 301002),
        ({"agentid": None}, 41011),
        ({"msgtype": "fax"}, 40008),
        ({"text": {"content": " "}}, 44004),
        ({"text": "通知"}, 40035),
        ({"text": {"content": 7}}, 40035),
    ],
)
def test_a_wrong_text_is_refused_with_its_code(sandbox, api, fields, errcode):
    assert api.post("message/send", body("text", {"content": "通知"}) | fields)["errcode"] == errcode
    assert texts(sandbox, "zhangwei") == []


def test_a_long_text_is_cut_at_2048_bytes_on_a_whole_character(sandbox, api):
    api.text("zhangwei", "写" * 700)
    (text,) = texts(sandbox, "zhangwei")
    assert text == "写" * 682


def test_names_are_filled_in_when_asked(sandbox, api):
    api.text("zhangwei", "$userName=lifang$ 与 $userName=x$", enable_id_trans=1)
    assert texts(sandbox, "zhangwei") == ["李芳 与 $userName=x$"]


def test_the_same_body_again_is_not_delivered_within_its_interval(sandbox, api):
    check = {"enable_duplicate_check": 1, "duplicate_check_interval": 600}
    first, second = api.text("zhangwei", **check), api.text("zhangwei", **check)
    assert first["msgid"] == second["msgid"]
    assert texts(sandbox, "zhangwei") == ["通知"]
    sandbox.advance(601)
    api.text("zhangwei", **check)
    assert texts(sandbox, "zhangwei") == ["通知", "通知"]


def test_the_thirty_first_message_of_a_minute_vanishes_without_an_error(sandbox, api):
    answers = [api.text("zhangwei", f"第{n}条")["errcode"] for n in range(31)]
    assert answers == [0] * 31
    assert len(texts(sandbox, "zhangwei")) == 30
    assert sandbox.counters["silently_dropped"] == 1
    sandbox.advance(61)
    api.text("zhangwei", "又一条")
    assert texts(sandbox, "zhangwei")[-1] == "又一条"


def test_the_limit_of_an_hour_counts_over_minutes(sandbox, api):
    sandbox.faults.per_member_hour = 3
    for _ in range(5):
        api.text("zhangwei")
        sandbox.advance(120)
    assert len(texts(sandbox, "zhangwei")) == 3


def test_the_accounts_bought_limit_the_receivers_of_a_day(sandbox, api):
    sandbox.faults.accounts = 0
    assert api.text("zhangwei")["errcode"] == 45009


@pytest.mark.parametrize(
    ("kind", "inner", "errcode"),
    [
        ("image", {"media_id": "unknown"}, 40007),
        ("textcard", {"title": "", "description": "d", "url": "https://a.example"}, 41016),
        ("textcard", {"title": "t", "description": "", "url": "https://a.example"}, 41033),
        ("textcard", {"title": "t", "description": "d", "url": ""}, 41010),
        ("textcard", {"title": "t", "description": "d", "url": "a.example"}, 45034),
        ("textcard", {"title": "t", "description": "d", "url": "https://a.example/" + "x" * 2048}, 40039),
        ("news", {"articles": []}, 45008),
        ("news", {"articles": [{"title": "t"}] * 9}, 45008),
        ("news", {"articles": [{"url": "https://a.example"}]}, 41016),
        ("markdown", {"content": ""}, 44004),
        ("template_card", {"card_type": "poster"}, 42031),
    ],
)
def test_a_wrong_body_is_refused_with_its_code(api, kind, inner, errcode):
    assert api.post("message/send", body(kind, inner))["errcode"] == errcode


def test_news_cannot_be_confidential(api):
    assert api.post("message/send", body("news", {"articles": [{"title": "t"}]}, safe=1))["errcode"] == 40074


def test_an_uploaded_picture_and_file_arrive_with_their_bytes(sandbox, api):
    photo = picture()
    image, sheet = api.upload(photo), api.upload(b"sheet-bytes", "file", "名单.xlsx")
    api.post("message/send", body("image", {"media_id": image["media_id"]}))
    api.post("message/send", body("file", {"media_id": sheet["media_id"]}))
    shown = [sandbox.media(b.media_id) for b in sandbox.see("zhangwei")]
    assert [(m.kind, m.name, m.content) for m in shown] == [
        ("image", "照片.jpg", photo),
        ("file", "名单.xlsx", b"sheet-bytes"),
    ]


def test_a_file_cannot_be_sent_as_a_picture(api):
    sheet = api.upload(b"sheet-bytes", "file", "名单.xlsx")
    assert api.post("message/send", body("image", {"media_id": sheet["media_id"]}))["errcode"] == 40004


def test_markdown_is_not_shown_in_the_plugin(sandbox, api):
    sandbox.world.user("lifang").plugin = True
    api.post("message/send", body("markdown", {"content": "**进度**"}, touser="zhangwei|lifang"))
    assert [b.shown for u in ("zhangwei", "lifang") for b in sandbox.see(u)] == [True, False]


def test_a_recalled_message_disappears_except_from_the_plugin(sandbox, api):
    sandbox.world.user("lifang").plugin = True
    answer = api.text("zhangwei|lifang")
    assert api.post("message/recall", {"msgid": answer["msgid"]})["errcode"] == 0
    assert (texts(sandbox, "zhangwei"), texts(sandbox, "lifang")) == ([], ["通知"])


def test_recall_is_refused_after_a_day_and_for_foreign_messages(sandbox, api):
    answer = api.text("zhangwei")
    assert api.post("message/recall", {"msgid": "simmsg-other"})["errcode"] == 40058
    sandbox.advance(24 * 3600 + 1)
    api.token = ""
    assert api.post("message/recall", {"msgid": answer["msgid"]})["errcode"] == 42052


CARD = {
    "card_type": "button_interaction",
    "main_title": {"title": "确认您的承诺"},
    "task_id": "cmt-1",
    "button_list": [{"text": "确认", "key": "ok"}, {"text": "修改", "key": "edit"}],
}


def test_a_card_needs_a_callback_address(api):
    assert api.post("message/send", body("template_card", CARD))["errcode"] == 43012


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"task_id": "a.b"}, 42014),
        ({"main_title": {}}, 42033),
        ({"button_list": [{"text": "", "key": "k"}]}, 42038),
        ({"button_list": [{"text": "好"}]}, 42039),
        ({"button_list": [{"text": "好", "key": "k"}] * 2}, 42051),
        ({"horizontal_content_list": [{"keyname": "k"}] * 7}, 42035),
        ({"card_type": "vote_interaction", "checkbox": {}}, 42043),
        ({"card_type": "vote_interaction", "checkbox": {"question_key": "q", "option_list": []}}, 42037),
        ({"card_type": "text_notice"}, 42045),
    ],
)
def test_a_wrong_card_is_refused_with_its_code(api, bot, change, errcode):
    assert api.post("message/send", body("template_card", CARD | change))["errcode"] == errcode


def test_a_card_is_pressed_updated_once_and_its_task_never_used_again(sandbox, api, bot):
    sent = api.post("message/send", body("template_card", CARD))
    assert sent["response_code"]
    assert api.post("message/send", body("template_card", CARD))["errcode"] == 42014
    sandbox.press("zhangwei", "cmt-1", "ok")
    assert sandbox.wait_idle()
    code = bot.received[0].word("ResponseCode")
    assert (bot.received[0].word("Event"), bot.received[0].word("TaskId")) == ("template_card_event", "cmt-1")
    update = {
        "userids": ["zhangwei"],
        "agentid": AGENT,
        "response_code": code,
        "button": {"replace_name": "已确认"},
    }
    assert api.post("message/update_template_card", update) == {
        "errcode": 0,
        "errmsg": "ok",
        "invaliduser": [],
    }
    assert sandbox.see("zhangwei")[0].data["replaced"] == "已确认"
    assert api.post("message/update_template_card", update)["errcode"] == 60140

"""What the bot says in its answer to a callback: shown when right, recorded when wrong."""

import pytest

from sandbox import plain
from tests.sandbox.pictures import picture


def shown(sandbox, bot, answer, act=None):
    """Lets the member say something, the bot answer, and returns what then stands on the phone."""
    bot.answer = answer
    (act or (lambda: sandbox.say("zhangwei", "在吗")))()
    assert sandbox.wait_idle()
    return sandbox.see("zhangwei")


def test_a_sealed_text_stands_on_the_phone_as_passive(sandbox, bot):
    (bubble,) = shown(sandbox, bot, bot.echoing)
    assert (bubble.text, bubble.passive, bubble.kind) == ("你说：在吗", True, "text")


@pytest.mark.parametrize("silence", [b"", b"success"])
def test_silence_is_a_good_answer(sandbox, bot, silence):
    assert shown(sandbox, bot, lambda r: (200, silence)) == []
    assert sandbox.deliveries("zhangwei")[0].state == "delivered"
    assert "bad_replies" not in sandbox.counters


def test_a_long_reply_is_cut_at_2048_bytes(sandbox, bot):
    (bubble,) = shown(sandbox, bot, lambda r: (200, bot.sealed(r, body=[("Content", "实" * 900)])))
    assert len(bubble.text.encode()) == 2046


def test_a_picture_can_be_the_answer(sandbox, bot, api):
    media_id = api.upload(picture())["media_id"]
    (bubble,) = shown(
        sandbox, bot, lambda r: (200, bot.sealed(r, "image", [("Image", [("MediaId", media_id)])]))
    )
    assert (bubble.kind, sandbox.media(bubble.media_id).content) == ("image", picture())


def test_news_can_be_the_answer(sandbox, bot):
    items = [("item", [("Title", "点评"), ("Url", "https://a.example")])]
    body = [("ArticleCount", 1), ("Articles", items)]
    (bubble,) = shown(sandbox, bot, lambda r: (200, bot.sealed(r, "news", body)))
    assert bubble.data["articles"][0]["title"] == "点评"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (lambda bot, r: b"plain words", "XML"),
        (lambda bot, r: b'<!DOCTYPE x [<!ENTITY a "b">]><xml/>', "XML"),
        (lambda bot, r: b"<xml/>", "MsgSignature"),
        (lambda bot, r: bot.sealed(r, signature="0" * 40), "MsgSignature"),
        (lambda bot, r: bot.sealed(r, to="lifang"), "ToUserName"),
        (lambda bot, r: bot.sealed(r, sender="wwother"), "FromUserName"),
        (lambda bot, r: bot.sealed(r, "markdown", [("Content", "**x**")]), "markdown"),
        (lambda bot, r: bot.sealed(r, body=[("Content", "")]), "Content"),
        (lambda bot, r: bot.sealed(r, "image", [("Image", [("MediaId", "unknown")])]), "MediaId"),
        (lambda bot, r: bot.sealed(r, "news", [("ArticleCount", 2), ("Articles", [])]), "图文"),
    ],
)
def test_a_wrong_reply_is_recorded_and_not_shown(sandbox, bot, answer, problem):
    assert shown(sandbox, bot, lambda r: (200, answer(bot, r))) == []
    (attempt,) = sandbox.deliveries("zhangwei")[0].attempts
    assert attempt.outcome == "bad_reply"
    assert problem in attempt.problem
    assert sandbox.counters["bad_replies"] == 1


def test_some_events_cannot_be_answered(sandbox, bot):
    act = lambda: sandbox.event("zhangwei", "location_select", plain.place_chosen("k", 1, 2, "x"))  # noqa: E731
    assert shown(sandbox, bot, lambda r: (200, bot.sealed(r)), act) == []
    assert sandbox.deliveries("zhangwei")[0].attempts[0].outcome == "bad_reply"
    assert len(shown(sandbox, bot, lambda r: (200, bot.sealed(r)), lambda: sandbox.enter("zhangwei"))) == 1


def test_a_reply_that_comes_after_the_line_was_cut_never_appears(sandbox, bot):
    sandbox.faults.attempt_timeout_s, sandbox.faults.deliveries_total = 0.2, 1
    assert shown(sandbox, bot, lambda r: (bot.released.wait(20), bot.echoing(r))[1]) == []
    bot.released.set()
    assert sandbox.deliveries("zhangwei")[0].state == "failed"


@pytest.mark.parametrize(("switch", "replaced"), [("ignore", None), ("apply", "已确认")])
def test_a_card_update_in_the_answer_counts_only_under_its_switch(sandbox, bot, api, switch, replaced):
    sandbox.faults.passive_card_update = switch
    card = {"card_type": "button_interaction", "main_title": {"title": "确认"}, "task_id": "t1"}
    card["button_list"] = [{"text": "好", "key": "ok"}]
    body = {
        "touser": "zhangwei",
        "msgtype": "template_card",
        "agentid": sandbox.app.agentid,
        "template_card": card,
    }
    assert api.post("message/send", body)["errcode"] == 0
    update = [("Button", [("ReplaceName", "已确认")])]
    press = lambda: sandbox.press("zhangwei", "t1", "ok")  # noqa: E731
    (bubble,) = shown(sandbox, bot, lambda r: (200, bot.sealed(r, "update_button", update)), press)
    assert bubble.data.get("replaced") == replaced

"""Talking on the page in a real Chromium: words, links, photos, files, cards and the menu."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.sandbox.conftest import WIDE, phone
from tests.sandbox.pictures import picture

pytestmark = pytest.mark.browser

MENU = {
    "button": [
        {
            "name": "我的",
            "sub_button": [
                {"type": "click", "name": "我的承诺", "key": "menu.commitments"},
                {"type": "click", "name": "我的台账", "key": "menu.archive"},
            ],
        },
        {"type": "click", "name": "写实", "key": "menu.report"},
    ]
}


def test_words_typed_with_enter_are_answered_on_the_same_phone_only(wide, bot):
    member = phone(wide, "张伟")
    box = member.get_by_role("textbox")
    box.fill("第一行")
    box.press("Shift+Enter")
    box.press_sequentially("第二行")
    box.press("Enter")
    expect(member.locator(".line.mine .words")).to_have_text("第一行\n第二行")
    expect(member.locator(".line:not(.mine) .words")).to_have_text("你说：第一行\n第二行")
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    expect(phone(wide, "李芳").locator(".line")).to_have_count(0)
    assert bot.received[0].word("Content") == "第一行\n第二行"


def test_only_web_links_of_the_app_become_links_and_nothing_else_becomes_markup(wide, api):
    api.text(
        "zhangwei",
        '<img src=x onerror="document.title=1"><b>粗</b> <a href="javascript:alert(1)">坏</a> '
        '<a href="https://bot.example/p/1">打开名单</a> <script>document.title=2</script>',
    )
    words = phone(wide, "张伟").locator(".words")
    expect(words).to_contain_text(
        '<img src=x onerror="document.title=1"><b>粗</b> <a href="javascript:alert(1)">坏</a>'
    )
    expect(words.locator("a")).to_have_count(1)
    expect(words.locator("a")).to_have_attribute("href", "https://bot.example/p/1")
    expect(words.locator("img, b, script")).to_have_count(0)


def test_what_a_member_types_is_never_markup(wide):
    member = phone(wide, "张伟")
    member.get_by_role("textbox").fill('<a href="https://a.example">x</a>')
    member.get_by_role("button", name="发送").click()
    expect(member.locator(".line.mine .words")).to_have_text('<a href="https://a.example">x</a>')
    expect(member.locator(".line.mine a")).to_have_count(0)


def test_photos_chosen_together_are_sent_one_by_one_and_open_in_full_size(wide, sandbox, bot):
    leader = phone(wide, "王建国")
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": picture()} for n in range(2)]
    leader.locator("input[type=file]").set_input_files(files)
    expect(leader.locator(".photo img")).to_have_count(2)
    assert sandbox.wait_idle()
    assert [r.word("MsgType") for r in bot.received] == ["image", "image"]
    thumbnail = leader.locator(".photo").first
    thumbnail.click()
    expect(wide.get_by_role("dialog", name="看大图")).to_be_visible()
    wide.keyboard.press("Escape")
    expect(wide.get_by_role("dialog", name="看大图")).to_be_hidden()
    expect(thumbnail).to_be_focused()


def test_the_camera_makes_a_real_photo(wide, sandbox):
    phone(wide, "王建国").get_by_role("button", name="拍照").click()
    expect(phone(wide, "王建国").locator(".photo img")).to_have_count(1)
    (bubble,) = [b for b in sandbox.conversation("wangjianguo") if b.side == "member"]
    with Image.open(io.BytesIO(sandbox.media(bubble.media_id).content)) as photo:
        assert (photo.format, photo.size) == ("JPEG", (1280, 960))


def test_a_photo_dropped_on_a_phone_is_sent(wide, sandbox):
    drop = """(screen) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array([255, 216, 255, 217])], "a.jpg", { type: "image/jpeg" }));
        screen.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    phone(wide, "李芳").locator(".screen").evaluate(drop)
    assert sandbox.wait_for(lambda: any(b.kind == "image" for b in sandbox.conversation("lifang")))
    expect(phone(wide, "李芳").get_by_text("这张图片打不开")).to_be_visible()


def test_a_file_is_a_card_that_downloads(wide, api):
    media_id = api.upload(b"sheet-bytes", "file", "写实汇总.xlsx")["media_id"]
    body = {"touser": "lifang", "msgtype": "file", "agentid": 1000002, "file": {"media_id": media_id}}
    assert api.post("message/send", body)["errcode"] == 0
    with wide.expect_download() as download:
        phone(wide, "李芳").get_by_role("link", name="下载文件 写实汇总.xlsx").click()
    assert download.value.suggested_filename == "写实汇总.xlsx"
    assert Path(download.value.path()).read_bytes() == b"sheet-bytes"


def test_a_message_nobody_took_says_so(sandbox, opened):
    sandbox.connect("http://127.0.0.1:9/callback")
    page = opened(WIDE)
    box = phone(page, "张伟").get_by_role("textbox")
    box.fill("在吗")
    box.press("Enter")
    expect(phone(page, "张伟").locator(".state.failed")).to_contain_text("没有送到")


def test_the_menu_is_walked_by_keyboard(wide, api, bot, sandbox):
    assert api.post("menu/create", MENU, agentid=1000002)["errcode"] == 0
    member = phone(wide, "张伟")
    head = member.get_by_role("button", name="我的", exact=True)
    head.press("Enter")
    expect(member.get_by_role("button", name="我的承诺")).to_be_focused()
    wide.keyboard.press("Escape")
    expect(head).to_be_focused()
    head.press("Enter")
    wide.keyboard.press("ArrowDown")
    wide.keyboard.press("Enter")
    assert sandbox.wait_for(lambda: any(r.word("EventKey") == "menu.archive" for r in bot.received))
    expect(member.get_by_text("点了菜单“我的台账”")).to_be_visible()


def test_articles_and_markdown_are_shown_with_their_links(wide, api):
    articles = [
        {"title": "现场点评", "description": "第三小组", "url": "https://bot.example/r/18"},
        {"title": "第二条"},
    ]
    markdown = '### 本月进度\n> 未提交 <font color="warning">3</font>\n**全校** [打开名单](https://bot.example/s)<img src=x>'
    for kind, inner in (("news", {"articles": articles}), ("markdown", {"content": markdown})):
        body = {"touser": "zhangwei", "msgtype": kind, "agentid": 1000002, kind: inner}
        assert api.post("message/send", body)["errcode"] == 0
    member = phone(wide, "张伟")
    expect(member.locator(".card")).to_have_text("现场点评第三小组第二条")
    expect(member.get_by_role("link", name="现场点评")).to_have_attribute("href", "https://bot.example/r/18")
    expect(member.locator(".markdown h4")).to_have_text("本月进度")
    expect(member.get_by_role("link", name="打开名单")).to_be_visible()
    expect(member.locator(".markdown")).to_contain_text("<img src=x>")


def test_a_card_is_answered_by_its_buttons(wide, api, bot, sandbox):
    card = {
        "card_type": "button_interaction",
        "main_title": {"title": "确认您的承诺"},
        "task_id": "cmt-9",
        "button_list": [{"text": "确认", "key": "ok"}],
    }
    body = {"touser": "zhangwei", "msgtype": "template_card", "agentid": 1000002, "template_card": card}
    assert api.post("message/send", body)["errcode"] == 0
    phone(wide, "张伟").get_by_role("button", name="确认").click()
    assert sandbox.wait_for(lambda: any(r.word("TaskId") == "cmt-9" for r in bot.received))

"""The page with the phones, in a real Chromium: wide and narrow, by mouse and by keyboard, with many messages."""

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect, sync_playwright

from tests.sandbox.pictures import picture

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
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


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM.exists() and os.environ.get("CI") != "true":
        pytest.skip("没有 /usr/bin/chromium，网页测试没有运行（apt-get install chromium fonts-noto-cjk）")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        yield running
        running.close()


@pytest.fixture
def opened(sandbox, browser):
    """Opens the page at a size; at the end it must not have complained or called anybody else."""
    trouble = []

    def open_at(size):
        page = browser.new_page(viewport=size, locale="zh-CN")
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda fault: trouble.append(str(fault)))
        page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
        page.on(
            "request", lambda r: None if r.url.startswith((sandbox.url, "blob:")) else trouble.append(r.url)
        )
        page.goto(sandbox.url)
        expect(page.locator(".phone").first).to_be_attached()
        return page

    yield open_at
    for context in browser.contexts:
        context.close()
    assert trouble == []


@pytest.fixture
def wide(bot, opened):
    bot.answer = bot.echoing
    return opened(WIDE)


def phone(page, name):
    return page.get_by_role("region", name=name)


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


def test_the_clock_moves_by_its_buttons_and_to_the_next_reminder(sandbox, bot, opened):
    sandbox.jumps = lambda: [("下一次提醒", sandbox.now().replace(month=11, day=25, hour=9, minute=7))]
    page = opened(WIDE)
    page.get_by_role("button", name="＋1 小时").click()
    expect(page.locator("#hour")).to_have_text("10:00")
    page.get_by_role("button", name="下一次提醒 11月25日 09:07").click()
    expect(page.locator("#now")).to_contain_text("11月25日 周三")
    page.get_by_role("button", name="明天 09:00").click()
    expect(page.locator("#now")).to_contain_text("11月26日 周四")
    page.get_by_label("拨到这个时刻").fill("2026-12-25T09:07")
    page.get_by_role("button", name="拨到", exact=True).click()
    expect(page.locator("#now")).to_contain_text("12月25日")
    assert sandbox.now().isoformat() == "2026-12-25T09:07:00+08:00"


def test_a_clock_moved_elsewhere_is_seen(wide, sandbox):
    expect(wide.locator("#hour")).to_have_text("09:00")
    sandbox.advance(timedelta(days=2, minutes=7).total_seconds())
    expect(wide.locator("#now")).to_contain_text("11月25日")


def test_another_person_takes_over_a_phone_and_unread_words_are_marked(wide, api, bot):
    api.text("chenjing", "您有一条新点评")
    chooser = wide.get_by_role("combobox", name="党员手机是谁的")
    expect(chooser.locator("option", has_text="陈静")).to_contain_text("1 条新消息")
    chooser.select_option("chenjing")
    expect(phone(wide, "陈静").locator(".words")).to_have_text(["您有一条新点评"])
    expect(chooser.locator("option", has_text="陈静")).not_to_contain_text("新消息")


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


def test_the_tab_key_walks_from_the_words_to_the_next_phone(wide):
    first, second = phone(wide, "张伟"), phone(wide, "王建国")
    first.get_by_role("combobox").focus()
    for place in (
        first.locator(".lines"),
        first.get_by_role("button", name="发照片"),
        first.get_by_role("button", name="拍照"),
        first.get_by_role("textbox"),
        second.get_by_role("combobox"),
    ):
        wide.keyboard.press("Tab")
        expect(place).to_be_focused()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1440", "390"])
def test_everything_to_press_has_a_name_and_nothing_sticks_out(opened, api, bot, size):
    api.post("menu/create", MENU, agentid=1000002)
    api.text("zhangwei", "长" * 300 + "https://bot.example/" + "x" * 300)
    page = opened(size)
    expect(page.locator(".phone .words").first).to_be_visible()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, select, textarea, input:not([type=file]), a")]
            .filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.length))
            .map((e) => e.outerHTML)"""
    )
    assert nameless == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_on_a_narrow_screen_one_phone_is_shown_and_the_others_call_with_a_count(opened, api, bot):
    page = opened(NARROW)
    expect(phone(page, "张伟")).to_be_visible()
    expect(phone(page, "李芳")).to_be_hidden()
    api.text("lifang", "谁没交")
    tab = page.get_by_role("navigation", name="选择手机").get_by_role("button", name="李芳")
    expect(tab.get_by_role("img", name="1 条新消息")).to_be_visible()
    tab.click()
    expect(phone(page, "李芳").locator(".words")).to_have_text("谁没交")
    expect(tab.get_by_role("img")).to_have_count(0)
    expect(tab).to_have_attribute("aria-current", "true")


def test_five_hundred_messages_on_each_phone_stay_light_and_the_latest_is_in_view(sandbox, opened, api, bot):
    with sandbox.desk.lock:
        for n in range(500):
            for userid, _ in sandbox.world.featured:
                sandbox.desk.show(userid, agentid=1000002, side="app", kind="text", text=f"第{n}条")
    page = opened(WIDE)
    member = phone(page, "张伟")
    expect(member.get_by_text("第499条", exact=True)).to_be_in_viewport()
    assert page.evaluate("document.querySelectorAll('*').length") < 5000
    member.get_by_role("button", name="看更早的 380 条").click()
    expect(member.get_by_text("第260条", exact=True)).to_be_attached()
    expect(member.get_by_text("第499条", exact=True)).not_to_be_in_viewport()
    api.text("zhangwei", "新的一条")
    member.get_by_role("button", name="↓ 新消息").click()
    expect(member.get_by_text("新的一条", exact=True)).to_be_in_viewport()


def test_new_words_are_announced_to_who_cannot_see_them(wide, api):
    expect(phone(wide, "张伟").get_by_text("还没有消息")).to_be_visible()
    api.text("zhangwei", "先来一条")
    expect(phone(wide, "张伟").get_by_text("先来一条")).to_be_visible()
    api.text("zhangwei", "请在29日前交")
    expect(wide.locator("[aria-live]")).to_have_text("写实对张伟说：请在29日前交")


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

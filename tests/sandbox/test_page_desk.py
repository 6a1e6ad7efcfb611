"""The page as a whole in a real Chromium: clock, people, wide and narrow, keyboard, many messages."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.sandbox.conftest import NARROW, WIDE, phone
from tests.sandbox.test_settings_and_contacts import MENU

pytestmark = pytest.mark.browser


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
def test_everything_to_press_has_a_name_and_nothing_sticks_out(sandbox, opened, api, bot, size):
    due = sandbox.now().replace(month=12, day=4)
    sandbox.jumps = lambda: [("11月写实还有两天", due), ("11月写实到期提醒", due + timedelta(days=1))]
    api.post("menu/create", MENU, agentid=1000002)
    api.text("zhangwei", "长" * 300 + "https://bot.example/" + "x" * 300)
    page = opened(size)
    expect(page.locator(".phone .words").first).to_be_visible()
    expect(page.locator("#jumps button")).to_have_count(2)
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


def test_every_button_of_the_clock_is_in_sight_on_a_wide_page(sandbox, opened):
    due = sandbox.now().replace(month=12, day=4)
    sandbox.jumps = lambda: [("11月写实还有两天", due), ("11月写实到期提醒", due + timedelta(days=1))]
    page = opened(WIDE)
    expect(page.locator("#jumps button")).to_have_count(2)
    expect(page.get_by_role("button", name="拨到", exact=True)).to_be_in_viewport(ratio=1)

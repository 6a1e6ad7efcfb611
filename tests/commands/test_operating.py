"""What an administrator does by hand: tick, look at what waits, hold, release, drop, publish the menu."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.scheduler.nightly import SHOWN_NAME
from storage import heads, settings
from storage.photos import Photos
from tests.commands.conftest import AT
from tests.installation import NOON, note
from tests.storage.test_photos import photographed


def test_a_tick_by_hand_prints_each_decision_as_the_contract_says(here, lines):
    here.owe(note(1), note(2, "1975003"))
    first, second = sorted(lines("tick", *AT, "deliver"), key=lambda line: line["person"])
    assert first == {
        "tick": "deliver",
        "person": "1975003",
        "duty": "",
        "step": "",
        "action": "skipped",
        "reason": "未绑定企业微信账号",
    }
    assert (second["person"], second["action"]) == ("2010018", "sent")
    assert lines("tick", *AT, "deliver") == []


def test_without_a_name_all_ticks_run_and_may_run_again(here, run, lines):
    here.owe(note(1))
    assert run("tick", *AT).exit_code == 0
    assert here.texts("zhangwei") == ["消息1"]
    again = [line for line in lines("tick", *AT) if line["action"] in ("sent", "planned") and line["person"]]
    # The seal of the first run reaches the administrator in the second, and nobody hears anything twice.
    assert {line["person"] for line in again} <= {"2009012"}
    assert "校验码" in here.texts("mengfan")[-1]
    assert [line for line in lines("tick", *AT) if line["action"] == "sent"] == []


@pytest.mark.parametrize("words", [["nonsense"], ["--at", "gestern"]])
def test_a_wrong_name_or_moment_is_wrong_usage(run, words):
    assert run("tick", *words).exit_code == 2


def test_a_tick_of_later_work_says_so(run):
    done = run("tick", "backup")
    assert done.exit_code == 1 and "后续版本" in done.stderr


def test_with_the_real_wecom_no_other_moment_can_be_played(run):
    real = {"XIESHI_WECOM_API_URL": "", "XIESHI_PUBLIC_URL": "https://xieshi.example"}
    done = run("tick", *AT, "seal", **real)
    assert done.exit_code == 1 and "--at" in done.stderr


@pytest.mark.requirement("R-351")
def test_hold_stops_pushes_and_list_says_so_and_release_lets_them_go(here, run, lines):
    here.owe(note(1))
    assert run("outbox", "hold").exit_code == 0
    (line,) = lines("tick", *AT, "deliver")
    assert (line["action"], line["reason"]) == ("held", "已停发")
    (row,) = lines("outbox", "list")
    assert (row["key"], row["to"], row["state"], row["reason"]) == ("news|1", "2010018", "held", "已停发")
    assert "已停发" in run("outbox", "list").stdout
    assert run("outbox", "release").exit_code == 0
    run("tick", *AT, "deliver")
    assert here.texts("zhangwei") == ["消息1"] and lines("outbox", "list") == []


def test_one_row_can_be_dropped_or_sent_again(here, run):
    here.owe(note(1), note(2, "1975003"))
    assert run("outbox", "drop", "news|1").exit_code == 0
    run("tick", *AT, "deliver")
    assert here.texts("zhangwei") == []
    assert here.states() == {
        "news|1": ("cancelled", "管理员取消"),
        "news|2": ("failed", "未绑定企业微信账号"),
    }
    assert "news|2" in run("outbox", "list", "--failed").stdout
    assert run("outbox", "release", "news|2").exit_code == 0
    assert here.states()["news|2"] == ("waiting", "")


@pytest.mark.parametrize("act", ["drop", "release"])
def test_a_row_that_is_not_there_is_refused_in_one_sentence(run, act):
    done = run("outbox", act, "nothing")
    assert done.exit_code == 1 and done.stderr.count("\n") == 1 and "nothing" in done.stderr


def test_why_all_sending_stopped_is_seen_in_list_and_health(here, run):
    here.owe(note(1))
    here.sandbox.app.trusted_ips = ["203.0.113.9"]
    run("tick", *AT, "deliver")
    for words in (("outbox", "list"), ("health",)):
        assert "企业可信IP" in run(*words).stdout
    here.sandbox.app.trusted_ips = []
    run("outbox", "release")
    run("tick", *AT, "deliver")
    assert here.texts("zhangwei") == ["消息1"]


def test_the_seal_is_one_digest_over_all_heads_once_a_day(here, run, lines):
    with here.bot.database.transaction() as tx:
        before = heads.heads(tx)
    (line,) = lines("tick", *AT, "seal")
    assert lines("tick", *AT, "seal") == []
    (written,) = here.school.entries("office")
    assert written.kind == "ledger.sealed" and written.stamp.actor == "system"
    assert dict(written.data) == {
        "on": "2026-11-23",
        "archives": len(before),
        "digest": heads.digest(before),
    }
    assert line["reason"] == heads.digest(before)
    assert run("tick", "--at", (NOON + timedelta(days=1)).isoformat(), "seal").exit_code == 0
    assert len(here.school.entries("office")) == 2 and run("ledger", "verify").exit_code == 0


def test_old_words_are_forgotten_and_keys_are_kept(here, lines):
    here.owe(note(1))
    here.school.say("2010018", "你好")
    lines("tick", *AT, "deliver")
    lines("tick", "--at", (NOON + timedelta(days=8)).isoformat(), "retention")
    with here.bot.database.transaction() as tx:
        replies = tx.connection.exec_driver_sql("SELECT key, reply FROM inbox").fetchall()
        bodies = tx.connection.exec_driver_sql("SELECT body FROM owed").scalars().all()
    assert [reply for _, reply in replies] == [""] and "消息1" in bodies[0]
    lines("tick", "--at", (NOON + timedelta(days=91)).isoformat(), "retention")
    with here.bot.database.transaction() as tx:
        assert tx.connection.exec_driver_sql("SELECT body FROM owed").scalars().all() == ["{}"]
    here.owe(note(1))
    assert lines("tick", *AT, "deliver") == []


def test_the_names_wecom_shows_are_kept(here, lines):
    (line,) = lines("tick", *AT, "contacts")
    assert line["reason"] == "21人"
    with here.bot.database.transaction() as tx:
        assert settings.get(tx, f"{SHOWN_NAME}zhangwei") == "张伟"


def test_the_menu_is_published_and_a_refusal_is_one_sentence(here, run):
    assert run("menu", "publish").exit_code == 0
    assert here.sandbox.app.menu
    here.sandbox.app.trusted_ips = ["203.0.113.9"]
    done = run("menu", "publish")
    assert done.exit_code == 1 and "企业可信IP" in done.stderr
    done = run("menu", "publish", XIESHI_WECOM_AGENT_ID="", XIESHI_WECOM_SECRET="")
    assert done.exit_code == 1 and "wecom setup" in done.stderr


def test_ask_takes_a_photo_from_this_machine_and_it_is_in_the_store_at_once(here, run, tmp_path):
    file = tmp_path / "现场.jpg"
    file.write_bytes(photographed())
    done = run("ask", "--as", "2003011", *AT, "--photo", str(file), "--json", "")
    assert done.exit_code == 0 and json.loads(done.stdout)["replies"]
    stored = [path.name for path in here.bot.settings.media.rglob("*") if path.is_file()]
    assert stored == [Photos(tmp_path / "other").put(photographed())]


@pytest.mark.requirement("R-242")
def test_a_year_without_listed_days_off_is_named_where_reminders_are_looked_at(here, run, lines):
    done = run("rehearse", "--from", "2039-03-01", "--to", "2039-03-02", "--json")
    assert done.exit_code == 0 and "2039年的放假安排还没有填" in done.stderr and "2039年的" not in done.stdout
    assert run("rehearse", "--from", "2026-12-01", "--to", "2026-12-02").stderr == ""
    assert "放假安排：" in run("health").output

"""The office's own profile: every fault of it in one go, in words, before anything starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import profiles
from domain.profile_keys import KEYS
from tests.commands.conftest import Run

FAULTY = """
self.open_day = 40
self.due_day = "x"
self.opn_day = 3
push.quiet_from = "25:00"
commitment.annual.due = "13-45"
calendar.holidays = ["2026-02-30", "2026-10-01", 7]
review.universal = ["04-30/03-01"]
review.member_cadence = "week"
rectify.required = "yes"
chat.first_words = " "
zzz = 1
[labels.grade]
excellent = 3
excelent = "优"
"""


@pytest.fixture
def told(run: Run, tmp_path: Path):
    """What a command says about a profile that it refuses."""

    def call(text: str, *words: str) -> list[str]:
        file = tmp_path / "own.toml"
        file.write_text(text, encoding="utf-8")
        done = run(*(words or ("health",)), XIESHI_PROFILE=str(file))
        assert done.exit_code == 1 and done.stdout == ""
        return done.stderr.splitlines()

    return call


def test_all_faults_are_told_at_once_each_with_its_key_its_value_and_what_would_be_right(told):
    assert told(FAULTY) == [
        f"XIESHI_PROFILE：{sentence}"
        for sentence in (
            "没有“self.opn_day”这一项，是不是想写 self.open_day？",
            "没有“zzz”这一项，能写的项可用 xieshi profile write 写出来看。",
            "没有“labels.grade.excelent”这一项，是不是想写 labels.grade.excellent？",
            "self.open_day 写的是 40，应写1到31的整数。",
            'self.due_day 写的是 "x"，应写1到31的整数。',
            'push.quiet_from 写的是 "25:00"，应写24小时制的几点几分，例："21:00"。',
            'commitment.annual.due 写的是 "13-45"，应写每年都有的月和日，例："03-15"。',
            *(
                f'calendar.holidays 写的是 {value}，应写方括号里的日期，例：["2026-10-01", "2026-10-02"]。'
                for value in ('"2026-02-30"', "7")
            ),
            'review.universal 写的是 "04-30/03-01"，应写方括号里的起止月日，例：["03-01/04-30"]。',
            'review.member_cadence 写的是 "week"，应写"quarter"或"term"或"none"。',
            'rectify.required 写的是 "yes"，应写true 或 false（不带引号）。',
            'chat.first_words 写的是 " "，应写带引号的文字，不能空着。',
            "labels.grade.excellent 写的是 3，应写带引号的文字。",
        )
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("rehearse", "--from", "2026-12-01", "--to", "2026-12-31"),
        ("web",),
        ("work",),
        ("tick",),
        ("init",),
        ("ask", "--as", "2010018", "我的"),
        ("outbox", "list"),
        ("menu", "publish"),
        ("profile", "write", "new.toml"),
    ],
)
def test_every_command_looks_before_it_starts(told, words):
    assert told("self.open_day = 0", *words) == ["XIESHI_PROFILE：self.open_day 写的是 0，应写1到31的整数。"]


@pytest.mark.parametrize(
    "line",
    [
        'push.quiet_to = "22:00"',
        'push.first_hour = "21:30"',
        'commitment.annual.due = "02-29"',
        'commitment.annual.open = "04-01"',
        "self.open_day = true",
        "self = 5",
        "labels = 5",
        "labels.grade = 5",
        "self.open_day.x = 5",
        "calendar.holidays = 2026-10-01",
        "calendar.holidays = [2026-10-01]",
        'push.quiet_from = "21"',
        f"push.hold_above = 1{'0' * 5000}",
        f"x = {'[' * 5000}",
        'a = """',
    ],
)
def test_what_cannot_work_is_one_sentence_with_a_name_or_a_place(told, line):
    (sentence,) = told(line)
    name = line.partition(" ")[0]
    assert name in sentence or "own.toml" in sentence
    assert len(sentence) < 200


@pytest.mark.parametrize("name", profiles.SHIPPED)
def test_the_table_covers_what_we_ship_and_nothing_more(name):
    profile = profiles.load(name)
    assert set(profile.values) == set(KEYS)


def test_a_written_profile_is_the_same_profile(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(profiles.dump(profiles.load("qingdao")), encoding="utf-8")
    own, qingdao = profiles.load(str(file)), profiles.load("qingdao")
    assert (own.values, own.labels) == (qingdao.values, qingdao.labels)


def test_a_folder_or_nothing_at_all_is_no_profile(run, tmp_path):
    for path in (tmp_path, tmp_path / "none", tmp_path / ("x" * 300)):
        done = run("health", XIESHI_PROFILE=str(path))
        assert done.exit_code == 1 and done.stderr.count("\n") == 1 and "harbin" in done.stderr


def test_the_written_profile_holds_the_names_given_at_init_and_says_how_to_change_them(run, tmp_path):
    file, home = tmp_path / "own.toml", tmp_path / "home"
    new = {"XIESHI_HOME": str(home), "XIESHI_DATABASE_URL": f"sqlite:///{home / 'x.db'}"}
    assert run("init", "--school", "甲大学", "--office", "甲办", **new).exit_code == 0
    assert run("profile", "write", str(file), **new).exit_code == 0
    written = profiles.load(str(file))
    assert (written.text("office.school"), written.text("office.name")) == ("甲大学", "甲办")
    assert "xieshi init" in file.read_text(encoding="utf-8").splitlines()[0]
    assert "XIESHI_PROFILE" not in run("health", XIESHI_PROFILE=str(file), **new).output

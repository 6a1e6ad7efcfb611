"""`xieshi ask`: with WeCom's own host it only answers questions; a photo is looked at before anything is said."""

from __future__ import annotations

import json

import pytest

from tests.commands.conftest import AT
from tests.storage.test_photos import photographed

REAL = {"XIESHI_WECOM_API_URL": "", "XIESHI_PUBLIC_URL": "https://xieshi.example"}
WISH = "11月底前给青年教师讲9次安全课"


@pytest.fixture
def real(run):
    """Says one thing as somebody while sending goes to WeCom's own host."""
    return lambda who, *words: run("ask", "--as", who, *words, **REAL)


@pytest.mark.parametrize("words", [WISH, "作承诺", "点评张伟"])
def test_what_would_open_a_draft_is_refused_with_the_real_wecom(real, words):
    done = real("2005007", words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1 and "企业微信里说" in done.stderr


@pytest.mark.parametrize("words", ["我的", "我的承诺", "谁没交", "帮助", "你好", "看点评", "写实"])
def test_questions_are_answered_with_the_real_wecom(real, words):
    done = real("2005007", words)
    assert done.exit_code == 0 and done.stdout.strip()


def test_an_open_draft_is_neither_answered_nor_closed_but_questions_go_beside_it(here, real):
    here.school.say("2010018", "作承诺")
    done = real("2010018", "我的")
    assert done.exit_code == 0, done.output
    assert real("2010018", WISH).exit_code == 1
    assert real("2010018", "取消").exit_code == 1
    assert "要做的事" in here.school.say("2010018", "1").reply


def test_a_photo_would_be_lost_so_it_is_refused_with_the_real_wecom(real, tmp_path):
    file = tmp_path / "a.jpg"
    file.write_bytes(photographed())
    assert real("2003011", "--photo", str(file), "").exit_code == 1


def test_a_file_that_is_no_picture_is_refused_before_anything_is_said(here, run, tmp_path):
    good, bad = tmp_path / "a.jpg", tmp_path / "notimg.jpg"
    good.write_bytes(photographed())
    bad.write_text("no picture")
    before = here.school.entries("person:2010018")
    done = run("ask", "--as", "2003011", *AT, "--photo", str(good), "--photo", str(bad), "点评张伟")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1 and "notimg.jpg" in done.stderr and "jpg 或 png" in done.stderr
    assert here.school.entries("person:2010018") == before
    asked = run("ask", "--as", "2003011", *AT, "--json", "继续")
    assert "张伟" not in json.loads(asked.stdout)["replies"][0]["text"]

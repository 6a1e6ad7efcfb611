"""Whatever an operator mistypes ends in one Chinese sentence and the contract's exit code, never in a stack."""

from __future__ import annotations

import json
import re

import click
import pytest
from click.testing import CliRunner

from bot.commands import xieshi

USAGE = [
    (("nonsense",), "没有“nonsense”这个命令。用法见：xieshi --help"),
    (("--nonsense",), "没有 --nonsense 这个选项。用法见：xieshi --help"),
    (("ledger", "nonsense"), "没有“nonsense”这个命令。用法见：xieshi ledger --help"),
    (("tick", "nonsense"), "[名称]... 只能是其中之一："),
    (("tick", "--at", "2026-13-01"), "--at “2026-13-01”不是时刻，例：2026-07-31T15:20。"),
    (("tick", "--at", "9999-12-31"), "不是时刻"),
    (("tick", "--at", "0001-01-01"), "不是时刻"),
    (("tick", "--at"), "--at 的写法不对"),
    (("health", "--json=1"), "--json 的写法不对"),
    (("rehearse", "--from", "2026-12-01"), "还缺 --to。用法见：xieshi rehearse --help"),
    (
        ("rehearse", "--from", "2026-13-01", "--to", "2026-12-01"),
        "--from “2026-13-01”不是日期，例：2026-12-01。",
    ),
    (("rehearse", "--from", "9999-12-01", "--to", "9999-12-31"), "不是日期"),
    (("ask", "--as", "2010018"), "还缺 TEXT。"),
    (("ask", "--as", "2010018", "作承诺", "两件"), "多写了内容"),
    (("ask", "--as", "2010018", "--photo", "nowhere.jpg", "好"), "--photo 应是已有的、读得了的文件。"),
    (("understand", "--as", "2010018"), "请写 --as 和要理解的话，或用 --batch。"),
    (("understand", "--batch", "."), "--batch 应是已有的、读得了的文件。"),
    (("roster", "import", "nowhere.xlsx"), "FILE 应是已有的、读得了的文件。"),
    (("roster", "export", "."), "FILE 应是文件，不是文件夹。"),
    (("profile", "write", "."), "FILE 应是文件，不是文件夹。"),
    (("ledger", "export", "--archive", "office", "--since", "x"), "--since 应是0到1000000000的整数。"),
    (("ledger", "export", "--archive", "office", "--since", "9" * 30), "--since 应是0到1000000000的整数。"),
    (("ledger", "export", "--archive", "office", "--since", "-5"), "--since 应是0到1000000000的整数。"),
    (("demo", "--port", "70000"), "--port 应是1到65535的整数。"),
]
URLS = [
    "sqlite:///",
    "sqlite:///:memory:",
    "sqlite:///x.db?mode=ro",
    "postgresql+psycopg://h:notaport/x",
    "postgresql+psycopg://h:1/x?nonsense=1",
    "postgresql+psycopg://",
]


@pytest.mark.parametrize(("words", "said"), USAGE)
def test_wrong_usage_is_one_sentence_and_exit_2(run, words, said):
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr and done.stderr.count("\n") == 1
    assert not re.search(r"Error|Usage|Invalid", done.stderr)


def test_a_group_alone_shows_its_commands(run):
    done = run("outbox")
    assert done.exit_code == 2 and "release" in done.output


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("command", ["health", "init"])
def test_a_database_that_cannot_be_is_one_sentence(run, url, command):
    done = run(command, XIESHI_DATABASE_URL=url)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "数据库" in done.stderr or "XIESHI_DATABASE_URL" in done.stderr


@pytest.mark.parametrize("command", ["health", "init"])
def test_a_file_that_is_no_database_is_one_sentence(run, tmp_path, command):
    file = tmp_path / "other.db"
    file.write_text("no database, but longer than the header of one would be " * 4)
    done = run(command, XIESHI_DATABASE_URL=f"sqlite:///{file}")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)


@pytest.mark.parametrize("agent", ["²", "9" * 5000, "-1"])
def test_an_agent_id_that_is_no_number_is_one_sentence(run, agent):
    done = run("health", XIESHI_WECOM_AGENT_ID=agent)
    assert done.exit_code == 1 and "XIESHI_WECOM_AGENT_ID" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("ask", "--as", "\udcff", "好"),
        ("ledger", "export", "--archive", "\udcff"),
        ("outbox", "drop", "\udcff"),
    ],
)
def test_bytes_that_are_no_text_are_one_sentence(run, words):
    done = run(*words)
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1) and "UTF-8" in done.stderr


@pytest.mark.parametrize(
    "line",
    [
        '{"as": null, "at": "2026-01-01", "text": "我的"}',
        '{"as": "2010018", "at": "2026-01-01", "text": ["我的"]}',
        '{"as": "2010018", "at": "9999-12-31", "text": "上月"}',
        '{"as": "\\ud800", "at": "2026-01-01", "text": "我的"}',
        '{"as": "2010018\\u0000", "at": "2026-01-01", "text": "我的"}',
        "[" * 100_000,
    ],
)
def test_a_line_that_cannot_be_is_named_by_its_number(run, tmp_path, line):
    file = tmp_path / "batch.jsonl"
    file.write_text(line, encoding="utf-8")
    done = run("understand", "--batch", str(file))
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1) and "第1行" in done.stderr


def test_a_number_may_stand_for_a_person(run, tmp_path):
    file = tmp_path / "batch.jsonl"
    file.write_text('{"as": 2010018, "at": "2026-01-01", "text": "我的"}', encoding="utf-8")
    assert json.loads(run("understand", "--batch", str(file)).stdout)["handler"] == "mine"


def test_without_an_answer_from_wecom_the_network_is_to_be_looked_at(run):
    done = run("menu", "publish", XIESHI_WECOM_API_URL="http://127.0.0.1:1")
    assert done.exit_code == 1 and "没有应答" in done.stderr and "None" not in done.stderr


def every_command(group=xieshi, path=("xieshi",)):
    """The words before --help of every command and group."""
    yield path[1:]
    for name in getattr(group, "list_commands", lambda ctx: ())(click.Context(group)):
        yield from every_command(group.get_command(click.Context(group), name), (*path, name))


@pytest.mark.parametrize("words", list(every_command()), ids=" ".join)
def test_the_help_of_every_command_is_chinese_throughout(words):
    said = CliRunner().invoke(xieshi, [*words, "--help"], prog_name="xieshi").output
    assert said.startswith("用法：")
    assert not re.search(r"Usage|Options|Commands|Show |\[ARGS|\[OPTIONS", said)

"""The ledger for others, its proof and its read models; and how a sentence is understood, one or many."""

from __future__ import annotations

import hashlib
import json

import pytest

from storage import models


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


BODY = ("capacity", "subject", "org", "org_id", "data")
ENVELOPE = ("archive", "seq", "kind", "v", "at", "received", "actor", "via", "corrects", "content")


@pytest.mark.requirement("R-234")
def test_anybody_can_prove_the_exported_chains_by_the_contracts_formula(run):
    done = run("ledger", "export")
    assert done.exit_code == 0
    last: dict[str, tuple[int, str]] = {}
    for line in map(json.loads, done.stdout.splitlines()):
        assert {"capacity_text", "attachments"} <= set(line)
        seq, previous = last.get(line["archive"], (0, "0" * 64))
        assert (line["seq"], line["previous"]) == (seq + 1, previous)
        assert line["content"] == _sha(line["salt"] + _canonical({key: line[key] for key in BODY}))
        assert line["hash"] == _sha(previous + _canonical({key: line[key] for key in ENVELOPE}))
        last[line["archive"]] = (line["seq"], line["hash"])
    assert len(last) > 20


def test_one_archive_is_exported_after_a_number_by_id_name_or_archive(run):
    def seqs(name: str, since: str) -> list[int]:
        done = run("ledger", "export", "--archive", name, "--since", since)
        assert done.exit_code == 0
        return [json.loads(line)["seq"] for line in done.stdout.splitlines()]

    whole = seqs("2005007", "0")
    assert whole == list(range(1, len(whole) + 1)) and len(whole) > 2
    assert seqs("李芳", "2") == seqs("person:2005007", "2") == whole[2:]
    assert seqs("office", "0") == []


@pytest.mark.parametrize("name", ["张伟", "没有这个人", "person:9999999", "org:没有"])
def test_a_name_of_several_or_of_nobody_is_refused(run, name):
    done = run("ledger", "export", "--archive", name)
    assert done.exit_code == 1 and done.stdout == "" and name in done.stderr


def test_a_number_without_an_archive_is_wrong_usage(run):
    assert run("ledger", "export", "--since", "3").exit_code == 2


def test_the_proof_says_where_a_chain_breaks(here, run):
    assert run("ledger", "verify").exit_code == 0
    with here.bot.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM body WHERE archive = 'person:2005007' AND seq = 2")
    done = run("ledger", "verify")
    assert done.exit_code == 1 and "person:2005007 第2条" in done.stderr


def test_read_models_are_rebuilt_as_they_were(here, run):
    with here.bot.database.transaction() as tx:
        kept = models.rows(tx)
        tx.connection.exec_driver_sql("DELETE FROM membership")
    assert run("ledger", "rebuild").exit_code == 0
    with here.bot.database.reading() as tx:
        assert models.rows(tx) == kept


def test_a_file_of_sentences_is_understood_line_by_line(run, tmp_path):
    file = tmp_path / "batch.jsonl"
    said = {"as": "lifang", "at": "2026-07-20T10:00", "text": "谁没交\u2028"}
    file.write_text(json.dumps(said, ensure_ascii=False) + "\n\n", encoding="utf-8")
    done = run("understand", "--batch", str(file))
    (line,) = map(json.loads, done.stdout.splitlines())
    assert line["handler"] == "missing" and set(line) == {"handler", "fields", "missing", "alternatives"}


@pytest.mark.parametrize(
    "line",
    [
        b'{"as":"lifang","at":"gestern","text":"a"}',
        b'{"as":"lifang","at":7,"text":"a"}',
        b'{"as":"lifang","text":"a"}',
        b"[]",
        b"\xff\xfe",
        b"{",
    ],
)
def test_a_bad_line_is_named_by_its_number(run, tmp_path, line):
    file = tmp_path / "batch.jsonl"
    file.write_bytes(b"\n" + line + b"\n")
    done = run("understand", "--batch", str(file))
    assert done.exit_code == 1 and "第2行" in done.stderr


def test_a_moment_outside_the_calendar_is_wrong_usage(run):
    done = run("understand", "--as", "lifang", "--at", "0001-01-01T00:00+14:00", "谁没交")
    assert done.exit_code == 2


@pytest.mark.parametrize("text", ["a = \n[", "nonsense = 1", "\udcff"])
def test_a_profile_that_cannot_be_used_is_a_sentence(run, tmp_path, text):
    file = tmp_path / "own.toml"
    file.write_bytes(text.encode(errors="surrogateescape"))
    done = run("health", XIESHI_PROFILE=str(file))
    assert done.exit_code == 1 and "XIESHI_PROFILE" in done.stderr


@pytest.mark.parametrize(
    "changed", [{"XIESHI_DATABASE_URL": "sqlite:////proc/no/x.db"}, {"XIESHI_HOME": "/proc/no"}]
)
def test_a_place_that_cannot_be_written_is_a_sentence(run, changed):
    done = run("init", **changed)
    assert done.exit_code == 1 and done.stderr.count("\n") == 1

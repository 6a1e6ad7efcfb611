"""What an operator may set, and what he is told when it cannot work."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Faulty, Settings, load

SENDING = {"XIESHI_WECOM_CORP_ID": "c", "XIESHI_WECOM_AGENT_ID": "1", "XIESHI_WECOM_SECRET": "s"}


def faults(tmp_path: Path, **given: str) -> list[str]:
    with pytest.raises(Faulty) as caught:
        load({f"XIESHI_{name}": value for name, value in given.items()}, tmp_path)
    return caught.value.faults


def loaded(tmp_path: Path, **given: str) -> Settings:
    return load({f"XIESHI_{name}": value for name, value in given.items()}, tmp_path)


def test_all_faults_are_told_at_once_each_with_its_variable(tmp_path):
    given = {
        "WECOM_AGENT_ID": "abc",
        "WECOM_TOKEN": "x",
        "DATABASE_URL": "mysql://x",
        "MEDIA_URL": "s3://x",
        "PROFILE": "nowhere",
        "PUBLIC_URL": "bot.example.edu.cn",
        "METRICS_TOKEN_FILE": str(tmp_path / "missing"),
    }
    found = "\n".join(faults(tmp_path, **given))
    assert all(f"XIESHI_{name}" in found for name in given)


@pytest.mark.parametrize("url", ["nonsense", "mysql://a"])
def test_a_database_of_another_kind_is_one_fault_and_says_nothing_of_a_key(url, tmp_path):
    (fault,) = faults(tmp_path, DATABASE_URL=url)
    assert "XIESHI_DATABASE_URL" in fault


def test_postgresql_needs_a_key_of_its_own(tmp_path):
    (fault,) = faults(tmp_path, DATABASE_URL="postgresql+psycopg://h/x")
    assert "XIESHI_SECRET_KEY" in fault


def test_a_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "key").write_text("geheim\n", encoding="utf-8")
    assert loaded(tmp_path, SECRET_KEY_FILE=str(tmp_path / "key")).secret_key == "geheim"


def test_the_environment_goes_before_the_file_of_the_folder(tmp_path):
    (tmp_path / ".env").write_text(
        "\ufeffXIESHI_PROFILE=qingdao\nXIESHI_METRICS_TOKEN='a b'\n", encoding="utf-8"
    )
    found = loaded(tmp_path, PROFILE="harbin")
    assert (found.profile, found.metrics_token) == ("harbin", "a b")


def test_a_file_that_is_no_text_is_a_fault_and_no_crash(tmp_path):
    (tmp_path / ".env").write_bytes(b"XIESHI_PROFILE=\xff")
    assert ".env" in faults(tmp_path)[0]


@pytest.mark.parametrize("url", ["https://qyapi.weixin.qq.com/", "https://QYAPI.weixin.qq.com:443"])
def test_wecoms_own_host_is_known_however_it_is_written(url, tmp_path):
    given = {**SENDING, "XIESHI_WECOM_API_URL": url, "XIESHI_PUBLIC_URL": "https://bot.example.edu.cn"}
    assert load(given, tmp_path).wecom.is_real


HERE_ONLY = [
    "127.0.0.1:8000",
    "localhost",
    "127.0.0.2",
    "[::1]:8000",
    "LOCALHOST",
    "localhost.",
    "0.0.0.0:8000",
    "[::]",
]


@pytest.mark.parametrize("host", HERE_ONLY)
def test_phones_cannot_reach_loopback_so_it_is_a_fault_with_the_real_wecom(host, tmp_path):
    with pytest.raises(Faulty, match="XIESHI_PUBLIC_URL"):
        load({**SENDING, "XIESHI_PUBLIC_URL": f"http://{host}"}, tmp_path)


@pytest.mark.parametrize("url", ["foo", "https://", "https://h/cgi-bin", "http://[::1", "ftp://h"])
def test_an_address_of_the_api_is_a_host_and_nothing_after_it(url, tmp_path):
    assert "XIESHI_WECOM_API_URL" in faults(tmp_path, WECOM_API_URL=url)[0]

"""The systemd units and the nginx site fit the program they start and guard."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

import click
import pytest

from bot.commands import xieshi
from bot.web import callback

DEPLOY = Path(__file__).parents[2] / "deploy"
NGINX = (DEPLOY / "nginx/xieshi.conf").read_text(encoding="utf-8")
UNITS = ("xieshi-web", "xieshi-work")


def unit(name: str) -> ConfigParser:
    parsed = ConfigParser(interpolation=None)
    parsed.optionxform = str
    parsed.read(DEPLOY / f"systemd/{name}.service", encoding="utf-8")
    return parsed


def locations(answer: str) -> list[str]:
    """The places of the TLS server whose block says this."""
    return re.findall(rf'location (?:= |~ )?"?(\S+?)"? {{ {answer}; }}', NGINX)


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_starts_a_command_that_exists_as_the_user_of_the_service(name: str) -> None:
    service = unit(name)["Service"]
    program, command = service["ExecStart"].split()[:2]
    assert program == "/opt/xieshi/.venv/bin/xieshi"
    assert command in xieshi.list_commands(click.Context(xieshi))
    assert (service["User"], service["EnvironmentFile"]) == ("xieshi", "/etc/xieshi/env")
    assert service["Restart"] == "on-failure"


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_may_write_only_its_own_folder(name: str) -> None:
    service = unit(name)["Service"]
    assert (service["ProtectSystem"], service["StateDirectory"]) == ("strict", "xieshi")
    assert (service["ProtectHome"], service["NoNewPrivileges"], service["PrivateTmp"]) == (
        "yes",
        "yes",
        "yes",
    )
    assert service["UMask"] == "0027"


def test_the_proxy_talks_to_where_the_web_unit_listens() -> None:
    bind = unit("xieshi-web")["Service"]["ExecStart"].rpartition(" ")[2]
    assert f"server {bind};" in NGINX


def test_the_outside_reaches_the_callback_the_pages_and_the_proof_only() -> None:
    assert locations("proxy_pass http://xieshi") == [
        "/wecom/callback",
        "/p/",
        r"^/WW_verify_[A-Za-z0-9]{1,64}\.txt$",
        "/healthz",
    ]
    assert locations("return 404") == ["/metrics", "/readyz", "/"]


def test_the_proxy_takes_no_larger_bodies_than_the_callback() -> None:
    assert callback.MOST_BYTES == 1 << 20
    assert "client_max_body_size 1m;" in NGINX


def test_signatures_stay_out_of_the_logs() -> None:
    logged = re.search(r"log_format xieshi '(.*)';", NGINX)
    assert logged
    assert set(re.findall(r"\$\w+", logged[1])).isdisjoint(
        {"$request", "$request_uri", "$args", "$query_string", "$http_referer"}
    )
    assert set(re.findall(r"access_log \S+ (\w+);", NGINX)) == {"xieshi"}
    assert re.findall(r"error_log \S+ (\w+);", NGINX) == ["crit"]


def test_the_proxy_says_that_it_is_one() -> None:
    assert "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;" in NGINX

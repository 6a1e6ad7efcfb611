"""`xieshi web` says at once what is wrong with the address it should listen on."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize(
    "bind", ["nonsense", "127.0.0.1", "127.0.0.1:", ":x", "h:0", "h:65536", "::1:80", "unix:/a"]
)
def test_what_is_no_host_and_port_is_wrong_usage(run, bind):
    done = run("web", "--bind", bind)
    assert done.exit_code == 2 and "127.0.0.1:8000" in done.stderr


def test_a_port_that_is_taken_is_one_sentence(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = run("web", "--bind", address)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"{address} 用不了：这个端口已被别的程序占用，请先停掉它，或换一个端口。\n"


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid", "[2001:db8::1]", "a" * 300])
def test_an_address_of_another_machine_is_one_sentence(run, host):
    done = run("web", "--bind", f"{host}:8000")
    assert done.exit_code == 1 and done.stderr.count("\n") == 1 and "这不是本机的地址" in done.stderr

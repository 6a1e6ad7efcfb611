"""Reading world.json and starting the program by its command line."""

import json
import os
import signal
import subprocess
import sys

import pytest
import requests

from sandbox import Sandbox, read_world

MINIMAL = {
    "corp": {"corpid": "wwsim00000000000009", "name": "小学校"},
    "users": [{"userid": "Anna", "name": "安娜"}, {"userid": "bo", "name": "波"}],
    "apps": [{"agentid": 7, "name": "写实", "secret": "s", "visible": {"users": ["bo"], "departments": []}}],
}


def written(tmp_path, data):
    path = tmp_path / "world.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return path


def test_a_small_file_is_enough(tmp_path):
    world = read_world(written(tmp_path, MINIMAL))
    assert (world.user("ANNA").name, world.departments[1].name) == ("安娜", "小学校")
    assert world.visible_users(world.app()) == {"bo"}
    assert [userid for userid, _ in world.featured] == ["Anna", "bo"]


@pytest.mark.parametrize(
    "data",
    ["{", "[]", {"corp": {}}, MINIMAL | {"users": [{"name": "x"}]}, MINIMAL | {"apps": [{"agent": 1}]}],
)
def test_a_wrong_file_is_refused_with_a_sentence(tmp_path, data):
    with pytest.raises(ValueError, match="JSON|不完整"):
        read_world(written(tmp_path, data))


def test_a_missing_file_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(ValueError, match="打不开"):
        read_world(tmp_path / "none.json")


def run(*options):
    return subprocess.run(
        [sys.executable, "-m", "sandbox", *options], capture_output=True, text=True, timeout=60, check=False
    )


def test_help_is_chinese_and_needs_nothing():
    done = run("--help")
    assert done.returncode == 0
    assert "桌上的企业微信" in done.stdout and "--world" in done.stdout


def test_a_taken_port_or_a_wrong_file_ends_with_one_sentence(tmp_path):
    assert "打不开" in run("--world", str(tmp_path / "none.json")).stderr
    with Sandbox() as taken:
        done = run("--port", taken.url.rsplit(":", 1)[1])
    assert done.returncode == 1
    assert done.stderr.startswith("启动不了") and "Traceback" not in done.stderr


@pytest.mark.slow
def test_the_program_serves_its_page_until_it_is_told_to_stop(tmp_path):
    options = ["--port", "0", "--world", str(written(tmp_path, MINIMAL)), "--at", "2026-11-25T09:07"]
    program = subprocess.Popen([sys.executable, "-m", "sandbox", *options], stdout=subprocess.PIPE, text=True)
    try:
        url = program.stdout.readline().strip().split("：")[1]
        state = requests.get(f"{url}/sandbox/api/state", timeout=10).json()
        assert (state["corp"]["name"], state["now"][:16]) == ("小学校", "2026-11-25T09:07")
    finally:
        os.kill(program.pid, signal.SIGTERM)
    assert program.wait(20) == 0

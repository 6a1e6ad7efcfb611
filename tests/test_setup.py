"""What a newcomer meets first: `make` explains itself, and setup says in plain words what it lacks."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout without a .venv, on a machine whose every python3 is too old."""
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "deploy/bootstrap", tmp_path / "deploy/bootstrap")
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        program = tmp_path / "machine" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text("#!/bin/sh\nexit 1\n")
        program.chmod(0o755)
    return tmp_path


def set_up(checkout: Path) -> subprocess.CompletedProcess[str]:
    path = f"{checkout / 'machine'}:/usr/bin:/bin"
    return subprocess.run(
        [checkout / "deploy/bootstrap/setup"], env={"PATH": path}, capture_output=True, text=True, check=False
    )


def test_a_python_that_is_too_old_is_told_and_leaves_nothing_behind(checkout: Path) -> None:
    done = set_up(checkout)
    assert done.returncode == 1
    assert "没有找到 Python 3.11 或更新的版本" in done.stderr
    assert "make setup" in done.stderr
    assert not (checkout / ".venv").exists()


def test_an_interrupted_setup_is_made_anew(checkout: Path) -> None:
    left_over = checkout / ".venv" / "half"
    left_over.mkdir(parents=True)
    (checkout / ".venv" / "setup-begun").touch()
    # This python3 is new enough and can do nothing else.
    (checkout / "machine" / "python3").write_text('#!/bin/sh\n[ "$1" = -c ]\n')
    done = set_up(checkout)
    assert done.returncode != 0
    assert not left_over.exists()
    assert (checkout / ".venv" / "setup-begun").exists()


def test_make_alone_explains_every_command_in_one_sentence() -> None:
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    explained = dict(re.findall(r"^  make (\w+) +(\S.*)$", said, re.MULTILINE))
    assert explained.keys() == {"setup", "demo", "check", "test", "bench", "requirements", "format", "lock"}
    assert all(re.search(r"[一-鿿]", sentence) for sentence in explained.values())


def test_every_package_we_name_is_pinned_with_its_digests() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *sum(project["optional-dependencies"].values(), [])]
    wanted = {re.split(r"[\[<>=]", name)[0].lower() for name in named}
    pinned = dict(re.findall(r"^([\w-]+)==\S+ \\\n    --hash=(sha256:[0-9a-f]{64})", LOCK, re.MULTILINE))
    assert wanted <= pinned.keys()
    assert len(pinned) == len(re.findall(r"==", LOCK))


def test_the_lock_names_no_place_packages_come_from() -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", LOCK)

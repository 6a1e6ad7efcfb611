"""What a machine cannot run is left out aloud, and with CI=true not at all; the browser fixture opens a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = str(Path(__file__).parent.parent)

SUITE = """
import pytest

@pytest.mark.postgresql
def test_that_needs_a_server():
    pass

def test_that_skips():
    pytest.skip("没有网络")

def test_that_runs():
    pass

@pytest.mark.xfail
def test_that_is_expected_to_fail():
    assert False
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A small suite on a machine where no server is found."""
    pytester.makepyfile(SUITE)
    pytester.makepyfile(no_programs="import tests.postgres as p; p.programs = lambda: None")
    pytester.makeini("[pytest]\nmarkers = postgresql\n browser\n")
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}:{pytester.path}")
    return pytester


def run(suite: pytest.Pytester) -> pytest.RunResult:
    return suite.runpytest_subprocess("-p", "no_programs", "-p", "tests.left_out")


def test_a_missing_program_is_said_in_the_last_lines(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    result = run(suite)
    result.assert_outcomes(passed=1, skipped=2, xfailed=1)
    assert "未运行：PostgreSQL 测试 1 项（本机没有 PostgreSQL）" in result.outlines[-3:]
    assert "未运行：其他测试 1 项（没有网络）" in result.outlines[-3:]


def test_with_ci_nothing_is_left_out(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    result = run(suite)
    result.assert_outcomes(passed=2, failed=1, xfailed=1)
    assert not any("未运行" in line for line in result.outlines)


def test_chromium_shows_a_page(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_content("<h1>写实</h1>")
    assert page.inner_text("h1") == "写实"
    page.close()

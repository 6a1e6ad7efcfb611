"""Pytest plugin: leaves out what this machine cannot run, says so in plain words, and forbids it with CI=true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from typing import TypeVar

import pytest
from _pytest.terminal import TerminalReporter

from tests.programs import BY_MARKER, STRICT

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a program's fixture, before `-m` chooses, and leave out what cannot run here."""
    missing = {} if STRICT else {marker: it for marker, it in BY_MARKER.items() if it.find() is None}
    for item in items:
        for marker, program in BY_MARKER.items():
            if program.fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
            if marker in missing and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=program.reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return refuse_skip((yield))


def refuse_skip(report: Report) -> Report:
    """With CI=true turn a skip into a failure; an expected failure stays what it is."""
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"With CI=true nothing may be left out: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    for line in left_out(terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_line(line)


def left_out(reports: list[pytest.TestReport]) -> list[str]:
    """One Chinese sentence per reason for which tests did not run."""
    counts = Counter((_kind(report), _reason(report)) for report in reports)
    return [f"未运行：{kind} {number} 项（{reason}）" for (kind, reason), number in counts.items()]


def _kind(report: pytest.TestReport) -> str:
    names = [program.name for marker, program in BY_MARKER.items() if marker in report.keywords]
    return f"{'、'.join(names)} 测试" if names else "其他测试"


def _reason(report: pytest.TestReport) -> str:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return reason.removeprefix("Skipped: ")

"""The callback at fifty turns a second: alone, while WeCom's API answers nothing, while a roster is imported."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from sandbox import Faults, Sandbox
from storage import owed
from storage.codec import ZONE
from storage.db import Database
from storage.owed import Owed
from tests import cast
from tests.bench import load, servers, turns

RATE, CONNECTIONS, PEOPLE = 50, 16, 1000
LONGEST = 120
"""Seconds for which an import is watched."""
LONG_AGO = datetime(2026, 1, 1, 9, tzinfo=ZONE)
Environment = Mapping[str, str]


def measure(engines: Sequence[tuple[str, str]], home: Path, seconds: int, imported: int) -> list[str]:
    """Lines of the table, for each (name, URL) of an empty database."""
    lines = [
        f"| 每秒{RATE}次来回 | 持续 秒 | 次数 | p50 ms | p99 ms | 失败 |",
        "|---|---|---|---|---|---|",
    ]
    for name, url in engines:
        turns.prepare(url, PEOPLE)
        lines += _on(name, url, home, seconds, imported)
    return lines


def _on(name: str, url: str, home: Path, seconds: int, imported: int) -> Iterator[str]:
    count = RATE * seconds
    with Sandbox(faults=Faults(api_hangs=True)).start() as sandbox:
        env = _environment(url, home, sandbox)
        with servers.xieshi(env) as port:
            load.run(port, turns.requests(300, people=PEOPLE))
            yield _line(f"{name}，平时", _loaded(port, count, 1000))
            with _working(env, url):
                yield _line(f"{name}，API 不应答、后台有200条在等", _loaded(port, count, 10_000))
            with _importing(env, home, imported) as process:
                found = _loaded(port, RATE * LONGEST, 20_000, lambda: process.poll() is not None)
            yield _line(f"{name}，同时导入{imported:,}人", found)


def _loaded(port: int, count: int, first: int, enough: Callable[[], bool] = load.never) -> load.Result:
    requests = turns.requests(count, first, people=PEOPLE)
    return load.run(port, requests, CONNECTIONS, RATE, enough)


def _line(what: str, one: load.Result) -> str:
    seconds = one.count / one.rate
    return f"| {what} | {seconds:.0f} | {one.count} | {one.p50:.1f} | {one.p99:.1f} | {one.failed} |"


def _environment(url: str, home: Path, sandbox: Sandbox) -> dict[str, str]:
    app = sandbox.app
    sending = {
        "XIESHI_WECOM_AGENT_ID": str(app.agentid),
        "XIESHI_WECOM_SECRET": app.secret,
        "XIESHI_WECOM_API_URL": sandbox.url,
    }
    return turns.environment(url, home) | sending


@contextmanager
def _working(env: Environment, url: str) -> Iterator[None]:
    """A worker that has something to send to everybody of the cast, ten times over."""
    database = Database(url, wait=30)
    people = [id for id, account in cast.ACCOUNT.items() if account]
    rows = [
        Owed(f"bench|{n}", "text", {"text": f"消息{n}"}, LONG_AGO, LONG_AGO, person=people[n % len(people)])
        for n in range(200)
    ]
    with database.transaction() as tx:
        owed.put(tx, rows)
    database.dispose()
    with servers.command(("work",), env) as process:
        yield
        assert process.poll() is None


@contextmanager
def _importing(env: Environment, home: Path, people: int) -> Iterator[subprocess.Popen[bytes]]:
    sheet = home / "roster.xlsx"
    _write(sheet, people)
    with servers.command(("roster", "import", str(sheet.resolve())), env) as process:
        yield process
        process.wait(600)
        assert process.returncode == 0


def _write(path: Path, people: int) -> None:
    """Branches of fifty under the cast's general branch."""
    book = Workbook(write_only=True)
    units, rows = book.create_sheet("组织"), book.create_sheet("人员")
    units.append(["组织名称", "组织类型", "上级组织"])
    rows.append(["编号", "姓名", "账号", "所在组织", "政治面貌"])
    for n in range(people):
        if n % 50 == 0:
            units.append([f"导入第{n // 50}党支部", "党支部", cast.ENGINEERING])
        rows.append([f"R{n:06}", f"新来{n}", f"fresh{n}", f"导入第{n // 50}党支部", "中共党员"])
    book.save(path)

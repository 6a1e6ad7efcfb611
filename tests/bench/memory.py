"""Memory of one web process after it warmed up and after many more turns."""

from __future__ import annotations

import re
from pathlib import Path

from tests.bench import load, servers, turns

PEOPLE, STEP = 1000, 1000


def measure(url: str, home: Path, count: int) -> list[str]:
    """Lines of the table, for an empty SQLite database."""
    turns.prepare(url, PEOPLE)
    lines = ["| 文字来回 | 一个网站进程的内存 MB |", "|---|---|"]
    with servers.xieshi(turns.environment(url, home)) as port:
        done = _go(port, 0, 300)
        lines.append(f"| {done:,}（已热身） | {_megabytes(port):.1f} |")
        for goal in (count // 2, count):
            done = _go(port, done, goal)
            lines.append(f"| {done:,} | {_megabytes(port):.1f} |")
    return lines


def _go(port: int, done: int, goal: int) -> int:
    for first in range(done, goal, STEP):
        load.run(port, turns.requests(min(STEP, goal - first), first, people=PEOPLE))
    return goal


def _megabytes(port: int) -> float:
    """Of the process that answers: gunicorn's child, whose command names the port like its parent's."""
    found = {
        folder.name: folder
        for folder in Path("/proc").iterdir()
        if folder.name.isdigit() and _serves(folder, port)
    }
    (worker,) = (folder for folder in found.values() if _told(folder, "PPid") in found)
    return int(_told(worker, "VmRSS")) / 1024


def _serves(folder: Path, port: int) -> bool:
    try:
        words = (folder / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return f"127.0.0.1:{port}".encode() in words


def _told(folder: Path, name: str) -> str:
    """One number of a process's status, as it stands there."""
    found = re.search(rf"^{name}:\s+(\d+)", (folder / "status").read_text(), re.MULTILINE)
    assert found, name
    return found[1]

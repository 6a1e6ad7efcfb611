"""A full text turn a second against the two peers (issue: at least 0.25 and 0.8)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.web.server import workers_on
from sandbox import plain
from storage import settings
from tests.bench import largeschool, load, servers
from tests.sealed import AES_KEY, AGENT, CORP, TOKEN, envelope

WORDS = "6月底前给大三学生讲{n}次论文写作"
"""No two messages are alike, lest something remembered of one answers the next."""


def requests(count: int, first: int = 0, words: str = WORDS, people: int = 10**9) -> list[bytes]:
    """So many new messages, each of another person while there are people enough."""
    made = []
    for n in range(first, first + count):
        xml = plain.message(
            CORP,
            f"user{n % people}",
            1780000000 + n,
            "text",
            [("Content", words.format(n=n))],
            str(10**15 + n),
            AGENT,
        )
        query, body = envelope(xml)
        made.append(load.request("/wecom/callback", query, body))
    return made


def werobot_requests(count: int) -> list[bytes]:
    """The same messages with the query which an Official Account sends besides."""
    from hashlib import sha1

    made = []
    for n in range(count):
        xml = plain.message(
            CORP, f"user{n}", 1780000000 + n, "text", [("Content", WORDS.format(n=n))], str(10**15 + n), AGENT
        )
        query, body = envelope(xml)
        signed = sha1("".join(sorted((TOKEN, query["timestamp"], query["nonce"]))).encode()).hexdigest()
        body = body.replace(b"<xml>", b"<xml><ToUserName><![CDATA[x]]></ToUserName>")
        made.append(
            load.request("/wecom/callback", {**query, "signature": signed, "encrypt_type": "aes"}, body)
        )
    return made


def prepare(url: str, count: int) -> None:
    """A school with so many members in branches of twenty, bound as user0, user1, …"""
    database = largeschool.fill(url, count)
    largeschool.settle(database)
    with database.transaction() as tx:
        settings.put(tx, "school", "bench")
    database.dispose()


def environment(url: str, home: Path) -> dict[str, str]:
    """Settings of an installation that only receives."""
    return {
        "XIESHI_HOME": str(home),
        "XIESHI_DATABASE_URL": url,
        "XIESHI_SECRET_KEY": "bench",
        "XIESHI_WECOM_CORP_ID": CORP,
        "XIESHI_WECOM_TOKEN": TOKEN,
        "XIESHI_WECOM_AES_KEY": AES_KEY,
    }


def measure(engines: Sequence[tuple[str, str]], home: Path, messages: int) -> list[str]:
    """Lines of the table, for each (name, URL) of an empty database."""
    lines = [
        "| 一次完整的文字来回 | 每秒 | 对 wechatpy 空回声 | 对 WeRoBot 回声 | p50 ms | p99 ms | 失败 |",
        "|---|---|---|---|---|---|---|",
    ]
    with (
        tempfile.TemporaryDirectory() as folder,
        servers.peer("werobot_echo", 1, 1, {"BENCH_SESSION": f"{folder}/s.db"}) as port,
    ):
        # Its SQLite session is not safe to share among threads: one worker, one thread, one connection.
        robot = load.run(port, werobot_requests(messages), connections=1)
    lines.append(_line("WeRoBot 1.13，一个进程", robot, None, robot))
    for name, url in engines:
        with servers.peer("wechatpy_echo", workers_on(url)) as port:
            load.run(port, requests(300))
            bare = load.run(port, requests(messages))
        prepare(url, messages + 300)
        with servers.xieshi(environment(url, home)) as port:
            load.run(port, requests(300, messages))
            ours = load.run(port, requests(messages))
        lines += [
            _line(f"wechatpy 空回声（{workers_on(url)}个进程）", bare, bare, None),
            _line(f"写实，{name}", ours, bare, robot),
        ]
    return lines


def _line(name: str, one: load.Result, bare: load.Result | None, robot: load.Result | None) -> str:
    against = [f"{one.rate / peer.rate:.2f}" if peer else "" for peer in (bare, robot)]
    return f"| {name} | {one.rate:.0f} | {against[0]} | {against[1]} | {one.p50:.1f} | {one.p99:.1f} | {one.failed} |"


def cores() -> int:
    """How many processors this machine has."""
    return os.cpu_count() or 1

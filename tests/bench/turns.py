"""A full text turn a second against the two peers (issue: at least 0.25 and 0.8)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median

from bot.web.server import workers_on
from sandbox import plain
from storage import ledger, settings
from storage.codec import ZONE
from storage.db import Database
from tests.bench import largeschool, load, servers
from tests.sealed import AES_KEY, AGENT, CORP, TOKEN, envelope

WORDS = "6月底前给大三学生讲{n}次论文写作"
"""No two messages are alike, lest something remembered of one answers the next."""
MONTH = ("写实", "走访了{n}家企业，写了报告", "按计划推进", "确认")
"""What somebody with one item says on the 25th; the last is written to the ledger."""
BEFORE = "2026-04"
"""The month before the one in which everything is said."""
ROUNDS = 20
"""Short ones, because the machine's own speed changes; each with connections of its own, since a worker keeps those it once took."""
SWIFT = 3
"""So many times more messages go to the bare echo, lest opening connections be a larger part of its short time than of ours."""
CONNECTIONS, WARM = 16, 300
ROBOT, BARE = "WeRoBot 1.13，一个进程", "wechatpy 空回声"


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
            _id(n, words),
            AGENT,
        )
        query, body = envelope(xml)
        made.append(load.request("/wecom/callback", query, body))
    return made


def _id(n: int, words: str) -> str:
    """Another one for everything that somebody says."""
    return str(10**15 + n * 10 + (MONTH.index(words) + 1 if words in MONTH else 0))


def werobot_requests(numbers: range) -> list[bytes]:
    """The same messages with the query which an Official Account sends besides."""
    from hashlib import sha1

    made = []
    for n in numbers:
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
    """A school with so many members in branches of twenty, bound as user0, user1, …, who handed in the month before."""
    database = largeschool.fill(url, count)
    largeschool.hand_in(database, count, BEFORE, datetime(2026, 4, 27, 9, tzinfo=ZONE))
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
    """Lines of the table, for each (name, URL) of an empty database.

    All servers stand side by side and take turns, since a machine may be twice as fast a minute later; of each round's
    ratios the median counts.
    """
    lines = [
        "| 一次完整的文字来回 | 每秒 | 对 wechatpy 空回声 | 对 WeRoBot 回声 | p50 ms | p99 ms | 失败 |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, url in engines:
        counts = sorted({1, workers_on(url)})
        people = 2 * (messages // ROUNDS) * ROUNDS + WARM
        prepare(url, people * len(counts))
        for n, workers in enumerate(counts):
            with _servers(url, home, workers) as ports:
                rounds = [_round(ports, messages, k, people * n) for k in range(ROUNDS)]
            _assert_written(url, messages * (n + 1))
            lines.append(f"| **{name}，各{workers}个进程** | | | | | | |")
            lines += [_line(what, rounds) for what in rounds[0]]
    return lines


@contextmanager
def _servers(url: str, home: Path, workers: int) -> Iterator[tuple[int, int, int]]:
    """The ports of WeRoBot, wechatpy and 写实, each of which has answered before."""
    with (
        tempfile.TemporaryDirectory() as folder,
        servers.peer("werobot_echo", 1, 1, {"BENCH_SESSION": f"{folder}/s.db"}) as robot,
        servers.peer("wechatpy_echo", workers) as bare,
        servers.xieshi(environment(url, home), workers) as ours,
    ):
        load.run(robot, werobot_requests(range(WARM)), connections=1)
        load.run(bare, requests(WARM), CONNECTIONS)
        load.run(ours, requests(WARM), CONNECTIONS)
        yield robot, bare, ours


def _round(ports: tuple[int, int, int], messages: int, n: int, since: int) -> dict[str, load.Result]:
    """Each server's answers to as many messages; those of 写实 by what is said, each of the month's by the same people."""
    robot, bare, ours = ports
    part = messages // ROUNDS
    first = since + WARM + 2 * part * n
    found = {
        # Its SQLite session is not safe to share among threads: one worker, one thread, one connection.
        ROBOT: load.run(robot, werobot_requests(range(first, first + part)), connections=1),
        BARE: load.run(bare, requests(SWIFT * part, first), CONNECTIONS),
        f"写实：“{WORDS.format(n=3)}”": load.run(ours, requests(part, first), CONNECTIONS),
    }
    month = [load.run(ours, requests(part, first + part, words), CONNECTIONS) for words in MONTH]
    found |= {f"写实：“{words.format(n=3)}”": one for words, one in zip(MONTH, month, strict=True)}
    return found | {"写实：交一个月写实的这四句，平均": _together(month)}


def _together(runs: Sequence[load.Result]) -> load.Result:
    """Several runs of equal length as one."""
    return load.Result(
        len(runs) / sum(1 / one.rate for one in runs),
        median(one.p50 for one in runs),
        max(one.p99 for one in runs),
        sum(one.failed for one in runs),
        sum(one.count for one in runs),
    )


def _assert_written(url: str, messages: int) -> None:
    """A bench that measures refusals or repeats would be a fast one."""
    database = Database(url)
    with database.transaction() as tx:
        reports = sum(one.data["month"] != BEFORE for one in ledger.of_kind(tx, "report.submitted"))
    database.dispose()
    if reports != messages // ROUNDS * ROUNDS:
        raise RuntimeError(f"{reports} records in the ledger, {messages} were expected")


def _line(what: str, rounds: Sequence[dict[str, load.Result]]) -> str:
    own = [one[what] for one in rounds]
    bare, robot = (
        median(one[what].rate / one[peer].rate for one in rounds) if what not in (peer, ROBOT) else None
        for peer in (BARE, ROBOT)
    )
    against = [f"{ratio:.2f}" if ratio else "" for ratio in (bare, robot)]
    rate, p50, p99 = (median(values) for values in zip(*((r.rate, r.p50, r.p99) for r in own), strict=True))
    failed = sum(one.failed for one in own)
    return f"| {what} | {rate:.0f} | {against[0]} | {against[1]} | {p50:.1f} | {p99:.1f} | {failed} |"


def cores() -> int:
    """How many processors this machine has."""
    return os.cpu_count() or 1

"""`python -m sandbox`: the sandbox as a program of its own."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from sandbox.facade import Sandbox
from sandbox.sample import sample_world
from sandbox.worldfile import read_world

EPILOG = """没有 --world 时用自带的示例学校（示例理工大学）。world.json 的写法见 sandbox/README.md。
机器人一侧这样填：接口地址填本程序的网址，CorpID、AgentID、Secret、Token、AESKey 用启动时打印的。"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Wrong usage in one Chinese sentence, exit 2."""
        self.exit(2, "参数写得不对，请看 python -m sandbox --help\n")


def arguments() -> argparse.ArgumentParser:
    """The command line, explained in Chinese."""
    parser = _Parser(
        prog="python -m sandbox",
        description="桌上的企业微信：在本机扮演企业微信的服务器和大家的手机，用真实的加密与机器人对话。",
        epilog=EPILOG,
        add_help=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="%(prog)s [选项]",
    )
    options = parser.add_argument_group("选项")
    options.add_argument("-h", "--help", action="help", help="显示这段说明")
    options.add_argument(
        "--host", default="127.0.0.1", metavar="地址", help="监听的地址，默认 127.0.0.1（只有本机能打开）"
    )
    options.add_argument(
        "--port", type=int, default=9000, metavar="端口", help="监听的端口，默认 9000；0 表示任选一个空闲的"
    )
    options.add_argument("--world", type=Path, metavar="文件", help="组织、成员和应用的说明（world.json）")
    options.add_argument(
        "--callback",
        default="",
        metavar="网址",
        help="机器人的回调地址，例如 http://127.0.0.1:8000/wecom/callback",
    )
    options.add_argument(
        "--at", type=datetime.fromisoformat, metavar="时刻", help="从这个时刻开始，例如 2026-11-24T09:00"
    )
    return parser


def main() -> int:
    """Runs until Ctrl-C or SIGTERM; returns 1 with one sentence when it cannot start."""
    options = arguments().parse_args()
    try:
        sandbox = Sandbox(read_world(options.world) if options.world else sample_world())
        sandbox.start(options.port, options.host)
    except ValueError as fault:
        return _refuse(str(fault))
    except OSError:
        return _refuse(f"{options.host} 的端口 {options.port} 用不了，可能已被占用；请用 --port 换一个")
    if options.callback:
        sandbox.connect(options.callback)
    if options.at:
        sandbox.move_to(options.at)
    _announce(sandbox)
    _wait_for_signal()
    sandbox.stop()
    return 0


def _refuse(sentence: str) -> int:
    print(f"启动不了：{sentence}", file=sys.stderr)
    return 1


def _announce(sandbox: Sandbox) -> None:
    app = sandbox.app
    print(f"桌上的企业微信：{sandbox.url}")
    print(f"CorpID {sandbox.world.corpid}　AgentID {app.agentid}　Secret {app.secret}")
    print(f"Token {app.token}　AESKey {app.aeskey}")
    print(f"回调地址 {app.callback_url or '（还没有，用 --callback 指定）'}", flush=True)


def _wait_for_signal() -> None:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()


if __name__ == "__main__":
    sys.exit(main())

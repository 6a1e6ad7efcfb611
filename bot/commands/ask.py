"""`xieshi ask`: one turn without a channel, with the same dispatcher and database as the webhook."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.channels.base import ChannelError
from bot.channels.terminal import TerminalChannel
from bot.commands import _ground, _who
from bot.dispatcher import Outcome, WouldWrite
from bot.fetching import fetch
from bot.messages import Message
from bot.parts import Bot
from bot.roads import TERMINAL
from domain.entries import Written
from storage.pictures import Unfit, mime_of


@click.command(help="以某人的身份说一句话，看机器人怎样回答。")
@click.option("--as", "who", required=True, metavar="编号或账号", help="谁在说")
@click.option("--at", type=_ground.Moment(), help="什么时刻（默认现在）")
@click.option(
    "--photo", "photos", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help="给程序看的输出")
@click.argument("text")
def COMMAND(who: str, at: datetime | None, photos: tuple[Path, ...], as_json: bool, text: str) -> None:  # noqa: N802
    """Say each photo and then the text; exit 0 whatever the bot answers."""
    bot = _ground.ready()
    if bot.settings.wecom.is_real and at is not None:
        _ground.refuse("正在连接真正的企业微信，不能用 --at 改时刻。")
    _check(photos)
    outcomes = [_say(bot, who, at, "image", str(photo.resolve())) for photo in photos]
    outcomes += [_say(bot, who, at, "text", text)] if text else []
    fetch(bot, at or bot.clock.now(), only=(TERMINAL,))
    if as_json:
        _ground.say_json(_shown(outcomes))
    else:
        click.echo("\n".join(outcome.reply for outcome in outcomes if outcome.reply))


def _check(photos: tuple[Path, ...]) -> None:
    """Before anything is said: here the file can be looked at, other than on its way through a platform."""
    for photo in photos:
        try:
            mime_of("image", TerminalChannel().fetch(str(photo)).data)
        except Unfit as unfit:
            _ground.refuse(f"{photo} {unfit.words}，什么都没有记下。请换一张 jpg 或 png 照片。")
        except ChannelError:
            _ground.refuse(f"{photo} 读不了，什么都没有记下。请检查文件和权限。")


def _say(bot: Bot, who: str, at: datetime | None, kind: Any, words: str) -> Outcome:
    now = at or bot.clock.now()
    text, media = (words, "") if kind == "text" else ("", words)
    key = f"terminal|{secrets.token_hex(12)}"
    message = Message("terminal", who, key, kind, now, now, text, media)
    try:
        return bot.dispatcher.handle(message, _who.person(bot, who), read_only=bot.settings.wecom.is_real)
    except WouldWrite:
        _ground.refuse("正在连接真正的企业微信，这里只能查询。要办事请本人在企业微信里说。")


def _shown(outcomes: list[Outcome]) -> dict[str, Any]:
    return {
        "replies": [
            {"text": one.reply, "files": [file.name for file in one.files]}
            for one in outcomes
            if one.reply or one.files
        ],
        "pushes": [
            {"to": tell.person or tell.account, "text": tell.text} for one in outcomes for tell in one.pushes
        ],
        "entries": [_entry(written) for one in outcomes for written in one.entries],
    }


def _entry(written: Written) -> dict[str, Any]:
    return {"archive": written.archive, "seq": written.seq, "kind": written.kind}

"""The steps in WeCom's console, in their order, and how we see that each is done (wecom §2)."""

from __future__ import annotations

import secrets
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot import brakes
from bot.channels.base import ChannelError
from bot.channels.wecom import Api, directory
from bot.commands import _env_file
from bot.messages import Parcel
from bot.parts import Bot
from domain.contacts import folded
from domain.seats import administrators
from storage import contacts, inbox, settings
from storage.db import Transaction
from storage.roster import RosterView

TESTED = "wecom.tested"
"""The setting that keeps when the test message was sent."""

TEST = "这是“写实”的测试消息。收到请随便回复一句话，例：收到。"
LETTERS = string.ascii_letters + string.digits
TOKEN_LENGTH, KEY_LENGTH, MOST_NAMES = 32, 43, 20

Check = Callable[[Bot], str | None]


@dataclass(frozen=True, slots=True)
class Step:
    """`how` is what to do in the console; `check` gives None when it is done, else what is missing."""

    title: str
    how: Callable[[Bot], Sequence[str]]
    check: Check


def make_keys(bot: Bot, path: Path) -> bool:
    """Write a new Token and AES key into the `.env` if both are missing; raises OSError."""
    if bot.settings.wecom.token or bot.settings.wecom.aes_key or not bot.settings.wecom.corp_id:
        return False
    token, key = (_random(length) for length in (TOKEN_LENGTH, KEY_LENGTH))
    _env_file.add(path, {"XIESHI_WECOM_TOKEN": token, "XIESHI_WECOM_AES_KEY": key})
    return True


def _random(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def _app_known(bot: Bot) -> str | None:
    own = bot.settings.wecom
    given = {"CORP_ID": own.corp_id, "AGENT_ID": own.agent_id, "SECRET": own.secret}
    missing = [f"XIESHI_WECOM_{name}" for name, value in given.items() if not value]
    return f".env 里还缺：{'、'.join(missing)}" if missing else None


def _url_verified(bot: Bot) -> str | None:
    with bot.database.reading() as tx:
        seen = settings.get(tx, settings.VERIFIED)
    return None if seen else "企业微信还没有来验证过网址。请确认 xieshi web 在运行，再在后台点“保存”"


def _ip_trusted(bot: Bot) -> str | None:
    return _asked(bot, _reached)


def _reached(api: Api) -> None:
    """Any call at all shows whether WeCom takes calls from here."""
    directory.visible_range(api)


def _everybody_visible(bot: Bot) -> str | None:
    return _asked(bot, lambda api: _outside(bot, api))


def _outside(bot: Bot, api: Api) -> str | None:
    seen = {folded(account) for account in directory.names(api)}
    with bot.database.reading() as tx:
        bound = contacts.bound(tx, bot.wecom.name)
        people = RosterView(tx).people([one.person for one in bound if one.account not in seen])
    names = [f"{one.name}（{one.id}）" for one in people.values()]
    if not names:
        return None
    more = f"等{len(names)}人" if len(names) > MOST_NAMES else ""
    return f"这些人不在应用的可见范围内：{'、'.join(names[:MOST_NAMES])}{more}"


def _test_answered(bot: Bot) -> str | None:
    """Send one test message, and later see whether an administrator wrote after it."""
    with bot.database.reading() as tx:
        known, tested = _administrators(tx, bot), settings.get(tx, TESTED)
        if tested and inbox.heard_since(tx, known, datetime.fromisoformat(tested)):
            return None
    if not known:
        return "名册里还没有绑定账号的管理员（党内职务写“管理员”）"
    accounts = sorted(known.values())
    asked = f"测试消息已发给{'、'.join(accounts)}，请在企业微信里回复任意一句话"
    return asked if tested else _asked(bot, lambda api: _send_test(bot, accounts) or asked)


def _send_test(bot: Bot, accounts: Sequence[str]) -> str | None:
    receipt = bot.wecom.send(accounts, Parcel("text", text=TEST))
    if receipt.unreachable:
        return f"这些账号收不到：{'、'.join(receipt.unreachable)}"
    with bot.database.transaction() as tx:
        settings.put(tx, TESTED, bot.clock.now().isoformat())
    return None


def _administrators(tx: Transaction, bot: Bot) -> dict[str, str]:
    people = administrators(RosterView(tx), bot.clock.now().date())
    return contacts.accounts_of(tx, bot.wecom.name, set(people))


def _asked(bot: Bot, ask: Callable[[Api], str | None]) -> str | None:
    """What a call to WeCom says, or its refusal in plain words."""
    if bot.wecom.api is None:
        return "先完成第1步"
    try:
        return ask(bot.wecom.api)
    except ChannelError as error:
        return brakes.explained(error)


def _create(bot: Bot) -> Sequence[str]:
    return (
        "登录 work.weixin.qq.com → 应用管理 → 自建 → 创建应用，名称“写实”，先选好可见范围。",
        "把“我的企业”最下面的企业ID、应用页面上的 AgentId 和 Secret 写进 .env：",
        "XIESHI_WECOM_CORP_ID=…  XIESHI_WECOM_AGENT_ID=…  XIESHI_WECOM_SECRET=…",
    )


def _receive(bot: Bot) -> Sequence[str]:
    own = bot.settings.wecom
    return (
        "先让 xieshi web 运行起来，再到应用页面 → 接收消息 → 设置API接收，填：",
        f"URL：{bot.settings.public_url}/wecom/callback",
        f"Token：{own.token or '（第1步完成后生成）'}",
        f"EncodingAESKey：{own.aes_key or '（第1步完成后生成）'}",
        "点“保存”。域名要有备案，备案单位与企业一致。再勾上“上报进入应用事件”。",
    )


def _trust(bot: Bot) -> Sequence[str]:
    return ("应用页面最下面 → 企业可信IP → 配置，加上本机的公网地址，约一分钟后生效。",)


def _range(bot: Bot) -> Sequence[str]:
    return (
        "应用页面 → 可见范围，选上全体有关人员所在的部门。",
        "“应用主页”请留空，否则用微信看消息的人只能看到开头六个字。",
    )


def _try(bot: Bot) -> Sequence[str]:
    return ("我给管理员发一条测试消息，请在手机上回复它。",)


STEPS = (
    Step("创建应用", _create, _app_known),
    Step("接收消息", _receive, _url_verified),
    Step("企业可信IP", _trust, _ip_trusted),
    Step("可见范围", _range, _everybody_visible),
    Step("测试消息", _try, _test_answered),
)

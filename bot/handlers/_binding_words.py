"""What strangers and those who let them in read; a stranger never learns whether a name is in the roster (R-292)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.engine.turn import Context
from bot.quoting import harmless, one_line
from domain.bindings import Request
from domain.contacts import Contact
from domain.people import Person

ASK_BOTH = "您好，我是“写实”小助手，还不认识您。\n请告诉我您的姓名和所在党支部，例：张伟 教工第一党支部"
ASK_NAME = "请再告诉我您的姓名，例：张伟"
ASK_BRANCH = "请再告诉我您所在的党支部，写全称，例：教工第一党支部"
NO_SUCH_BRANCH = "没找到这个支部。请写全称，例：教工第一党支部"
SENT = "收到。已请支部核对，核对好马上告诉您。姓名或支部写错了，重新发一次就行。"
WAITING = "您的申请已在支部核对，请再等一等。姓名或支部写错了，重新发一次就行，例：张伟 教工第一党支部"
TOO_OFTEN = "今天已经转达过三次了，请明天再试，或当面找支部书记。"
REFUSED = "支部没有认出您的申请。请核对姓名和支部后重新发，或当面找支部书记。"
NOBODY_ASKS = "现在没有待绑定的申请。"
NOT_IN_ROSTER = "名单里没有这个名字，不同意\n请先请办公室把他加进名单，再请他重新发一次。"
NOT_FOUND = "没找到这个申请，可能已经处理过了。看全部请回复“待绑定”。"
TAKEN = "这个账号已经绑定好了，不用再办。"


def shown(person: Person) -> str:
    """A person as told apart from others of the same name."""
    return " ".join(filter(None, (person.number, person.name, person.post)))


def claim(ctx: Context, request: Request) -> str:
    """What somebody says of himself, and what WeCom calls the account."""
    org = ctx.roster.org(request.org)
    named = ctx.facts.setting(f"wecom_name:{request.account}") or "未知"
    safe = harmless(one_line(named))[:30]
    return f"自称{request.name}，{org.name if org else request.org}；企业微信里的姓名：{safe}"


def push(ctx: Context, request: Request, candidates: Sequence[Person]) -> str:
    """The one message to whoever decides; its answer is words, because a push never sets what a digit means."""
    head = f"有人想绑定：{claim(ctx, request)}。"
    if not candidates:
        return f"{head}\n名单里没有叫这个名字的。请先核对，再回复“待绑定”处理。"
    lines = "\n".join(f"· {shown(one)}" for one in candidates)
    how = (
        f"是的话请回复“同意 {candidates[0].number}”" if len(candidates) == 1 else "是哪一位请回复“同意”加编号"
    )
    return f"{head}\n名单里有：\n{lines}\n{how}；都不是请回复“待绑定”。"


def offer(n: int, person: Person, old: Sequence[Contact]) -> str:
    """One numbered line of 待绑定; an account which would be replaced is named."""
    replaced = f"（已有账号{'、'.join(one.shown for one in old)}，同意后换成新的）" if old else ""
    return f"{n} 同意，是{shown(person)}{replaced}"


def welcome(person: Person) -> str:
    """To the newcomer, once bound."""
    return (
        f"{person.name}同志，您好！绑定已办好。"
        "现在可以直接说要办的事，例：作承诺、写实、我的承诺。回复“帮助”看我能做什么。"
    )

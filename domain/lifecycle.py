"""What may become of a member, as one table: 转正, 毕业, 去世, 年老体弱 … (R-012, R-016 to R-018, R-356); pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from domain import turnover
from domain.people import Bonds, Person
from domain.turnover import Turnover

Kind = Literal["leaves", "political", "tag", "untag"]


@dataclass(frozen=True, slots=True)
class Event:
    """`word` is how people say it, `others` what else means it; `value` is what the roster sheet would say.

    `act` is the row of the table of authority; `silent` events are not told to the person.
    """

    word: str
    kind: Kind
    value: str
    others: tuple[str, ...] = ()
    act: str = "change"
    silent: bool = False


EVENTS = (
    Event("转正", "political", "中共党员", ("预备期满转正", "按期转正")),
    Event("毕业", "leaves", "毕业"),
    Event("离校", "leaves", "转出", ("离职", "辞职", "调离")),
    Event("调走", "leaves", "转出", ("转出学校", "转到外校", "调往外校")),
    Event("去世", "leaves", "去世", ("逝世", "病逝", "病故"), silent=True),
    Event("除名", "leaves", "除名", ("开除党籍", "出党"), act="expel"),
    Event("不再年老体弱", "untag", "年老体弱", ("取消年老体弱",)),
    Event("不再流动", "untag", "流动", ("取消流动", "流动结束")),
    Event("退休", "tag", "离退休", ("离退休", "离休")),
    Event("年老体弱", "tag", "年老体弱"),
    Event("流动党员", "tag", "流动", ("流动", "外出流动")),
    Event("担任领导职务", "tag", "担任领导职务"),
    Event("不再担任领导职务", "untag", "担任领导职务"),
)
PROBATIONARY = "预备党员"


def event(word: str) -> Event | None:
    """The event that a word names."""
    return next((one for one in EVENTS if word in (one.word, *one.others)), None)


def needless(person: Person, what: Event) -> str:
    """Why nothing would change; empty where something does."""
    if what.kind == "political" and person.political != PROBATIONARY:
        return f"{person.name}的政治面貌是{person.political}，只有预备党员才转正。"
    if what.kind == "tag" and what.value in person.categories:
        return f"{person.name}已经登记为{what.value}了。"
    if what.kind == "untag" and what.value not in person.categories:
        return f"{person.name}没有登记为{what.value}。"
    return ""


def happened(person: Person, bonds: Bonds, what: Event, day: date) -> Turnover:
    """The person once it has happened; who leaves is bound to nothing from `day` on."""
    if what.kind == "leaves":
        return turnover.gone(person, what.value, bonds, day)
    if what.kind == "political":
        return turnover.turned(person, replace(person, political=what.value), bonds)
    kept = tuple(one for one in person.categories if one != what.value)
    tags = (*kept, what.value) if what.kind == "tag" else kept
    return turnover.turned(person, replace(person, categories=tags), bonds)

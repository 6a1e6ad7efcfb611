"""People of the speaker's reach wherever a sentence names them: in full, by title, or as somebody who only sounds so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.understanding import spellings
from bot.understanding.names import Found, Names
from domain.people import Person

_LENGTHS = (4, 3, 2)
_TITLE = (
    "(?:老师|副?书记|同志|同学|副?教授|副?主任|副?院长|副?处长|副?科长|副?校长|副?部长|所长|博士|导(?=[,:\\s带])|工(?![作资程会人友])"
    "|总(?![共是结体支]))(?:同志|老师)?"
)
_TITLED = re.compile(_TITLE)
_BOUNDARY = re.compile(
    r"(?:^|[\s,.;:!?、—-]|点评了?|看了?|望|找了?|跟|和|与|对|给|听了?|同|夸|的|是|现场|今天|昨天|刚才|刚|上午|下午|[下把查调催醒叫让])$"
)
# Only what may be a surname is tried by sound: 高原 for 高远, but not 送家 for 宋佳.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶"
    "黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤章樊裴季甄殷庞祁卞岳梅童颜柯翁荆骆宁关柳鲁葛俞虞霍焦温耿康齐施洪伍涂翟艾游阎兰辛管祝左纪牛包芦尤"
)
_SEARCHED = 200


def mentions(names: Names, plain: str) -> tuple[Found, ...]:
    """Everybody within reach whom some words name, in their order; by sound only if nobody is named otherwise."""
    words = plain[:_SEARCHED]
    found = tuple(_apart(_written(names, words)))
    return found or tuple(_apart(_sounding(names, words)))


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    """Those that do not overlap an earlier one."""
    end = 0
    for one in found:
        if one.span[0] >= end:
            end = one.span[1]
            yield one


def _written(names: Names, words: str) -> Iterator[Found]:
    full, given, surnames = _forms(names.near)
    for start in range(len(words)):
        length = next((n for n in _LENGTHS if words[start : start + n] in full), 0)
        if length:
            yield _named(words, start, length, full[words[start : start + length]])
        elif words[start] in surnames and (title := _TITLED.match(words, start + 1)):
            found = names.known(words[start : title.end()])
            if found:
                yield found.moved(start)
        elif words[start : start + 2] in given and (title := _TITLED.match(words, start + 2)):
            yield Found(given[words[start : start + 2]], (start, title.end()))
        elif words[start] in "小老" and words[start + 1 : start + 2] in surnames and _begins(words, start):
            found = names.known(words[start : start + 2])
            if found:
                yield found.moved(start)


def _named(words: str, start: int, length: int, people: tuple[Person, ...]) -> Found:
    title = _TITLED.match(words, start + length)
    return Found(people, (start, title.end() if title else start + length))


Forms = dict[str, tuple[Person, ...]]


def _forms(people: Iterable[Person]) -> tuple[Forms, Forms, set[str]]:
    """People by full name and by given name of two characters, and all surnames."""
    full: Forms = {}
    given: Forms = {}
    for one in people:
        full[one.name] = (*full.get(one.name, ()), one)
        if len(one.name) == 3:
            given[one.name[1:]] = (*given.get(one.name[1:], ()), one)
    return full, given, {name[0] for name in full if name}


def _sounding(names: Names, words: str) -> Iterator[Found]:
    may_be = list(_that_may_sound(words))
    if not may_be or names.is_wide:
        return
    heard: Forms = {}
    for one in names.sounding({words[start:end] for start, end in may_be}):
        heard[spellings.sound(one.name)] = (*heard.get(spellings.sound(one.name), ()), one)
    for start, end in may_be:
        people = heard.get(spellings.sound(words[start:end]))
        if people:
            yield _named(words, start, end - start, people)


def _that_may_sound(words: str) -> Iterator[tuple[int, int]]:
    """Where a surname begins what may be a name, the longer before the shorter."""
    for start in range(len(words)):
        for length in _LENGTHS if words[start] in _SURNAMES else ():
            end = start + length
            if end <= len(words) and (_TITLED.match(words, end) or _begins(words, start)):
                yield start, end


def _begins(words: str, start: int) -> bool:
    return bool(_BOUNDARY.search(words[max(0, start - 4) : start]))

"""Callbacks that no honest platform would send, made from good ones by a seeded hand."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from sandbox import plain
from tests import cast
from tests.sealed import AGENT, CORP, envelope

PEOPLE = [account for account in cast.ACCOUNT.values() if account] + ["nobody", "LiFang", "sys", "x" * 80, ""]
WORDS = (
    *("写实", "作承诺", "我要承诺：9月底前给大三学生讲3次论文写作", "点评张伟：认真；不足是慢；下一步快些"),
    *(
        "谁没交",
        "催一下",
        "催 1 3",
        "免 许峰 住院",
        "台账 张伟",
        "待签",
        "签 0154-1",
        "退 0154-1 太空",
        "公开",
    ),
    *("我的", "帮助", "名单", "未绑定", "还欠谁", "稍后提醒", "停发", "恢复发送", "开始", "我的点评", "回应"),
    *(
        "确认",
        "确认 两周内整改",
        "取消",
        "返回",
        "跳过",
        "继续",
        "撤回",
        "改2 7月15日",
        "改99 x",
        "好的",
        "没有",
        "无",
    ),
    *(
        "签字",
        "全签",
        "0",
        "1",
        "２",
        "三",
        "99999999999999999999",
        "听课两次",
        "1 听课；2 已完成",
        "按计划推进",
    ),
    *(
        "2026年13月45日前",
        "去年",
        "<a href='x'>点</a>",
        "]]>",
        "A&B<3 {{7*7}} =1+1 䶮😀",
        "张伟" * 700,
        "\u202e",
        "",
    ),
)
KINDS = ("text", "image", "voice", "video", "file", "location", "link", "event", "hologram", "")
EVENTS = ("click", "enter_agent", "subscribe", "view", "template_card_event", "change_contact", "what", "")
FIELDS = (
    "ToUserName",
    "FromUserName",
    "CreateTime",
    "MsgType",
    "Content",
    "MsgId",
    "AgentID",
    "Event",
    "EventKey",
)
ODD = (
    "",
    "-1",
    "9" * 40,
    "NaN",
    "0x10",
    "<b/>",
    "&amp;",
    "&bogus;",
    "\x00",
    "\ud7ff",
    "]]>",
    "é" * 3000,
    "٣",
    " ",
)
Query = dict[str, str]


@dataclass
class Hand:
    """Makes one case after the other; the same seed makes the same cases."""

    dice: random.Random
    made: int = 0

    def case(self) -> tuple[Query, bytes]:
        """Query and body of one callback."""
        self.made += 1
        ways: tuple[Callable[[], tuple[Query, bytes]], ...] = (
            self._strange_words, self._strange_words, self._strange_xml, self._strange_xml, self._strange_body,
            self._strange_query,
        )  # fmt: skip
        return self.dice.choice(ways)()

    def _xml(self) -> str:
        dice, kind = self.dice, self.dice.choice(KINDS) if self.dice.random() < 0.3 else "text"
        body: list[tuple[str, object]] = [("Content", dice.choice(WORDS))]
        if kind == "event":
            body = [("Event", dice.choice(EVENTS)), ("EventKey", dice.choice(WORDS))]
        elif kind != "text":
            body = [("MediaId", dice.choice(("m1", "m2", ""))), ("Label", "实验楼"), ("Title", "标题")]
        moment = 1782350000 + self.made
        return plain.message(CORP, dice.choice(PEOPLE), moment, kind, body, str(10**15 + self.made), AGENT)

    def _strange_words(self) -> tuple[Query, bytes]:
        """Well-formed, from people whose talk makes no sense."""
        return envelope(self._xml())

    def _strange_xml(self) -> tuple[Query, bytes]:
        """Genuinely sealed, but what is inside is broken."""
        xml = self._xml()
        for _ in range(self.dice.randint(1, 4)):
            xml = self.dice.choice(
                (self._cut, self._other_field, self._lost_field, self._doubled, self._noise)
            )(xml)
        return envelope(xml.encode("utf-8", "replace").decode())

    def _cut(self, xml: str) -> str:
        return xml[: self.dice.randint(0, len(xml))]

    def _noise(self, xml: str) -> str:
        at = self.dice.randint(0, len(xml))
        return (
            xml[:at]
            + self.dice.choice((*ODD, chr(self.dice.randint(1, 0xD7FF))))
            + xml[at + self.dice.randint(0, 3) :]
        )

    def _other_field(self, xml: str) -> str:
        name = self.dice.choice(FIELDS)
        head, _, rest = xml.partition(f"<{name}>")
        _, end, tail = rest.partition(f"</{name}>")
        return f"{head}<{name}>{self.dice.choice(ODD)}{end}{tail}" if end else xml

    def _lost_field(self, xml: str) -> str:
        name = self.dice.choice(FIELDS)
        return xml.replace(f"<{name}>", "").replace(f"</{name}>", "")

    def _doubled(self, xml: str) -> str:
        at, end = sorted(self.dice.choices(range(len(xml) + 1), k=2))
        return xml[:end] + xml[at:end] * self.dice.randint(1, 3) + xml[end:]

    def _strange_body(self) -> tuple[Query, bytes]:
        """Bytes damaged on the way."""
        query, body = envelope(self._xml())
        damaged = bytearray(body)
        for _ in range(self.dice.randint(1, 8)):
            if damaged:
                damaged[self.dice.randrange(len(damaged))] = self.dice.randrange(256)
        keep = len(damaged) if self.dice.random() < 0.7 else self.dice.randint(0, len(damaged))
        return query, bytes(damaged[:keep])

    def _strange_query(self) -> tuple[Query, bytes]:
        """Parameters lost, changed or made up."""
        query, body = envelope(self._xml())
        name = self.dice.choice((*query, "echostr", "x"))
        if self.dice.random() < 0.3:
            query.pop(name, None)
        else:
            query[name] = self.dice.choice((*ODD, query.get(name, "") + "0", query.get(name, "")[:-1]))
        return query, body

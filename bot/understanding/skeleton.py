"""Questions about a status, with period, organisation and little words taken out before they are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.understanding.places import place_in
from bot.understanding.rules import Fields
from bot.understanding.said import Said

_FILLERS = re.compile(
    r"[\s,.:!?、。~…]|我们|咱们?|大家|目前|现在|到底|究竟|一共|总共|情况|看一?下|看看|查一?下|查查|查看|查询|看|查|问一?下|一下|请|谢谢您?|帮我|想知道|知道"
    r"|[的了呢吗吧啊呀呐哈还都也再又]"
)
_SAME = (
    (re.compile("没有"), "没"),
    (re.compile("未(?!绑)"), "没"),
    (
        re.compile(
            "有(?:谁|哪些人?|哪几[个位]人?|几个人?|多少人?)|哪些(?:同志|人|党员)?|哪几[个位](?:同志|人|党员)?|哪[位个](?:同志|人|党员)?|(?:几|多少)[个位]?(?:同志|人|党员)|什么人|是谁|谁谁|名单|人员"
        ),
        "谁",
    ),
    (re.compile("上交|提交|递交|缴|上报|填报|填写|完成|做完|报"), "交"),
    (re.compile("自我写实|月写实|写实鉴定|写实材料|写实"), "写实"),
)
_DUTIES: Mapping[str, str] = {
    "写实": "K-05",
    "承诺": "K-01",
    "承诺书": "K-01",
    "点评": "K-08",
    "鉴定": "K-05",
}
_WHO = "(?:谁)?"
_MISSING = re.compile(
    r"谁没(?:交|写|填|做|作)?(?P<a>写实|承诺书?|鉴定)?|谁(?P<b>写实|承诺书?|鉴定)没(?:交|写|填|做|作)|(?P<c>写实|承诺书?|鉴定)?谁没(?:交|写|填|做|作)"
    r"|没(?:交|写|填|做|作)(?P<d>写实|承诺书?|鉴定)?(?:人|同志|党员)?谁?|(?P<e>写实|承诺书?)?(?:交|写)(?:齐|全)(?:没|没没)?|(?P<f>写实|承诺书?)?(?:交|收)?(?:齐|全)没"
    r"|(?:没|谁没|谁没被|没被|没作|谁没作)(?P<g>点评)(?:过)?(?:人|同志|党员)?谁?|(?:欠|差|缺)谁(?:没交)?(?P<h>写实|承诺书?)|谁(?:欠|差|缺)(?:交)?(?P<i>写实|承诺书?)|(?P<j>点评)谁没(?:做|交|作)?"
    r"|(?P<k>写实|承诺书?)?(?:交|收)谁|(?P<l>写实|承诺书?)没交"
)
_COVERAGE = re.compile(
    "点评(?:覆盖率?|率|进度|比例|进展|面|做得?怎么样|怎么样|做多少|多少|交率|交|谁|到哪一?步|百分之多少)|(?:覆盖率|点评覆盖)|点评(?:覆盖)(?:面|率|多少|怎么样)*|谁点评(?:过)?"
)
_OVERDUE = re.compile(
    "(?:逾期|超期|过期)(?:没)?(?:交)?(?:承诺)?(?:事项)?(?:谁|什么|件)?|(?:谁)?(?:承诺)?(?:逾期|超期|过期)(?:没)?(?:交)?(?:承诺)?"
)
_FORMS = {"missing": _MISSING, "coverage": _COVERAGE, "overdue": _OVERDUE}


def asked(said: Said, form: str) -> Fields | None:
    """Duty, period and organisation of a question that has this form and nothing else in it."""
    place = place_in(said, said.plain)
    bare = _bare(said, place.span if place else (0, 0))
    match = _FORMS[form].fullmatch(bare)
    if match is None:
        return None
    thing = next((word for word in match.groupdict().values() if word), "")
    fields = {
        "period": said.period.period.label if said.period else None,
        "org": place.value if place else None,
    }
    return {**fields, "duty": _DUTIES.get(thing)} if form == "missing" else fields


def _bare(said: Said, place: tuple[int, int]) -> str:
    gone = [place, *([said.period.span] if said.period else [])]
    kept = "".join(
        letter for n, letter in enumerate(said.plain) if not any(start <= n < end for start, end in gone)
    )
    for pattern, word in _SAME:
        kept = pattern.sub(word, kept)
    return _FILLERS.sub("", kept)

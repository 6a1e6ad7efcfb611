"""What is left of a question when period, organisation and little words are taken out, and like words made one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.understanding.spans import Span, without

_LONGEST = 60
_SAME = (
    (re.compile("没有|未(?!绑)|没能|没得"), "没"),
    (
        re.compile(
            "是?谁谁?|什么人|(?:还)?(?:有|剩|是)?(?:哪些|哪几[个位名]|哪[位个]|几[个位名]?|多少[个位名]?)(?:同志|党员|人|老师)|有(?:谁|哪些"
            "|哪几[个位]|多少[个位]?|几[个位])|哪[几些]?[个位些](?!月)|几[个位名](?![月年周])|有没有(?:人|谁)|(?:还)?(?:有)?(?:哪些|哪几个|哪个"
            "|多少个?|几个)(?:单位|支部|总支|组织)|有人|名单|人员|人名"
        ),
        "谁",
    ),
    (re.compile("上交|提交|递交|缴|上报|填报|填写|交上来|报上来|弄|完成|搞|报(?!刊)"), "交"),
    (re.compile("(?:自我|个人|每月|月度)?写实(?:鉴定|材料|情况|记录)?|自我鉴定|自评"), "写实"),
    (re.compile("(?:公开|年度|个人|即时)*承诺(?:书|事项)?"), "承诺"),
    (re.compile("是多少|有多少|多少|怎么样|怎样|如何|咋样|进展|进度"), "多少"),
)
_FILLERS = re.compile(
    r"[\s,.:!?、。~…'\"“”()]|我们|咱们?|大家|目前|现在|到底|究竟|一共|总共|情况|看一?[看下]|查一?[查下]|查看|查询|看|查|问一?[问下]|一下|请"
    r"|谢谢[您你]?|想知道|知道|列一?[列下]|告诉我|给我|已经|截止|截至|为止|今天|昨天|党员|同志|老师们?|下面|各(?:个)?(?:党?支部|单位|总支)|全校|全院"
    r"|所有(?:党?支部|单位)|剩(?:下|余)?|来着|在哪儿?里?|自己|一哈|(?<![0-9])[0-9]{1,2}月?(?:[、和到至]|以及)"
    r"|过(?!期)|[的了呢吗吧啊呀呐哈嘛呗哦得还都也再又是被把]"
)


def bones(plain: str, gone: Iterable[Span]) -> str:
    """The bones of a question: 二支部10月还有哪些人没有交写实呢 is 谁没交写实. Long messages have none."""
    if len(plain) > _LONGEST:
        return "…"
    kept = without(plain, gone)
    for pattern, word in _SAME:
        kept = pattern.sub(word, kept)
    return _FILLERS.sub("", kept)

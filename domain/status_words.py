"""The words by which people say how a promised thing stands (R-220), as expressions over half-width text."""

import re
from typing import Literal

Status = Literal["not_started", "ongoing", "done", "difficult", "none"]

_DID = "(?:完成|办结|做完|办完|兑现)"
_COUNT = r"[0-9一二两三四五六七八九十几]"
_IN_PART = (
    "(?:一半|大半|多半|一多半|一?部分|大部分|过半|近半|将近|差不多|约|百分之(?!百)"
    rf"|(?!100%)[0-9.]+\s?%|{_COUNT}成|三分之|[0-9]+/[0-9]+)"
)
_NOT_YET = "(?:没有?|未|尚未|不能|无法|没能|还?差|待|尚待|即将|计划|准备|预计|争取)"
_AHEAD = f"(?:将|拟|计划|准备|预计|争取|力争|打算|下[周月个学季]|[月年]底|{_COUNT}[月日号]|之?前)"
_BEGINNINGS = "前期|初|准备|方案|筹备|调研|部分|阶段"

# The first word of an answer, when a pause follows it: 推进中：完成两次座谈.
LEADING: tuple[tuple[Status, str], ...] = (
    ("done", f"(?:现|均|都|全部)?已?经?(?:全部|如期|按时|提前|圆满)?{_DID}了?"),
    ("ongoing", "(?:正在)?(?:推进中|进行中|推进|进行)|正在(?:做|办)"),
    ("not_started", "未启动|没启动|没动|未开始|还没开始|没开始|尚未启动"),
    ("difficult", "有(?:些|点)?困难|遇到困难|困难"),
    ("none", "本月无进展|无进展|没有进展|没进展|暂无进展"),
)
LEADING_WORD = re.compile(
    "(?:状态[是为:]*)?(?:"
    + "|".join(f"(?P<{code}>{words})" for code, words in LEADING)
    + r")(?:[\s,:;。.!、-]+|$)"
)

NOTHING = re.compile(
    "(?:这个月|本月)?(?:还|也|都|暂时?)?(?:没什么|没啥|没有|没|无新|无)(?:新的?|任何)?(?:进展|变化|动静)?了?"
)
NOT_STARTED = re.compile(
    "[没未]动|(?:未|没有?|没能)(?:启动|开始|开展|着手|实施)|还没有?(?:做|弄|办)(?![完好])"
    "|^(?:这个月|本月)?(?:都|也|暂时?)?没有?(?:做|弄|办|搞)(?:呢|了)?$"
)
DIFFICULT = re.compile(
    # 困难学生 are people who are helped, and 没有困难 is none.
    "(?<!没)有(?:一?些|一?点|较大|很大|不少)?(?:困难|难度|阻力)(?![学职党群家户生师补])"
    "|遇到.{0,6}(?:困难|问题|阻力)(?![已都])|卡[住在]|推(?:进)?不动|受阻|停滞|搁置|没法|进行不下去"
    "|缺[少乏]?(?:经费|人手|设备|场地|资金)|(?:经费|人手|场地)(?:不足|不够|没有|没到位)"
)
DONE = re.compile(
    rf"{_DID}[了啦]?(?=\W|$)|(?:落实到位|完毕)[了啦]?(?=\W|$)"
    rf"|(?:已经?|均已|都|全部)(?:全部|如期|按时|提前|圆满|顺利)*(?:{_DID}|结束)了?(?!{_BEGINNINGS}|了?\s?{_COUNT})"
    rf"|完成了(?!{_BEGINNINGS}|\s?{_COUNT})|完成率?100%|圆满结束|已结[题项]"
)
UNDONE = re.compile(
    rf"{_NOT_YET}(?:能|全部?|按时|如期|完全|月底|年底)*{_DID}|{_AHEAD}[^,;。已]{{0,8}}{_DID}(?!了)"
    rf"|{_DID}了?{_IN_PART}|(?:基本|大部分|部分|快要?|接近|差不多|初步|阶段性)上?{_DID}"
)

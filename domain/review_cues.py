"""The words by which a leader shows what a clause is about: praise, gap, direction or grade (R-119)."""

import re
from typing import Literal

Part = Literal["merits", "gaps", "directions"]
Grade = Literal["excellent", "good", "fair", "poor"]

_GRADES: dict[str, Grade] = {
    "优秀": "excellent", "优": "excellent", "良好": "good", "良": "good", "一般": "fair", "差": "poor", "较差": "poor",
}  # fmt: skip

_NUMBERED = r"(?:[0-9一二三四五]{1,2}[.、)]\s*)?[\[【(]?"
_ENDED = (
    r"(?:[\]】)]\s*:*\s*|\s*(?:主要|还|的)?(?:是|在于|有|为)?\s*:+\s*|(?:主要|还|的)?(?:是|在于)\s*|\s+|$)"
)

_MERIT = re.compile(
    rf"{_NUMBERED}(?:主要|突出)?(?:成绩|优点|长处|亮点|(?:取得的?)?成效|值得肯定的?|肯定|做得好的?)(?:地方|方面)?{_ENDED}"
)
_GAP = re.compile(
    rf"{_NUMBERED}(?:主要|突出|还?存在的?|还有的?|最大的?)*"
    rf"(?:不足(?:之处)?|问题(?:和不足)?|短板|缺点|差距|欠缺|需要?改进的?)(?:地方|方面)?{_ENDED}|美中不足的?(?:是)?[:\s]*"
)
_TURN = re.compile(r"(?:(?:但是?|不过|然而|只是)[:\s]*)++")
_DIRECTION = re.compile(
    rf"{_NUMBERED}(?:(?:意见和?建议|努力方向|改进方向|整改方向|方向|建议|希望|下一步(?:工作|打算|计划|安排)?){_ENDED}|下一步|建议(?!被)|希望)[:\s]*"
)

_LEADS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("merits", _MERIT),
    ("gaps", _GAP),
    ("directions", _DIRECTION),
)

# Words of time and 要, 请 belong to what is asked and stay with it.
_DIRECTION_START = re.compile(
    r"今后|以后|下(?:个?季度|个?学期|半年|个?月|阶段)|请(?!假)|望|继续保持|继续努力|再接再厉|务必|尽快|抓紧|力争|争取(?!到)|应当?(?!急|届|用|邀)|须"
)
_WANTED = re.compile(
    r"^[^要]{0,8}(?<![主重需必摘纪只首扼紧概提想])要(?![求点闻素件事是])|需要?(?!改进的|求)|(?:必须|务必)"
)
_AFTER_GAP = re.compile(
    "按|把|将|做到|保证|确保|加强|加快|加大|落实|完善"
    "|补齐|补上|改进|提高|提升|多|再|保持|坚持|注意|注重|及时|严格|进一步|抓好|规范|强化|做好|尽量|月底|[下本]周|[^,;]{1,8}前|[0-9一二三两]+[周天月]"
)
_LACKING = re.compile(
    "不够|不足|欠缺|欠佳|缺勤|缺席|偏[慢少弱笼低晚粗软]|不及时|不到位|不规范|不全|不细|不严|不实|不稳|滞后|有待|薄弱|迟到|早退|拖拉|拖延|较少|较慢|太少|过少|漏[报交记填]"
    "|迟[报交]|笼统|存在|请假|落后|差距|还不|抓得不|不主动|不积极|不理想|没有?(?:挂|做|交|填|报|记|写|到|贴|按|落实|坚持|参加)|差$|过期|损坏|脏乱|需要?改进"
)
_OVERCOME = re.compile(
    r"克服|解决|弥补|补齐|改正|不足为|存在感|(?:没有?|无|从不|从未|未|零)(?:发生|出现|有过)?(?:缺勤|缺席|迟到|早退|请假|漏)"
)
_NO_GAP = re.compile(
    "(?:目前|暂时?|也|都)*(?:没有?(?:发现)?|无|未发现|未见)(?:什么|啥|明显|突出|大|较大|的)*(?:不足(?:之处)?|问题|缺点|短板)?|暂无"
)
_GRADE = re.compile(
    r"(?:等次|等级|评价等次|综合评价|评定)\s*[:是为]*\s*(?:优秀|良好|一般|较?差|优|良)|(?:拟|可)?评(?:为|定为)?(?:优秀|良好|一般|较差|差)(?:等次)?"
)
_BARE_GRADE = re.compile("(?:优秀|良好|一般|较?差)")
_GRADE_WORD = re.compile("优秀|良好|一般|较?差|优|良")

CLAUSE_END = re.compile(
    r"[,;!?\n。]+"
    r"|(?<=[^,;!?\n。])(?=(?<!不)但是?(?![凡愿])|下一步|(?<![的在中要])不足(?:之处)?(?:是|在于)|(?<![不的在要])问题(?:是|在于))"
)


def lead(clause: str, state: Part | None) -> tuple[Part, int]:
    """The part a half-width clause belongs to, given that of the one before, and the length of its cue."""
    for part, pattern in _LEADS:
        if match := pattern.match(clause):
            return part, match.end()
    if match := _TURN.match(clause):
        turned, more = lead(clause[match.end() :], "gaps")
        return turned, match.end() + more
    return _by_content(clause, state), 0


def says_no_gap(words: str) -> bool:
    """Whether the words say that there is nothing wanting (无, 没有明显不足)."""
    return bool(words) and _NO_GAP.fullmatch(words) is not None


def names_gap(words: str) -> bool:
    """Whether some words tell of something wanting, by their content."""
    return bool(_LACKING.search(words)) and not _OVERCOME.search(words)


def grade_in(clause: str, is_last: bool) -> Grade | None:
    """The grade a whole clause names: after 等次 or 评 anywhere, as a bare word only at the end of the text."""
    if not _GRADE.fullmatch(clause) and not (is_last and _BARE_GRADE.fullmatch(clause)):
        return None
    word = _GRADE_WORD.search(clause)
    return _GRADES[word[0]] if word else None


def _by_content(clause: str, state: Part | None) -> Part:
    if says_no_gap(clause):
        return "gaps"
    if state == "directions" or _DIRECTION_START.match(clause) or _WANTED.search(clause):
        return "directions"
    if state == "gaps" and _AFTER_GAP.match(clause):
        return "directions"
    if names_gap(clause):
        return "gaps"
    return state or "merits"

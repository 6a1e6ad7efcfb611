"""Judges whether a promise can be checked afterwards (R-064), and takes the date out of its goal."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from domain.dates import find_dates
from domain.intake import halfwidth

SHORTEST = 8
COLLEAGUES_ALIKE = 2

DEFAULT_SLOGANS = (
    "全心全意为人民服务", "全心全意为师生服务", "全心全意", "为人民服务", "为师生服务", "服务师生", "努力工作", "认真工作", "积极工作", "勤奋工作",
    "扎实工作", "争创一流", "创先争优", "争先创优", "再接再厉", "更上一层楼", "再上新台阶", "尽职尽责", "恪尽职守", "兢兢业业", "任劳任怨", "爱岗敬业",
    "无私奉献", "发挥模范带头作用", "发挥先锋模范作用", "先锋模范作用", "模范带头作用", "起带头作用", "以身作则", "严于律己", "严格要求自己",
    "求真务实", "开拓创新", "锐意进取", "奋发有为", "真抓实干", "团结协作", "团结同志", "勇于担当", "不忘初心", "牢记使命", "立德树人",
    "教书育人", "为党争光", "为学校发展做贡献", "做出贡献", "作出贡献", "多做贡献", "加强学习", "努力学习", "认真学习", "提高思想觉悟", "提高自身素质",
    "提高政治站位", "增强四个意识", "坚定四个自信", "做到两个维护", "圆满完成各项任务", "完成各项任务", "完成上级交办的任务", "做好本职工作", "履职尽责",
    "高标准严要求", "脚踏实地", "与时俱进", "攻坚克难",
)  # fmt: skip

_GLUE = (
    "我|本人|承诺|保证|一定|要|将|会|并|和|与|及|的|地|得|了|在|为|做|做好|做到|干好|切实|认真|积极|努力|进一步|不断|大力|始终|坚持|继续|充分|时刻|尽快|尽早|"
    "及时|早日|适时|逐步|长期|今年|新的一年|一年来|工作中|工作|本职|岗位|各项|各方面|方面|任务|同时|以|用|向|把|更加|更|好|党员|作为|一名|共产党员|共同"
)
_GLUED = re.compile("|".join(sorted(_GLUE.split("|"), key=len, reverse=True)))
_SILENT = re.compile(r"[\W_]+")

_NUMERAL = "[一二两三四五六七八九十百千万几]"
_UNITS = "个名次人件场篇项位门份期户组条堂遍支批课时学小分天周月间台套本部例家对页字栋轮处册届班版节辆幅首款只校所处"
_IDIOMS = re.compile(
    "四个意识|四个自信|两个维护|两个确立|五带头|五个带头|五个好|三会一课|三严三实|两学一做|一岗双责|八项规定|三全育人|五育并举|双一流|争创一流|一流"
    "|十[四五]五|二十[大届]|三中全会|一带一路|一件件|一个个|一心一意|第一[线时]?|做(?:好)?一[名个位]|成为一[名个位]|当好?一[名个位]|作为一[名个位]|新的一年|一年来"
)
_MEASURE = re.compile(
    rf"[0-9]{{1,9}}(?:\.[0-9]{{1,9}})?\s?[%\u4e00-\u9fff]|{_NUMERAL}{{1,6}}\s?[{_UNITS}]"
    r"|百分之|翻[番倍]|一半|每(?!况|当)[\u4e00-\u9fff0-9]"
    r"|全部|所有|逐[一个人项户班条件]|全体|全员|全覆盖|人人|[双隔]周|零(?:事故|投诉|违规|违纪|差错|缺勤|拖欠)"
)
_BEFORE_DATE = re.compile(
    r"(?:计划|争取|力争|确保|保证|务必|预计)?(?:完成)?(?:时限|期限|时间)?[是为::]?(?:最[迟晚]|截止到?|截至|限|在|于|到|至)?\s*$"
)
_AFTER_DATE = re.compile(
    r"\s*(?:之前|以前|前|之内|以内|内|为止|止)?\s*(?:(?:全部|全面)?(?:完成|做完|办完|办结|到位)(?=[\W]|$))?"
)
_STOPS = ",.;:!?、，。；：！？"


def flags(
    text: str,
    due: date | None,
    earlier: Sequence[str],
    colleagues: Sequence[str],
    slogans: Sequence[str],
    today: date,
) -> tuple[str, ...]:
    """What makes a promise vague: slogan, no_date, no_measure, copied, too_short, in this order (R-064).

    Of `earlier`, the person's own former texts, one alike makes a copy; of the colleagues' it takes two.
    """
    found = {
        "slogan": _is_slogan(text, slogans),
        "no_date": due is None,
        "no_measure": not has_measure(text, today),
        "copied": _is_copied(text, earlier, colleagues),
        "too_short": len(_SILENT.sub("", text)) < SHORTEST,
    }
    return tuple(code for code, holds in found.items() if holds)


def has_measure(text: str, today: date) -> bool:
    """Whether the text, its dates left out, names a number with its object, or 每人, 全部, 逐一 and the like."""
    return bool(_MEASURE.search(_IDIOMS.sub(" ", _without_dates(halfwidth(text), today))))


def goal_without_date(text: str, span: tuple[int, int]) -> str:
    """The goal's own words without the date at the span and the little words around it; may be empty."""
    start, end = span
    head, tail = text[:start], text[end:]
    if start < end:
        head = head[: _start_of_glue(halfwidth(head))]
        glue = _AFTER_DATE.match(halfwidth(tail))
        tail = tail[glue.end() :] if glue else tail
    return _tidy(head, tail)


def _start_of_glue(head: str) -> int:
    glue = _BEFORE_DATE.search(head)
    return glue.start() if glue else len(head)


def _tidy(head: str, tail: str) -> str:
    head, tail = head.rstrip(), tail.lstrip()
    if head.endswith(("(", "（")) and tail.startswith((")", "）")):
        head, tail = head[:-1], tail[1:]
    if not head or head[-1] in _STOPS:
        tail = tail.lstrip(_STOPS + " \n")
    return (head + tail).strip(_STOPS + " \n")


def _without_dates(plain: str, today: date) -> str:
    for reading in reversed(find_dates(plain, today)):
        plain = plain[: reading.span[0]] + " " + plain[reading.span[1] :]
    return plain


def _is_slogan(text: str, slogans: Sequence[str]) -> bool:
    """Whether slogans and the little words between them are all there is."""
    rest = _SILENT.sub("", text)
    without = _any_of(tuple(slogans)).sub("", rest)
    return without != rest and len(_GLUED.sub("", without)) <= 1


@lru_cache(maxsize=16)
def _any_of(slogans: tuple[str, ...]) -> re.Pattern[str]:
    """Any of a school's slogans, the longest first."""
    plain = (_SILENT.sub("", slogan) for slogan in slogans)
    return re.compile("|".join(sorted(filter(None, plain), key=len, reverse=True)) or "(?!)")


def _is_copied(text: str, earlier: Sequence[str], colleagues: Sequence[str]) -> bool:
    own = _comparable(text)
    if not own:
        return False
    alike = sum(_comparable(other) == own for other in colleagues)
    return alike >= COLLEAGUES_ALIKE or any(_comparable(other) == own for other in earlier)


# The promises of a branch are compared with each new one of its members.
@lru_cache(maxsize=4096)
def _comparable(text: str) -> str:
    return _SILENT.sub("", halfwidth(text)).casefold()

"""Typing and dictation faults in entrance words: known ones by table, others by how they sound."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pypinyin import lazy_pinyin

# Written wrong and meant, of equal length, so that positions in the message stay what they were.
_FAULTS = (
    ("点平", "点评"), ("电评", "点评"), ("典评", "点评"), ("点凭", "点评"), ("点苹", "点评"), ("点瓶", "点评"), ("店评", "点评"),
    ("承若", "承诺"), ("成诺", "承诺"), ("乘诺", "承诺"), ("承偌", "承诺"), ("承落", "承诺"), ("诚诺", "承诺"),
    ("写时", "写实"), ("写食", "写实"), ("写识", "写实"), ("写石", "写实"), ("写事", "写实"), ("谢实", "写实"), ("些实", "写实"), ("写拾", "写实"),
    ("台帐", "台账"), ("抬账", "台账"), ("太账", "台账"), ("没叫", "没交"), ("没缴", "没交"), ("没焦", "没交"), ("没教", "没交"), ("美交", "没交"), ("每交", "没交"), ("未缴", "未交"), ("煤交", "没交"),
    ("汇总标", "汇总表"), ("会总表", "汇总表"), ("登记标", "登记表"), ("写实薄", "写实簿"), ("写实本", "写实簿"), ("整盖", "整改"), ("正改", "整改"), ("代签", "待签"), ("带签", "待签"), ("预期的", "逾期的"),
)  # fmt: skip
_RIGHT = dict(_FAULTS)
_WRONG = re.compile("|".join(_RIGHT))
_HEAD = 14

_ENTRANCES = (
    "作承诺", "写承诺", "承诺", "年度承诺", "即时承诺", "我的承诺", "写实", "补报", "提前交", "我的台账", "我的点评", "看点评", "回应", "点评",
    "集中点评", "还欠谁", "整改", "待签", "退回", "公开", "谁没交", "催一下", "台账", "点评覆盖", "逾期", "汇总表", "登记表", "写实簿", "评议", "转出", "转入",
    "请假", "名单", "未绑定", "稍后提醒", "预演", "停发", "恢复发送", "调度状态",
)  # fmt: skip


# Traditional characters of the entrances and of common names, one for one.
_SIMPLIFIED = str.maketrans(
    "俺來寫實諾點評賬帳誰沒簽開總彙記錄請報補試應還幫給這個學導達轉調預發復醒張劉陳趙許孫馬國賓麗強靜寶陽韓誠",
    "我来写实诺点评账账谁没签开总汇记录请报补试应还帮给这个学导达转调预发复醒张刘陈赵许孙马国宾丽强静宝阳韩诚",
)
_SPACED = re.compile("(?:[\u4e00-\u9fff] +){2,}[\u4e00-\u9fff][.!?。]?")


def joined(text: str) -> str:
    """A message of single characters between blanks, as some dictation writes it, without the blanks."""
    return text.replace(" ", "") if _SPACED.fullmatch(text) else text


def simplified(plain: str) -> str:
    """With traditional characters of the entrances written the usual way."""
    return plain.translate(_SIMPLIFIED)


def corrected(plain: str) -> str:
    """The message with known faults in its first characters put right; as long as before."""
    return _WRONG.sub(lambda fault: _RIGHT[fault[0]], plain[:_HEAD]) + plain[_HEAD:]


def by_sound(plain: str, start: int = 0) -> str | None:
    """The message with an entrance instead of the characters at a position, if they sound alike but differ."""
    for length in (4, 3, 2):
        head = plain[start : start + length]
        if len(head) < length or not head.isalpha() or head.isascii():
            continue
        meant = _sounds().get(sound(head))
        if meant and len(meant) == length and meant != head:
            return plain[:start] + meant + plain[start + length :]
    return None


@cache
def _sounds() -> dict[str, str]:
    return {sound(word): word for word in reversed(_ENTRANCES)}


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """Pinyin without tones, and without what many do not hear: zh and z, n and ng."""
    return " ".join(_blunt(syllable) for syllable in lazy_pinyin(word))


def _blunt(syllable: str) -> str:
    for sharp, blunt in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(sharp):
            syllable = blunt + syllable[len(sharp) :]
    return syllable[:-1] if syllable.endswith("ng") else syllable

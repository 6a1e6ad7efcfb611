"""Chinese numerals and numbers, both ways, for what people type in dates, choices and lists."""

import re

DIGITS = "〇一二三四五六七八九"
NUMERAL_CHARACTERS = DIGITS + "零两十百千廿卅"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_VALUES = {character: value for value, character in enumerate(DIGITS)} | {"零": 0, "两": 2}
_ONE = "[一二三四五六七八九]"
_MANY = "[一二两三四五六七八九]"
_COMPOSED = re.compile(
    rf"(?:(?P<thousands>{_MANY})千(?P<gap_hundreds>零)?)?"
    rf"(?:(?P<hundreds>{_MANY})百(?P<gap_tens>零)?)?"
    rf"(?:(?P<tens>{_ONE}?)十|(?P<short>[廿卅]))?"
    rf"(?P<ones>{_MANY})?"
)
_TWENTY_AND_THIRTY = {None: 0, "廿": 20, "卅": 30}


def read(text: str) -> int | None:
    """The value of ASCII digits or of a composed numeral up to 9999; None for 一二, 3十, 半 and all else."""
    if re.fullmatch("[0-9]{1,9}", text):
        return int(text)
    if text in ("零", "〇"):
        return 0
    match = _COMPOSED.fullmatch(text)
    if not text or match is None or not _well_spaced(match):
        return None
    thousands, hundreds = _value(match["thousands"]), _value(match["hundreds"])
    tens = 1 if match["tens"] == "" else _value(match["tens"])
    return (
        thousands * 1000
        + hundreds * 100
        + tens * 10
        + _TWENTY_AND_THIRTY[match["short"]]
        + _value(match["ones"])
    )


def read_positions(text: str) -> int | None:
    """The value of a numeral read digit by digit, as years are written (二〇二六)."""
    if text.isascii():
        return read(text)
    if not text or any(character not in _VALUES for character in text):
        return None
    return int("".join(str(_VALUES[character]) for character in text))


def write(number: int) -> str:
    """The composed numeral of 0 to 9999, such as 一百二十三; raises ValueError outside."""
    if not 0 <= number <= 9999:
        raise ValueError(f"{number} is not between 0 and 9999")
    if number == 0:
        return "零"
    text = "".join(
        _place(number // size % 10, unit) for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
    )
    text = re.sub("零+", "零", text).strip("零")
    return text.removeprefix("一") if 10 <= number < 20 else text


def _place(digit: int, unit: str) -> str:
    return DIGITS[digit] + unit if digit else "零"


def _value(character: str | None) -> int:
    return _VALUES[character] if character else 0


def _well_spaced(match: re.Match[str]) -> bool:
    """Whether 零 stands exactly where a place is left out: 一百二 may mean 102 or 120 and is refused."""
    tens = match["tens"] is not None or match["short"] is not None
    ones = match["ones"] is not None
    if match["ones"] == "两" and (tens or match["hundreds"] or match["thousands"]):
        return False
    if match["hundreds"]:
        return bool(match["gap_tens"]) == (ones and not tens) and not match["gap_hundreds"]
    if match["thousands"]:
        return bool(match["gap_hundreds"]) == (tens or ones)
    return True

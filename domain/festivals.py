"""Days that people name by their feast; the lunar ones are unknown beyond the table of that calendar."""

from datetime import date

from domain import lunar
from domain.date_steps import make_day

# These names mean nothing but the day; the short ones below only do when 前 or 节 follows them.
CLEAR_NAMES = (
    "元旦|劳动节|青年节|儿童节|建党节|建军节|教师节|国庆|妇女节|清明节|端午节|中秋节|春节|元宵节|七夕节|重阳节|腊八节|除夕|双十[一二]|双1[12]"
    "|圣诞节|植树节|护士节|记者节"
)
SHORT_NAMES = "三八|五一|五四|六一|七一|八一|十一|清明|端午|中秋|元宵|重阳|七夕|腊八|小年|大年三十|年三十|农历年|农历新年|过年|圣诞"
LETTERS = "旦节庆夕双八一四清端秋宵阳腊年诞"
"""Every one of these names holds one of them."""

_FIXED = {
    "元旦": (1, 1), "三八": (3, 8), "妇女节": (3, 8), "植树节": (3, 12), "五一": (5, 1), "劳动节": (5, 1), "五四": (5, 4), "青年节": (5, 4),
    "护士节": (5, 12), "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "建党节": (7, 1), "八一": (8, 1), "建军节": (8, 1),
    "教师节": (9, 10), "国庆": (10, 1), "十一": (10, 1), "记者节": (11, 8), "双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12),
    "双12": (12, 12), "圣诞": (12, 25),
}  # fmt: skip

# By month and day of the farmers' calendar; those at the end of its year fall into the next one of ours.
_LUNAR = {
    "春": (1, 1), "农历年": (1, 1), "农历新年": (1, 1), "过年": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7), "中秋": (8, 15),
    "重阳": (9, 9), "腊八": (12, 8), "小年": (12, 23), "除夕": (12, 0), "大年三十": (12, 0), "年三十": (12, 0),
}  # fmt: skip


def day_of(name: str, year: int) -> date | None:
    """The feast's day in a year; None when the name or the year is not known."""
    name = name if name in _FIXED else name.removesuffix("节")
    if name in _FIXED:
        return make_day(year, *_FIXED[name])
    if name == "清明":
        return _clear_and_bright(year)
    if name not in _LUNAR:
        return None
    days = (lunar.day_of(lunar_year, *_LUNAR[name]) for lunar_year in (year - 1, year))
    return next((day for day in days if day and day.year == year), None)


def _clear_and_bright(year: int) -> date:
    """清明 follows the sun; this sum holds for our century."""
    years = year % 100
    return date(year, 4, int(years * 0.2422 + 4.81) - years // 4)

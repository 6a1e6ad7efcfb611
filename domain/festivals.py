"""Days that people name by their feast; the lunar ones come from a table and are unknown beyond it."""

from datetime import date

from domain.date_steps import make_day

# These names mean nothing but the day; the bare numbers below only do when 前 or 节 follows them.
CLEAR_NAMES = "元旦|劳动节|青年节|儿童节|建党节|建军节|教师节|国庆|妇女节|清明节|端午节|中秋节|春节"
SHORT_NAMES = "三八|五一|五四|六一|七一|八一|十一|清明|端午|中秋"

_FIXED = {
    "元旦": (1, 1), "三八": (3, 8), "妇女节": (3, 8), "五一": (5, 1), "劳动节": (5, 1), "五四": (5, 4), "青年节": (5, 4),
    "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "建党节": (7, 1), "八一": (8, 1), "建军节": (8, 1),
    "教师节": (9, 10), "国庆": (10, 1), "十一": (10, 1),
}  # fmt: skip

_LUNAR = {
    "春": "2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23 2032-02-11 2033-01-31",
    "清明": "2026-04-05 2027-04-05 2028-04-04 2029-04-04 2030-04-05 2031-04-05 2032-04-04 2033-04-04",
    "端午": "2026-06-19 2027-06-09 2028-05-28 2029-06-16 2030-06-05 2031-06-24 2032-06-12 2033-06-01",
    "中秋": "2026-09-25 2027-09-15 2028-10-03 2029-09-22 2030-09-12 2031-10-01 2032-09-19 2033-09-08",
}
_LUNAR_DAYS = {
    (name, day.year): day for name, days in _LUNAR.items() for day in map(date.fromisoformat, days.split())
}


def day_of(name: str, year: int) -> date | None:
    """The feast's day in a year; None when the name or the year is not known."""
    if name in _FIXED:
        return make_day(year, *_FIXED[name])
    return _LUNAR_DAYS.get((name.removesuffix("节"), year))

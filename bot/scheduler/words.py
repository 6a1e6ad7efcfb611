"""The words of reminders: polite, short, with what to do next; several duties in one message (R-320, R-321)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from bot.quoting import harmless, one_line
from bot.scheduler.item_words import MOST_NAMES, due_words, open_duties, rectification, short, waiting
from domain.dates import show
from domain.duties import above, filed, looking_back
from domain.duties.lists import MARK
from domain.numerals import CIRCLED
from domain.profile import Profile
from domain.reminders import Occasion, Pending

FEW_NAMES = 3


def message(name: str, occasions: Sequence[Occasion], today: date) -> str:
    """One message to one person for everything due that day; what is alike stands together."""
    ordered = sorted(occasions, key=_together)
    parts = [_part(list(group), today) for _, group in groupby(ordered, key=_together)]
    return f"{name}同志，" + "\n\n".join(parts)


def _together(occasion: Occasion) -> tuple[int, str, str]:
    """Papers of one day, and units that are late with one thing, are one part; the rest keeps its order."""
    pending = occasion.pending
    if above.unit_in(pending.period):
        return 2, pending.duty, _label(occasion)
    if pending.duty in filed.CODES:
        return 1, pending.due.isoformat(), occasion.step.code
    return 0, "", ""


def _part(alike: Sequence[Occasion], today: date) -> str:
    kind = _together(alike[0])[0]
    if kind:
        return _units_late(alike) if kind == 2 else _papers(alike, today)
    return "\n\n".join(_one(one, today) for one in alike)


def _one(occasion: Occasion, today: date) -> str:
    if MARK in occasion.pending.period:
        return _late_ones(occasion)
    if looking_back.is_one(occasion.pending.period):
        return _look_back(occasion)
    return _PART[occasion.pending.duty](occasion, today)


def first(profile: Profile, words: str) -> str:
    """The first message somebody ever gets says who speaks and why (R-355)."""
    return f"{profile.text('chat.first_words')}\n\n{words}"


def _report(occasion: Occasion, today: date) -> str:
    pending = occasion.pending
    goals = [goal for duty in open_duties(pending) for goal in duty.note["goals"]]
    month = int(pending.period[5:])
    opening = f"{month}月写实{_when(occasion, today)}"
    lines = [
        f"{CIRCLED[n]}{harmless(one_line(goal))}（{short(due)}前）" for n, (goal, due) in enumerate(goals)
    ]
    return "\n".join([opening, *lines, _how(len(goals), occasion)])


def _when(occasion: Occasion, today: date) -> str:
    if occasion.step.code == "open":
        return f"开始了，{short(occasion.pending.due)}前交："
    due = due_words(occasion.pending.due, today)
    return f"{due}，还差您的：" if today > occasion.pending.due else f"{due}，还差："


def _how(count: int, occasion: Occasion) -> str:
    example = "例：已听课两次" if count == 1 else "例：1 已听课两次；2 已完成"
    return f"{_late(occasion)}直接回复就行，{example}。忙的话回复“稍后提醒”。"


def _late(occasion: Occasion) -> str:
    return "现在交记为迟报，不影响内容。" if occasion.step.code == "after" else ""


def _promise(occasion: Occasion, today: date) -> str:
    """K-01, one's own and that of the organisation one leads."""
    pending, (year, _, org) = occasion.pending, occasion.pending.period.partition("@")
    what = f"{open_duties(pending)[0].note['org']}的{year}年度承诺" if org else f"{year}年度承诺"
    how = "回复“支部承诺”开始。" if org else "回复“作承诺”开始，约3分钟；一句话说清做什么、哪天前完成就行。"
    if occasion.step.code == "open":
        return f"{what}开始了，{short(pending.due)}前作。{how}"
    return f"{what}{due_words(pending.due, today)}，还没有收到。{_late(occasion)}{how}"


def _review(occasion: Occasion, today: date) -> str:
    """K-08 to K-10: how many at the opening and in the middle, who afterwards (R-324)."""
    pending, step = occasion.pending, occasion.step.name
    left = [str(one.note["name"]) for one in open_duties(pending)]
    window = _window(pending)
    if step == "open":
        return f"{window}开始了：{_where(pending)}待点评{len(left)}{_counted(pending)}，{show(pending.due)}前。回复“还欠谁”看名单。"
    if step == "before:middle":
        return f"{window}时间过半，{_so_far(pending, left)}，{show(pending.due)}前。回复“还欠谁”接着点评。"
    ended = "已经到期" if today > pending.due else f"{short(pending.due)}到期"
    return f"{window}{ended}，还没有点评：{listed(left, MOST_NAMES)}。回复“还欠谁”接着点评。"


def _look_back(occasion: Occasion) -> str:
    """To a 书记 who will be reviewed, before it begins (R-324)."""
    (duty,) = open_duties(occasion.pending)
    half = "上" if occasion.pending.opens.month == 1 else "下"
    return (
        f"{occasion.pending.opens.year}年{half}半年点评开始了，上级会点评{duty.note['org']}和书记。请先做前期总结："
        "公开承诺兑现了多少，工作做得怎样，有哪些问题和原因。点评时汇报，不用在这里交。"
    )


def _so_far(pending: Pending, left: Sequence[str]) -> str:
    """待点评22人，已点评9人; names only where they are few."""
    done, owed, one = pending.note["done"], pending.note["owed"], _counted(pending)
    names = f"，还有{'、'.join(left)}" if done and len(left) <= FEW_NAMES else ""
    return f"应点评{owed}{one}，已点评{done}{one}{names}"


def _where(pending: Pending) -> str:
    orgs = dict.fromkeys(one.note.get("org", "") for one in open_duties(pending))
    return next(iter(orgs)) if len(orgs) == 1 else ""


def _counted(pending: Pending) -> str:
    return "人" if pending.duty == "K-08" else "个"


def _window(pending: Pending) -> str:
    year, _, part = pending.period.partition(above.MARK)[0].partition("-")
    if pending.duty == "K-10":
        return "普遍点评"
    if part.startswith("Q"):
        return f"{year}年第{part[1:]}季度点评"
    whom = "党员" if pending.duty == "K-08" else "组织和书记"
    return f"{year}年{'上' if part == 'H1' else '下'}半年{whom}点评"


def listed(names: Sequence[str], most: int) -> str:
    """Names in a row, the first of them when they are many."""
    return "、".join(names[:most]) + (f"等{len(names)}人" if len(names) > most else "")


def _late_ones(occasion: Occasion) -> str:
    """The private list for the 书记 on the day after the end (R-323)."""
    (duty,) = open_duties(occasion.pending)
    period, _, org = occasion.pending.period.partition(MARK)
    is_record = occasion.pending.duty == "K-05"
    what = f"{int(period[5:])}月写实" if is_record else f"{period}年度承诺"
    verb, ask = ("交", "谁没交") if is_record else ("作", "谁没作承诺")
    names = listed(duty.note["late"], 20)
    return f"{org}{what}已到期，还没有{verb}：{names}。回复“{ask}”看详情，“催一下”提醒他们。"


def _units_late(alike: Sequence[Occasion]) -> str:
    """Word to the 书记 above of units of which nobody has done it (R-323); no person is named."""
    first = alike[0].pending
    units = listed([open_duties(one.pending)[0].note["org"] for one in alike], MOST_NAMES)
    is_own = open_duties(first)[0].note["own"]
    if first.duty == "K-05":
        what, how = f"{int(first.period[5:7])}月写实已到期，还没有一位同志交", "谁没交"
    elif first.duty == "K-01":
        what = f"{first.period[:4]}年度承诺已到期，" + ("组织还没有作" if is_own else "还没有一位同志作")
        how = "谁没作承诺"
    else:
        what, how = f"{_window(first)}已到期，书记还没有开始点评", "点评覆盖"
    return f"{units}的{what}。请您问一问有什么困难；看详情回复“{how}”。"


def _papers(alike: Sequence[Occasion], today: date) -> str:
    """What is done on paper and then said to be done (R-343)."""
    duties = [one for occasion in alike for one in open_duties(occasion.pending)]
    several = len({one.unit for one in duties}) > 1
    what = "、".join(f"{one.note['org'] if several else ''}{one.note['what']}" for one in duties)
    due = alike[0].pending.due
    when = f"{due_words(due, today)}，还没有登记" if today >= due else f"{short(due)}前"
    word = f"“已办 {duties[0].note['word']}”" if len(duties) == 1 else "“已办”，一件一件登记"
    here = "要在这里定方案，回复“点评方案”；" if any(one.code == filed.PLAN for one in duties) else ""
    return f"{what}，{when}。{here}纸面记好的，回复{word}。"


def _label(occasion: Occasion) -> str:
    """A period's code without the organisation behind it."""
    return occasion.pending.period.partition(above.MARK)[0].partition("@")[0]


_PART = {
    "K-01": _promise,
    "K-02": waiting,
    "K-03": waiting,
    "K-05": _report,
    "K-08": _review,
    "K-09": _review,
    "K-10": _review,
    "K-15": rectification,
    "K-16": rectification,
}

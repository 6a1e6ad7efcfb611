"""The answer to 谁没交: numbers, names and what to do next, as S-12 has it; long lists become a file."""

from __future__ import annotations

from collections.abc import Sequence

from bot.engine.turn import Context, Turn
from bot.handlers import _standing, _standing_next
from bot.handlers._duty_names import NAME, VERB, circled, names, period_name, short
from bot.handlers._standing_file import MOST_BRANCHES, sheet, sheet_of_months
from domain.asked import Question, due_day, opens
from domain.finding import Answer
from domain.people import Organisation
from domain.periods import Period
from domain.standing import OF_MEMBERS, OF_REVIEWS, ORGANISATIONS, REPORT, REVIEW, Object, Standing


def answer(ctx: Context, asked: Question, found: Answer) -> Turn:
    """One window in full, several windows month by month."""
    if not found:
        return Turn(_not_yet(ctx, asked))
    if len(found) > 1:
        return _several(ctx, asked, found)
    return _one(ctx, asked, *found[0])


def _not_yet(ctx: Context, asked: Question) -> str:
    if asked.windows:
        return f"没有规定{NAME[asked.duty]}的时间，不用统计。"
    first = asked.period.months[0]
    day = opens(ctx, asked.duty, first if asked.duty == REPORT else asked.period)
    return f"{period_name(asked.period, ctx.today)}{NAME[asked.duty]}从{short(day)}开始，现在还不用{VERB[asked.duty]}。"


def _one(ctx: Context, asked: Question, window: Period, found: Standing) -> Turn:
    what = f"{period_name(window, ctx.today)}{NAME[asked.duty]}"
    if not found.owed and not found.waived:
        return Turn(f"{what}{_nobody(asked)}{_without(asked, found)}")
    lines = [_numbers(ctx, asked, window, found), *_by_branch(ctx, asked, found)]
    return Turn(
        "\n".join([*lines, _standing_next.acts(ctx, asked, found)]),
        choices=_standing_next.choices(ctx, asked, found.missing),
        files=sheet(ctx, asked, what, found),
        remember=_standing.memory(ctx, asked, [one.id for one in found.missing]),
    )


def _nobody(asked: Question) -> str:
    whom = "同志" if asked.duty in OF_MEMBERS else ""
    more = "看党员的请回复“谁还没点评”。" if asked.duty == ORGANISATIONS else ""
    return f"没有要{VERB[asked.duty]}的{whom}。{more}"


def _numbers(ctx: Context, asked: Question, window: Period, found: Standing) -> str:
    verb, due = VERB[asked.duty], due_day(ctx, asked.duty, window)
    head, last = f"{period_name(window, ctx.today)}{NAME[asked.duty]}", ""
    if due and asked.duty in OF_REVIEWS:
        last = f"{short(due)}前。" if ctx.today <= due else f"{short(due)}已到期。"
    elif due:
        head += f"（{short(due)}到期）"
    parts = [f"应{verb}{found.owed}", f"已{verb}{len(found.done)}" + _late(ctx, found)]
    parts += [f"仅共同点评{len(found.partly)}"] if asked.duty == REVIEW or found.partly else []
    parts.append(_missing(ctx, asked, found))
    return f"{head}：{'，'.join(parts)}。{last}{_waived(ctx, found)}{_without(asked, found)}"


def _late(ctx: Context, found: Standing) -> str:
    late = found.late
    if not late:
        return ""
    few = len(late) <= ctx.profile.number("chat.names_in_text") // 2
    return f"（迟报{len(late)}" + (f"：{names(late)}）" if few else "）")


def _missing(ctx: Context, asked: Question, found: Standing) -> str:
    """How many are missing, and who, unless a file or the branches' own lines say it."""
    missing, verb = found.missing, VERB[asked.duty]
    if not missing:
        return "没有缺的" if found.partly else f"都{verb}了"
    if len(missing) > ctx.profile.number("chat.names_in_text"):
        return f"未{verb}{len(missing)}（名单见随后的文件）"
    if asked.duty in OF_MEMBERS and 1 < len(_owing(asked, found)) <= MOST_BRANCHES:
        return f"未{verb}{len(missing)}"
    several = asked.duty in OF_MEMBERS and len(asked.orgs) > 1
    called = {org.id: org.short_name or org.name for org in asked.orgs} if several else {}
    listed = (f"{circled(n)}{one.name}{_in(called, one)}" for n, one in enumerate(missing, 1))
    return f"未{verb}{len(missing)}：{'、'.join(listed)}"


def _owing(asked: Question, found: Standing) -> list[Organisation]:
    return [org for org in asked.orgs if found.of(org.id).owed]


def _in(called: dict[str, str], one: Object) -> str:
    return f"（{called[one.org]}）" if one.org in called else ""


def why_not_owed(id: str, found: Standing) -> str:
    """Why somebody has nothing to do; empty for who still owes."""
    reasons = (
        (found.done, "已经完成了"),
        (found.waived, "已经免了"),
        (found.without, "没有公开的承诺，本来就不用"),
    )
    return next((why for ones, why in reasons if any(one.id == id for one in ones)), "")


def _waived(ctx: Context, found: Standing) -> str:
    waived = found.waived
    few = 0 < len(waived) <= ctx.profile.number("chat.names_in_text") // 2
    return f"已免{len(waived)}" + (f"：{names(waived)}。" if few else "人。") if waived else ""


def _without(asked: Question, found: Standing) -> str:
    return f"无承诺不计：{len(found.without)}人。" if asked.duty == REPORT and found.without else ""


def _by_branch(ctx: Context, asked: Question, found: Standing) -> list[str]:
    """One line a branch with its numbers, and its names as long as they are few."""
    orgs = _owing(asked, found) if asked.duty in OF_MEMBERS else []
    if len(orgs) < 2:
        return []
    if len(orgs) > MOST_BRANCHES:
        return ["各支部的数字见随后的文件。"]
    few = len(found.missing) <= ctx.profile.number("chat.names_in_text")
    places = {one: n for n, one in enumerate(found.missing, 1)} if few else {}
    return [_branch(org, VERB[asked.duty], found.of(org.id), places) for org in orgs]


def _branch(org: Organisation, verb: str, own: Standing, places: dict[Object, int]) -> str:
    left = f"未{verb}{len(own.missing)}" if own.missing else "齐了"
    listed = "、".join(f"{circled(places[one])}{one.name}" for one in own.missing if one in places)
    counts = f"{org.name}：应{verb}{own.owed}，已{verb}{len(own.done)}，{left}"
    return counts + (f"：{listed}" if listed else "")


def _several(ctx: Context, asked: Question, found: Sequence[tuple[Period, Standing]]) -> Turn:
    """Months in a row: numbers for each, and who lacks which."""
    lines = [f"{period_name(asked.period, ctx.today)}{NAME[asked.duty]}，逐月："]
    for window, one in found:
        left = f"未交{len(one.missing)}" if one.missing else "齐了"
        counts = f"应交{one.owed}，已交{len(one.done)}，{left}" if one.owed else "没有要交的"
        lines.append(f"{period_name(window, ctx.today)}：{counts}")
    lacking = _lacking(found)
    few = len(lacking) <= ctx.profile.number("chat.names_in_text")
    listed = [f"{circled(n)}{who.name}（{months}）" for n, (who, months) in enumerate(lacking, 1)]
    lines += [("未交：" + "、".join(listed) if few else "未交的名单见随后的文件。")] if lacking else []
    some = "回复数字看台账；" if lacking and _standing_next.reads(ctx, asked) else ""
    lines.append(f"{some}只看一个月请说，例：6月谁没交。" if lacking else _standing_next.ARCHIVE)
    people = [who for who, _ in lacking]
    return Turn(
        "\n".join(lines),
        choices=_standing_next.choices(ctx, asked, people),
        files=() if few else (sheet_of_months(asked, lacking),),
        remember=_standing.relisted(ctx, [one.id for one in people]),
    )


def _lacking(found: Sequence[tuple[Period, Standing]]) -> list[tuple[Object, str]]:
    months: dict[Object, list[str]] = {}
    for window, one in found:
        for who in one.missing:
            months.setdefault(who, []).append(str(window.start.month))
    return [(who, f"{'、'.join(months[who])}月") for who in sorted(months, key=lambda one: (one.org, one.id))]

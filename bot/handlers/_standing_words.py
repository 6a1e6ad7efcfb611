"""The answer to 谁没交: numbers, names and what to do next, as S-12 has it; long lists become a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.engine.turn import Context, File, Turn
from bot.handlers import _standing, _unit
from bot.handlers._standing import Question
from domain.dates import show
from domain.duties import Member
from domain.numerals import CIRCLED
from domain.people import Organisation, Role, RoleKind
from domain.periods import Period
from domain.standing import PROMISE, REPORT, REVIEW, Standing

NAME = {REPORT: "自我写实", REVIEW: "点评", PROMISE: "承诺"}
VERB = {REPORT: "交", REVIEW: "点评", PROMISE: "作"}
_BRANCH_LINES = 10


def period_name(period: Period, today: date) -> str:
    """A window as people say it; the year only where it is another one."""
    year = "" if period.start.year == today.year else f"{period.start.year}年"
    if period.kind == "month":
        return f"{year}{period.start.month}月"
    if period.kind == "quarter":
        return f"{year}第{'一二三四'[period.end.month // 3 - 1]}季度"
    half = "上半年" if period.start.month == 1 else "下半年"
    return f"{year}{half}" if period.kind == "half" else f"{period.start.year}年"


def short(day: date) -> str:
    """A day without its year."""
    return f"{day.month}月{day.day}日"


def answer(ctx: Context, asked: Question, found: Sequence[tuple[Period, Standing]]) -> Turn:
    """One window in full, several windows month by month."""
    if not found:
        return Turn(_not_yet(ctx, asked))
    if len(found) > 1:
        return _several(ctx, asked, found)
    return _one(ctx, asked, *found[0])


def _not_yet(ctx: Context, asked: Question) -> str:
    first = asked.period.months[0]
    opens = _standing.opens(ctx, asked.duty, first if asked.duty == REPORT else asked.period)
    return f"{period_name(asked.period, ctx.today)}{NAME[asked.duty]}从{short(opens)}开始，现在还不用交。"


def _one(ctx: Context, asked: Question, window: Period, all_of_them: Standing) -> Turn:
    what = f"{period_name(window, ctx.today)}{NAME[asked.duty]}"
    if not all_of_them.owed and not all_of_them.waived:
        return Turn(f"{what}没有要{VERB[asked.duty]}的同志。" + _without(asked, all_of_them))
    lines = [_numbers(ctx, asked, window, all_of_them), *_by_branch(ctx, asked, all_of_them)]
    people = [one.person.id for one in all_of_them.missing]
    return Turn(
        "\n".join([*lines, _next_acts(ctx, asked, all_of_them)]),
        choices=tuple(f"台账 {id}" for id in people),
        files=_file(ctx, asked, what, all_of_them),
        remember=_standing.memory(ctx, asked, people),
    )


def _numbers(ctx: Context, asked: Question, window: Period, all_of_them: Standing) -> str:
    due, verb = short(_standing.due_day(ctx, asked.duty, window)), VERB[asked.duty]
    head = f"{period_name(window, ctx.today)}{NAME[asked.duty]}"
    head += "：" if asked.duty == REVIEW else f"（{due}到期）："
    parts = [f"应{verb}{all_of_them.owed}", f"已{verb}{len(all_of_them.done)}" + _late(ctx, all_of_them)]
    parts += [f"仅共同点评{len(all_of_them.partly)}"] if asked.duty == REVIEW else []
    last = f"{due}前。" if asked.duty == REVIEW else ""
    missing = _missing(ctx, asked, all_of_them)
    return f"{head}{'，'.join([*parts, missing])}。{last}{_waived(ctx, all_of_them)}{_without(asked, all_of_them)}"


def _late(ctx: Context, all_of_them: Standing) -> str:
    late = all_of_them.late
    if not late:
        return ""
    few = len(late) <= ctx.profile.number("chat.names_in_text") // 2
    return f"（迟报{len(late)}" + (f"：{names(late)}）" if few else "）")


def _missing(ctx: Context, asked: Question, all_of_them: Standing) -> str:
    """How many are missing, and who, unless a file or the branches' own lines say it."""
    missing, verb = all_of_them.missing, VERB[asked.duty]
    if not missing:
        return "没有缺的" if all_of_them.partly else f"都{verb}了"
    if len(missing) > ctx.profile.number("chat.names_in_text"):
        return f"未{verb}{len(missing)}（名单见随后的文件）"
    if 1 < len(_owing(asked, all_of_them)) <= _BRANCH_LINES:
        return f"未{verb}{len(missing)}"
    called = {org.id: org.short_name or org.name for org in asked.orgs} if len(asked.orgs) > 1 else {}
    listed = (f"{_circled(n)}{one.person.name}{_in(called, one)}" for n, one in enumerate(missing, 1))
    return f"未{verb}{len(missing)}：{'、'.join(listed)}"


def _owing(asked: Question, all_of_them: Standing) -> list[Organisation]:
    return [org for org in asked.orgs if all_of_them.of(org.id).owed]


def _circled(n: int) -> str:
    return CIRCLED[n - 1] if n <= len(CIRCLED) else f"{n} "


def _in(called: dict[str, str], one: Member) -> str:
    return f"（{called[one.org]}）" if one.org in called else ""


def names(members: Sequence[Member]) -> str:
    """Names in a row."""
    return "、".join(one.person.name for one in members)


def why_not_owed(person: str, found: Standing) -> str:
    """Why somebody has nothing to do; empty for who still owes."""
    reasons = (
        (found.done, "已经完成了"),
        (found.waived, "已经免了"),
        (found.without, "没有公开的承诺，本来就不用"),
    )
    return next((why for ones, why in reasons if any(one.person.id == person for one in ones)), "")


def _waived(ctx: Context, all_of_them: Standing) -> str:
    waived = all_of_them.waived
    few = 0 < len(waived) <= ctx.profile.number("chat.names_in_text") // 2
    return f"已免{len(waived)}" + (f"：{names(waived)}。" if few else "人。") if waived else ""


def _without(asked: Question, all_of_them: Standing) -> str:
    return (
        f"无承诺不计：{len(all_of_them.without)}人。" if asked.duty == REPORT and all_of_them.without else ""
    )


def _by_branch(ctx: Context, asked: Question, all_of_them: Standing) -> list[str]:
    """One line a branch with its numbers, and its names as long as they are few."""
    orgs = _owing(asked, all_of_them)
    if len(orgs) < 2:
        return []
    if len(orgs) > _BRANCH_LINES:
        return ["各支部的数字见随后的文件。"]
    few = len(all_of_them.missing) <= ctx.profile.number("chat.names_in_text")
    places = {one: n for n, one in enumerate(all_of_them.missing, 1)} if few else {}
    return [_branch(org, VERB[asked.duty], all_of_them.of(org.id), places) for org in orgs]


def _branch(org: Organisation, verb: str, own: Standing, places: dict[Member, int]) -> str:
    left = f"未{verb}{len(own.missing)}" if own.missing else "齐了"
    listed = "、".join(f"{_circled(places[one])}{one.person.name}" for one in own.missing if one in places)
    return f"{org.name}：应{verb}{own.owed}，已{verb}{len(own.done)}，{left}" + (
        f"：{listed}" if listed else ""
    )


def _next_acts(ctx: Context, asked: Question, all_of_them: Standing) -> str:
    missing = all_of_them.missing
    # While a question is open its answer owns the digits.
    if not missing or ctx.conversation.draft is not None:
        return "看一个人请回复“台账 姓名”。"
    number = "1" if len(missing) == 1 else f"1到{min(len(missing), 99)}"
    if not _unit.leads(ctx):
        return f"回复数字{number}看台账；要催请告诉支部书记。"
    if asked.duty == REVIEW:
        own = ctx.actor.id in [role.person for role in _heads(ctx, asked)]
        how = f"开始点评请回复“点评 {missing[0].person.name}：……”" if own else "提醒支部书记请回复“催一下”"
        return f"回复数字{number}看台账；{how}。"
    some = "“催 1 3”" if len(missing) > 2 else ""
    last = missing[-1].person.name
    alike = sum(one.person.name == last for one in missing) > 1
    return f"回复数字{number}看台账，或回复“催一下”{some}“免 {len(missing) if alike else last} 原因”。"


def _heads(ctx: Context, asked: Question) -> Sequence[Role]:
    return ctx.roster.holders(RoleKind.SECRETARY, [org.id for org in asked.orgs], ctx.today)


def _several(ctx: Context, asked: Question, found: Sequence[tuple[Period, Standing]]) -> Turn:
    """Months in a row: numbers for each, and who lacks which."""
    lines = [f"{period_name(asked.period, ctx.today)}{NAME[asked.duty]}，逐月："]
    for window, one in found:
        left = f"未交{len(one.missing)}" if one.missing else "齐了"
        counts = f"应交{one.owed}，已交{len(one.done)}，{left}" if one.owed else "没有要交的"
        lines.append(f"{period_name(window, ctx.today)}：{counts}")
    lacking = _lacking(ctx, found)
    few = len(lacking) <= ctx.profile.number("chat.names_in_text")
    listed = [f"{_circled(n)}{who.person.name}（{months}）" for n, (who, months) in enumerate(lacking, 1)]
    lines += [("未交：" + "、".join(listed) if few else "未交的名单见随后的文件。")] if lacking else []
    lines.append(
        "回复数字看台账；只看一个月请说，例：6月谁没交。" if lacking else "看一个人请回复“台账 姓名”。"
    )
    called = {org.id: org.name for org in asked.orgs}
    rows = (("姓名", "编号", "支部", "未交"), *((*_row(called, who), months) for who, months in lacking))
    people = [who.person.id for who, _ in lacking]
    return Turn(
        "\n".join(lines),
        choices=tuple(f"台账 {id}" for id in people),
        files=() if few else (File("未交名单.xlsx", rows),),
        remember=_standing.relisted(ctx, people),
    )


def _lacking(ctx: Context, found: Sequence[tuple[Period, Standing]]) -> list[tuple[Member, str]]:
    months: dict[Member, list[str]] = {}
    for window, one in found:
        for who in one.missing:
            months.setdefault(who, []).append(str(window.start.month))
    return [
        (who, f"{'、'.join(months[who])}月")
        for who in sorted(months, key=lambda one: (one.org, one.person.id))
    ]


def _file(ctx: Context, asked: Question, what: str, all_of_them: Standing) -> tuple[File, ...]:
    too_many = len(all_of_them.missing) > ctx.profile.number("chat.names_in_text")
    if not too_many and len(asked.orgs) <= _BRANCH_LINES:
        return ()
    rows = [("序号", "姓名", "编号", "支部", "情况")]
    called = {org.id: org.name for org in asked.orgs}
    rows += [
        (str(n), *_row(called, one), f"未{VERB[asked.duty]}") for n, one in enumerate(all_of_them.missing, 1)
    ]
    rows += [("", *_row(called, one), "迟报") for one in all_of_them.late]
    rows += [("", *_row(called, one), "已免") for one in all_of_them.waived]
    rows += [(org.name, *_counts(all_of_them.of(org.id))) for org in asked.orgs if len(asked.orgs) > 1]
    return (File(f"{what}{show(ctx.today)}.xlsx", tuple(rows)),)


def _row(called: dict[str, str], one: Member) -> tuple[str, str, str]:
    return (one.person.name, one.person.id, called[one.org])


def _counts(own: Standing) -> tuple[str, str, str, str]:
    return (f"应{own.owed}", f"已{len(own.done)}", f"未{len(own.missing)}", f"迟报{len(own.late)}")

"""The answer to 点评覆盖: numbers first, then each organisation below in the roster's order; no names, no ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.engine.turn import Context, File, Turn
from bot.handlers._coverage import Question
from bot.handlers._duty_names import period_name, short
from domain.coverage_windows import Span
from domain.covered import Coverage
from domain.dates import show
from domain.people import LEVEL_ONE, Organisation, OrgKind
from domain.periods import Period, parse_code
from domain.tallies import Tally

HOW_FAR, WHO, MISSING = "点评覆盖", "哪些书记还没点评过", "谁还没点评"
MEMBERS = "党员"
_MOST_LINES = 10
_LEVELS = ((True, "二级党组织"), (False, "党支部"))
_REVIEWERS = (("学校党委", (OrgKind.SCHOOL,)), ("二级党组织", LEVEL_ONE), ("党支部", (OrgKind.BRANCH,)))


def again(period: Period | None, words: str) -> str:
    """A question once more with its window, as words that are understood from a digit."""
    if period is None:
        return words
    name = period_name(period, period.start)
    return (name if name.startswith(str(period.start.year)) else f"{period.start.year}年{name}") + words


def answer(ctx: Context, asked: Question, found: Sequence[Coverage]) -> Turn:
    """Each window's numbers, then the organisations below and what the digits lead to."""
    if not any(_counts(one) for one in found):
        return Turn("这里现在没有要点评的党员、组织和书记。")
    head = f"{_where(asked)}点评覆盖（截至{short(ctx.today)}）"
    lines = [head, *(line for one in found for line in _section(ctx, one))]
    rows = _rows(ctx, asked, found)
    listed = rows if 1 < len(rows) <= _MOST_LINES else []
    lines += _parts(ctx, listed, found)
    files = (_sheet(ctx, asked, found, rows),) if len(rows) > _MOST_LINES else ()
    lines += ["各单位的数字见随后的文件。"] if files else []
    if ctx.conversation.draft is not None:
        # While a question is open its answer owns the digits.
        return Turn("\n".join(lines), files=files)
    choices = [f"{part.name}{again(asked.period, HOW_FAR)}" for part, _ in listed]
    further = (WHO, MISSING) if any(len(one.chairs) > 1 for one in found) else (MISSING,)
    ways = "，".join(f"{n} {words}" for n, words in enumerate(further, len(choices) + 1))
    lines.append(f"回复数字：{'看一个单位，或' if listed else ''}{ways}。")
    where = asked.top.name if asked.top else ""
    choices += [where + again(asked.period, words) for words in further]
    return Turn("\n".join(lines), choices=tuple(choices), files=files)


def _where(asked: Question) -> str:
    return asked.top.name if asked.top else "您管的各单位"


Row = tuple[Organisation, list[Coverage]]


def _rows(ctx: Context, asked: Question, found: Sequence[Coverage]) -> list[Row]:
    """The organisations below of which anything is asked, each with its part of every window."""
    part_of = asked.part_of
    split = [one.split(part_of) for one in found]
    rows = [(part, [one[part.id] for one in split]) for part in asked.parts]
    return [(part, ones) for part, ones in rows if any(_counts(one) for one in ones)]


def _parts(ctx: Context, rows: Sequence[Row], found: Sequence[Coverage]) -> Iterator[str]:
    """A line each with its members in the window that ends last, or its branches where members have none."""
    if not rows:
        return
    latest = max(found, key=lambda one: (one.span.has_members, one.span.window.due))
    yield f"各单位{window_name(ctx, latest.span)}："
    for n, (part, ones) in enumerate(rows, 1):
        tally = _of_part(next(one for one in ones if one.span == latest.span))
        numbers = f"应{tally.owed}，已{tally.done}，{tally.share}" if tally.owed else "没有要点评的"
        yield f"{n} {part.name}：{numbers}"


def _of_part(one: Coverage) -> Tally:
    if one.span.has_members:
        return one.of_members
    return one.of_things("org", True) + one.of_things("org", False)


def _counts(one: Coverage) -> list[tuple[str, Tally]]:
    """Every number of a window with its name, without those of whom nothing is asked."""
    found = [(MEMBERS, one.of_members)]
    found += [(name, one.of_things("org", level)) for level, name in _LEVELS]
    found += [(f"{name}书记被点评", one.of_things("secretary", level)) for level, name in _LEVELS]
    return [(name, tally) for name, tally in found if tally.owed or tally.waived]


def _section(ctx: Context, one: Coverage) -> Iterator[str]:
    counts = _counts(one)
    if counts:
        yield f"【{window_name(ctx, one.span)}】{short(one.span.window.due)}前"
        yield from (f"{name}：{_numbers(name, tally)}" for name, tally in counts)
    yield from reviewing(one)


def window_name(ctx: Context, span: Span) -> str:
    """第三季度党员点评; a round bears its row's own name."""
    period = parse_code(span.window.label)
    return (period_name(period, ctx.today) if period else "") + ctx.profile.label("duty", span.code)


def _numbers(name: str, tally: Tally) -> str:
    parts = [f"应点评{tally.owed}", f"已点评{tally.done}"]
    parts += [f"仅共同点评{tally.partly}"] if name == MEMBERS else []
    parts += [f"未点评{tally.missing}", tally.share]
    return "，".join(parts) + (f"（另免{tally.waived}）" if tally.waived else "")


def reviewing(one: Coverage) -> Iterator[str]:
    """A line for each level: how many 书记 have reviewed everything, something, nothing."""
    for name, tally in _chairs(one):
        yield f"{name}：{_progress(tally)}"


def _chairs(one: Coverage) -> list[tuple[str, Tally]]:
    found = [(f"{name}书记作点评", one.of_reviewing(kinds)) for name, kinds in _REVIEWERS]
    return [(name, tally) for name, tally in found if tally.owed]


def _progress(chairs: Tally) -> str:
    parts = [f"应{chairs.owed}位", f"都点评完{chairs.done}位"]
    parts += [f"点评了一部分{chairs.partly}位"] if chairs.partly else []
    return "，".join([*parts, f"还没点评过{chairs.missing}位", chairs.share])


def _sheet(ctx: Context, asked: Question, found: Sequence[Coverage], rows: Sequence[Row]) -> File:
    """Every number of every organisation below, and the whole in the last lines."""
    head = ("组织", "期间", "对象", "应点评", "已点评", "仅共同点评", "未点评", "另免", "比例")
    whole = (_where(asked), list(found))
    lines = [
        (name, window_name(ctx, one.span), *line)
        for name, ones in (*((part.name, ones) for part, ones in rows), whole)
        for one in ones
        for line in _cells(one)
    ]
    return File(f"点评覆盖{show(ctx.today)}.xlsx", (head, *lines))


def _cells(one: Coverage) -> Iterator[tuple[str, ...]]:
    for name, tally in (*_counts(one), *_chairs(one)):
        numbers = (tally.owed, tally.done, tally.partly, tally.missing, tally.waived)
        if tally.owed:
            yield (name, *map(str, numbers), tally.share)

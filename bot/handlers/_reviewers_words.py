"""哪些书记还没点评过: who has not begun and who is not through, by name within one's scope (R-112)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.engine.turn import Context, File, Turn
from bot.handlers._coverage import Question
from bot.handlers._coverage_words import reviewing, window_name
from bot.handlers._duty_names import circled
from domain.covered import Chair, Coverage
from domain.dates import show


@dataclass(frozen=True, slots=True)
class _Named:
    """A 书记 who still has something to review, as a line names him."""

    window: str
    has_begun: bool
    person: str
    name: str
    org: str
    numbers: str

    @property
    def words(self) -> str:
        return f"{self.name}（{self.org}，{self.numbers}）"


def answer(ctx: Context, asked: Question, found: Sequence[Coverage]) -> Turn:
    """Each window's 书记 who are not through, in the roster's order; the digits lead to their archives."""
    if not any(one.chairs for one in found):
        return Turn("这里现在没有书记要点评的党员、组织和书记。")
    named = _named(ctx, asked, found)
    lines = [f"【{window_name(ctx, one.span)}】{line}" for one in found for line in reviewing(one)]
    if not named:
        return Turn("\n".join([*lines, "书记都点评完了。"]))
    if len(named) > ctx.profile.number("chat.names_in_text"):
        return Turn("\n".join([*lines, "名单见随后的文件。"]), files=(_sheet(ctx, named),))
    lines += _lists(named)
    if ctx.conversation.draft is not None:
        # While a question is open its answer owns the digits.
        return Turn("\n".join(lines))
    return Turn("\n".join([*lines, "回复数字看台账。"]), choices=tuple(f"台账 {one.person}" for one in named))


def _named(ctx: Context, asked: Question, found: Sequence[Coverage]) -> list[_Named]:
    """Those who have not begun before those who have, window by window."""
    order = {org: n for n, org in enumerate(asked.tree)}
    left = [(one, chair) for one in found for chair in _left(one, order)]
    people = ctx.roster.people(list({chair.head.person for _, chair in left}))
    return [
        _Named(
            window_name(ctx, one.span),
            chair.done > 0,
            chair.head.person,
            people[chair.head.person].name,
            asked.tree[chair.head.org].name,
            _numbers(chair),
        )
        for one, chair in left
    ]


def _left(one: Coverage, order: Mapping[str, int]) -> list[Chair]:
    left = (chair for chair in one.chairs if not chair.tally.done)
    return sorted(left, key=lambda chair: (chair.done > 0, order[chair.head.org]))


def _numbers(chair: Chair) -> str:
    return f"应点评{chair.owed}" + (f"，已点评{chair.done}" if chair.done else "")


def _lists(named: Sequence[_Named]) -> Iterator[str]:
    numbered = list(enumerate(named, 1))
    several = len({one.window for one in named}) > 1
    for window, begun in dict.fromkeys((one.window, one.has_begun) for one in named):
        words = "点评了一部分" if begun else "还没点评过"
        alike = [(n, one) for n, one in numbered if (one.window, one.has_begun) == (window, begun)]
        listed = "、".join(f"{circled(n)}{one.words}" for n, one in alike)
        yield f"{words}{f'（{window}）' if several else ''}：{listed}"


def _sheet(ctx: Context, named: Sequence[_Named]) -> File:
    head = ("姓名", "编号", "组织", "期间", "情况", "数")
    rows = (
        (
            one.name,
            one.person,
            one.org,
            one.window,
            "点评了一部分" if one.has_begun else "还没点评过",
            one.numbers,
        )
        for one in named
    )
    return File(f"书记点评情况{show(ctx.today)}.xlsx", (head, *rows))

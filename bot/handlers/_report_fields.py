"""The questions of 写实: all items in one message, or each in turn; then the sentence of 自我鉴定."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import texts
from bot.engine.fields import joined
from bot.engine.forms import Complaint, Field, Option, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context
from bot.handlers import _report_draft as drafts
from bot.handlers._commitment_words import cut
from bot.handlers._report_dates import dates
from bot.handlers._report_month import named, short
from domain import monthly
from domain.intake import bare_number
from domain.month_answers import STATUSES, Said, is_nothing, read_answer, read_asked, read_month
from domain.statements import asks_us

_EXAMPLE = "1 听课两次；2 已完成，开放16次"
# Ready sentences for a hand on a phone; one's own words are asked for first.
_STATEMENTS = ("按计划推进", "比计划慢，下月抓紧", "遇到困难，需要支持")


def questions(draft: Draft) -> tuple[Field, ...]:
    """All questions of one draft in their order."""
    count = len(drafts.about(draft))
    each = [one for n in range(1, count + 1) for one in _about_item(draft, n, count)]
    return (_all(count), *each, _STATEMENT)


def _about_item(draft: Draft, n: int, count: int) -> tuple[Field, ...]:
    label = drafts.goal(draft, n)
    return (_item(n, count, label), _facts(n), _effect(n), _difficulty(n), *dates(n))


def heading(ctx: Context, draft: Draft) -> str:
    """What is asked for, and kindly that it is late or early (R-222)."""
    month = drafts.month(draft)
    due = monthly.window(month, ctx.profile).due
    which = f"{named(month, ctx.today)}写实"
    if monthly.is_late(month, ctx.now, ctx.profile):
        return f"{which}{short(due)}已到期，现在交记为迟报，不影响内容。\n"
    if monthly.is_early(month, ctx.now, ctx.profile):
        return f"{which}，提前交。\n"
    return f"{which}，{short(due)}前交。\n"


def not_on_the_list(said: Said, count: int) -> str:
    """For an answer about more items than there are; nothing of it was taken."""
    return f"这个月要写的只有{count}件，没有第{said.beyond}件。请照单子再说一遍。"


def _all(count: int) -> Field:
    def ask(ctx: Context, draft: Draft) -> str:
        words, list_ = draft.fields.get("loose"), drafts.lines(draft)
        if words:
            return f"您写的“{cut(words)}”是哪一件？\n{list_}\n回复编号；都不是，回复0。"
        return f"{heading(ctx, draft)}{list_}\n可一次写完，例：{_EXAMPLE}\n想一件一件来，回复0。"

    def read(ctx: Context, draft: Draft, text: str) -> Reading:
        n, words = bare_number(text), draft.fields.get("loose")
        if words and n and n <= count:
            return drafts.values(ctx, Said({n: read_answer(words)})) | {"loose": ""}
        said = read_month(text, count)
        if said.beyond:
            return Complaint(not_on_the_list(said, count))
        if said.answers:
            return drafts.values(ctx, said) | {"loose": ""}
        # Whoever is not understood twice is led, one item at a time.
        return {"all": "one_by_one", "loose": ""} if words or n is not None else {"loose": text}

    def needed(ctx: Context, draft: Draft) -> bool:
        is_begun = any(drafts.status(draft, n) for n in range(1, count + 1))
        return count > 1 and (bool(draft.fields.get("loose")) or not is_begun)

    return Field("all", "", ask, read, needed)


def _item(n: int, count: int, label: str) -> Field:
    def ask(ctx: Context, draft: Draft) -> str:
        first = heading(ctx, draft) if count == 1 else ""
        which = f"第{n}件：" if count > 1 else ""
        goal, due = drafts.goal(draft, n), drafts.day(draft, n)
        return f"{first}{which}{goal}（{due}前）\n这个月做了什么、进展怎样？直接写，或回复数字："

    def options(ctx: Context, draft: Draft) -> tuple[Option, ...]:
        return tuple(
            Option({"status": code, "text": ""}, ctx.profile.label("status", code)) for code in STATUSES
        )

    def show(ctx: Context, draft: Draft) -> str:
        return drafts.shown(ctx.profile, draft, n)

    return Field(f"item-{n}", label, ask, _reader(n, count), options=options, show=show)


def _reader(n: int, count: int) -> Any:
    def read(ctx: Context, draft: Draft, text: str) -> Reading:
        if bare_number(text) is not None:
            return Complaint(texts.choose_a_number(len(STATUSES)))
        unanswered = [one for one in range(1, count + 1) if not drafts.status(draft, one)]
        said = read_asked(text, n, count, unanswered)
        if said.beyond:
            return Complaint(not_on_the_list(said, count))
        if not said.answers:
            return Complaint("请写这件事做得怎样，例：听课两次。也可以回复数字。")
        return drafts.values(ctx, said)

    return read


def _facts(n: int) -> Field:
    """Asked where nothing was said of what was done, and once where it was slogans only (R-219)."""

    def ask(ctx: Context, draft: Draft) -> str:
        which, example = drafts.which(draft, n), "例：听课两次，各反馈一次。"
        if drafts.is_hollow(draft, n):
            return f"{which}能写具体一点吗？做了什么、几次，{example}\n就这样请回复“跳过”。"
        return f"{which}推进中。这个月做了什么？一句话，{example}\n不想写可回复“跳过”。"

    def needed(ctx: Context, draft: Draft) -> bool:
        is_bare = not drafts.text(draft, n) or drafts.is_hollow(draft, n)
        return drafts.status(draft, n) == "ongoing" and is_bare

    return Field(f"text-{n}", "", ask, _words(f"text-{n}"), needed, skip="")


def _effect(n: int) -> Field:
    def ask(ctx: Context, draft: Draft) -> str:
        what = f"：{drafts.text(draft, n)}" if drafts.text(draft, n) else ""
        return f"{drafts.which(draft, n)}已完成{what}。\n效果怎样？一句话，例：学生反映好。也可发照片；没有要写的，回复“无”。"

    def needed(ctx: Context, draft: Draft) -> bool:
        return drafts.status(draft, n) == "done"

    return Field(f"effect-{n}", "", ask, _words(f"effect-{n}"), needed, skip="")


def _difficulty(n: int) -> Field:
    def ask(ctx: Context, draft: Draft) -> str:
        what = f"：{drafts.text(draft, n)}" if drafts.text(draft, n) else ""
        return f"{drafts.which(draft, n)}有困难{what}。\n难在哪里、要支部帮什么？例：经费没批，请支部协调。没有要写的，回复“无”。"

    def needed(ctx: Context, draft: Draft) -> bool:
        return drafts.status(draft, n) == "difficult"

    return Field(f"difficulty-{n}", "", ask, _words(f"difficulty-{n}"), needed, skip="")


def _words(name: str) -> Any:
    def read(ctx: Context, draft: Draft, text: str) -> Mapping[str, Any] | Complaint:
        if bare_number(text) is not None:
            return Complaint("请写一句话；没有要写的，回复“无”。")
        return {name: "" if is_nothing(text) or text.strip("。") == "就这样" else text}

    return read


def _ask_statement(ctx: Context, draft: Draft) -> str:
    return "最后请一句话自我鉴定，例：按计划推进，公开课稍慢。也可回复数字："


def _read_statement(ctx: Context, draft: Draft, text: str) -> Reading:
    if bare_number(text) is not None:
        return Complaint(texts.choose_a_number(len(_STATEMENTS)))
    if asks_us(text):
        question = _ask_statement(ctx, draft) + texts.numbered(list(_STATEMENTS))
        return Complaint(f"这句像是在问，没有记下。{heading(ctx, draft)}{question}")
    return {"statement": text}


_STATEMENT = Field(
    "statement",
    "自我鉴定",
    _ask_statement,
    _read_statement,
    options=lambda ctx, draft: tuple(Option(words, words) for words in _STATEMENTS),
    show=lambda ctx, draft: draft.fields.get("statement", ""),
    further=lambda ctx, draft, words: {"statement": joined(draft.fields["statement"], words)},
    example="按计划推进，公开课稍慢",
)

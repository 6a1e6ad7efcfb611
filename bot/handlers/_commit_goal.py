"""Hearing what somebody promises: at most two questions when it is vague, then it is taken as it is (R-064)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.engine.fields import GOING_ON, joined
from bot.engine.forms import Complaint, Reading
from bot.engine.state import LEAVABLE, Draft
from bot.engine.turn import Context, Turn
from bot.handlers._commitment_words import LEFT_TO_BRANCH
from domain import vagueness
from domain.commitments import State
from domain.dates import deadline_in, show
from domain.intake import bare_number
from domain.pledges import Pledge, read_pledge, several

MOST_PROMPTS, LONGEST, BRIEF = 2, 200, 12
INSISTING = ("就这样", "就这样吧", "不改", "不改了")
NO_MORE = ("没有", "没有了", "没了", "不用", "不用了", "无", "没", "完", "完了")
EXAMPLE = "5月31日前，为本班34名学生每人谈话1次"
_HELPLESS = re.compile("不会|怎么写|怎样写|不知道|不懂|举个?例|示例")
_BESIDE_DATE = re.compile(
    r"(?:(?:完成)?(?:时限|期限|时间|日期))?(?:应该|应)?(?:改期?|换|推迟|延期?|顺延|提前)?(?:成|为|到|至|在|是)?(?:吧|就行)?[:：，,\s]*"
)
FIRST = "请说要做的事，写清目标和完成时间。\n例：6月30日前，为2名新教师各听课4次并书面反馈。"
AFRESH = f"请用一句话重新说这一件：做什么、做到什么程度、哪天前完成。\n例：{EXAMPLE}。"

_TOO_SOON = ("签字", "签", "同意", "公开")
"""Answers to later questions: at the goal they are no promise."""
_WRONG = ("past", "far", "impossible")
_DUE = {
    "past": "这个日期已经过了，请说一个以后的日期。例：6月30日。",
    "far": "时限太远了，请定在13个月以内。更长的事，请先定今年做到哪一步。例：12月31日。",
    "vague": "这样说看不出是哪一天。请说几月几日。例：6月30日。",
    "impossible": "日历上没有这一天，请再看一下。例：6月30日。",
    "missing": "哪天前完成？请说几月几日。例：6月30日。",
}


def ask_goal(ctx: Context, draft: Draft) -> str:
    """The question for the goal, by how often it was asked and why."""
    fields = draft.fields
    prompts = fields.get("prompts", 0)
    if fields.get("afresh") or (prompts and not fields.get("vague", ())):
        return AFRESH
    if prompts:
        wrong = _DUE[fields["problem"]] + "\n" if fields.get("problem") in _WRONG else ""
        return wrong + (_first_prompt(fields) if prompts == 1 else _second_prompt(fields))
    if fields.get("reopens"):
        return _corrects(fields)
    return more_question(fields["more"]) if fields.get("more") else FIRST


def more_question(n: int) -> str:
    """The question for another item, `n` being which of this year it would be (R-066)."""
    which = "还有第二件吗" if n == 2 else "还要再作一件吗"
    return f"{which}？直接说，或回复“没有”。"


def _corrects(fields: Mapping[str, Any]) -> str:
    due = show(date.fromisoformat(fields["old_due"]))
    return (
        f"原来写的是：{fields['old_goal']}；{due}前。\n退回原因：{fields['reason']}\n"
        "请重新说一遍这一件；只改日期就直接说日期。"
    )


def _first_prompt(fields: Mapping[str, Any]) -> str:
    if "copied" in fields.get("vague", ()):
        return f"这一件和以前的（或几位同事的）一样。请写出您今年自己要做的。\n例：{EXAMPLE}。"
    wanted = "两点：做什么、做到什么程度；哪天前完成" if "due" not in fields else "一点：做什么、做到什么程度"
    return f"这句话别人不好检验。请补{wanted}。\n例：{EXAMPLE}。"


def _second_prompt(fields: Mapping[str, Any]) -> str:
    only_number = "no_measure" in fields.get("vague", ()) and "slogan" not in fields.get("vague", ())
    missing = "做多少（几人、几次、几件）" if only_number else "做什么、做多少（几人、几次）"
    day = "，几月几日前" if "due" not in fields else ""
    return f"接近了。还差：{missing}{day}？\n不想改可回复“就这样”，由支部把关。"


def read_goal(ctx: Context, draft: Draft, words: str) -> Reading:
    """The goal settled, a further question, or the end (没有)."""
    fields = draft.fields
    said = words.strip("。.！! ")
    if fields.get("more") and said in NO_MORE:
        return Turn("好的。书记签字后公开，会告诉您。回复“我的承诺”可随时查看。")
    if said in INSISTING:
        return _insisted(ctx, fields)
    if said in _TOO_SOON:
        return Complaint(f"还没有可签的。请先说要做的事，例：{EXAMPLE}。")
    if len(words) > LONGEST:
        return Complaint(f"太长了，请用一两句话说（{LONGEST}字以内）：做什么、做到什么程度、哪天前完成。")
    if not re.search(r"[^\W\d_]", words):
        return Complaint(f"请用一句话说要做的事。\n例：{EXAMPLE}。")
    if _HELPLESS.search(words) and len(words) < BRIEF:
        return Complaint(f"照这样写就行：哪天前，为谁做什么，做几次。\n例：{EXAMPLE}。")
    pledge = read_pledge(words, ctx.today)
    due, judge = _day(pledge, fields), _judge(ctx, fields)
    goal, joined = _joined(judge, fields, pledge.goal, due)
    if not goal:
        return Complaint("只看到日期，还差要做的事。例：为本班34名学生每人谈话1次。" if due else FIRST)
    vague = _faults(judge, goal, due, pledge.problem or "")
    if fields.get("more") and not due and {"no_measure", "too_short"} <= set(vague):
        return Complaint(f"没看懂。再作一件请说全，例：{EXAMPLE}。没有别的请回复“没有”。")
    joined = joined or bool(fields.get("joined"))
    known = {**_noted(fields, words, vague, due), "joined": joined, "problem": pledge.problem or ""}
    unclear = [code for code in vague if code != "no_date"]
    if unclear and fields.get("prompts", 0) < MOST_PROMPTS and not _settled(fields):
        return {**known, "words": goal, "vague": unclear, "prompts": fields.get("prompts", 0) + 1}
    if joined and not _settled(fields):
        return {**known, "offer": goal, "unclear": bool(unclear)}
    return settled(known, goal, bool(unclear), due)


def read_goals(ctx: Context, draft: Draft, words: str) -> Reading:
    """The same for an answer that may hold several promises: the first now, the others in turn (R-066)."""
    parts = several(words, ctx.today)
    is_new = not {"goal", "words", "reopens"} & draft.fields.keys()
    if len(parts) < 2 or not is_new:
        return read_goal(ctx, draft, words)
    reading = read_goal(ctx, draft, parts[0])
    queue = [*parts[1:], *draft.fields.get("queue", ())]
    return {**reading, "queue": queue} if isinstance(reading, Mapping) else reading


def settled(known: Mapping[str, Any], goal: str, unclear: bool, due: str) -> dict[str, Any]:
    """The fields once the goal is taken; what stayed vague is left to the branch (待支部把关)."""
    flags = [code for code in known.get("flags", ()) if code != LEFT_TO_BRANCH]
    left = [*flags, LEFT_TO_BRANCH] if unclear else flags
    return {**known, "vague": [], "flags": left, "goal": goal, **({"due": due} if due else {})}


def _settled(fields: Mapping[str, Any]) -> bool:
    """Whether this only mends a goal that was already taken, or is said once more after 再改."""
    return "goal" in fields or bool(fields.get("afresh"))


def _insisted(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    goal = fields.get("words") or fields.get("old_goal")
    if not goal:
        return Complaint(FIRST)
    due = fields.get("due") or fields.get("old_due", "")
    return settled({"flags": fields.get("flags", [])}, goal, bool(fields.get("vague")), due)


def _day(pledge: Pledge, fields: Mapping[str, Any]) -> str:
    if pledge.due:
        return pledge.due.isoformat()
    kept = fields.get("due") or fields.get("old_due", "")
    return "" if pledge.problem in _WRONG else kept


def _joined(judge: Judge, fields: Mapping[str, Any], goal: str, due: str) -> tuple[str, bool]:
    """The goal so far with what was just said, and whether two sayings were put together."""
    before = fields.get("goal") or fields.get("words") or fields.get("old_goal", "")
    if not goal or not before or _settled(fields) or not fields.get("prompts"):
        return goal or before, False
    incomplete = {"too_short", "no_measure"} & set(judge.flags(goal, due))
    if not incomplete or "slogan" in judge.flags(before, due):
        return goal, False
    return merged(before, goal), True


def merged(before: str, more: str) -> str:
    """Two sayings as one goal, without what was said in both."""
    if before in more:
        return more
    fresh = [part for part in re.split("[，,；;]", more) if part.strip() and part.strip() not in before]
    return "，".join([before, *fresh])


def _faults(judge: Judge, goal: str, due: str, problem: str) -> tuple[str, ...]:
    """What is wrong with a promise; with a number and a date (even a wrong one) a short goal is a good one (走访企业15家)."""
    found = judge.flags(goal, due)
    short_and_good = (due or problem in _WRONG) and "no_measure" not in found
    return tuple(code for code in found if not (code == "too_short" and short_and_good))


@dataclass(frozen=True, slots=True)
class Judge:
    """Everything a wording is compared with, looked up once."""

    own: Collection[str]
    others: Collection[str]
    slogans: tuple[str, ...]
    today: date

    def flags(self, goal: str, due: str) -> tuple[str, ...]:
        """What makes a goal vague; `due` is empty or an ISO day."""
        day = date.fromisoformat(due) if due else None
        return vagueness.flags(goal, day, [*self.own], [*self.others], self.slogans, self.today)


def _judge(ctx: Context, fields: Mapping[str, Any]) -> Judge:
    unit = fields.get("unit", "")
    known = ctx.facts.goals_in(unit or fields["org"])
    alive = [one for one in known if one.state is not State.WITHDRAWN and one.number != fields.get("reopens")]
    slogans = (*ctx.profile.texts("commitment.slogans"), *vagueness.DEFAULT_SLOGANS)
    owner = unit or fields["owner"]
    own = [one.goal for one in alive if one.owner == owner]
    return Judge(own, [one.goal for one in alive if one.owner != owner], slogans, ctx.today)


def _noted(fields: Mapping[str, Any], words: str, vague: tuple[str, ...], due: str) -> dict[str, Any]:
    """The first wording stays with its faults, whatever becomes of it (R-064, S-03)."""
    first = {"text": fields.get("text", words), "flags": fields.get("flags", list(vague))}
    return {"afresh": False, "more": False, LEAVABLE: False, **first, **({"due": due} if due else {})}


def ask_due(ctx: Context, draft: Draft) -> str:
    """The question for the date, saying why the one given was not taken."""
    return _DUE[draft.fields.get("problem") or "missing"]


def read_due(ctx: Context, draft: Draft, words: str) -> Reading:
    """A day from today to thirteen months ahead (R-301)."""
    reading = deadline_in(words, ctx.today)
    if reading.problem or reading.day is None:
        return Complaint(_DUE[reading.problem or "missing"])
    due = {"due": reading.day.isoformat()}
    more = read_pledge(words, ctx.today).goal
    if "goal" in draft.fields and GOING_ON.match(more):
        # 11月30日前，并交总结: what goes on with the goal is not lost behind its date.
        return {**due, "goal": joined(draft.fields["goal"], more)}
    return due


def is_only_date(words: str, today: date) -> bool:
    """Whether words at the read-back are a date and nothing else (改到7月15日); 明天提醒我 is no deadline."""
    return deadline_in(words, today).problem != "missing" and bool(
        _BESIDE_DATE.fullmatch(read_pledge(words, today).goal)
    )


def ask_offer(ctx: Context, draft: Draft) -> str:
    """The goal put together from the person's own words, to be agreed to."""
    due = draft.fields.get("due")
    until = f"；完成时限{show(date.fromisoformat(due))}" if due else ""
    return f"改为：{draft.fields['offer']}{until}。对吗？\n1 对\n2 再改"


def read_offer(ctx: Context, draft: Draft, words: str) -> Reading:
    """1 takes the goal, 2 asks once more from the beginning, other words are the promise said anew."""
    said = words.strip("。.！! ")
    if bare_number(words) == 1 or said in ("对", "对的", "是", "是的"):
        fields = draft.fields
        kept = {"flags": fields.get("flags", []), "offer": ""}
        return settled(kept, fields["offer"], fields.get("unclear", False), fields.get("due", ""))
    afresh = {"offer": "", "words": "", "afresh": True}
    if bare_number(words) == 2 or said in ("再改", "不对", "不是"):
        return afresh
    return _anew(ctx, draft, words, afresh)


def _anew(ctx: Context, draft: Draft, words: str, afresh: Mapping[str, Any]) -> Reading:
    reading = read_goal(ctx, draft.having(**afresh), words)
    return {**afresh, **reading} if isinstance(reading, Mapping) else reading

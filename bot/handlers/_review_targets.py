"""Whom a review is about: candidates by name, how they are shown, whether the speaker may review them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.engine.forms import Option
from bot.engine.state import Draft
from bot.engine.turn import Context
from domain.people import Person
from domain.permissions import Target, column_of, may_register, may_review, reviews_anybody, targets_of
from domain.scope import scope_of
from domain.verdict import Verdict

MOST = 9
UNKNOWN = "没找到这个人或组织。请写全名，例：张伟；也可以写编号。"
GONE = "{name}的所在组织或职务刚有变动，点评还没有提交。请回复“改1 {name}”重新选定。"
_ASIDE = "（不在您的点评范围）"
_LEAD = re.compile(r"(?:点评|评一下)?[\s:：,，、]*")
_AFTER_NAME = re.compile(r"(?:同志|老师|书记|同学)?[\s:：,，、。]*")
_UNKNOWN_NAME = re.compile(
    "(?!成绩|成效|优点|亮点|不足|缺点|问题|存在|下一步|意见|建议|希望|努力|方向|肯定|总体|主要|首先)"
    r"(?P<name>[\u4e00-\u9fff]{2,4})(?:同志|老师|书记)?\s*[:：]\s*(?=\S)"
)
_HEAD = 24
_SELF = re.compile(r"我自己|我本人|自己|本人|我(?=[\s:：,，])")
_TITLE = "老师|书记|同志|教授|主任|院长|处长|科长|校长|同学"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something that may be meant, and whether the speaker may review it."""

    target: Target
    decision: Verdict


def stored(target: Target) -> list[str]:
    """A target as a draft keeps it."""
    return [target.type, target.subject, target.org]


def target_of(draft: Draft) -> Target | None:
    """The draft's target, once it is known."""
    kept = draft.fields.get("target")
    return Target(kept[0], kept[1], kept[2]) if kept else None


def decide(ctx: Context, target: Target) -> Verdict:
    """Whether the speaker may review this today."""
    return may_review(ctx.roster, ctx.profile, ctx.actor, target, ctx.today)


def judged(ctx: Context, draft: Draft, target: Target) -> Verdict:
    """The same for a draft, which may be about what somebody from outside said (R-040)."""
    ask = may_register if is_external(draft) else may_review
    return ask(ctx.roster, ctx.profile, ctx.actor, target, ctx.today)


def is_external(draft: Draft) -> bool:
    """Whether the speaker only registers what an external leader said."""
    return draft.handler == "external_review"


def still_stands(ctx: Context, target: Target) -> bool:
    """Whether somebody still is what he was chosen as: people move between the first word and 确认."""
    person = ctx.roster.person(target.subject) if target.type != "org" else None
    return person is None or target in targets_of(ctx.roster, person, ctx.today)


def candidates(ctx: Context, said: str | Sequence[str]) -> Sequence[Candidate]:
    """Everything that some ids or names of the understanding may mean, those he may review first (R-135)."""
    ids = [said] if isinstance(said, str) else list(dict.fromkeys(said))
    people = ctx.roster.people(ids)
    found = [one for id in ids for one in (_of_person(ctx, people[id]) if id in people else _of_org(ctx, id))]
    heard = [one for one in found if _may_hear_of(ctx, one.target)]
    return sorted(heard, key=lambda one: not one.decision.allowed)[:MOST]


def is_ordinary(ctx: Context) -> bool:
    """Whether somebody neither reviews nor reads others, and so learns nothing of other branches here (R-305)."""
    reviews = reviews_anybody(ctx.roster, ctx.actor.id, ctx.today)
    return not reviews and not scope_of(ctx.roster, ctx.actor, ctx.today)


def _may_hear_of(ctx: Context, target: Target) -> bool:
    own = ctx.roster.branch_of(ctx.actor.id, ctx.today)
    return not is_ordinary(ctx) or (own is not None and target.org == own.id)


def _of_person(ctx: Context, person: Person) -> list[Candidate]:
    """A person once, in what the speaker may review him best: as 书记 rather than as a member."""
    targets = sorted(targets_of(ctx.roster, person, ctx.today), key=lambda one: one.type == "member")
    judged = [Candidate(target, decide(ctx, target)) for target in targets]
    judged.sort(key=lambda one: (not one.decision.allowed, one.decision.daily_only))
    allowed = [one for one in judged if one.decision.allowed]
    as_member = [one for one in judged if one.target.type == "member"]
    return (allowed or as_member or judged)[:1]


def _of_org(ctx: Context, words: str) -> list[Candidate]:
    exact = ctx.roster.org(words)
    orgs = [exact] if exact else ctx.roster.org_named(words)
    targets = [Target("org", org.id, org.id) for org in orgs]
    return [Candidate(target, decide(ctx, target)) for target in targets]


def named_in(ctx: Context, words: str) -> tuple[list[str], str]:
    """The ids at the beginning of some words, and what stands behind them; same-sounding people last."""
    words = words[_LEAD.match(words).end() :]  # type: ignore[union-attr]
    own = _SELF.match(words)
    if own:
        return [ctx.actor.id], _behind(words, own.end())
    number = re.match(r"[A-Za-z]?\d{6,12}", words)
    if number and ctx.roster.person(number[0].upper()):
        return [number[0].upper()], _behind(words, number.end())
    for length in (4, 3, 2):
        people = ctx.roster.named(words[:length]) if len(words) >= length else ()
        if people:
            return [one.id for one in people], _behind(words, length)
    head = re.split(r"[\s:：,，。]", words, maxsplit=1)[0]
    orgs = ctx.roster.org_named(head) if head else ()
    if orgs:
        return [org.id for org in orgs], _behind(words, len(head))
    return _alike(ctx, words)


def _alike(ctx: Context, words: str) -> tuple[list[str], str]:
    for length in (3, 2):
        people = ctx.roster.sounding_like(words[:length]) if len(words) >= length else ()
        if people:
            return [one.id for one in people], _behind(words, length)
    return [], words


def _behind(words: str, at: int) -> str:
    return words[at + _AFTER_NAME.match(words[at:]).end() :].strip()  # type: ignore[union-attr]


def unknown_in(words: str) -> tuple[str, str]:
    """A name before a colon that nobody bears, and what stands behind it; empty and all words otherwise."""
    match = _UNKNOWN_NAME.match(words)
    return (match["name"], words[match.end() :]) if match else ("", words)


def is_certain(ctx: Context, person: Person, text: str) -> bool:
    """Whether the message names the person as he is written, by title or by number, not only by sound."""
    given, head = person.name[1:], text[:_HEAD]
    if person == ctx.actor and _SELF.search(text[:_HEAD]):
        return True
    if person.name in text or person.id in text.upper() or (len(given) > 1 and given in head):
        return True
    surname = re.escape(person.name[0])
    return bool(re.search(rf"{surname}(?:{_TITLE}|\S?校长)|[小老大]{surname}|支部书记|总支书记", head))


def named_exactly(ctx: Context, one: Candidate, text: str) -> bool:
    """Whether the words name a candidate beyond doubt; an organisation always is."""
    person = ctx.roster.person(one.target.subject) if one.target.type != "org" else None
    return person is None or is_certain(ctx, person, text)


def show(ctx: Context, target: Target) -> str:
    """A target as the read-back names it: 张伟（教工第二党支部 实验师）."""
    org = ctx.roster.org(target.org)
    if target.type == "org":
        return org.name if org else target.org
    person, where = ctx.roster.person(target.subject), org.name if org else target.org
    if person is None:
        return target.subject
    post = "书记" if target.type == "secretary" else person.post
    return f"{person.name}（{where} {post}）" if post else f"{person.name}（{where}）"


def name(ctx: Context, target: Target) -> str:
    """The bare name of a person or an organisation."""
    person = ctx.roster.person(target.subject) if target.type != "org" else None
    return person.name if person else show(ctx, target)


def options(ctx: Context, draft: Draft) -> list[Option]:
    """The numbered candidates; those outside his authority come last and say so (R-135)."""
    kept = [Target(one[0], one[1], one[2]) for one in draft.fields.get("candidates", ())]
    return [Option(stored(one), _line(ctx, one)) for one in kept]


def narrowed(ctx: Context, draft: Draft, text: str) -> Target | None:
    """The one candidate whose post, branch or number an answer names: 实验师那个, 二支部的."""
    kept = [Target(one[0], one[1], one[2]) for one in draft.fields.get("candidates", ())]
    place = re.sub(r"(?:的|那个|那位|这位)+$", "", text.strip("。 "))
    orgs = {org.id for org in ctx.roster.org_named(place)} if kept else set()
    people = ctx.roster.people([one.subject for one in kept])

    def fits(one: Target) -> bool:
        person = people.get(one.subject)
        named = person is not None and (
            person.id in text.upper() or bool(person.post and person.post in text)
        )
        return named or one.org in orgs

    fitting = [one for one in kept if fits(one)]
    return fitting[0] if len(fitting) == 1 else None


def _line(ctx: Context, target: Target) -> str:
    aside = "" if decide(ctx, target).allowed else _ASIDE
    if target.type == "org":
        return show(ctx, target) + aside
    person, org = ctx.roster.person(target.subject), ctx.roster.org(target.org)
    post = "书记" if target.type == "secretary" else person.post if person else ""
    return " ".join(filter(None, (name(ctx, target), post, org.name if org else ""))) + aside


def chosen(ctx: Context, found: Sequence[Candidate], certain: bool) -> Mapping[str, Any]:
    """The draft's fields for some candidates: one that is certain is taken, all others are offered."""
    if len(found) == 1 and certain:
        return {"target": stored(found[0].target)}
    return {"candidates": [stored(one.target) for one in found]}


def is_leading(ctx: Context, target: Target) -> bool:
    """Whether somebody with a leading post is reviewed as an ordinary member (R-036, R-148)."""
    column = column_of(ctx.roster, target, ctx.today)
    return target.type == "member" and column in ("leading_member", "school_leader")

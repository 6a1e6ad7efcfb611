"""点评: one target, a meeting, a draw, and what somebody has still to do."""

from __future__ import annotations

import re

from bot.understanding.places import place_at, place_in
from bot.understanding.rules import SCORE, Fields, lead, whole
from bot.understanding.said import Said
from bot.understanding.targets import review_fields
from domain import numerals


def _review(said: Said, match: re.Match[str]) -> Fields | None:
    return review_fields(said, match.end())


def _org(said: Said, match: re.Match[str]) -> Fields:
    place = place_in(said, said.plain)
    return {"org": place.value if place else None}


def _draw(said: Said, match: re.Match[str]) -> Fields:
    return {**_org(said, match), "n": numerals.read(match["n"]) if match["n"] else None}


def _period(said: Said, match: re.Match[str]) -> Fields:
    return {"period": said.period.period.label if said.period else None}


_N = "(?P<n>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_LOOK = "(?:(?:看看?|查看?|查询|看一?下|查一?下|查查)(?:一下)?)?"
_NEEDED = ("target", "text")

RULES = (
    whole(
        "review",
        "点评|点评一下|做点评|写点评|登记点评|录入?点评|点评一个人|(?:做|写|来)(?:一个|个|一次)点评|新的?点评",
        required=_NEEDED,
    ),
    lead("review", r"(?:点评|评一下|评一评)(?:一下|下)?(?:对象)?[,:、\s]*(?=\S)", _review, required=_NEEDED),
    lead("review", r"(?:给|对|就|为)(?=.{2,14}(?:点评|评一下|评一评))", _review, required=_NEEDED),
    lead("review_session", r"(?:[\u4e00-\u9fff]{0,12})?(?:集中点评)(?:一下)?", _org, required=("org",)),
    lead(
        "draw",
        rf"(?:从(?P<from>.{{2,14}}?)(?:里面?|中|当中)?)?(?:随机)?(?:抽取?|抽选|随机抽)(?:{_N})?(?:个|名|位)?(?:人|党员|同志)?(?:来|进行)?(?:点评)?(?=[,.!\s]|$)",
        _draw,
        required=("n",),
    ),
    lead(
        "owing",
        rf"{_LOOK}(?:我|本季度|这个?季度|今年|上半年|下半年|第?[一二三四]季度)*(?:还)?(?:欠|差|该|剩)(?:着)?(?:谁|哪些人?|几个人?|多少人?|哪几个)(?:的)?(?:点评)?(?:没?点评?)?",
        _period,
    ),
    lead("owing", rf"{_LOOK}我.{{0,8}}(?:还有|还)(?:谁|哪些人?|几个人?|多少人?)没(?:有)?点评", _period),
    lead("owing", rf"{_LOOK}我.{{0,8}}还没(?:有)?点评(?:过)?(?:谁|哪些人?|的)", _period),
    whole(
        "my_reviews",
        f"{_LOOK}(?:我的|(?:领导|书记|别人|上级)?(?:对我|给我)的?|我(?:收到|得到)的)点评(?:记录|情况|内容)?|看点评|(?:谁|有没有人|有人)点评(?:了|过)?我(?:没有)?|我点评(?:了|过)(?:谁|哪些人)",
    ),
    lead(
        "answer_review",
        r"(?:回应|回复|答复)(?:一下)?(?:点评|.{0,4}的点评)?[,:、\s]*",
        lambda said, match: {"text": said.rest(match.end())},
    ),
)

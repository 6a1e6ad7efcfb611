"""点评: one target, a meeting, a draw, and what somebody has still to do."""

from __future__ import annotations

from bot.understanding import subjects
from bot.understanding.rules import CLEAR, LIKELY, SCORE, Fields, Match, ask, lead, whole
from bot.understanding.said import Said
from bot.understanding.targets import details, named_first, review_fields
from domain import numerals


def _review(said: Said, match: Match) -> Fields | None:
    return review_fields(said, match.end())


def _manner(said: Said, match: Match) -> Fields:
    return details(said.plain)


def _org(said: Said, match: Match) -> Fields:
    return {"org": said.place.value if said.place else None}


def _session(said: Said, match: Match) -> Fields | None:
    """A meeting's round of reviews; what was said there of one person is a review like others."""
    subject = subjects.at(said, said.plain[match.end() :].lstrip("了 ,:"))
    return None if subject and subject.is_person else _org(said, match)


def _draw(said: Said, match: Match) -> Fields:
    return {**_org(said, match), "n": numerals.read(match["n"]) if match["n"] else None}


def _of_somebody(said: Said, match: Match) -> Fields | None:
    """看看陈静的点评: what was said of one person; who may see it is the handler's to say (R-044)."""
    subject = subjects.whole(said, match["who"])
    return {"person": subject.value} if subject and subject.is_person else None


def _answer(said: Said, match: Match) -> Fields:
    return {"text": said.rest(match.end())}


def _external(said: Said, match: Match) -> Fields | None:
    """登记外部点评 市教工委王处长点评教工一支部：…: who, of whom, what."""
    start = match.end()
    verb = said.plain.find("点评", start)
    if verb < 0:
        return {"by": said.plain[start:]}
    return {"by": said.plain[start:verb], **(review_fields(said, verb + 2) or {}), SCORE: CLEAR}


_N = "(?P<n>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_NEEDED = ("target", "text")
_MINE = "(?:点评(?:谁|什么|记录|内容|多少)*)"

_OUTSIDE = "(?:外部|外单位|校外|上级)(?:领导)?的?"

RULES = (
    whole("external_review", f"(?:登记)?(?:一?条|一次)?{_OUTSIDE}点评|登记{_OUTSIDE}点评", required=_NEEDED),
    lead(
        "external_review",
        rf"(?:登记|录入?|补录|记)(?:一?下|一条|一次)?{_OUTSIDE}点评[:,\s]*(?=\S)",
        _external,
        required=_NEEDED,
    ),
    whole(
        "review",
        "点评|(?:做|作|写|登记|录入?|来|新|新的|记)(?:一?下|一个|个|一次|一条|条)?点评|点评一?个?(?:人|党员|同志)|点评党员",
        required=_NEEDED,
    ),
    lead(
        "review",
        r"(?:(?:做|写|登记|录入?|记)(?:一?下|一个|个|一条|条)?)?(?:现场|实地|个别|谈话|当面|日常|定期)?(?:点评|评一下|评一评|评价一?下)(?:一下"
        r"|下)?(?=[^?]*\S)",
        _review,
        required=_NEEDED,
    ),
    lead(
        "review",
        r"(?:给|对|就|为|向|跟|和|与|找|同)(?P<who>.{2,16}?)(?:同志)?(?:的)?(?:工作)?(?:进行|作个?|做个?|来个?|写个?|一个)?(?:一?下"
        r"|一次|一条)?(?:现场|谈话|个别|当面)?(?:点评|评一下|评一评|评价)",
        named_first,
        required=_NEEDED,
    ),
    lead(
        "review",
        r"(?P<who>[\u4e00-\u9fff0-9a-z]{2,12}?)(?:同志)?(?:的)?点评(?=[:,\s])",
        named_first,
        required=_NEEDED,
    ),
    whole("review", "(?:现场|谈话|个别|日常|定期)点评", _manner, required=_NEEDED),
    whole("review", "点评(?:怎么|如何|咋)(?:做|写|弄|登记|发)", required=_NEEDED),
    lead("review", r"(?:表扬|批评|夸)(?:一下)?[,:\s]*", _review, score=LIKELY, required=_NEEDED),
    lead(
        "review_session",
        r"(?:今天|昨天|上午|下午|我们|支部)*.{0,10}?集中(?:进行)?点评",
        _session,
        required=("org",),
    ),
    lead(
        "review_session",
        r".{0,8}?(?:开会|会上|大会|生活会|支委会|党员大会|民主生活会|组织生活会)(?:上|时)?.{0,4}点评(?:一下)?(?:大家|全体|所有人|党员)?",
        _session,
        required=("org",),
    ),
    lead(
        "draw",
        rf"(?:从|在)?.{{0,14}}?(?:里面?|中|当中)?(?:随机|再)?(?:抽取?|抽选|抽查|随机选)(?:一下)?{_N}(?:个|名|位)?(?:人|党员|同志"
        rf"|老师)?(?:来|进行|做)?(?:点评)?(?=[,.!。\s]|$)",
        _draw,
        required=("n",),
    ),
    whole("draw", "抽人|随机抽取?(?P<n>)|抽取?(?:几个)?(?:人|党员)(?:点评)?|随机点评|抽签", required=("n",)),
    ask(
        "owing",
        "我?欠谁?点评|(?:我)?欠谁|欠点评谁?|我(?:差|该|剩|要)谁?点评?谁?|我(?:差|欠)(?:谁|多少)(?:没)?点评?|我谁没点评|我没点评谁?|(?:我)?点评任务"
        "|我?点评完?没?差谁|我点评交?没?差谁|(?:该|要)我点评谁|谁(?:该|要|等)我点评|谁点评我没(?:做|交|写)|我谁没点评|我(?:该|要|应该?)点评谁",
        "period",
    ),
    whole(
        "my_reviews",
        "(?:看一?[看下]?|查一?[查下]?|查看|查询)(?:一下)?(?:给|对)?(?:我的?)?点评(?:记录|情况|内容)?",
    ),
    lead(
        "my_reviews",
        r"(?:看一?[看下]?|查一?[查下]?|查看|查询)(?:一下)?(?P<who>[\u4e00-\u9fff0-9a-z]{2,12}?)(?:同志)?(?:的|收到的)点评(?:记录|情况|内容)?"
        r"[\s?!。,.]*\Z",
        _of_somebody,
    ),
    ask(
        "my_reviews",
        f"我(?:收到|得到|接受|作|做|写|发)?(?:过)?{_MINE}|(?:谁|领导|书记|上级|别人)*(?:给|对)?我?点评(?:过)?我(?:谁|什么|没)*|(?:领导"
        f"|书记|上级|别人)?(?:给|对)我{_MINE}|(?:领导|书记|上级)点评(?:谁|什么)?|收到点评|点评(?:过)?我谁?",
    ),
    lead(
        "answer_review",
        r"(?:回应|答复)(?:一下)?(?:领导|[\u4e00-\u9fff]{0,3}?书记(?![\u4e00-\u9fff]{0,2}[会室]))?(?:对我)?(?:的)?(?:点评)?[,:、\s]*",
        _answer,
        required=("text",),
    ),
    lead(
        "answer_review",
        r"回复(?:一下)?(?:领导|书记)?(?:对我)?(?:的)?点评[,:、\s]*",
        _answer,
        required=("text",),
    ),
)

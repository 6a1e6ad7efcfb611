"""What secretaries ask: who has not done it, how far it is, what is late, and the reminder that follows."""

from __future__ import annotations

import re

from bot.understanding import subjects
from bot.understanding.questions import asked_for
from bot.understanding.rules import LIKELY, WHOLE, Fields, Match, ask, lead, whole
from bot.understanding.said import Said

_LINE = re.compile(r"(?P<n>[0-9]{1,2})(?:号)?(?![0-9])")
_V = "(?:交|写|填|做|作|动|办)"
_X = "(?:写实|承诺)"


def _missing(said: Said, match: Match) -> Fields:
    return asked_for(said)


def _waiting(said: Said, match: Match) -> Fields:
    """谁的承诺还没签: of everybody in one's scope, not what waits for one's own signature."""
    place = said.place.value if said.place else None
    return {**asked_for(said), "period": said.period_code, "org": place}


def _demanded(said: Said, match: Match) -> Fields:
    """谁的整改没完成 (K-15)."""
    return {**_waiting(said, match), "duty": "K-15"}


def _waived(said: Said, match: Match) -> Fields | None:
    """免 许峰 住院, or 免 2 住院 by the line of the last list."""
    line = _LINE.match(said.plain, match.end())
    if line:
        return {"line": line["n"], "reason": said.rest(line.end())}
    found = said.names.at(said.plain[match.end() :])
    if found is None:
        return None
    behind = match.end() + found.span[1]
    month = _THE_MONTH.match(said.plain, behind)
    return {"person": found.value, "reason": said.rest(month.end() if month else behind)}


def _waived_first(said: Said, match: Match) -> Fields | None:
    """许峰免一下，住院: the name stands before the word."""
    subject = subjects.whole(said, match["who"])
    if subject is None or not subject.is_person:
        return None
    return {"person": subject.value, "reason": said.rest(match.end())}


def _one_person(said: Said, match: Match) -> Fields | None:
    """张伟交了吗, 陈静8月交了吗: the question is about one, the answer comes from the same list."""
    when = said.plain[slice(*said.period.span)] if said.period else ""
    subject = subjects.whole(said, match["who"].replace(when, ""))
    if subject is None or not subject.is_person:
        return None
    return {"person": subject.value, "period": said.period_code, **_missing(said, match)}


def _branch_alone(said: Said, match: Match) -> Fields | None:
    """二支部呢: the same question about another place."""
    words = said.plain.rstrip(" ?!.。")
    alone = said.place is not None and said.place.span == (0, len(words))
    return {} if said.place and (alone or words.endswith(("呢", "怎么样", "情况"))) else None


def _nudged(said: Said, match: Match) -> Fields | None:
    """催 alone, with numbers of the last list, with names, or with whoever has not handed in."""
    rest = said.plain[match.end() :].strip(" ,.!。吧哈呗了的")
    if not rest or _WHOM.fullmatch(rest):
        return {}
    numbers = [int(n) for n in re.findall("[0-9]{1,2}", rest)]
    if numbers and not rest.strip("0123456789 ,、和"):
        return {"numbers": numbers}
    subject = subjects.several(said, rest)
    if subject is None or subject.end < len(rest):
        return None
    return {"person" if subject.is_person else "org": subject.value}


def _attested(said: Said, match: Match) -> Fields | None:
    """已办 三季度写实 9月28日; without a paper's name, or while something else is open, it is no entrance."""
    draft = said.ctx.conversation.draft
    rest = said.rest(match.end())
    named = _PAPER.search(rest)
    if (rest and not named) or (not named and draft is not None and draft.handler != "attest"):
        return None
    # Who else was there, behind the first pause, does not say whose paper it is.
    note = _PAUSE.search(said.plain, match.end())
    place = said.place if said.place and (not note or said.place.span[1] <= note.start()) else None
    return {"text": rest, "org": place.value if place else None}


def _done(said: Said, match: Match) -> Fields | None:
    """三季度写实写好了; only where nothing is open, or it answers a question."""
    if said.ctx.conversation.draft is not None:
        return None
    return {"text": match["what"], "org": said.place.value if said.place else None}


_PAUSE = re.compile("[,;:。\n]")
_PAPER = re.compile("督查|写实|点评登记|登记表|通报|方案|评议|检查|分析会|公示|汇总表")
_DONE = (
    "(?P<what>.{0,12}?(?:督查|[季半学][度年期]写实|支部写实|点评方案|点评登记|登记表|点评通报|群众评议|小组检查|分析会|公示|汇总表[一二三]?))"
    "(?:已经?|都)*(?:已办|(?:办|开|做|写|填|报|贴)(?:结|完|好|出去)了?|[办开做填报]了)"
)


def _of_reviewers(said: Said, match: Match) -> Fields | None:
    """哪些书记还没点评过: about those who review, not those who are reviewed (R-112)."""
    return {"reviewers": True} if said.asks or "没" in match[0] else None


_THE_MONTH = re.compile(
    r"(?:的)?(?:本月|这个?月|上个?月|[0-9一二三四五六七八九十]{1,3}月份?)的?(?:写实)?(?=[,\s]|$)"
)
_WHOM = re.compile(
    "(?:那)?(?:些|几个)?(?:还)?(?:没有?|未)?(?:交|写|报|点评)?(?:写实|承诺)?的?(?:他们|她们|大家|人|同志|几[个位]人?|所有人|全部)?"
)
_MISSING = "|".join(
    (
        f"谁没{_V}?{_X}",
        f"谁没{_V}谁?",
        f"谁{_X}没{_V}",
        f"{_X}谁没{_V}?(?:谁)?",
        f"{_X}?没{_V}{_X}?谁?",
        f"{_V}?{_X}?(?:{_V}|收)?(?:齐|全|够)(?:没|不|{_X})?",
        f"{_X}{_V}(?:没|没{_V})",
        f"{_X}(?:差|缺)谁",
        f"{_X}(?:{_V}|收)?(?:多少|谁)",
        "(?:交|收)(?:谁|多少)",
        f"(?:差|缺)谁(?:没)?{_V}?{_X}?",
        f"(?:差|缺){_X}谁",
        f"{_X}?谁(?:差|缺|欠){_V}?{_X}?",
        f"欠谁{_V}?{_X}",
        "谁没点评(?:到)?|没点评谁|点评谁没|谁没点评过|谁没接受点评|谁点评没(?:做|作|交)?|点评谁没(?:做|作|交)?|(?:差|缺)谁没?点评|谁(?:差|缺)点评",
    )
)

_HEADS, _UNDONE = (
    "(?:党)?(?:支部|总支|基层|直属)*书记(?:们|里面?|中)?",
    "(?:一次|一个|从来)*没(?:作|做|动)?点评",
)
_REVIEWERS = "|".join(
    (
        f"谁{_HEADS}{_UNDONE}(?:谁|人|多少)?",
        f"{_HEADS}谁{_UNDONE}",
        f"{_UNDONE}{_HEADS}谁?",
        f"{_HEADS}(?:作|做)?点评(?:多少|交|齐|交多少|齐没)?",
    )
)
_ITEMS_OF = "(?:谁|哪些?(?:人|同志|党员|支部|总支|组织)?|哪[几个]+(?:人|支部|总支|组织)?|几个(?:人|支部))"

RULES = (
    whole(
        "missing",
        f"[^我]{{0,12}}?{_ITEMS_OF}的?承诺书?(?:都|还)*(?:没有?|未)(?:签字?|签上|公开|公示)(?:的)?",
        _waiting,
    ),
    whole(
        "missing",
        f"[^我]{{0,12}}?(?:{_ITEMS_OF})的?整改(?:事项)?(?:都|还)*(?:没有?|未)(?:完成|回复|做完?|办完?|到位|落实|整改|改)?(?:的)?"
        "|[^我]{0,12}?(?:还)?(?:有)?(?:谁|哪[些几]个?(?:人|同志|支部)?)(?:都|还)*(?:没有?|未)(?:完成)?整改(?:完成?|好|到位)?(?:的)?"
        "|[^我]{1,12}?的?整改(?:事项)?(?:都|还)*(?:完成|回复|做完|办完|改好|到位)了?(?:吗|没有?)"
        "|(?:还)?(?:没有?|未)(?:完成|回复)的?整改(?:事项)?(?:有哪些|有谁|是谁)?",
        _demanded,
    ),
    whole(
        "watch",
        "(?:写实|承诺|点评|等|大家)*(?:都)?(?:交|收|点评|办|作)?(?:齐|全|完)了?(?:以?后|就|再|请)*(?:叫|告诉|通知|喊|说|提醒)我?(?:一声)?",
        lambda said, match: asked_for(said),
    ),
    whole(
        "unwatch", "(?:不用|别|不要|不必)(?:再)?(?:叫|喊)我?了?|(?:不用|别)(?:再)?(?:告诉|等)我?(?:齐)?了?"
    ),
    whole("attest", "已办(?:结|完|好)?(?:登记)?|登记已办(?:的事)?", _attested),
    whole("attest", _DONE, _done),
    lead("attest", r"已办(?:结|完|好)?了?[,:、\s]*(?=\S)", _attested, score=WHOLE),
    whole("waive", "免(?:填|交|报)?", required=("person", "reason")),
    lead(
        "waive",
        r"(?P<who>[\u4e00-\u9fff0-9a-z]{2,10}?)(?:的|本月|这个月|写实)*免(?:填|交|报|写|掉|了|一下)*(?=[,:、。\s]|$)",
        _waived_first,
        required=("person", "reason"),
    ),
    ask("missing", _MISSING, "period", "org", read=_missing),
    ask("coverage", _REVIEWERS, "period", "org", read=_of_reviewers),
    ask(
        "coverage",
        "(?:点评)?覆盖(?:率|面|多少|谁|率多少)*|点评(?:率|比例|面|交率|多少|交多少|做多少|率多少|谁|到哪一?步|百分之多少)|点评(?:做|交)(?:谁|到哪一?步)|谁点评过?",
        "period",
        "org",
    ),
    ask(
        "overdue",
        "(?:谁|什么)?(?:承诺|整改)?(?:逾期|超期|过期|超时|到期没(?:交|做|办))(?:没)?(?:交|办)?(?:谁|什么|承诺|整改|事|项|件|多少)*",
        "org",
    ),
    ask(
        "nudge",
        "(?:催一催|催+|催促|催办|催交|催报|提醒|通知)(?:没)?(?:交|写|报|点评)?(?:写实|承诺)?(?:那)?(?:谁|人|他们|她们|全部|所有)*(?<!提醒)(?<!通知)",
        "org",
        read=_missing,
    ),
    lead(
        "nudge",
        "(?:再|帮我)?(?:催(?:一?[下催]|一哈|促|办|交|报)*|提醒(?:一?[下遍次])?(?=他们|大家|没|还没|未))",
        _nudged,
    ),
    ask(
        "nudge",
        "(?:提醒|通知|叫)(?:他们|她们|大家|没交谁?|谁)(?:赶紧|快|抓紧|尽快|来|去|交|写|报|填|写实|承诺)*",
    ),
    ask("missing", "", "period", "org", read=_branch_alone, score=LIKELY),
    whole(
        "missing",
        r"(?P<who>[\u4e00-\u9fff0-9a-z]{2,12}?)的?(?:写实|承诺)?(?:交|写|报|做|作)(?:了)?(?:写实|承诺)?(?:没有?|吗"
        r"|没[交写报]|了没有?|没)",
        _one_person,
    ),
    ask("nudge", "(?:给)?没(?:交|写)(?:写实|承诺)?(?:人|谁)?(?:发)?(?:个|条)?(?:催|提醒|通知)(?:谁|他们)?"),
    lead(
        "waive", r"免(?:填|交|报|去|写|掉)?(?:一下)?[,:、\s]*(?=\S)", _waived, required=("person", "reason")
    ),
    whole(
        "roster_list",
        "(?:支部|党员|人员|我们支部|本支部|我们)*(?:的)?(?:名单|花名册)|(?:看看?|查看?|发|要)(?:一下)?(?:支部|党员|人员|我们支部|本支部|我们)*(?:的)?名单"
        "|(?:我们|本)?支部(?:都|现在)?有(?:哪些|多少|几个)(?:人|党员|同志)",
    ),
    whole(
        "unbound",
        "未绑定(?:的?(?:人|人员|名单|有谁|有哪些))?|(?:还)?(?:有)?(?:谁|哪些人?)(?:还)?(?:没有?|未)(?:绑定?|绑上|绑好)(?:账号|微信"
        "|企业微信)?|没绑定?的?(?:有谁|人|有哪些)?",
    ),
)

"""Signing, returning and publishing commitments; rectification by number."""

from __future__ import annotations

from bot.understanding.rules import LIKELY, SCORE, WHOLE, Fields, Match, ask, lead, whole
from bot.understanding.said import Said
from domain.dates import deadline_in
from domain.rectifying import may_judge

_NUMBER = r"(?P<number>(?:[cpzxd]-)?(?:[0-9]{4}-)?[0-9a-z]{0,9}[0-9]{3}(?:-[0-9]{1,4})?)(?:号)?"
_CHANNELS = (
    ("meeting", "会议"),
    ("meeting", "大会"),
    ("file", "文件"),
    ("board", "公开栏"),
    ("board", "公示栏"),
    ("press", "报刊"),
    ("broadcast", "广播"),
    ("network", "网"),
)
_WAITING = "待签 "
"""How the lines of the list of 待签 begin, as words behind its digits."""


def _signed(said: Said, match: Match) -> Fields | None:
    return {"number": match["number"].upper(), "channels": channels(said.plain[match.end() :])}


def channels(plain: str) -> list[str]:
    """The roads of publication which some words name (R-079)."""
    return list(dict.fromkeys(code for code, word in _CHANNELS if word in plain))


def _channels(said: Said, match: Match) -> Fields:
    return {"channels": channels(said.plain)}


def _returned(said: Said, match: Match) -> Fields | None:
    return {"number": match["number"].upper(), "reason": said.rest(match.end())}


def _line_returned(said: Said, match: Match) -> Fields | None:
    """退 1 请写清次数: a line of the list of 待签, if that was the last list."""
    lines, n = said.ctx.choices, int(match["n"])
    if not 1 <= n <= len(lines) or not lines[n - 1].startswith(_WAITING):
        return None
    return {"number": lines[n - 1].removeprefix(_WAITING), "reason": said.rest(match.end())}


def _published(said: Said, match: Match) -> Fields | None:
    """What is to be made public; with a deadline behind it 公开承诺 is a promise."""
    if "承诺" in match[0] and deadline_in(said.plain, said.ctx.today).marked:
        return None
    return {"scope": said.rest(match.end())}


def _numbered(said: Said, match: Match) -> Fields:
    return {"number": match["number"].upper()}


def _named(said: Said, match: Match) -> Fields | None:
    """Whose item is meant; without a known name these words mean something else."""
    found = said.names.at(said.plain[match.end() :])
    return {"person": found.value} if found else None


def _named_and_reason(said: Said, match: Match) -> Fields | None:
    found = said.names.at(said.plain[match.end() :])
    if found is None:
        return None
    return {"person": found.value, "reason": said.rest(match.end() + found.span[1])}


def _turned_down(said: Said, match: Match) -> Fields | None:
    """退回 said to an item that is just being verified means that one, and no promise that waits for a signature."""
    draft = said.ctx.conversation.draft
    return {} if draft is not None and draft.handler == "verify" else None


def _rectified(said: Said, match: Match) -> Fields:
    return {"number": match["number"].upper(), "text": said.rest(match.end())}


def _progress(said: Said, match: Match) -> Fields:
    return {"text": said.rest(0)}


def _told(said: Said, match: Match) -> Fields:
    return {"text": said.rest(match.end())}


def _accepted(said: Said, match: Match) -> Fields:
    return {"number": (match.groupdict().get("number") or "").upper(), "verdict": "accept"}


def _reply_returned(said: Said, match: Match) -> Fields | None:
    """退 公示栏照片没有: without a name it means the reply to a 整改 that waits, if one does."""
    ctx = said.ctx
    waits = any(may_judge(ctx.roster, ctx.actor.id, one, ctx.today) for one in ctx.facts.replies_waiting())
    return {"reason": said.rest(match.end())} if waits else None


RULES = (
    lead("verify", "退回?|打回", _turned_down, score=WHOLE),
    whole(
        "verify",
        "核实|(?:全部|都|一起)核实|核实(?:全部|所有)的?|待核实(?:的承诺|承诺|清单)?"
        "|(?:有(?:没有)?|还有)?(?:什么|哪些|谁的|几[个件])?(?:需要|等着?|要|该|待)我?核实的?(?:承诺)?(?:有(?:哪些|什么))?",
        required=("number",),
    ),
    lead("verify", rf"核实(?:一下)?[,:、\s]*{_NUMBER}", _numbered, required=("number",)),
    lead("verify", rf"{_NUMBER}[,:、\s]*(?:已经?)?核实", _numbered, required=("number",)),
    lead("verify", r"核实(?:一下)?[\s,:]*(?=[\u4e00-\u9fff])", _named, required=("number",)),
    whole(
        "to_sign",
        "待签|待签(?:的|字|事项|承诺|名单|列表)+|(?:有(?:没有)?|还有)?(?:什么|哪些|谁的|几个|多少)?(?:需要|等着?|要|该|待)我?(?:签|签字|审"
        "|审核)的?(?:承诺)?(?:有(?:哪些|什么|谁))?|有没有(?:要|需要)我?签(?:字)?的?",
    ),
    lead("sign", rf"(?:签字?|签署|同意签?|签了|签一下)[,:、\s]*{_NUMBER}", _signed, required=("number",)),
    lead(
        "sign",
        rf"{_NUMBER}[,:、\s]*(?:这[个条件])?(?:我)?(?:同意)?(?:签了|签字|签|同意)",
        _signed,
        required=("number",),
    ),
    lead(
        "return",
        rf"(?:把|将)?{_NUMBER}[,:、\s]*(?:这[个条件])?(?:(?:不行|不可以|不同意|不合格|有问题)[,、\s]*)?(?:退回?|打回)(?:去|一下|了)*",
        _returned,
        required=("number", "reason"),
    ),
    ask(
        "to_sign",
        "谁?(?:承诺)?没签(?:字)?(?:谁|承诺)?|(?:谁)?承诺(?:谁)?没签字?|有?(?:谁|什么|承诺)*(?:需要?|要|等|待|该)我?(?:签字?|审批?)(?:谁"
        "|承诺|什么)?|待签谁?",
    ),
    lead(
        "sign",
        rf"(?:同意|可以|没问题|通过)[,:、\s]*(?:签字?)?[,:、\s]*{_NUMBER}",
        _signed,
        required=("number",),
    ),
    lead("sign", r"同意(?=[\u4e00-\u9fff])", _named, score=LIKELY, required=("number",)),
    whole("sign", "签|签字|签一下", required=("number",)),
    # Not sure: 同意 answers many a question, and only the last item read says what is agreed to.
    whole("sign", "我?同意(?:签字)?", lambda said, match: {SCORE: LIKELY}, required=("number",)),
    whole("sign", "全签了?|全部?都?(?:同意)?签(?:字|了)?|都(?:同意)?签(?:字|了)?|签(?:全部|所有)的?"),
    lead("sign", r"签字?[\s:]*[0-9]{1,2}(?:[\s,、和]+[0-9]{1,2})*\Z"),
    lead("sign", r"(?:同意)?签字?[\s,:]*(?=[\u4e00-\u9fff])", _named, required=("number",)),
    lead("to_sign", rf"待签[\s:]*{_NUMBER}\Z", _numbered),
    lead(
        "return", rf"(?:退回?|打回|退了)(?:去)?[,:、\s]*{_NUMBER}", _returned, required=("number", "reason")
    ),
    lead("return", r"退回?第?[\s:]*(?P<n>[0-9]{1,2})(?![0-9-])[条件个]?[\s,:、]*", _line_returned),
    whole("return", "退|退回", required=("number", "reason")),
    lead("return", r"退回?[\s,:]*(?=[\u4e00-\u9fff])", _named_and_reason, required=("number", "reason")),
    lead("return", r"(?:退回?|打回)[\s,:、]+(?=\S)", _reply_returned, required=("number",)),
    lead(
        "judge_rectification",
        rf"(?:认可|同意销号|可以销号|销号)[,:、\s]*(?:整改)?[,:、\s]*{_NUMBER}",
        _accepted,
    ),
    whole("judge_rectification", "我?认可(?:整改|销号)?|(?:同意|可以)?销号", _accepted),
    ask(
        "publish",
        "(?:把)?(?:我们)?(?:签[好完]?|已签|全部|所有)*字?承诺(?:全部|都)?(?:在?(?:网上|网络|公开栏|公示栏|会上|会议))?(?:公开|公示|公布)(?:出去)?",
        read=_channels,
    ),
    whole("publish", "公开|公开承诺|公示承诺|公布承诺"),
    lead("publish", r"公开(?:承诺)?(?=[\s,:、]+\S|全部|所有|[0-9]|本支部|支部)", _published),
    lead(
        "rectify",
        # What is counted in the words themselves (1500元, 301-2房间) is no number of a demand.
        rf"整改(?:回复|完成|进展)?[,:、\s]*{_NUMBER}(?=[\s,:、。]|$|[已完进措回做改整还没未])",
        _rectified,
        required=("number",),
    ),
    lead(
        "rectify",
        r"整改(?:已经?|都)?(?:完成|到位|做完|办结|做好)了?(?=[,:。\s]|$)",
        _progress,
        score=LIKELY,
        required=("number",),
    ),
    lead(
        "rectify",
        r"(?:我的)?整改(?:情况|措施|进展|进度|回复|完成)?[\s,:、]+(?=[\u4e00-\u9fff])",
        _told,
        required=("number",),
    ),
    whole("rectify", "整改|我的整改|整改(?:回复)?待阅|整改(?:事项|回复|情况|清单|进展)|待整改"),
)

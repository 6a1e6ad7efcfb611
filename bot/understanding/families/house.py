"""Entrances that concern the bot itself: 帮助, 我的, 停发, 预演, 稍后提醒."""

from __future__ import annotations

from bot.engine.state import CONFIRM
from bot.understanding.rules import Fields, Match, ask, lead, whole
from bot.understanding.said import Said


def _coming(said: Said, match: Match) -> Fields:
    """The window still to come: what was is not rehearsed."""
    code = said.period_code
    if said.period and code and said.period.period.end < said.ctx.today:
        code = f"{int(code[:4]) + 1}{code[4:]}"
    return {"period": code}


def _at_read_back(said: Said, match: Match) -> Fields | None:
    """Only where everything was just read back; to a question 对 is an answer."""
    draft = said.ctx.conversation.draft
    return {} if draft is not None and draft.asked == CONFIRM else None


_DAY = "(?:明天|明早|今天|今晚|明晚|后天|大后天|下周[一二三四五六日天]?|周[一二三四五六日天])"
_PART, _CLOCK = "(?:上午|早上|下午|晚上|中午)", "(?:[0-9一二两三四五六七八九十]{1,3}点半?)"
_WHEN = (
    rf"(?:稍后|稍晚|晚点|晚些时候|晚一点|过会儿?|过一会儿?|待会儿?|等会儿?|等下|等一下|回头|{_DAY}{_PART}?{_CLOCK}?|{_PART}{_CLOCK}?"
    rf"|{_CLOCK}|[0-9一二两三四五六七八九十半几]+个?(?:小时|天|分钟|钟头)(?:以|之)?后|过[一二两三四五几]天)"
)

RULES = (
    whole(
        "agree",
        "(?:都|全|是)?对(?:的|了|着)?(?:呢|滴)?|(?:都)?没(?:有)?错(?:的|了)?|是的?|正确",
        _at_read_back,
    ),
    whole(
        "help",
        "(?:使用)?帮助|help|[?]+|菜单|功能|使用说明|说明书?|帮帮我|救命|(?:这个?|这东西|你)?(?:要)?(?:怎么|如何|咋)(?:用|使用|操作"
        "|弄)(?:的)?|(?:你|您)?(?:都)?(?:能|会|可以)(?:做|干|帮我做?|办)(?:些|点)?(?:什么|啥|哪些事?)|(?:都)?(?:有)?(?:什么"
        "|哪些)(?:功能|用)|(?:你|您)是(?:谁|什么|干什么的)(?:.{0,2}(?:能|会)(?:做|干)(?:些)?(?:什么|啥))?|不会(?:用|弄|操作)"
        "|教教?我(?:怎么用)?|我?(?:不知道|不会)(?:怎么|咋)(?:用|弄|操作)",
    ),
    whole(
        "mine",
        "我的|我的(?:事|任务|待办|情况|事项)|(?:我)?(?:今天|这个月|本月|现在)?(?:还)?有(?:什么|哪些|啥)(?:事|任务|工作)?(?:要|该|需要|没|等我?"
        "|还没)?(?:我)?(?:做|办|弄|完成|处理)?的?|(?:我的)?待办(?:事项)?|我(?:该|要|应该)(?:做|干|办)(?:什么|啥)(?:了)?",
    ),
    whole(
        "hold",
        "(?:全部|所有|先|立即|马上)?(?:停发|暂停发送|停止(?:推送|发送|提醒)|暂停(?:推送|提醒))|先?别(?:再)?发了?|(?:停止|暂停)(?:所有"
        "|全部)?的?(?:推送|提醒|消息|发送)|停发(?:所有|全部)?(?:推送|提醒|消息)",
    ),
    whole(
        "release",
        "恢复(?:发送|推送|提醒|正常发送)?|继续(?:发送|推送)|(?:可以|重新)(?:开始)?(?:发送?|推送)了?",
    ),
    whole(
        "snooze",
        rf"{_WHEN}(?:再|时)?(?:来)?(?:提醒|通知|叫|告诉)(?:一下)?(?:我)?(?:一下)?|(?:我)?(?:现在|正在|今天)?(?:没空|忙着?|没时间|开会"
        rf"|不方便|上课)[,，、 ]*(?:呢)?[,，、 ]*{_WHEN}(?:再)?(?:提醒|说|弄|写|来)(?:我)?|{_WHEN}再(?:说|弄|写|提醒)",
    ),
    lead("rehearse", r"(?:预演|彩排)(?:一下)?", _coming),
    ask("rehearse", "会(?:给谁)?发(?:什么|哪些|谁)(?:推送|提醒|消息)?", read=_coming),
    whole("open_unit", "开始|启用|开始使用|正式开始"),
    lead("plan", r"(?:点评)?方案(?=[\s,:。]|$)"),
    lead("visit", r"调研(?=[\s,:。]|$)"),
    lead("quarter_record", r"(?:.{0,6})?季度写实(?=[\s,:。]|$)"),
)

"""Entrances that concern the bot itself: 帮助, 我的, 停发, 预演, 调度状态, 补发, 稍后提醒, 解卡."""

from __future__ import annotations

import re

from bot.understanding import subjects
from bot.understanding.rules import Fields, Match, ask, lead, whole
from bot.understanding.said import Said

_PAST = re.compile("[去前上昨]|[0-9]{4}")


def _coming(said: Said, match: Match) -> Fields:
    """The window still to come: 3月 is the next one, but 去年 and 2025年 mean what was."""
    code = said.period_code
    if said.period and code and said.period.period.end < said.ctx.today:
        if _PAST.search(said.plain[slice(*said.period.span)]):
            return {"period": code}
        code = f"{int(code[:4]) + 1}{code[4:]}"
    return {"period": code}


def _freed(said: Said, match: Match) -> Fields | None:
    """解卡 张伟: whoever is named behind the word; an unknown name is asked for, a sentence is none."""
    words = said.plain[match.end() :].strip(" ,.:、!。吧了")
    subject = subjects.whole(said, words)
    if subject is None or not subject.is_person:
        return {} if len(words) <= _LONGEST_NAME else None
    return {"person": subject.value}


def _stuck(said: Said, match: Match) -> Fields | None:
    """张伟卡住了，帮他解开: only of somebody known; a printer or a project may be stuck as well."""
    subject = subjects.whole(said, match["who"].removesuffix("同志").removesuffix("老师"))
    return {"person": subject.value} if subject and subject.is_person else None


_SENDING = "(?:今天|昨天|今早|刚才|这次|现在)?(?:的)?"
_RESEND = (
    "(?:给)?(?:没(?:发(?:出去|成|出|到)|收到|送到)|收不到|漏发|漏掉|过期|停机期间)(?:人|提醒|消息|推送)?(?:重新)?(?:补?发)一?[次遍]?(?:提醒|消息|推送)?"
    "|(?:补发|重发|重新发提醒|提醒发一[次遍]|补发一[次遍])(?:写实|承诺|点评)?(?:提醒|消息|推送)?(?:给没(?:收到|交)人?)?"
)
_WHO = "(?P<who>[\u4e00-\u9fff0-9a-z]{2,14}?)"
_LONGEST_NAME = 4
_OPEN = "(?:请|快|麻烦)?(?:您|你)?(?:给|帮|替|把)?(?:他|她|我)?(?:的)?(?:一下|忙|看看|处理)?(?:解开|解卡|解一?下|放开|放下)?(?:一下)?"
_DAY = "(?:明天|明早|今天|今晚|明晚|后天|大后天|下周[一二三四五六日天]?|周[一二三四五六日天])"
_PART, _CLOCK = "(?:上午|早上|下午|晚上|中午)", "(?:[0-9一二两三四五六七八九十]{1,3}点半?)"
_WHEN = (
    rf"(?:稍后|稍晚|晚点|晚些时候|晚一点|过会儿?|过一会儿?|待会儿?|等会儿?|等下|等一下|回头|{_DAY}{_PART}?{_CLOCK}?|{_PART}{_CLOCK}?"
    rf"|{_CLOCK}|[0-9一二两三四五六七八九十半几]+个?(?:小时|天|分钟|钟头)(?:以|之)?后|过[一二两三四五几]天)"
)

RULES = (
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
        "(?:全部|所有|先|立即|马上)?(?:停发|暂停发送|停止(?:推送|发送|提醒)|暂停(?:推送|提醒))|先?别(?:再)?发了?(?:,.{1,20})?|(?:停止|暂停)(?:所有"
        "|全部)?的?(?:推送|提醒|消息|发送)|停发(?:所有|全部)?(?:推送|提醒|消息)",
    ),
    whole(
        "release",
        "恢复(?:发送|推送|提醒|正常发送)?|继续(?:发送|推送)|(?:可以|重新)(?:开始)?(?:发送?|推送)了?",
    ),
    whole(
        "clock_state",
        f"(?:看|查)?(?:一?下)?{_SENDING}(?:调度|定时|发送|推送|提醒|后台|时钟|系统)(?:的)?(?:状态|情况)(?:怎么样|如何)?|(?:还)?(?:有)?(?:多少|哪些|什么)(?:条)?(?:提醒"
        f"|消息|推送)?没(?:有)?发(?:出去|成|出|掉)的?|{_SENDING}(?:提醒|消息|推送|通知)(?:都)?(?:发出去|发|发成|送到)了?(?:吗|没有?|么)"
        f"|(?:今天|这次)?(?:为什么|怎么|咋)(?:还)?没(?:有)?(?:人)?(?:发|收到)(?:提醒|消息|推送)|(?:今天|这次)?的?(?:提醒|消息|推送|通知)(?:为什么|怎么|咋)(?:还)?没(?:有)?(?:发|来)(?:出去)?"
        "|(?:时钟|定时|后台|调度|机器人)(?:是不是)?(?:还)?(?:停|坏|挂|死机)了(?:吗|没有?|么)?|(?:时钟|定时|后台|调度)(?:还)?(?:在走|正常|在运行|在跑)(?:吗|么)?",
    ),
    ask("resend", _RESEND, "org"),
    whole(
        "snooze",
        rf"{_WHEN}(?:再|时)?(?:来)?(?:提醒|通知|叫|告诉)(?:一下)?(?:我)?(?:一下)?|(?:我)?(?:现在|正在|今天)?(?:没空|忙着?|没时间|开会"
        rf"|不方便|上课)[,，、 ]*(?:呢)?[,，、 ]*{_WHEN}(?:再)?(?:提醒|说|弄|写|来)(?:我)?|{_WHEN}再(?:说|弄|写|提醒)",
    ),
    whole("free", "解卡", required=("person",)),
    lead("free", r"解卡[,:、\s]*(?=\S)", _freed, required=("person",)),
    whole(
        "free",
        rf"{_WHO}(?:那里|那边|好像|又|也|被)*卡(?:住|死)了?[,、。 ]*{_OPEN}",
        _stuck,
        required=("person",),
    ),
    whole("free", rf"(?:给|帮|替|把)?{_WHO}(?:解卡|解开)", _stuck, required=("person",)),
    lead("rehearse", r"(?:预演|彩排)(?:一下)?", _coming),
    ask(
        "rehearse",
        "(?:下周|明天|后面|接下来)?会(?:给谁?)?发(?:什么|哪些|谁)(?:推送|提醒|消息)?",
        read=_coming,
    ),
    whole("open_unit", "开始|启用|开始使用|正式开始"),
    ask("plan", "(?:定|做|改|制定)?(?:个|一?下)?(?:普遍)?(?:点评)?方案(?:表|对照)?", "period", "org"),
    lead("plan", r"(?:点评)?方案(?=[\s,:。]|$)"),
    lead("visit", r"调研(?=[\s,:。]|$)"),
    lead("quarter_record", r"(?:.{0,6})?季度写实(?=[\s,:。]|$)"),
)

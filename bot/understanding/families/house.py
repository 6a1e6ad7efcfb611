"""Entrances that concern the bot itself: 帮助, 我的, 停发, 预演, 稍后提醒."""

from __future__ import annotations

import re

from bot.understanding.rules import Fields, lead, whole
from bot.understanding.said import Said


def _period(said: Said, match: re.Match[str]) -> Fields:
    return {"period": said.period.period.label if said.period else None}


RULES = (
    whole(
        "help",
        "帮助|help|[?]+|菜单|功能|使用说明|说明书?|(?:这个)?(?:怎么|如何)(?:用|使用|操作)|(?:你|您)?(?:能|会|可以)(?:做|干|帮我做?)(?:些|点)?(?:什么|啥)|(?:有)?(?:什么|哪些)功能|不会用|教教?我(?:怎么用)?",
    ),
    whole(
        "mine",
        "我的|我的(?:事|任务|待办|情况)|我(?:还)?有(?:什么|哪些|啥)(?:事|任务|要做的|没做的|没办的)+|(?:我的)?待办(?:事项)?",
    ),
    whole(
        "hold",
        "停发|暂停发送|(?:全部)?停止(?:推送|发送|提醒)|先别发了?|停止?所有(?:推送|提醒|消息)|停发(?:所有|全部)?(?:推送|提醒|消息)",
    ),
    whole("release", "恢复(?:发送|推送|提醒)|继续发送|可以发了|重新(?:开始)?(?:发送|推送)"),
    whole(
        "snooze",
        "(?:稍后|稍晚|晚点|晚些时候|过会儿?|待会儿?|等会儿?|等下|回头|明天|明早|后天|下午|晚上|下周[一二三四五六日天]?|[0-9一二两三四五六七八九十半]+个?(?:小时|天|分钟)后)(?:再|时)?(?:提醒|通知|叫|告诉)(?:我)?|(?:现在)?(?:没空|忙着?|没时间)[,，、 ]*(?:明天|晚点|稍后|过会儿?)再(?:提醒|说|弄|写)(?:我)?",
    ),
    lead("rehearse", r"预演|彩排|(?:看看|看一下)?会(?:给谁)?发(?:哪些|什么)(?:推送|提醒)", _period),
    whole("open_unit", "开始|启用|开始使用|正式开始"),
)

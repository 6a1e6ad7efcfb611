"""Every sentence the bot says outside a handler's own questions."""

from __future__ import annotations

MOST_PHOTOS = 9

CONFIRM_OR_AMEND = "回复“确认”，或直接说要改哪里（如“改2 …”）。"
NOT_UNDERSTOOD_AT_CONFIRM = "没看懂要改哪里。没有错请回复“确认”；要改请带上编号，例：改2 新的内容。"
NEARLY_CONFIRM = ("对", "没错", "是", "没问题", "就这样", "不错")
SAY_CONFIRM = "好。请回复“确认”提交；只有这两个字才算数。"
CHANGED = "已改。\n"
CHANGED_SINCE = "您看过以后有变动，还没有提交。请看现在的：\n"
LIST_CHANGED = "这张单子刚才有变动，请看着现在的再选一次。\n"
CHANGED_NOT_SENT = "已改，还没有提交，请再核对一遍。\n"
NOT_SENT = "还没有提交。"
NOT_YET_COMPLETE = "还差一点才能确认。\n"
AT_THE_BEGINNING = "前面没有了。\n"
CANNOT_SKIP = "这一项不能跳过。\n"
NOTHING_TO_UNDO = "没有可以撤回的。刚提交的内容10分钟内可以撤回。"
TOO_LATE_TO_UNDO = "已经超过10分钟，不能直接撤回了。需要更正请告诉支部书记。"
NOTHING_OPEN = "现在没有进行中的事。回复“帮助”看我能做什么。"
NOTHING_PARKED = "没有存着的草稿。回复“帮助”看我能做什么。"
LEFT = "好的，先到这里。需要什么直接说。"
KEPT = "已存草稿，7天内回复“继续”接着来。"
LIST_TOO_OLD = "这个编号对应的单子已经过期，请重新问一次。"
NO_SUCH_NUMBER = "上一张单子里没有这个编号。"
NOT_UNDERSTOOD = "这一问我没看懂，不要紧。"
CHOOSE_FROM_LIST = "要办刚才单子里的哪一件？请回复数字。没有别的就不用回。"
WELCOME = "不客气。需要什么直接说，或回复“帮助”。"
HELLO = "您好。需要什么直接说，或回复“帮助”。"
NOTED = "好的。需要什么直接说，或回复“帮助”。"
NOT_CONFIRMED = "这一句不算确认，还没有提交。\n"
UNREADABLE = "这种消息我收不了。能收的是：文字、照片（jpg、png）；语音请先转成文字。"
VOICE = "语音已存。请长按语音选“转文字”，把文字发来。"
PHOTO_KEPT = "照片收到，先替您存24小时。要用在哪件事上请直接说，例：点评张伟：……"
TOO_MANY_PHOTOS = "一次最多9张照片，这一张没有收。"
NOT_OPEN_YET = "这项功能还没有开放。现在能办的事请回复“帮助”。"
BUSY = "系统正忙，请一分钟后再发一次。"
BROKEN = "刚才这一步出了问题，没有记下。请再发一次；还不行请告诉管理员。"


def left_at(title: str, is_complete: bool) -> str:
    """How far somebody has got who fell silent."""
    return f"“{title}”只差最后一步确认" if is_complete else f"“{title}”还没有办完"


def wish_unread(wish: str, can_amend: bool) -> str:
    """When words behind 确认 were not understood, so that nothing was written."""
    how = "；要改请带上编号，例：改1 新的内容" if can_amend else ""
    return f"“{wish[:40]}”没看懂，还没有提交。没有别的请只回复“确认”{how}。"


def photos(n: int) -> str:
    """How many photos belong to a draft."""
    return f"照片{n}张"


def photo_taken(question: str) -> str:
    """The answer to the first photo of a draft; the further ones get none."""
    return f"照片收到。{question}"


def choose_a_number(n: int) -> str:
    """Complaint when a choice was not recognised."""
    return f"请回复1到{n}之间的数字。"


def amend_range(n: int) -> str:
    """Complaint about 改N with a number that is not there."""
    return f"请写1到{n}之间的编号，例：改1 新的内容。"


def come_home(question: str) -> str:
    """The line that leads back to the question which was open before somebody asked something else."""
    return f"\n\n（接着刚才的）{question}"


def parked(title: str) -> str:
    """Said when a new thing is begun while another was open."""
    return f"刚才的{title}已存草稿，回复“继续”可接着来。\n"


def numbered(lines: list[str]) -> str:
    """Lines that digits stand for, each on a new one."""
    return "".join(f"\n{n} {line}" for n, line in enumerate(lines, 1))


def ways_out(why: str, ways: list[str]) -> str:
    """After three answers that were not taken: why, and what else can be done."""
    return f"{why}\n换个说法再答一次，或回复数字：{numbered(ways)}"


def stuck(name: str, title: str) -> str:
    """What the 书记 hears of somebody who asks for help."""
    return f"{name}同志在“{title}”这一步遇到困难，请您帮一下。草稿已经存好，接着办只要回复“继续”。"


def freed(by: str, title: str, is_kept: bool) -> str:
    """Said to somebody whose open conversation was put aside for him."""
    what = f"没办完的“{title}”" if title else "没办完的事"
    if not is_kept:
        return f"{by}同志帮您把刚才那一问放下了。要办什么直接说就行。"
    return (
        f"{by}同志帮您把{what}先放下了，写的都替您存着，没有给别人看。接着办请回复“继续”，办别的直接说就行。"
    )


def freed_receipt(name: str) -> str:
    """Said to whoever asked for it, once it is done."""
    return f"已帮{name}同志放下没办完的事，草稿存着，也告诉了本人。接着办请他回复“继续”，办别的直接说就行。"


def not_stuck(name: str) -> str:
    """Said to whoever asked for it when there was nothing to put aside."""
    return f"{name}同志现在没有办到一半的事，不用解卡。请他把想办的事直接再说一次。"


def help_is_asked(name: str) -> str:
    """Said to whoever asked for help."""
    return f"已告诉{name}书记。您写的已存草稿，7天内回复“继续”接着来。"


def further(words: str, label: str) -> str:
    """When words at the read-back may go on with an answer already given."""
    shown = words if len(words) <= 40 else f"{words[:40]}……"
    return f"是要把“{shown}”加到{label}后面吗？\n1 加上\n2 不加\n要改别处请带上编号，例：改2 新的内容。"


def drafts(lines: list[str]) -> str:
    """Several drafts that were put aside, for 继续."""
    return f"您存着{len(lines)}份草稿：{numbered(lines)}\n接着办哪一份？请回复数字。"


def guesses(lines: list[str]) -> str:
    """When nothing was understood: the three best guesses by number."""
    return f"没太明白。您是想：{numbered(lines)}\n回复数字，或换个说法。"


def asked_back(new: str, open_title: str) -> str:
    """When an entrance arrives while a question waits for free words (contract, Words)."""
    return f"您是想：\n1 开始新的{new}\n2 这是对刚才{open_title}那一问的回答\n回复数字。"


def shortened(text: str, limit: int) -> str:
    """The beginning of a text that is too long for one message, with the word that a file follows."""
    tail = "\n……（全文见随后发来的文件）"
    head = text.encode()[: limit - len(tail.encode())].decode("utf-8", "ignore")
    return head.rpartition("\n")[0] + tail if "\n" in head else head + tail

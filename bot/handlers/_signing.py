"""What waits for a signature, and which of it somebody means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from bot.engine.turn import Context, File, Turn
from bot.handlers import _permission as permission
from bot.handlers._commitment_words import cut, line
from bot.handlers._seen import versions
from domain import signing
from domain.commitments import Commitment, State
from domain.intake import halfwidth
from domain.numbers import fits, number, order, tails_in
from domain.signing import Chairs

NOTHING = "现在没有等您签字的承诺。"
OPENS = "待签 "
SIGN = "签 "
FEW = 8
_ALL = re.compile("全签|全部签|都签|一起签|签全部|签所有|所有的?都?签")
_DIGITS = re.compile(r"(?:签字?|退回?)?[\s,、]*((?:[0-9]{1,2}[\s,、和]*)+)(?:[,。].*)?")


def no_signer(ctx: Context) -> str | None:
    """None for whoever has a chair or a 联系点; the refusal for everybody else (deny by default)."""
    if permission.might(ctx, "sign_member") or permission.might(ctx, "sign_org"):
        return None
    return "承诺由党组织书记签字。您自己的承诺请回复“我的承诺”。"


def waiting(ctx: Context, known: Chairs | None = None) -> list[Commitment]:
    """Items and changes that this person may sign now."""
    known = known or signing.Chairs(ctx.roster, ctx.today)
    items = ctx.facts.commitments_to_sign(signing.desk(known, ctx.actor.id))
    mine = [item for item in items if ctx.actor.id in known.signers(item)]
    return sorted(mine, key=lambda item: order(item.number))


def listed(ctx: Context, items: Sequence[Commitment], before: str = "") -> Turn:
    """The numbered list whose digits open an item; what is beyond the length of a message goes into a file."""
    if not items:
        return Turn(before + NOTHING)
    most = ctx.profile.number("chat.names_in_text")
    shown = items[:most]
    lines = [f"{n} {_short(item, len(items) > FEW)}" for n, item in enumerate(shown, 1)]
    rest = [f"其余{len(items) - most}件见随后的文件。"] if len(items) > most else []
    rows = tuple((item.tail, item.owner_name, item.goal, item.due.isoformat()) for item in items)
    return Turn(
        "\n".join(
            [f"{before}待您签字{len(items)}件：", *lines, *rest, "回复数字看一件；都同意请回复“全签”。"]
        ),
        choices=tuple(f"{OPENS}{item.tail}" for item in shown),
        shows=versions(shown),
        files=(File("待签承诺.xlsx", (("编号", "姓名", "目标", "完成时限"), *rows)),) if rest else (),
    )


def _short(item: Commitment, many: bool) -> str:
    """An item in a line; in a long list so short that the list still fits one message."""
    mark = "〔变更〕" if item.pending is not None else "〔即时〕" if item.kind == "immediate" else ""
    words = f"{item.tail} {cut(item.goal, 14)}" if many else line(item)
    return f"{mark}{item.owner_name} {words}"


def wanted(ctx: Context, words: str, items: Sequence[Commitment]) -> Sequence[Commitment] | Turn:
    """The items meant by number, name, digits of the last list or 全签; a turn where that is not clear."""
    tails = tails_in(words) or _opened_by_digits(ctx, words)
    if tails:
        return _by_number(ctx, tails, items)
    if _ALL.search(words):
        return items or Turn(NOTHING)
    named = [item for item in items if item.owner_name in words]
    if len({item.owner for item in named}) > 1:
        return listed(ctx, named, "有同名的同志，请看清是哪一位。\n")
    return named or _nobody(ctx, words, items)


def _nobody(ctx: Context, words: str, items: Sequence[Commitment]) -> Sequence[Commitment] | Turn:
    bare = re.sub(r"[\s,，。]|签字?|退回?|同意|一下|了", "", words)
    if len(items) == 1 and not bare:
        return items
    return listed(ctx, items, f"没有找到“{bare[:12]}”的待签承诺。\n" if bare else "")


def just_read(ctx: Context, words: str) -> str:
    """The tail of the item that was opened last, when 签, 同意 or 退 is all that is said to it; else empty."""
    opened = ctx.choices[:1]
    bare = re.sub(r"[\s,，。！!我]|签字?|同意|退回?", "", words)
    is_open = bool(opened) and opened[0].startswith(SIGN)
    return opened[0].removeprefix(SIGN) if is_open and not bare else ""


def _opened_by_digits(ctx: Context, words: str) -> list[str]:
    """签 1 3: digits of the list of waiting items, if that was the last list."""
    match = _DIGITS.fullmatch(halfwidth(words).strip())
    choices = ctx.choices
    if match is None or not choices or not choices[0].startswith(OPENS):
        return []
    digits = [int(digit) for digit in re.findall("[0-9]+", match[1])]
    return [choices[n - 1].removeprefix(OPENS) for n in digits if 1 <= n <= len(choices)]


def _by_number(
    ctx: Context, tails: Sequence[str], items: Sequence[Commitment]
) -> Sequence[Commitment] | Turn:
    found = [item for item in items if any(fits(item.number, tail) for tail in tails)]
    missing = [tail for tail in tails if not any(fits(item.number, tail) for item in items)]
    return Turn("\n".join(map(partial(why_not, ctx), missing))) if missing else found


def why_not(ctx: Context, tail: str) -> str:
    """Why a number cannot be signed; of items outside the own desk nothing is said but that they are not there."""
    item = known_item(ctx, tail)
    known = signing.Chairs(ctx.roster, ctx.today)
    if item is None or item.signer_org not in signing.desk(known, ctx.actor.id):
        return f"没有找到待签的{tail}。回复“待签”看清单。"
    if item.state is State.SIGNED:
        return f"{tail}是您自己的，由上级党组织书记签字。"
    if item.state is State.DECLARED:
        return f"{tail}本人已报完成，请回复“核实 {tail}”。"
    if item.state is State.RETURNED:
        return f"{tail}已经退回，等{item.owner_name}同志修改。"
    if item.state is State.WITHDRAWN:
        return f"{tail}已由本人撤回，不用签了。"
    return f"{tail}已经签过了。"


def known_item(ctx: Context, tail: str) -> Commitment | None:
    """The item of this or the last year that bears a tail."""
    owner, _, n = tail.partition("-")
    years = (ctx.today.year, ctx.today.year - 1)
    found = (ctx.facts.commitment(number("C", year, owner, int(n))) for year in years) if n else iter(())
    return next((item for item in found if item is not None), None)

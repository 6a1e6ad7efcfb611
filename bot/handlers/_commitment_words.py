"""How items are spoken of: in a line, in full, and to those who must sign or are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from bot.engine.turn import Context, Tell
from bot.quoting import one_line
from domain.commitments import Commitment
from domain.dates import show
from domain.numbers import order
from domain.profile import Profile
from domain.signing import Chairs

LINE = 36
LEFT_TO_BRANCH = "left_to_branch"


def cut(words: str, length: int = LINE) -> str:
    """Words on one line, shortened where a list would else grow too long to read."""
    line = " ".join(words.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def line(item: Commitment) -> str:
    """An item in a list: tail, goal, date."""
    return f"{item.tail} {cut(item.goal)}（{show(item.due)}前）"


def state(profile: Profile, item: Commitment, today: date) -> str:
    """Where an item stands; that its date has passed is said as a fact (R-089)."""
    words = profile.label("state", str(item.state))
    waits = "，变更待书记签字" if item.pending is not None else ""
    return words + waits + ("，已过完成时限" if item.overdue_on(today) else "")


def category(profile: Profile, item: Commitment) -> str:
    """The matter of an annual item, the occasion of an immediate one."""
    if item.trigger:
        return f"事由：{profile.label('trigger', item.trigger)}"
    group = "member_matter" if item.owner_type == "person" else "org_matter"
    return f"类别：{profile.label(group, item.matter)}" if item.matter else ""


def in_full(profile: Profile, item: Commitment) -> str:
    """Everything of an item that its signer must know, and the change that waits if there is one."""
    kind = profile.label("commitment_kind", item.kind)
    lines = [
        f"{item.owner_name} {kind}（{item.tail}）",
        f"目标：{one_line(item.goal)}",
        f"完成时限：{show(item.due)}",
        category(profile, item),
        "备注：写得比较笼统，本人未再改，请支部把关" if LEFT_TO_BRANCH in item.flags else "",
        "备注：迟报" if item.late else "",
        *_change(item),
    ]
    return "\n".join(one for one in lines if one)


def _change(item: Commitment) -> list[str]:
    change = item.pending or {}
    goal, due, reason = (change.get(key) for key in ("goal", "due", "reason"))
    return [
        "申请终止这一件" if change.get("ends") else "",
        f"申请改目标：{one_line(goal)}" if goal else "",
        f"申请改期到：{show(date.fromisoformat(due))}" if due else "",
        f"原因：{one_line(reason)}" if reason else "",
    ]


def how_to_sign(item: Commitment) -> str:
    """The two answers a signer can type."""
    return f"同意请回复“签 {item.tail}”，退回请回复“退 {item.tail} 原因”。"


def to_signers(ctx: Context, item: Commitment, people: Sequence[str]) -> tuple[Tell, ...]:
    """Tell everybody who may sign, at once and anew of each wording: the item as it is from this turn on (R-074)."""
    kind = ctx.profile.label("commitment_kind", item.kind)
    what = "变更申请" if item.pending is not None else kind
    again = "（已按退回的意见修改）" if item.reason and item.pending is None else ""
    text = f"{what}待您签字{again}：\n{in_full(ctx.profile, item)}\n{hurry(ctx.profile, item)}{how_to_sign(item)}"
    key = f"{asked_to_sign(item.number)}{ctx.now.isoformat()}"
    return tuple(tell(ctx, key, person, text) for person in people)


def asked_to_sign(number: str) -> str:
    """How the key of such a message begins; `Commitment.moved` and the person follow."""
    return f"to_sign|{number}|"


def hurry(profile: Profile, item: Commitment) -> str:
    """The short clocks of an immediate item (R-069); nothing for others."""
    if item.kind != "immediate":
        return ""
    sign, publish = (profile.number(f"commitment.immediate.{key}_hours") for key in ("sign", "publish"))
    return f"请在{sign}小时内签字、{publish}小时内公开。\n"


def tell(ctx: Context, key: str, person: str, text: str) -> Tell:
    """News for somebody, under the branch he belongs to."""
    branch = ctx.roster.branch_of(person, ctx.today)
    return Tell(f"{key}|{person}", person, text, branch.id if branch else "")


def by_owner(items: Iterable[Commitment]) -> list[list[Commitment]]:
    """Items grouped by whom they belong to, so that each hears of all of them in one message."""
    ordered = sorted(items, key=lambda item: (item.owner, order(item.number)))
    return [list(group) for _, group in groupby(ordered, key=lambda item: item.owner)]


def to_owners(
    ctx: Context,
    items: Sequence[Commitment],
    event: str,
    texts: Mapping[str, str],
    chairs: Chairs,
) -> tuple[Tell, ...]:
    """One message to each committer but the speaker; `texts` by owner, an organisation's go to its secretary."""
    told: list[Tell] = []
    for group in by_owner(items):
        first = group[0]
        key = f"{event}|{'+'.join(item.number for item in group)}|{ctx.message.key}"
        people = [first.owner] if first.owner_type == "person" else chairs.of(first.owner)
        told += [
            Tell(f"{key}|{person}", person, texts[first.owner], first.org)
            for person in people
            if person != ctx.actor.id
        ]
    return tuple(told)


def names(ctx: Context, people: Sequence[str]) -> str:
    """李芳同志, or several joined by 、."""
    known = ctx.roster.people(people)
    return "、".join(f"{known[one].name}同志" for one in people if one in known)

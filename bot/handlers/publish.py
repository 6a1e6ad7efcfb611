"""公开: making signed items public after a look at what will be seen (R-074, R-079, R-081)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.engine.forms import Complaint, Field, Form, Reading
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, File, Turn
from bot.handlers import _permission as permission
from bot.handlers._commitment_words import by_owner, cut, line, state, to_owners
from bot.handlers._seen import versions
from bot.handlers._signing import known_item
from domain import commitment_entries, publication, signing
from domain.commitments import Commitment, State
from domain.dates import read_date, show
from domain.numbers import fits, order, tails_in
from domain.signing import Chairs

MOST = 200
LISTED, WIDE = 8, 60


def _allowed(ctx: Context) -> str | None:
    if permission.might(ctx, "publish"):
        return None
    return "公开承诺由党组织书记办理。您自己的承诺请回复“我的承诺”。"


def _ready(ctx: Context, known: Chairs) -> list[Commitment]:
    """Everything that this person may publish now."""
    orgs = signing.desk(known, ctx.actor.id)
    items = ctx.facts.commitments_in(orgs, [State.FIXED, State.PUBLISHED])
    mine = (item for item in items if ctx.actor.id in known.publishers(item))
    return sorted((item for item in mine if item.awaits_publication), key=lambda item: order(item.number))


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    ready = _ready(ctx, signing.Chairs(ctx.roster, ctx.today))
    tails = tails_in(ctx.text)
    items = [one for one in ready if any(fits(one.number, tail) for tail in tails)] if tails else ready
    items = items or [one for one in ready if one.owner_name in ctx.text]
    if tails and not items:
        return Complaint("\n".join(_why_not(ctx, tail) for tail in tails))
    if not items:
        return Complaint("现在没有已签待公开的承诺。要签字请回复“待签”。")
    channels = publication.channels_in(ctx.text)
    today = ctx.today.isoformat()
    return {
        "numbers": [item.number for item in items[:MOST]],
        "on": today,
        **({"channels": list(channels)} if channels else {}),
    }


def _why_not(ctx: Context, tail: str) -> str:
    """Where an item stands that cannot be published; of those outside the own desk nothing is said."""
    item, known = known_item(ctx, tail), signing.Chairs(ctx.roster, ctx.today)
    if item is None or ctx.actor.id not in known.publishers(item):
        return f"{tail}不在已签待公开的承诺里。回复“公开”看有哪些。"
    now = state(ctx.profile, item, ctx.today)
    return f"{tail}现在是“{now}”，不在已签待公开的承诺里。回复“公开”看有哪些。"


def _items(ctx: Context, draft: Draft) -> list[Commitment]:
    """Those of the draft that are still to be published, asked anew before anything is written."""
    ready = _ready(ctx, signing.Chairs(ctx.roster, ctx.today))
    return [item for item in ready if item.number in draft.fields["numbers"]]


def _preview(ctx: Context, draft: Draft) -> str:
    items = _items(ctx, draft)
    lines = [f"· {cut(publication.as_seen(item), WIDE)}" for item in items[:LISTED]]
    rest = [f"……共{len(items)}件，全文见随后的文件。"] if _is_long(items) else []
    return "\n".join(["公开后大家会看到：", *lines, *rest])


def _is_long(items: Sequence[Commitment]) -> bool:
    """Whether the preview in the chat cannot hold every word."""
    return len(items) > LISTED or any(len(publication.as_seen(item)) > WIDE for item in items)


def _channels(ctx: Context) -> Mapping[str, str]:
    return ctx.profile.labels["channel"]


def _ask_channels(ctx: Context, draft: Draft) -> str:
    listed = " ".join(f"{n}{label}" for n, label in enumerate(_channels(ctx).values(), 1))
    return f"{_preview(ctx, draft)}\n用哪种形式公开？{listed}\n回复数字，可选几项，如“1 3”。"


def _read_channels(ctx: Context, draft: Draft, words: str) -> Reading:
    codes = publication.channels_by_digits(words, list(_channels(ctx))) or publication.channels_in(words)
    if not codes:
        return Complaint(f"请回复1到{len(_channels(ctx))}之间的数字，可选几项，如“1 3”。")
    return {"channels": list(codes)}


def _read_day(ctx: Context, draft: Draft, words: str) -> Reading:
    reading = read_date(words, ctx.today)
    # A day in the past is the very thing that is told here.
    day = reading.day
    if day is None:
        return Complaint("请说公开的日期，如“今天”或“3月5日”。")
    wrong = publication.wrong_day(day, _items(ctx, draft), ctx.today)
    if wrong == "future":
        return Complaint("公开的日期还没到，请等公开后再登记，或写今天。")
    if wrong == "early":
        return Complaint("公开的日期不能早于双方签字的日期。请再看一下。")
    return {"on": day.isoformat()}


def _mend(ctx: Context, draft: Draft, words: str) -> Reading | None:
    """Channels or a day said at the read-back without a number."""
    codes = publication.channels_in(words)
    if codes:
        return {"channels": list(codes)}
    return _read_day(ctx, draft, words) if read_date(words, ctx.today).day else None


def _show_channels(ctx: Context, draft: Draft) -> str:
    return "、".join(ctx.profile.label("channel", code) for code in draft.fields.get("channels", ()))


def _refuse(ctx: Context, draft: Draft) -> str | None:
    return None if _items(ctx, draft) else "这些承诺已经公开过了。回复“取消”结束。"


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    known = signing.Chairs(ctx.roster, ctx.today)
    items, on = _items(ctx, draft), date.fromisoformat(draft.fields["on"])
    post = known.post(ctx.actor.id)
    where = f"{_show_channels(ctx, draft)}，{show(on)}"
    entries = [
        commitment_entries.published(item, draft.fields["channels"], on, post, _name(ctx, item))
        for item in items
    ]
    texts = {group[0].owner: _news(group, where) for group in by_owner(items)}
    left = len(_ready(ctx, known)) - len(items)
    more = f"还有{left}件待公开，请再回复“公开”。" if left else "每月写实时会记进展。"
    return Turn(
        f"已公开{len(items)}件（{where}），已告诉本人。{more}",
        entries=tuple(entries),
        tell=to_owners(ctx, items, "published", texts, known),
        act=Act("publish", ctx.now.isoformat(), tuple(item.number for item in items)),
    )


def _name(ctx: Context, item: Commitment) -> str:
    org = ctx.roster.org(item.org)
    return org.name if org else item.org


def _news(items: Sequence[Commitment], where: str) -> str:
    return "\n".join([f"您的承诺已公开（{where}）：", *map(line, items), "请按计划去做，每月写实时记一笔。"])


def _take_back(ctx: Context, act: Act) -> Turn:
    return Turn("公开已经告诉本人，不能撤回。内容有错请让本人提出变更，再重新公开。", keep=True)


class _Publish(Form):
    """The form whose first answer brings the whole text as a file when it is long."""

    __slots__ = ()

    def begin(self, ctx: Context, fields: Mapping[str, Any]) -> Turn:
        turn = Form.begin(self, ctx, fields)
        items = _items(ctx, turn.draft) if turn.draft else []
        if not _is_long(items):
            return turn
        rows = tuple((item.owner_name, item.goal, show(item.due)) for item in items)
        return replace(turn, files=(File("公开内容.xlsx", (("姓名", "目标", "完成时限"), *rows)),))


HANDLER = _Publish(
    name="publish",
    title="公开已签的承诺",
    words=("公开", "公开 本支部 全部已签"),
    fields=(
        Field("channels", "形式", _ask_channels, _read_channels, show=_show_channels, example="1 3"),
        Field(
            "on",
            "日期",
            lambda ctx, draft: "哪一天公开的？如“今天”或“3月5日”。",
            _read_day,
            show=lambda ctx, draft: (
                show(date.fromisoformat(draft.fields["on"])) if draft.fields.get("on") else ""
            ),
        ),
    ),
    finish=_finish,
    allowed=_allowed,
    prepare=_prepare,
    refuse=_refuse,
    things=lambda ctx, draft: versions(_items(ctx, draft)),
    mend=_mend,
    take_back=_take_back,
    heading=lambda ctx, draft: f"{_preview(ctx, draft)}\n请核对：",
    closing=lambda ctx, draft: "公开请回复“确认”；要改请说，如“改2 昨天”。",
)

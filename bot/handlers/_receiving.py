"""接收 and 不接收: the new 书记 answers a transfer; the old one may take it back while nobody has (S-15, R-230, R-231)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from bot import texts
from bot.engine.forms import Complaint, Field, Form, Option, Query, Reading
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _people_words as words
from bot.handlers import _permission as permission
from bot.handlers._open_transfers import of_desk, outgoing, to_receive
from bot.handlers._transfer_words import day, into, line
from domain import transfers, turnover
from domain.entries import Entry
from domain.people import Organisation, Person
from domain.transfers import FOLLOWING, Transfer
from domain.turnover import Turnover

NOBODY = "现在没有等您接收的党员。要转出本支部的党员请说：转出 姓名 到某支部 日期。"
NOTHING_OUT = "您没有正在转出、还没有接收的党员。"
NOT_YOURS = "接收由转入支部的书记来办。"
Wanted = Callable[[Context], Sequence[Transfer]]


def _prepared(wanted: Wanted, nothing: str) -> Callable[[Context, Mapping[str, Any]], Reading]:
    def prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
        waiting, named = wanted(ctx), words.ids_of(fields.get("person"))
        found = [one.person for one in waiting if one.person in named or not named]
        if not found:
            return Complaint(_why_not(ctx, named, nothing))
        reason = words.words_of(str(fields.get("reason") or ""))
        known: dict[str, Any] = {"people": found, **({"reason": reason} if reason else {})}
        return known | ({"person": found[0]} if len(found) == 1 else {})

    return prepare


def _why_not(ctx: Context, named: Sequence[str], nothing: str) -> str:
    """Somebody named whose transfer is another's to answer, or who is not being transferred at all."""
    open_ones = [one for id in named if (one := ctx.facts.transfer(id)) and one.state == transfers.OPEN]
    for one in open_ones:
        verdict = permission.may(ctx, "receive", one.target)
        return permission.refused(ctx, verdict)
    person = ctx.roster.person(named[0]) if len(named) == 1 else None
    home = permission.home_of(ctx, person.id) if person else None
    if person is None or home is None:
        return nothing
    old = words.names(ctx, words.chiefs(ctx, home.id))
    return f"{person.name}还没有办转出。请{old}先说：转出 {person.name} 到某支部 日期。"


def _people(ctx: Context, draft: Draft) -> Sequence[Option]:
    found = (ctx.facts.transfer(id) for id in draft.fields["people"])
    return [Option(one.person, line(ctx, one)) for one in found if one]


def _shown(ctx: Context, draft: Draft) -> str:
    one = ctx.facts.transfer(draft.fields["person"])
    return line(ctx, one) if one else ""


def _still(wanted: Wanted) -> Callable[[Context, Draft], str | None]:
    """Asked again right before writing: the transfer is still open, and still this person's to answer."""

    def refuse(ctx: Context, draft: Draft) -> str | None:
        waits = any(one.person == draft.fields["person"] for one in wanted(ctx))
        return None if waits else "这件转接已经办过了，或者不再由您来办。回复“取消”结束。"

    return refuse


def _opened(ctx: Context, draft: Draft) -> tuple[Transfer, Person, Organisation, Organisation]:
    one, person = ctx.facts.transfer(draft.fields["person"]), words.person_of(ctx, draft)
    origin, target = (ctx.roster.org(one.origin), ctx.roster.org(one.target)) if one else (None, None)
    if one is None or origin is None or target is None:
        raise LookupError(draft.fields["person"])
    return one, person, origin, target


def _accept(ctx: Context, draft: Draft, wish: str) -> Turn:
    one, person, origin, target = _opened(ctx, draft)
    bonds = ctx.roster.bonds_of(person.id)
    stays = any(bond.org == origin.id and bond.start < one.on and bond.end is None for bond in bonds.places)
    if not stays:
        return Turn(
            f"{person.name}的组织关系后来又有变动，这次转接不能办了。请回复“不接收 {person.name}”。", draft
        )
    capacity = permission.may(ctx, "receive", target.id).capacity
    change = turnover.moved(person, bonds, target.id, one.on)
    items = ctx.facts.commitments_of([person.id], FOLLOWING)
    entries = [transfers.answered(person, transfers.ACCEPTED, target, capacity)]
    entries += turnover.entries(change, words.orgs(ctx), capacity)
    if one.on <= ctx.today:
        entries += transfers.following(ctx.roster, person, items, target, ctx.today, capacity)
    return _accepted(ctx, one, person, origin, target, change, entries)


def _accepted(
    ctx: Context,
    one: Transfer,
    person: Person,
    origin: Organisation,
    target: Organisation,
    change: Turnover,
    entries: Sequence[Entry],
) -> Turn:
    running = len(ctx.facts.commitments_of([person.id], transfers.UNDECIDED))
    since = f"{day(one.on)}起在{target.name}"
    custody = f"台账随人转，保管单位改为{target.short_name or target.name}。"
    ask = "在办承诺：1 继续 2 调整 3 终止并说明。" if running else ""
    how = "在办的承诺怎么办，请回复“转后承诺”。" if running else ""
    old = [*words.chiefs(ctx, origin.id), one.by]
    key = f"received|{person.id}|{one.on}"
    note = {"person": person.id, "change": turnover.noted(change)}
    return Turn(
        f"{person.name}{since}。{custody}{ask}{f'请{person.name}选。' if running else ''}\n"
        f"{ctx.profile.number('chat.undo_minutes')}分钟内可回复“撤回”。",
        entries=tuple(entries),
        tell=(
            *words.tells(
                ctx, key, old, f"{target.name}已接收{person.name}，{since}。{custody}以前的记录您仍可查看。"
            ),
            *words.tells(
                ctx, key, [person.id], f"您{since}，书记{ctx.actor.name}同志。{custody}{how}", target.id
            ),
        ),
        act=Act("receive", ctx.now.isoformat(), (), note),
    )


def _decline(ctx: Context, draft: Draft, wish: str) -> Turn:
    one, person, origin, target = _opened(ctx, draft)
    reason = draft.fields.get("reason", "")
    capacity = permission.may(ctx, "receive", target.id).capacity
    told = [*words.chiefs(ctx, origin.id), one.by, person.id]
    news = f"{target.name}没有接收{person.name}，原因：{reason}。{person.name}仍在{origin.name}，一切照旧。"
    return Turn(
        f"已告诉{words.names(ctx, told[:1])}，没有接收。{person.name}仍在{origin.name}，一切照旧。",
        entries=(transfers.answered(person, transfers.REFUSED, target, capacity, reason),),
        tell=words.tells(ctx, f"declined|{person.id}|{one.on}", told, news),
        act=Act("decline", ctx.now.isoformat(), (), {"person": person.id}),
    )


def _recall(ctx: Context, draft: Draft, wish: str) -> Turn:
    one, person, origin, target = _opened(ctx, draft)
    verdict = permission.on(ctx, "transfer", person)
    news = f"{person.name}转{into(ctx, one)}的申请已撤回，一切照旧。"
    told = [*words.chiefs(ctx, target.id), *words.chiefs(ctx, origin.id), person.id]
    entry = transfers.answered(person, transfers.CANCELLED, origin, verdict.capacity if verdict else "")
    return Turn(
        f"已撤回，{person.name}仍在{origin.name}。要再转请重新说“转出”。",
        entries=(entry,),
        tell=words.tells(ctx, f"recalled|{person.id}|{one.on}", told, news),
    )


def _undo(ctx: Context, act: Act) -> Turn:
    """Back to the open question; of an acceptance also every bond and item as it was."""
    if not act.is_within(ctx.now, ctx.profile.number("chat.undo_minutes")):
        return Turn(texts.TOO_LATE_TO_UNDO, keep=True)
    person, one = ctx.roster.person(act.note["person"]), ctx.facts.transfer(act.note["person"])
    target, origin = (ctx.roster.org(one.target), ctx.roster.org(one.origin)) if one else (None, None)
    if person is None or one is None or target is None or origin is None:
        return Turn(texts.NOTHING_TO_UNDO, keep=True)
    verdict = permission.may(ctx, "receive", one.target)
    entries = _back(ctx, act, person, origin, verdict.capacity)
    is_answered = one.state in (transfers.ACCEPTED, transfers.REFUSED)
    if entries is None or not verdict.allowed or not is_answered or one.settled:
        return Turn(texts.NOTHING_TO_UNDO, keep=True)
    told = [*words.chiefs(ctx, one.origin), one.by, person.id]
    news = f"{target.name}撤回了刚才对{person.name}转入的答复，还没有定，一切照旧。"
    return Turn(
        f"已撤回。{person.name}转入的事还没有定，接收请回复“接收 {person.name}”。",
        keep=True,
        entries=(transfers.answered(person, "reopened", target, verdict.capacity), *entries),
        tell=words.tells(ctx, f"reopened|{person.id}", told, news),
    )


def _back(
    ctx: Context, act: Act, person: Person, origin: Organisation, capacity: str
) -> tuple[Entry, ...] | None:
    if "change" not in act.note:
        return ()
    change = turnover.read(act.note["change"], person)
    bonds = turnover.undone(change, ctx.roster.bonds_of(person.id), words.orgs(ctx), capacity)
    items = ctx.facts.commitments_of([person.id], FOLLOWING)
    if bonds is None:
        return None
    return (*bonds, *transfers.following(ctx.roster, person, items, origin, ctx.today, capacity))


def _no_seat(ctx: Context) -> str | None:
    return None if permission.might(ctx, "receive") else NOT_YOURS


def _list(ctx: Context, fields: Mapping[str, Any]) -> Turn:
    """待接收: what waits for the speaker's answer, and what of his own waits for another's."""
    into_mine, out_of_mine = to_receive(ctx), outgoing(ctx)
    if not into_mine and not out_of_mine:
        return Turn("现在没有正在转接的党员。")
    choices = [f"接收 {one.person}" for one in into_mine] + [f"撤回转出 {one.person}" for one in out_of_mine]
    said = [f"等您接收：{line(ctx, one)}" for one in into_mine]
    said += [f"已转出，等对方接收（回复数字撤回）：{line(ctx, one)}" for one in out_of_mine]
    lines = [f"{n} {one}" for n, one in enumerate(said, 1)]
    end = "回复数字办理；不接收请回复“不接收 姓名 原因”。" if into_mine else ""
    return Turn("\n".join([*lines, *([end] if end else [])]), choices=tuple(choices))


def _who(ask: str) -> Field:
    return Field("person", "转接", lambda ctx, draft: ask, options=_people, show=_shown)


_REASON = Field(
    "reason",
    "原因",
    lambda ctx, draft: "不接收的原因？请写一句，会告诉对方书记和本人。",
    read=lambda ctx, draft, text: {"reason": words.words_of(text)},
    show=lambda ctx, draft: draft.fields.get("reason", ""),
)


def _answer(
    name: str,
    title: str,
    said: tuple[str, ...],
    wanted: Wanted,
    finish: Callable[[Context, Draft, str], Turn],
    **more: Any,
) -> Form:
    """One of the three answers to a transfer; what was named plainly is done at once, as the push showed it all."""
    fields: Collection[Field] = more.pop("fields", ())
    return Form(
        name=name,
        title=title,
        words=said,
        fields=(_who(f"{title}哪一位？"), *fields),
        finish=finish,
        prepare=_prepared(wanted, more.pop("nothing")),
        refuse=_still(wanted),
        at_once=lambda ctx, draft: True,
        **more,
    )


RECEIVE = _answer(
    "receive", "接收", ("接收",), to_receive, _accept, nothing=NOBODY, allowed=_no_seat, take_back=_undo
)
DECLINE = _answer(
    "decline",
    "不接收",
    ("不接收",),
    to_receive,
    _decline,
    nothing=NOBODY,
    allowed=_no_seat,
    take_back=_undo,
    fields=(_REASON,),
)
RECALL = _answer("recall", "撤回转出", ("撤回转出",), outgoing, _recall, nothing=NOTHING_OUT)
LIST = Query(
    "transfers", "看正在转接的党员", ("待接收",), _list, lambda ctx: None if of_desk(ctx) else NOT_YOURS
)

"""What is late in the speaker's reach: found, named, and what a digit does about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.engine.turn import Context
from bot.handlers._duty_names import NAME, VERB, period_name, short
from domain.duties import ReviewDuty, filed
from domain.duties.overdue import PROMISED, Late, late
from domain.duties.rectifying import OF_DEMANDS
from domain.people import Person
from domain.periods import parse_code
from domain.scope import scope_of
from domain.standing import OF_ITEMS, OF_REVIEWS, ORG_PROMISE, PROMISE, REPORT


@dataclass(frozen=True, slots=True)
class Thing:
    """One late thing: `key` finds it again, `name` is read, `word` is what its digit stands for."""

    key: str
    group: str
    name: str
    word: str
    late: Late


def things(ctx: Context, orgs: Sequence[str], with_own: bool) -> list[Thing]:
    """Everything of these organisations, and what is one's own in posts outside them."""
    units = [org for org in ctx.roster.orgs() if org.id in orgs] if orgs else []
    found = late(ctx, units, ctx.actor if with_own else None)
    every = {_key(one): one for one in found}
    about = {id for one in every.values() for id in (one.duty.object, *one.owners)}
    people = ctx.roster.people(sorted(about)) if about else {}
    reads = scope_of(ctx.roster, ctx.actor, ctx.today).orgs
    listed = [_thing(ctx, key, one, people, reads) for key, one in every.items()]
    order = list(dict.fromkeys(one.group for one in sorted(listed, key=_order)))
    return sorted(listed, key=lambda one: (order.index(one.group), *_order(one)))


def kind(late: Late) -> str:
    """The duty's code, that of organisations apart."""
    of_org = late.duty.code == PROMISE and late.duty.object == late.duty.unit
    return ORG_PROMISE if of_org else late.duty.code


def _key(late: Late) -> str:
    return "|".join((late.duty.code, late.duty.window.label, late.duty.object))


def _order(thing: Thing) -> tuple[str, str, str, str]:
    duty = thing.late.duty
    return (duty.code, duty.window.due.isoformat(), duty.unit, duty.object)


def _thing(ctx: Context, key: str, late: Late, people: Mapping[str, Person], reads: Collection[str]) -> Thing:
    word = _word(ctx, late, people if late.duty.unit in reads else {})
    return Thing(key, _group(ctx, late), _name(late, people), word, late)


_WAITS = {
    "sign": "承诺等签字",
    "publish": "承诺等公开",
    "mend": "整改没有回复",
    "again": "整改退回后没有再送",
    "reply": "整改没有书面回复",
    "judge": "整改回复没有看",
}


def _group(ctx: Context, late: Late) -> str:
    """What duty it is, with its window where all of them share one."""
    code, duty = kind(late), late.duty
    if code == PROMISED:
        return "承诺过了完成时限"
    if code in OF_ITEMS or code in OF_DEMANDS:
        return _WAITS[duty.note["act"]]
    period = parse_code(duty.window.label.partition("@")[0])
    if code not in NAME:
        return str(duty.note.get("what", "其他事项"))
    window = period_name(period, ctx.today) if period else ""
    return f"{window}{NAME[code]}未{VERB[code]}"


def _name(late: Late, people: Mapping[str, Person]) -> str:
    duty, note = late.duty, late.duty.note
    if "number" in note:
        day = f"，{short(duty.window.due)}" if duty.code == PROMISED else ""
        return f"{note['who']}（{note['number']}{day}）"
    known = people.get(duty.object)
    called = note.get("name") or (known.name if known else "") or note.get("org")
    return str(called or note.get("who") or duty.object)


_OWN = {REPORT: "写实", PROMISE: "作承诺", ORG_PROMISE: "支部承诺", PROMISED: "我的承诺"}


def _word(ctx: Context, late: Late, readable: Mapping[str, Person]) -> str:
    """Doing it where it is one's own, else reading the 台账 of whom it is about, where that is open."""
    duty, code = late.duty, kind(late)
    if ctx.actor.id in late.owners:
        return _doing(ctx, late) or "我的"
    who = late.owners[0] if code == PROMISED else duty.object
    return f"台账 {who}" if who in readable else "逾期"


def _doing(ctx: Context, late: Late) -> str:
    duty, code = late.duty, kind(late)
    if code == REPORT:
        period = parse_code(duty.window.label)
        return f"{period_name(period, ctx.today)}写实" if period else "写实"
    if code in OF_ITEMS:
        return {"sign": "待签", "publish": "公开"}[duty.note["act"]]
    if code in OF_DEMANDS:
        return "整改回复待阅" if duty.note["act"] == "judge" else f"整改 {duty.note['number']}"
    if code in OF_REVIEWS and isinstance(duty, ReviewDuty):
        is_org = duty.target.type == "org"
        return f"点评 {duty.note['name'] if is_org else duty.target.subject}"
    if code in filed.CODES:
        return f"已办 {duty.note['what']}"
    return _OWN.get(code, "")

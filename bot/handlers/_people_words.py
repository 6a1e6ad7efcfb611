"""What the forms about people share: whom is meant, by whom it may be done, who is told, from which day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.engine.fields import Option
from bot.engine.forms import Complaint, Field, Reading
from bot.engine.state import Draft
from bot.engine.turn import Context, Tell
from bot.handlers import _permission as permission
from domain import authority
from domain.cells import name as plain_name
from domain.dates import show
from domain.effective import complaint, days_in
from domain.people import WITH_MEMBERS, Organisation, Person

LONGEST = 200


def ids_of(value: Any) -> list[str]:
    """One id or several, as fields of an understood message hold them."""
    return list(value) if isinstance(value, list | tuple) else [value] if isinstance(value, str) else []


def orgs(ctx: Context) -> dict[str, Organisation]:
    """The whole tree by id."""
    return {org.id: org for org in ctx.roster.orgs()}


def org_name(ctx: Context, id: str) -> str:
    """An organisation's present name."""
    org = ctx.roster.org(id)
    return org.name if org else id


def person_of(ctx: Context, draft: Draft) -> Person:
    """The person whom the draft is about."""
    person = ctx.roster.person(draft.fields["person"])
    if person is None:
        raise LookupError(draft.fields["person"])
    return person


def shown(ctx: Context, person: Person) -> str:
    """A person so that two of one name are told apart."""
    home = permission.home_of(ctx, person.id)
    about = "，".join(filter(None, (home.name if home else person.status, person.post)))
    return f"{person.name}（{about}）" if about else person.name


def picked(ctx: Context, act: str, ids: Sequence[str]) -> Reading:
    """Those of the meant people whom the speaker may do this to; several are chosen from by a digit."""
    found = [one for id in ids if (one := ctx.roster.person(id))]
    verdicts = [(one, permission.on(ctx, act, one)) for one in found]
    mine = [one.id for one, verdict in verdicts if verdict and verdict.allowed]
    if mine:
        return {"people": mine} | ({"person": mine[0]} if len(mine) == 1 else {})
    first = next((verdict for _, verdict in verdicts if verdict), None)
    if first is not None:
        return Complaint(permission.refused(ctx, first))
    gone = f"{found[0].name}现在不在任何支部的名单里（{found[0].status}）。" if found else ""
    return Complaint(gone or "请写姓名或编号，例：张伟")


def read_person(ctx: Context, act: str, words: str) -> Reading:
    """Somebody named in answer to 哪一位？"""
    said = plain_name(words).strip("。，,. ")
    found = [one.id for one in ctx.roster.named(said)]
    by_number = ctx.roster.person(said) or ctx.roster.person(said.upper())
    ids = [by_number.id] if by_number else found
    if not ids:
        return Complaint(f"名单里没有“{said[:12]}”。请写全名或编号。")
    return picked(ctx, act, ids)


def person_field(act: str, ask: str, label: str = "姓名") -> Field:
    """Whom the form is about: by name, or by digit among those of one name."""
    return Field(
        "person",
        label,
        lambda ctx, draft: "是哪一位？" if draft.fields.get("people") else ask,
        read=lambda ctx, draft, text: read_person(ctx, act, text),
        options=people_options,
        show=lambda ctx, draft: shown(ctx, person_of(ctx, draft)),
    )


def people_options(ctx: Context, draft: Draft) -> Sequence[Option]:
    """Those whom a name may mean."""
    known = ctx.roster.people(draft.fields.get("people", ())) if draft.fields.get("people") else {}
    return [Option(one.id, shown(ctx, one)) for one in known.values()]


def read_day(ctx: Context, words: str) -> date | Complaint:
    """A day in answer to 从哪天起？"""
    found = days_in(words, ctx.today)
    if not found:
        return Complaint(f"请写一个日期，例：{show(ctx.today)}")
    wrong = complaint(found[-1].day, ctx.today)
    return Complaint(wrong) if wrong else found[-1].day


def day_field(name: str, label: str, ask: str, example: str = "", offers_today: bool = True) -> Field:
    """From, or until, which day."""
    return Field(
        name,
        label,
        lambda ctx, draft: ask,
        read=lambda ctx, draft, text: _as_field(name, read_day(ctx, text)),
        options=today_option if offers_today else lambda ctx, draft: (),
        show=lambda ctx, draft: show(date.fromisoformat(draft.fields[name])),
        example=example,
    )


def _as_field(name: str, day: date | Complaint) -> Reading:
    return day if isinstance(day, Complaint) else {name: day.isoformat()}


def judged(made: Field, wrong: Callable[[Context, Mapping[str, Any]], str]) -> Field:
    """The same question; an answer that does not go with what is known already is refused with that sentence."""

    def read(ctx: Context, draft: Draft, text: str) -> Reading:
        found = made.read(ctx, draft, text) if made.read else {}
        said = wrong(ctx, {**draft.fields, **found}) if isinstance(found, Mapping) else ""
        return Complaint(said) if said else found

    return replace(made, read=read)


def today_option(ctx: Context, draft: Draft) -> Sequence[Option]:
    """1 for today, where a day is asked for."""
    return [Option(ctx.today.isoformat(), f"今天（{show(ctx.today)}）", ("今天",))]


def read_branch(ctx: Context, words: str, name: str = "to") -> Reading:
    """A 党支部 named in an answer; several that fit are chosen from by a digit."""
    said = plain_name(words).strip("。，,. ").removeprefix("到").removeprefix("去")
    found = [org.id for org in ctx.roster.org_named(said) if org.kind in WITH_MEMBERS] if said else []
    if not found:
        return Complaint(f"没有找到党支部“{said[:16]}”。请写支部全名，例：教工第二党支部")
    return {name: found[0]} if len(found) == 1 else {"places": found}


def branch_options(ctx: Context, draft: Draft) -> Sequence[Option]:
    """The branches which a named word may mean."""
    found = (ctx.roster.org(id) for id in draft.fields.get("places", ()))
    return [Option(org.id, org.name) for org in found if org]


def chiefs(ctx: Context, org: str) -> list[str]:
    """The 书记 who answer for an organisation, while it has none those above."""
    return authority.heads(ctx.roster, org, ctx.today)


def names(ctx: Context, ids: Iterable[str]) -> str:
    """李芳同志, or several joined by 、; 书记 where nobody is in office."""
    wanted = list(dict.fromkeys(ids))
    known = ctx.roster.people(wanted) if wanted else {}
    return "、".join(f"{known[id].name}同志" for id in wanted if id in known) or "书记"


def tells(ctx: Context, key: str, people: Iterable[str], text: str, unit: str = "") -> tuple[Tell, ...]:
    """The same news for several, the speaker left out; under the hold of `unit` or of each one's own branch."""
    told = []
    for id in dict.fromkeys(people):
        home = ctx.roster.branch_of(id, ctx.today) if not unit else None
        where = unit or (home.id if home else "")
        told += [Tell(f"{key}|{ctx.message.key}|{id}", id, text, where)] if id != ctx.actor.id else []
    return tuple(told)


def words_of(text: str) -> str:
    """A free sentence as it is kept."""
    return " ".join(text.split()).strip(" ，,。；;：:")[:LONGEST]

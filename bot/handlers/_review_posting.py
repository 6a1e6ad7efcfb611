"""What a confirmed review writes, and who is told (R-150, R-158, R-165)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Tell, Turn
from bot.handlers import _review_targets as targets
from bot.handlers import _review_words as words
from bot.handlers._review_entries import tell
from domain import external
from domain.acting import acting, titled
from domain.dates import show
from domain.entries import Entry, Subject
from domain.numbers import number, tail
from domain.people import RoleKind
from domain.permissions import Target, who_may_review
from domain.review_corrections import read_correction


@dataclass(frozen=True, slots=True)
class Posting:
    """One review about to be written: its number, its target and the cells about that target."""

    number: str
    target: Target
    cells: Mapping[str, str]
    entry: Entry


def post(ctx: Context, draft: Draft, wish: str) -> Turn:
    """The turn that writes the review (of an organisation perhaps also of its 书记) and tells those concerned."""
    postings = _postings(ctx, draft)
    first = postings[0]
    demanded = _demanded(ctx, draft, first)
    tells = _tells(ctx, postings, demanded)
    entries = [one.entry for one in postings] + ([demanded] if demanded else [])
    last = {"number": first.number, "name": targets.name(ctx, first.target), "at": ctx.now.isoformat()}
    return Turn(
        _receipt(ctx, draft, wish, postings, demanded, tells),
        entries=tuple(entries),
        tell=tuple(tells),
        link=tuple((photo, first.number) for photo in draft.photos),
        act=Act("review", ctx.now.isoformat(), tuple(one.number for one in postings)),
        remember={"review": last},
    )


def _postings(ctx: Context, draft: Draft) -> list[Posting]:
    target = targets.target_of(draft)
    if target is None:
        raise LookupError("a review without a target")
    first = _posting(ctx, draft, target, words.parts(draft), "", draft.photos)
    if not draft.fields.get("also"):
        return [first]
    kept = draft.fields["also"]
    also = Target(kept[0], kept[1], kept[2])
    return [first, _posting(ctx, draft, also, draft.fields["also_cells"], first.number, ())]


def _posting(
    ctx: Context,
    draft: Draft,
    target: Target,
    cells: Mapping[str, str],
    session: str,
    photos: Sequence[str],
) -> Posting:
    subject, short = _subject(ctx, target)
    archive = f"{subject.type}:{subject.id}"
    n = ctx.facts.count(archive, "review.posted", ctx.today.year) + 1
    own = number("P", ctx.today.year, short, n)
    decision, org = targets.judged(ctx, draft, target), ctx.roster.org(target.org)
    data = {
        "review": own,
        "session": session or own,
        "target": target.type,
        **_details(ctx, draft, cells),
        "grade": None if words.capacity(ctx, draft)[1] else draft.fields.get("grade"),
        "attachments": list(photos),
        "upward": decision.daily_only and not targets.is_external(draft),
        **_from_outside(ctx, draft),
    }
    where = (org.name if org else target.org, target.org)
    entry = Entry(archive, "review.posted", subject, data, decision.capacity, *where)
    return Posting(own, target, cells, entry)


def _from_outside(ctx: Context, draft: Draft) -> dict[str, Any]:
    """Who said it, where the speaker only registers it; whether that counts is kept as it is today (R-040)."""
    if not targets.is_external(draft):
        return {}
    counts = ctx.profile.flag("review.external_counts")
    return {"reviewer_external": words.said_by(draft), "external_counts": counts}


def _details(ctx: Context, draft: Draft, cells: Mapping[str, str]) -> dict[str, Any]:
    whole = all(cells.get(part) for part in words.PARTS)
    return {
        "kind": words.kind(ctx, draft) if whole else "daily",
        "manner": words.manner(ctx, draft),
        "selection": "named",
        "occasion": words.occasion(ctx, draft),
        "place": draft.fields.get("place", ""),
        "common_only": False,
        **{part: cells.get(part, "") for part in words.PARTS},
        "at": draft.fields["when"],
        "text": draft.fields["text"],
    }


def _subject(ctx: Context, target: Target) -> tuple[Subject, str]:
    if target.type == "org":
        org = ctx.roster.org(target.subject)
        return Subject("org", target.subject, targets.name(ctx, target)), org.number if org else ""
    person = ctx.roster.person(target.subject)
    return Subject("person", target.subject, targets.name(ctx, target)), person.number if person else ""


def _demanded(ctx: Context, draft: Draft, first: Posting) -> Entry | None:
    demand = draft.fields.get("demand")
    if not demand:
        return None
    archive, about = first.entry.archive, first.entry
    n = ctx.facts.count(archive, "rectification.demanded", ctx.today.year) + 1
    short = first.number.split("-")[2]
    data = {
        "rectification": number("Z", ctx.today.year, short, n),
        "review": first.number,
        "requirement": requirement(draft),
        "due": demand["due"],
    }
    return Entry(
        archive, "rectification.demanded", about.subject, data, about.capacity, about.org, about.org_id
    )


def requirement(draft: Draft) -> str:
    """What must be put right: what was named for it, else 努力方向, else 不足."""
    named = (draft.fields.get("demand") or {}).get("requirement")
    cells = words.parts(draft)
    return str(named or cells.get("directions") or cells.get("gaps") or "")


def _tells(ctx: Context, postings: Sequence[Posting], demanded: Entry | None) -> list[Tell]:
    """The reviewed person with the words; the 书记 of the unit (and who is passed over by 越级) the fact."""
    with_words = [(person, one) for one in postings for person in _reviewed(ctx, one.target)]
    known = {person for person, _ in with_words}
    with_fact = [(person, one) for one in postings for person in _informed(ctx, one) if person not in known]
    reached = ctx.roster.has_account({person for person, _ in (*with_words, *with_fact)}) - {ctx.actor.id}
    found = [(person, one, words_for(ctx, one, demanded)) for person, one in with_words]
    found += [(person, one, _fact_for(ctx, one)) for person, one in with_fact]
    return [tell(ctx, f"review|{one.number}|{who}", who, text) for who, one, text in found if who in reached]


def _reviewed(ctx: Context, target: Target) -> list[str]:
    if target.type != "org":
        return [target.subject]
    return [role.person for role in ctx.roster.holders(RoleKind.SECRETARY, [target.org], ctx.today)]


def _informed(ctx: Context, one: Posting) -> list[str]:
    heads = ctx.roster.holders(RoleKind.SECRETARY, [one.target.org], ctx.today)
    found = [role.person for role in heads]
    if one.entry.data["upward"]:
        direct = who_may_review(ctx.roster, ctx.profile, one.target, ctx.today)
        found += [reviewer.person for reviewer in direct if not reviewer.daily_only]
    return [person for person in dict.fromkeys(found) if person != one.target.subject]


def _by(ctx: Context, one: Posting) -> str:
    at = datetime.fromisoformat(one.entry.data["at"])
    outside = one.entry.data.get("reviewer_external")
    who = (
        f"外部点评人{external.shown(outside)}（由{_signed(ctx, one)}登记）" if outside else _signed(ctx, one)
    )
    return f"{who}{at.month}月{at.day}日"


def _signed(ctx: Context, one: Posting) -> str:
    post = ctx.profile.label("capacity", one.entry.capacity)
    word = acting(ctx.roster, ctx.actor.id, one.entry.capacity, one.entry.org_id, ctx.today)
    return titled(post, ctx.actor.name, word)


def words_for(ctx: Context, one: Posting, demanded: Entry | None) -> str:
    """What the reviewed person reads: the leader's own words, what is asked, and how to answer (R-158)."""
    whom = "您" if one.target.type != "org" else targets.name(ctx, one.target)
    lines = [f"{_by(ctx, one)}点评了{whom}："]
    lines += [f"{label}：{one.cells[part]}" for part, label in words.PARTS.items() if one.cells.get(part)]
    if demanded is not None and demanded.data["review"] == one.number:
        due = show(date.fromisoformat(demanded.data["due"]))
        lines += [
            f"请整改：{demanded.data['requirement']}，{due}前完成（{demanded.data['rectification']}）。",
            f"整改好了回复“整改 {tail(demanded.data['rectification'])} 完成：……”，会转给{ctx.actor.name}同志。",
        ]
    return "\n".join([*lines, "有话说可回复“回应 ……”，看记录回复“看点评”。"])


def _fact_for(ctx: Context, one: Posting) -> str:
    upward = "这是越级点评，不代替您的点评。" if one.entry.data["upward"] else ""
    return f"告诉您一声：{_by(ctx, one)}点评了{targets.show(ctx, one.target)}，编号{one.number}。{upward}"


def _granted(ctx: Context, draft: Draft, wish: str, target: Target) -> str:
    """What was wished for with 确认 beside a 整改, which has its own sentence."""
    change = read_correction(wish, ctx.today) or {}
    grade = draft.fields.get("grade")
    named = {
        "manner": f"形式：{ctx.profile.label('manner', words.manner(ctx, draft))}",
        "place": f"地点：{draft.fields.get('place', '')}",
        "when": f"时间：{words.clock(datetime.fromisoformat(draft.fields['when']), ctx.today)}",
        "kind": f"计为{words.window(ctx, target)}定期点评"
        if words.kind(ctx, draft) == "periodic"
        else "记为日常点评",
        "grade": f"等次：{ctx.profile.label('grade', grade)}" if grade else "",
        "no_photos": "照片没有放进去",
    }
    done = [said for key, said in named.items() if key in change and said]
    return "，".join(done) + "。" if done else ""


def _receipt(
    ctx: Context,
    draft: Draft,
    wish: str,
    postings: Sequence[Posting],
    demanded: Entry | None,
    tells: Sequence[Tell],
) -> str:
    numbers = "、".join(f"{targets.name(ctx, one.target)}（{one.number}）" for one in postings)
    done = [f"已登记外部点评：{numbers}" if targets.is_external(draft) else f"已点评{numbers}"]
    if draft.photos:
        done.append(f"照片{len(draft.photos)}张已存台账")
    said = "，".join(done) + "。"
    if demanded is not None:
        due = date.fromisoformat(demanded.data["due"])
        said += f"整改{due.month}月{due.day}日到期（{demanded.data['rectification']}）。"
    said += _granted(ctx, draft, wish, postings[0].target)
    told = ctx.roster.people([tell.person for tell in tells])
    if told:
        said += f"已告知{'、'.join(told[one].name for one in dict.fromkeys(each.person for each in tells))}。"
    days = ctx.profile.number("review.withdraw_days")
    return f"{said}\n点错了，{days}天内可回复“撤回”。"

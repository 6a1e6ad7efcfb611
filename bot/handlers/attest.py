"""已办: a 书记, recorder or clerk says that what is kept on paper was done, and when (R-343; domain §8)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from bot import texts
from bot.engine.forms import Complaint, Field, Form, Option, Reading
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _attest_choice as choice
from bot.handlers import _attest_undo as undo
from bot.handlers._attest_choice import Paper
from bot.handlers._attest_words import Said, days_told, hear, meant
from bot.handlers._duty_names import short
from bot.handlers._people_words import ids_of, names
from domain import attestations
from domain.duties import State, filed
from domain.people import OrgKind

NOTHING = "现在没有要登记的纸面事项，到时候会提醒您。"
LONGEST = 200
ALL = "all"
_BEGINNING = re.compile(r"已办(?:结|完|好)?了?[,:、，：\s]*")
_ALL_WORDS = ("都办了", "全办了", "全都办了", "全部办了", "以上都办完了")


def _allowed(ctx: Context) -> str | None:
    if choice.keeps_papers(ctx):
        return None
    home = ctx.roster.branch_of(ctx.actor.id, ctx.today)
    return _theirs(ctx, home.id) if home else "纸面办完的事由书记或记录员登记。"


def _theirs(ctx: Context, org: str) -> str:
    """Who enters it for an organisation."""
    here = ctx.roster.org(org)
    people = attestations.owners(ctx.roster, here, ctx.today) if here else []
    ask = f"，请告诉{names(ctx, people)}" if people else ""
    keeper = "领导小组办公室" if here and here.kind is OrgKind.SCHOOL else "书记或记录员"
    return f"{here.name if here else ''}纸面办完的事由{keeper}登记{ask}。"


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    words, orgs = str(fields.get("text") or "").strip(), ids_of(fields.get("org"))
    if orgs and not {one.org.id for one in choice.papers(ctx)} & set(orgs):
        return Complaint(_theirs(ctx, orgs[0]))
    today = {"done_on": ctx.today.isoformat(), "note": ""}
    if not words:
        found = choice.waiting(ctx)
        return _chosen(found, today) if found else Complaint(NOTHING)
    return _named(ctx, hear(words, choice.papers(ctx), ctx.today), orgs)


def _named(ctx: Context, said: Said, orgs: Collection[str]) -> Reading:
    found = [one for one in meant(choice.papers(ctx), said, ctx.today) if not orgs or one.org.id in orgs]
    if not found:
        return Complaint(_not_there(ctx))
    day = said.done_on or ctx.today
    able = [one for one in found if not _wrong_day(one, day, ctx.today)]
    known = {"done_on": day.isoformat(), "note": said.note[:LONGEST]}
    return _chosen(able, known) if able else Complaint(_wrong_day(found[0], day, ctx.today))


def _chosen(found: Sequence[Paper], known: dict[str, Any]) -> Reading:
    one = {"paper": found[0].id} if len(found) == 1 else {}
    return {"papers": [each.id for each in found], **known, **one}


def _not_there(ctx: Context) -> str:
    words = dict.fromkeys(filed.spoken(one.row, one.asked) for one in choice.papers(ctx))
    if not words:
        return NOTHING
    return f"没找到这一项。您能登记的有：{'、'.join(words)}。例：已办 {next(iter(words))}"


def _picked(ctx: Context, draft: Draft) -> list[Paper]:
    """The paper that is entered, or all of the list that nobody has entered meanwhile."""
    if draft.fields.get("paper") == ALL:
        return [one for one in _listed(ctx, draft) if one.state is State.OPEN]
    return [one for one in choice.papers(ctx) if one.id == draft.fields.get("paper")]


def _listed(ctx: Context, draft: Draft) -> list[Paper]:
    return [one for one in choice.papers(ctx) if one.id in draft.fields.get("papers", ())]


def _ask(ctx: Context, draft: Draft) -> str:
    found = _listed(ctx, draft)
    older = [one for one in choice.papers(ctx) if one.is_left(ctx.today) and one not in found]
    hint = f"（更早没登记的{len(older)}项，直接说期限，例：已办 {older[-1].title(ctx)}）" if older else ""
    return f"哪一项办完了？{hint}{_hint_of_several(found)}"


def _hint_of_several(found: Sequence[Paper]) -> str:
    """How to say several days at once, where the list holds other things beside them."""
    rows = {one.row.code: [each for each in found if each.row is one.row] for one in found}
    several = next((same[0] for same in rows.values() if choice.are_of_one_row(same)), None)
    if several is None or len(rows) == 1:
        return ""
    return f"（几天的{several.row.word}一起办的，回复“已办 {several.row.word}”）"


def _options(ctx: Context, draft: Draft) -> Sequence[Option]:
    found = _listed(ctx, draft)
    several = len({one.org.id for one in found}) > 1
    options = [Option(one.id, _line(ctx, one, several)) for one in found]
    can_be_one = choice.are_of_one_row([one for one in found if one.state is State.OPEN])
    return [*options, Option(ALL, "以上都办了", _ALL_WORDS)] if can_be_one else options


def _line(ctx: Context, paper: Paper, several: bool) -> str:
    due = paper.asked.due
    when = f"{short(due)}前" if due >= ctx.today else f"{short(due)}已到期"
    return f"{paper.org.name if several else ''}{paper.title(ctx)}（{when}）"


def _read_paper(ctx: Context, draft: Draft, text: str) -> Reading:
    """A name instead of a number; one that several have makes the list shorter."""
    said = hear(_BEGINNING.sub("", text), choice.papers(ctx), ctx.today)
    found = meant(choice.papers(ctx), said, ctx.today)
    if not found:
        return Complaint(texts.choose_a_number(len(_options(ctx, draft))))
    reading = _named(ctx, said, ())
    if isinstance(reading, Mapping) and "paper" in draft.fields and "paper" not in reading:
        return Complaint(f"叫这个名称的有{len(found)}项，请说全，例：{found[0].title(ctx)}")
    if not isinstance(reading, Mapping) or said.done_on:
        return reading
    return {key: value for key, value in reading.items() if key in ("paper", "papers")}


def _show(ctx: Context, draft: Draft) -> str:
    together = choice.titles(ctx, _picked(ctx, draft))
    return "；".join(f"{title}（{org}）" for org, title in together.items())


def _read_day(ctx: Context, draft: Draft, text: str) -> Reading:
    found = days_told(text, ctx.today)
    if not found:
        return Complaint(f"请写一个日期，例：{short(ctx.today)}")
    wrong = _wrong_for_any(_picked(ctx, draft), found[0].day, ctx.today)
    return Complaint(wrong) if wrong else {"done_on": found[0].day.isoformat()}


def _wrong_for_any(papers: Sequence[Paper], day: date, today: date) -> str:
    return next((wrong for one in reversed(papers) if (wrong := _wrong_day(one, day, today))), "")


def _wrong_day(paper: Paper, day: date, today: date) -> str:
    if day > today:
        return f"{short(day)}还没有到，办好了再登记，日期写今天或以前的。"
    early = day < min(paper.asked.since, paper.asked.opens)
    return f"{short(day)}太早了，这一项从{short(paper.asked.since)}算起。" if early else ""


def _note(ctx: Context, draft: Draft, text: str) -> Reading:
    kept = str(draft.fields.get("note") or "")
    return {"note": f"{kept}；{text}"[:LONGEST] if kept else text.strip()[:LONGEST]}


def _heading(ctx: Context, draft: Draft) -> str:
    again = any(one.state is not State.OPEN for one in _picked(ctx, draft))
    return "这一项已经登记过，确认后以这次的为准。请核对：" if again else "请核对："


def _refuse(ctx: Context, draft: Draft) -> str | None:
    picked = _picked(ctx, draft)
    if not picked:
        return "这一项现在不归您登记，或者别人已经登记了。回复“取消”结束。"
    return _wrong_for_any(picked, date.fromisoformat(draft.fields["done_on"]), ctx.today) or None


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    picked = _picked(ctx, draft)
    done_on, note = date.fromisoformat(draft.fields["done_on"]), draft.fields["note"]
    left = [one for one in choice.papers(ctx) if one.is_waiting(ctx.today) and one not in picked]
    rest = f"还有{len(left)}项待登记，回复“已办”看。" if left else ""
    what = "；".join(f"{org}{title}" for org, title in choice.titles(ctx, picked).items())
    before = {one.id: undo.kept(one.said) for one in picked}
    return Turn(
        f"已登记：{what}，{short(done_on)}办结。{rest}\n"
        f"{ctx.profile.number('chat.undo_minutes')}分钟内可回复“撤回”。",
        entries=tuple(attestations.attested(*one.what, done_on, note, one.capacity) for one in picked),
        act=Act("attest", ctx.now.isoformat(), (), {"papers": before, "wrote": undo.word(done_on, note)}),
    )


HANDLER = Form(
    name="attest",
    title="登记纸面已办的事",
    words=("已办",),
    fields=(
        Field("paper", "事项", _ask, read=_read_paper, options=_options, show=_show),
        Field(
            "done_on",
            "哪天办的",
            lambda ctx, draft: f"哪天办的？请写日期，例：{short(ctx.today)}",
            read=_read_day,
            show=lambda ctx, draft: short(date.fromisoformat(draft.fields["done_on"])),
            example="9月28日",
        ),
        Field(
            "note",
            "说明",
            lambda ctx, draft: "要补一句说明吗？",
            read=_note,
            show=lambda ctx, draft: str(draft.fields.get("note") or ""),
            skip="",
            further=_note,
        ),
    ),
    finish=_finish,
    allowed=_allowed,
    prepare=_prepare,
    heading=_heading,
    refuse=_refuse,
    take_back=undo.take_back,
)

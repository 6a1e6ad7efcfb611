"""预演 that was ordered by chat: walked through by a worker, answered with a sheet and one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.decisions import Decision
from bot.parts import Bot
from bot.roads import TO_PEOPLE
from bot.scheduler import holidays, rehearsal
from bot.scheduler.rehearsal import LeftOut, Push
from domain.profile import Profile
from storage import claims, owed
from storage.claims import Claim
from storage.db import Transaction
from storage.owed import Owed
from storage.roster import RosterView

KINDS = ("rehearse",)
LEASE = timedelta(minutes=10)
"""Longer than a large school's quarter takes; a worker that dies leaves it to another after that."""
HEADING = ("日期", "姓名", "编号", "事项", "第几次", "发不发", "内容或不发的原因")
_STEPS = {
    "open": "开始",
    "before:middle": "过半",
    "before:10": "还剩十天",
    "before:3": "还剩三天",
    "before": "还剩两天",
    "due": "最后一天",
    "after": "过了一天",
    "manual": "本人约的",
}


def show(bot: Bot, now: datetime) -> list[Decision]:
    """One ordered rehearsal; empty when there is none."""
    found = bot.database.attempt(lambda tx: claims.take_one(tx, KINDS, (TO_PEOPLE,), now, LEASE))
    return [_one(bot, claim, now) for claim in found]


def _one(bot: Bot, claim: Claim, now: datetime) -> Decision:
    body, row = claim.row.body, claim.row
    first, last = (date.fromisoformat(str(body[end])) for end in ("from", "to"))
    found = list(rehearsal.run(bot, first, last, frozenset(body["orgs"])))

    def write(tx: Transaction) -> None:
        owed.put(tx, _answer(tx, bot.profile, row, found, now))
        claims.finish(tx, [claim], "done", now)

    bot.database.attempt(write)
    return Decision("deliver", row.person, "", "", "planned", f"预演{len(found)}条")


def _answer(
    tx: Transaction, profile: Profile, row: Owed, found: Sequence[Push | LeftOut], now: datetime
) -> list[Owed]:
    pushes = sum(isinstance(one, Push) for one in found)
    spared = len(found) - pushes
    said = f"预演好了：共会发{pushes}条提醒" + (f"，另有{spared}条不发，原因" if spared else "，内容")
    text = f"{said}见表。要先停住请管理员回复“停发”。" if found else "预演好了：这段日子没有要发的提醒。"
    first, last = (date.fromisoformat(str(row.body[end])) for end in ("from", "to"))
    text += holidays.warning(profile, first, last)
    answers = [owed.answer_to(row, "text", "text", {"text": text}, now)]
    if found:
        rows = [HEADING, *_rows(tx, profile, found)]
        answers.append(owed.answer_to(row, "sheet", "file", {"name": "预演.xlsx", "rows": rows}, now))
    return answers


def _rows(tx: Transaction, profile: Profile, found: Sequence[Push | LeftOut]) -> list[tuple[str, ...]]:
    people = sorted({one.to if isinstance(one, Push) else one.person for one in found})
    names = {id: person.name for id, person in RosterView(tx).people(people).items()}
    return [_row(profile, names, one) for one in found]


def _row(profile: Profile, names: dict[str, str], one: Push | LeftOut) -> tuple[str, ...]:
    if isinstance(one, LeftOut):
        duty = profile.label("duty", one.duty)
        return (one.on.isoformat(), names.get(one.person, ""), one.person, duty, "", "不发", one.reason)
    duties = "、".join(dict.fromkeys(profile.label("duty", duty) for duty, _ in one.parts))
    steps = "、".join(dict.fromkeys(_word(step) for _, step in one.parts))
    return (one.on.isoformat(), names.get(one.to, ""), one.to, duties, steps, "发", one.text)


def _word(step: str) -> str:
    return _STEPS.get(step) or _STEPS.get(step.partition(":")[0], step)

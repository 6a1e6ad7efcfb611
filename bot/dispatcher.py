"""One message, one short transaction: who speaks, what it leads to, and everything of it kept together."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import texts
from bot.engine.state import from_state, known, to_state
from bot.engine.talk import Talk, after, respond
from bot.engine.turn import Context, File, Freeing, Order, Tell, Turn, Understanding
from bot.messages import Message
from bot.quoting import harmless
from domain.acting import marked
from domain.entries import Stamp, Written
from domain.intake import clean
from domain.profile import Profile
from storage import attachments, inbox, ledger, owed, people, settings, speakers
from storage.db import Database, Transaction
from storage.facts import FactsView
from storage.foresight import foresight
from storage.owed import Owed
from storage.roster import RosterView

# A woken worker must not overtake the answer to the message itself (house, 5).
AFTER_THE_ANSWER = timedelta(seconds=2)
REPLY_BYTES = 2048


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a message led to; for a repeated one only the same reply."""

    reply: str
    files: tuple[File, ...] = ()
    pushes: tuple[Tell, ...] = ()
    entries: tuple[Written, ...] = ()


class WouldWrite(Exception):
    """A turn that was only allowed to read wanted to write; nothing was kept."""


class Dispatcher:
    """Plays messages against one database with one profile."""

    def __init__(self, database: Database, talk: Talk, profile: Profile) -> None:
        self.database, self.talk, self.profile = database, talk, profile

    def handle(self, message: Message, person: str | None = None, read_only: bool = False) -> Outcome:
        """Answer a message. `person` speaks without an account (commands on the machine itself).

        Raises Unavailable or Conflict when the database cannot be had, and WouldWrite; nothing was kept then.
        """
        try:
            return self.database.attempt(lambda tx: self._turn(tx, message, person, read_only))
        except inbox.Repeated:
            return self._again(message)

    def _again(self, message: Message) -> Outcome:
        with self.database.transaction() as tx:
            return Outcome(inbox.reply_to(tx, message.key) or "")

    def understand(self, person: str | None, account: str, at: datetime, text: str) -> list[Understanding]:
        """How somebody's first message is understood, best first; writes nothing."""
        message = Message("terminal", account, "", "text", at, at, text)
        with self.database.transaction() as tx:
            ctx = self.context(tx, message, _speaker(tx, message, person))
            known = ctx.speaker is not None
            found = list(self.talk.understand(ctx, ctx.text)) if known else [Understanding("stranger")]
            # The speaker's lock may have made a row for a conversation that never was.
            tx.undo()
            return found

    def _turn(self, tx: Transaction, message: Message, person: str | None, read_only: bool) -> Outcome:
        speaker = _speaker(tx, message, person)
        # Who asks at the machine itself waits for as long as it takes.
        patient = read_only or person is not None
        ctx = self.context(tx, message, speaker, patient)
        turn = _signed(ctx, presentable(respond(self.talk, ctx)))
        if read_only:
            return _only_said(ctx, turn)
        written = self._write(tx, ctx, speaker, turn)
        inbox.keep(tx, message.key, speaker.key, message.received, turn.say)
        return Outcome(turn.say, turn.files, turn.tell, tuple(written))

    def context(
        self, tx: Transaction, message: Message, speaker: speakers.Speaker, at_leisure: bool = False
    ) -> Context:
        """Everything a decision about this message may rely on, as the transaction sees it."""
        has_media = bool(message.media) and speaker.person is not None
        roster, facts = RosterView(tx, speaker.person), FactsView(tx)
        return Context(
            message=message,
            text=clean(message.text),
            now=message.at,
            speaker=speaker.person,
            conversation=known(from_state(speaker.state), self.talk.handlers),
            roster=roster,
            facts=facts,
            profile=self.profile,
            attachment=f"A{secrets.token_hex(8)}" if has_media else "",
            soon=foresight(tx, roster, facts),
            at_leisure=at_leisure,
        )

    def _write(self, tx: Transaction, ctx: Context, speaker: speakers.Speaker, turn: Turn) -> list[Written]:
        message = ctx.message
        via = {"channel": message.channel, "account": message.account, "message": message.key}
        stamp = Stamp(speaker.key, message.at, message.received, via)
        for person in turn.people:
            people.save(tx, person)
        written = ledger.append(tx, turn.entries, stamp) if turn.entries else []
        if ctx.attachment:
            self._fetch(tx, ctx, speaker)
        for attachment, thing in turn.link:
            attachments.link(tx, [attachment], speaker.key, thing)
        state = to_state(after(ctx, turn))
        if state != speaker.state:
            speakers.save(tx, speaker.key, state, message.received)
        owed.put(
            tx,
            [
                *_told(ctx, turn.tell),
                *_files(ctx, speaker, turn.files),
                *_freeing(ctx, turn.free),
                *_ordered(ctx, turn.order),
            ],
        )
        for key, value in turn.set.items():
            settings.put(tx, key, value)
        return written

    def _fetch(self, tx: Transaction, ctx: Context, speaker: speakers.Speaker) -> None:
        message, number = ctx.message, ctx.attachment
        attachments.register(
            tx,
            number,
            speaker.key,
            message.channel,
            message.media,
            message.kind,
            message.at,
            message.received,
        )
        body = {"attachment": number, "media": message.media}
        row = Owed(
            f"fetch|{number}", "fetch", body, message.received, message.received, channel=message.channel
        )
        owed.put(tx, [row])


def _only_said(ctx: Context, turn: Turn) -> Outcome:
    """What somebody would be told; not even a list is left behind for his own next message.

    A question of a draft that is not kept would be no answer, since nobody could answer it.
    """
    moves_draft = turn.shelve or (not turn.keep and turn.draft != ctx.conversation.draft)
    if turn.entries or turn.tell or turn.set or turn.free or turn.order or ctx.attachment or moves_draft:
        raise WouldWrite
    return Outcome(turn.say, turn.files)


def presentable(turn: Turn) -> Turn:
    """A turn whose words can do nothing to a phone and fit one message."""
    return _fitting(_harmless(turn))


def _harmless(turn: Turn) -> Turn:
    tells = tuple(replace(tell, text=harmless(tell.text)) for tell in turn.tell)
    say = harmless(turn.say)
    return replace(turn, say=say, tell=tells) if tells or say != turn.say else turn


def _signed(ctx: Context, turn: Turn) -> Turn:
    """Whoever acts for a 书记 signs so in every entry, whichever handler made it (R-041)."""
    if not turn.entries or ctx.speaker is None:
        return turn
    return replace(turn, entries=marked(ctx.roster, ctx.actor.id, turn.entries, ctx.today))


def _speaker(tx: Transaction, message: Message, person: str | None) -> speakers.Speaker:
    known = speakers.find_person(tx, person) if person else None
    return known or speakers.find(tx, message.channel, message.account)


def _told(ctx: Context, tells: tuple[Tell, ...]) -> list[Owed]:
    now = ctx.message.received
    return [
        Owed(
            key=tell.key,
            kind="text",
            body={"text": tell.text},
            created=now,
            not_before=max(tell.not_before or now, now) + AFTER_THE_ANSWER,
            person=tell.person,
            channel=ctx.message.channel if tell.account else "",
            account=tell.account,
            unit=tell.unit,
            duty=tell.duty,
            step=tell.step,
            period=tell.period,
        )
        for tell in tells
    ]


def _freeing(ctx: Context, free: Freeing | None) -> list[Owed]:
    if free is None:
        return []
    now = ctx.message.received
    asked = {"by": ctx.actor.id, "capacity": free.capacity, "at": ctx.now.isoformat()}
    return [Owed(f"free|{ctx.message.key}", "free", asked, now, now + AFTER_THE_ANSWER, free.person)]


def _ordered(ctx: Context, order: Order | None) -> list[Owed]:
    if order is None:
        return []
    now, key = ctx.message.received, f"{order.kind}|{ctx.message.key}"
    return [Owed(key, order.kind, order.body, now, now + AFTER_THE_ANSWER, ctx.actor.id)]


def _files(ctx: Context, speaker: speakers.Speaker, files: tuple[File, ...]) -> list[Owed]:
    now = ctx.message.received
    return [
        Owed(
            key=f"file|{ctx.message.key}|{n}",
            kind="file",
            body={"name": file.name, "rows": file.rows},
            created=now,
            not_before=now + AFTER_THE_ANSWER,
            person=speaker.key,
            channel=ctx.message.channel,
            account=ctx.message.account,
        )
        for n, file in enumerate(files)
    ]


def _fitting(turn: Turn) -> Turn:
    """A turn whose words fit one message; what does not becomes a file (R-293)."""
    if len(turn.say.encode()) <= REPLY_BYTES:
        return turn
    rows = tuple((line,) for line in turn.say.split("\n"))
    return replace(
        turn, say=texts.shortened(turn.say, REPLY_BYTES), files=(*turn.files, File("全文.xlsx", rows))
    )

"""A form: a declared conversation. The next question is computed from what is still missing.

Every form gets digits, 返回, 跳过, 改N, the read-back with 确认 and a way out after repeated failures from
here; a handler declares fields, what is written and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot import texts
from bot.engine import amending, beside, fields
from bot.engine.declared import Declared
from bot.engine.fields import GOING_ON, Complaint, Field, Option, Options, Reading, choose
from bot.engine.queries import Query
from bot.engine.state import CONFIRM, Act, Draft
from bot.engine.turn import Context, Turn
from domain.confirmation import always_word, wish_after

__all__ = ["CONFIRM", "Complaint", "Field", "Form", "Option", "Options", "Query", "Reading", "choose"]


@dataclass(frozen=True, slots=True)
class Form(Declared):
    """A handler that asks, reads back and writes on 确认 (the protocol `Handler`)."""

    def begin(self, ctx: Context, fields: Mapping[str, Any]) -> Turn:
        self.foresee(ctx, None)
        refusal = self.allowed(ctx)
        if refusal:
            return Turn(refusal)
        known = self.prepare(ctx, fields)
        if not isinstance(known, Mapping):
            return known if isinstance(known, Turn) else Turn(known.sentence)
        turn = self.go_on(ctx, Draft(self.name, started=ctx.now.isoformat()).having(**known))
        plain = turn.draft is not None and turn.draft.asked == CONFIRM and self.at_once(ctx, turn.draft)
        return self._confirm(ctx, turn.draft, "") if plain and turn.draft else turn

    def go_on(self, ctx: Context, draft: Draft, before: str = "") -> Turn:
        """Ask the first missing thing, or read everything back."""
        missing = self._missing(ctx, draft)
        return self._ask(ctx, replace(draft, asked=missing.name if missing else CONFIRM), before)

    def answer(self, ctx: Context, draft: Draft, text: str) -> Turn:
        asked = self._asked(ctx, draft)
        if asked is None:
            return self._at_confirm(ctx, draft, text)
        return self._take(ctx, draft, asked, self._read(ctx, draft, asked, text))

    def again(self, ctx: Context, draft: Draft, fields: Mapping[str, Any]) -> Turn:
        return self.answer(ctx, draft, ctx.text)

    def command(self, ctx: Context, draft: Draft, word: str, rest: str) -> Turn:
        obey = {
            "confirm": self._confirm,
            "back": self._back,
            "skip": self._skip,
            "amend": self._amend,
            "further": self._further,
        }
        return obey[word](ctx, draft, rest)

    def picture(self, ctx: Context, draft: Draft, attachment: str) -> Turn | None:
        if not self.takes_photos:
            return None
        if len(draft.photos) >= texts.MOST_PHOTOS:
            return Turn(texts.TOO_MANY_PHOTOS, draft)
        more = replace(draft, photos=(*draft.photos, attachment))
        return Turn("" if len(more.photos) > 1 else texts.photo_taken(self.resume(ctx, more)), more)

    def undo(self, ctx: Context, act: Act) -> Turn:
        return self.take_back(ctx, act) if self.take_back else Turn(texts.NOTHING_TO_UNDO, keep=True)

    def _read(self, ctx: Context, draft: Draft, asked: Field, text: str) -> Reading:
        if fields.is_moved(asked, asked.options(ctx, draft), draft.shown, text):
            return self._ask(ctx, draft, texts.LIST_CHANGED)
        return amending.read(ctx, draft, asked, text)

    def _take(self, ctx: Context, draft: Draft, asked: Field, reading: Reading) -> Turn:
        if isinstance(reading, Turn):
            return reading
        if not isinstance(reading, Complaint):
            return self.go_on(ctx, draft.having(**reading))
        grown = self._grown(draft)
        if grown is not None and GOING_ON.match(ctx.text):
            return beside.ask_further(draft, grown.label, ctx.text)
        return beside.not_taken(ctx, draft, reading.sentence, asked.skip is not None, asked.example)

    def _at_confirm(self, ctx: Context, draft: Draft, text: str) -> Turn:
        wish = wish_after(text, self.confirm_words)
        if wish is not None:
            return self._confirm(ctx, draft, wish)
        change = self._change(ctx, draft, text) or fields.unread(text)
        if isinstance(change, Complaint):
            return self._not_taken(ctx, draft, change, text)
        if isinstance(change, Turn):
            return change
        return self.go_on(ctx, draft.having(**change), texts.CHANGED)

    def _change(self, ctx: Context, draft: Draft, text: str) -> Reading | None:
        """What words change: in the form's own way, by the name or a value of a field, or as more of what was said."""
        words = amending.bare(text)
        own = self.mend(ctx, draft, words) or None
        if own is not None and not (isinstance(own, Complaint) and own.is_blank):
            return own
        named = amending.named(ctx, draft, self._numbered(ctx, draft), words)
        return named or amending.added(ctx, draft, self._grown(draft), words) or own

    def _not_taken(self, ctx: Context, draft: Draft, complaint: Complaint, text: str) -> Turn:
        """Words at the read-back that change nothing: perhaps they go on with the last thing said."""
        grown = self._grown(draft)
        if grown is not None and complaint.is_blank and fields.goes_on(text):
            return beside.ask_further(draft, grown.label, text)
        return beside.not_taken(ctx, draft, complaint.sentence)

    def _further(self, ctx: Context, draft: Draft, words: str) -> Turn:
        grown = self._grown(draft)
        if grown is None or grown.further is None:
            return self._ask(ctx, draft)
        return self._amended(ctx, draft, grown, grown.further(ctx, draft, words))

    def _confirm(self, ctx: Context, draft: Draft, wish: str) -> Turn:
        if self._missing(ctx, draft) is not None:
            return self._ask(ctx, draft, texts.NOT_YET_COMPLETE)
        if draft.asked not in (CONFIRM, ""):
            return self.go_on(ctx, draft)
        self._foresee_writing(ctx, draft)
        refusal = self.allowed(ctx) or self.refuse(ctx, draft)
        if refusal:
            return Turn(refusal, draft)
        if not draft.showed(self.things(ctx, draft)):
            return self._ask(ctx, draft, texts.CHANGED_SINCE)
        return self._granted(ctx, draft, wish) if wish else self.finish(ctx, draft, "")

    def _foresee_writing(self, ctx: Context, draft: Draft) -> None:
        if ctx.speaker is not None:
            # Every entry says whether its actor only acts in his capacity.
            ctx.soon.roles(ctx.speaker.id, ctx.today)
            self.foresee(ctx, draft)

    def _granted(self, ctx: Context, draft: Draft, wish: str) -> Turn:
        """A wish behind 确认 (contract, Words): done with it, or read back again as a change, or asked about; never lost."""
        granted = self.grant(ctx, draft, wish)
        if isinstance(granted, Mapping):
            turn = self.go_on(ctx, draft.having(**granted))
            settled = turn.draft if turn.draft and turn.draft.asked == CONFIRM else None
            return self.finish(ctx, settled, wish) if settled else turn
        word = always_word(wish)
        if word is not None and word.word == "amend":
            return self._amend(ctx, draft, f"{word.number} {word.rest}".strip())
        change = granted or self._change(ctx, draft, wish)
        if isinstance(change, Turn):
            return change
        if isinstance(change, Mapping):
            return self.go_on(ctx, draft.having(**change), texts.CHANGED_NOT_SENT)
        if change is None or change.is_blank:
            return Turn(texts.wish_unread(wish, bool(self._numbered(ctx, draft))), draft)
        return Turn(change.sentence if granted else texts.NOT_SENT + change.sentence, draft)

    def _back(self, ctx: Context, draft: Draft, rest: str) -> Turn:
        if draft.asked in draft.fields:
            # Asked once more by 改N: going back leaves the old answer.
            return self.go_on(ctx, draft)
        # What an answer brought besides its own field (words behind it, a count) goes with it.
        answered = [at for at, name in enumerate(draft.order) if self._field(draft, name)]
        if not answered:
            return self._ask(ctx, draft, texts.AT_THE_BEGINNING)
        return self.go_on(ctx, draft.without(*draft.order[answered[-1] :]))

    def _skip(self, ctx: Context, draft: Draft, rest: str) -> Turn:
        asked = self._asked(ctx, draft)
        if asked is None or asked.skip is None:
            return self._ask(ctx, draft, texts.CANNOT_SKIP)
        return self.go_on(ctx, draft.having(**{asked.name: asked.skip}))

    def _amend(self, ctx: Context, draft: Draft, rest: str) -> Turn:
        digits, _, words = rest.partition(" ")
        numbered = self._numbered(ctx, draft)
        if not numbered:
            return self._ask(ctx, draft)
        if not 1 <= int(digits) <= len(numbered):
            return Turn(texts.amend_range(len(numbered)), draft)
        asked = numbered[int(digits) - 1]
        if not words:
            return self._ask(ctx, replace(draft, asked=asked.name, tries=0))
        return self._amended(ctx, draft, asked, self._read(ctx, draft, asked, words))

    def _amended(self, ctx: Context, draft: Draft, asked: Field, reading: Reading) -> Turn:
        if not isinstance(reading, Mapping):
            return reading if isinstance(reading, Turn) else Turn(reading.sentence, draft)
        changed, open_one = draft.having(**reading), self._asked(ctx, draft)
        answered = open_one is None or open_one.name in changed.fields
        if answered or not (open_one and open_one.needed(ctx, changed)):
            return self.go_on(ctx, changed, texts.CHANGED)
        return self._ask(ctx, changed, texts.CHANGED)

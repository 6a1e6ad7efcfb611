"""A form: a declared conversation. The next question is computed from what is still missing.

Every form gets digits, 返回, 跳过, 改N, the read-back with 确认 and a way out after repeated failures from
here; a handler declares fields, what is written and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot import texts
from bot.engine import beside, fields
from bot.engine.fields import GOING_ON, Complaint, Field, Option, Options, Reading, choose
from bot.engine.queries import Query
from bot.engine.state import CONFIRM, Act, Draft
from bot.engine.turn import Context, Turn

__all__ = ["CONFIRM", "Complaint", "Field", "Form", "Option", "Options", "Query", "Reading", "choose"]


@dataclass(frozen=True, slots=True)
class Form:
    """A handler that asks, reads back and writes on 确认 (the protocol `Handler`).

    `allowed` gives None or the refusal; `prepare` completes the fields a message brought (and may complain);
    `finish` makes the turn that writes, with the wish that came after 确认; `mend` reads a free correction
    at the read-back; `take_back` is 撤回; `confirm_words` are accepted besides 确认; `takes_photos` lets
    pictures into the draft, and `place` may give a picture without an open draft its place. `refuse` is asked
    again right before writing. `things` are the versions of what the read-back shows: when they are others at
    确认, it shows them again instead of writing.
    `at_once` says that a first message was so plain that it is its own confirmation (签 0166-2, S-02).
    """

    name: str
    title: str
    words: Sequence[str]
    fields: tuple[Field, ...]
    finish: Callable[[Context, Draft, str], Turn]
    allowed: Callable[[Context], str | None] = lambda ctx: None
    prepare: Callable[[Context, Mapping[str, Any]], Reading] = lambda ctx, fields: fields
    refuse: Callable[[Context, Draft], str | None] = lambda ctx, draft: None
    things: Callable[[Context, Draft], Mapping[str, str]] = lambda ctx, draft: {}
    mend: Callable[[Context, Draft, str], Reading | None] = lambda ctx, draft, text: None
    take_back: Callable[[Context, Act], Turn] | None = None
    heading: Callable[[Context, Draft], str] = lambda ctx, draft: "请核对："
    closing: Callable[[Context, Draft], str] = lambda ctx, draft: texts.CONFIRM_OR_AMEND
    confirm_words: tuple[str, ...] = ()
    at_once: Callable[[Context, Draft], bool] = lambda ctx, draft: False
    takes_photos: bool = False
    place: Callable[[Context], Turn | None] | None = None
    is_query: bool = field(default=False, init=False)

    def begin(self, ctx: Context, fields: Mapping[str, Any]) -> Turn:
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

    def resume(self, ctx: Context, draft: Draft) -> str:
        return self._ask(ctx, draft).say

    def _ask(self, ctx: Context, draft: Draft, before: str = "") -> Turn:
        """The open question, and in the draft what its digits or 确认 stand for from now on."""
        asked = self._asked(ctx, draft)
        if asked is None:
            return Turn(before + self.read_back(ctx, draft), replace(draft, shown=self.things(ctx, draft)))
        options = asked.options(ctx, draft)
        say = before + asked.ask(ctx, draft) + fields.listed(options)
        return Turn(say, replace(draft, shown=fields.meanings(asked, options)))

    def so_far(self, draft: Draft) -> str:
        return texts.left_at(self.title, draft.asked == CONFIRM)

    def read_back(self, ctx: Context, draft: Draft) -> str:
        """Everything in order, numbered for 改N."""
        lines = [f"{n} {label}：{words}" for n, (label, words) in enumerate(self._shown(ctx, draft), 1)]
        photos = [texts.photos(len(draft.photos))] if draft.photos else []
        return "\n".join([self.heading(ctx, draft), *lines, *photos, self.closing(ctx, draft)])

    def answer(self, ctx: Context, draft: Draft, text: str) -> Turn:
        asked = self._asked(ctx, draft)
        return self._take(ctx, draft, asked, text) if asked else self._at_confirm(ctx, draft, text)

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

    def waits_for_words(self, ctx: Context, draft: Draft) -> bool:
        asked = self._asked(ctx, draft)
        return asked is not None and not asked.options(ctx, draft)

    def expects(self, ctx: Context, draft: Draft, text: str) -> bool:
        asked = self._asked(ctx, draft)
        if asked is None:
            return text.strip("。！! ") in self.confirm_words
        return choose(asked.options(ctx, draft), text) is not None

    def undo(self, ctx: Context, act: Act) -> Turn:
        return self.take_back(ctx, act) if self.take_back else Turn(texts.NOTHING_TO_UNDO, keep=True)

    def fields_of(self, draft: Draft) -> tuple[Field, ...]:
        """The questions of one draft, in order; a form that asks about several things makes them here."""
        return self.fields

    def _missing(self, ctx: Context, draft: Draft) -> Field | None:
        unknown = (one for one in self.fields_of(draft) if one.name not in draft.fields)
        return next((one for one in unknown if one.needed(ctx, draft)), None)

    def _asked(self, ctx: Context, draft: Draft) -> Field | None:
        """The open question, None at the read-back; one that an earlier release asked gives way to what is missing."""
        found = self._field(draft, draft.asked)
        return found if found or draft.asked == CONFIRM else self._missing(ctx, draft)

    def _field(self, draft: Draft, name: str) -> Field | None:
        return next((one for one in self.fields_of(draft) if one.name == name), None)

    def _shown(self, ctx: Context, draft: Draft) -> list[tuple[str, str]]:
        return [(one.label, one.show(ctx, draft)) for one in self._numbered(ctx, draft) if one.show]

    def _numbered(self, ctx: Context, draft: Draft) -> list[Field]:
        return [one for one in self.fields_of(draft) if one.show and one.show(ctx, draft)]

    def _read(self, ctx: Context, draft: Draft, asked: Field, text: str) -> Reading:
        options = asked.options(ctx, draft)
        if fields.is_moved(asked, options, draft.shown, text):
            return self._ask(ctx, draft, texts.LIST_CHANGED)
        chosen = choose(options, text)
        if chosen is not None:
            return {asked.name: chosen.value}
        if asked.read is not None:
            return asked.read(ctx, draft, text)
        return Complaint(texts.choose_a_number(len(options)))

    def _take(self, ctx: Context, draft: Draft, asked: Field, text: str) -> Turn:
        reading = self._read(ctx, draft, asked, text)
        if not isinstance(reading, Complaint):
            return reading if isinstance(reading, Turn) else self.go_on(ctx, draft.having(**reading))
        grown = self._grown(draft)
        if grown is not None and GOING_ON.match(ctx.text):
            return beside.ask_further(draft, grown.label, ctx.text)
        return self._failed(ctx, draft, reading.sentence, asked)

    def _at_confirm(self, ctx: Context, draft: Draft, text: str) -> Turn:
        if text.strip("。！! ") in self.confirm_words:
            return self._confirm(ctx, draft, "")
        change = self.mend(ctx, draft, text)
        if change is None or isinstance(change, Complaint):
            return self._not_taken(ctx, draft, change or fields.unread(text), text)
        return change if isinstance(change, Turn) else self.go_on(ctx, draft.having(**change), texts.CHANGED)

    def _not_taken(self, ctx: Context, draft: Draft, complaint: Complaint, text: str) -> Turn:
        """Words at the read-back that change nothing: perhaps they go on with the last thing said."""
        grown = self._grown(draft)
        if grown is not None and complaint.is_blank and fields.goes_on(text):
            return beside.ask_further(draft, grown.label, text)
        return self._failed(ctx, draft, complaint.sentence, None)

    def _failed(self, ctx: Context, draft: Draft, why: str, asked: Field | None) -> Turn:
        """The second failure brings an example, the third ways out."""
        failed = replace(draft, tries=draft.tries + 1)
        if failed.tries >= beside.TRIES:
            return beside.ask_ways_out(ctx, failed, why, asked is not None and asked.skip is not None)
        example = f"\n例：{asked.example}" if asked and asked.example and failed.tries > 1 else ""
        return Turn(why + example, failed)

    def _grown(self, draft: Draft) -> Field | None:
        """The last answered question whose answer may go on."""
        known = [one for one in self.fields_of(draft) if one.further and one.name in draft.fields]
        return known[-1] if known else None

    def _further(self, ctx: Context, draft: Draft, words: str) -> Turn:
        grown = self._grown(draft)
        if grown is None or grown.further is None:
            return self._ask(ctx, draft)
        return self._amended(ctx, draft, grown, grown.further(ctx, draft, words))

    def _confirm(self, ctx: Context, draft: Draft, wish: str) -> Turn:
        if self._missing(ctx, draft) is not None:
            return self._ask(ctx, draft, texts.NOT_YET_COMPLETE)
        if draft.asked != CONFIRM:
            return self.go_on(ctx, draft)
        refusal = self.allowed(ctx) or self.refuse(ctx, draft)
        if refusal:
            return Turn(refusal, draft)
        if not draft.showed(self.things(ctx, draft)):
            return self._ask(ctx, draft, texts.CHANGED_SINCE)
        return self.finish(ctx, draft, wish)

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

"""What a handler declares of a form, and which of its questions is open (see `forms`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot import texts
from bot.engine.fields import Field, Reading, choose, listed, meanings
from bot.engine.state import CONFIRM, Act, Draft
from bot.engine.turn import Context, Turn
from domain.confirmation import wish_after


@dataclass(frozen=True, slots=True)
class Declared:
    """The declaration.

    `allowed` gives None or the refusal; `prepare` completes the fields a message brought (and may complain);
    `finish` makes the turn that writes, with the wish that was granted; `grant` reads a wish behind 确认 as the
    fields that are done with it, or a complaint; `mend` reads a free correction at the read-back; `take_back` is
    撤回; `confirm_words` are accepted besides 确认; `takes_photos` lets pictures into the draft, and `place` may
    give a picture without an open draft its place. `refuse` is asked again right before writing. `things` are
    the versions of what the read-back shows: when they are others at 确认, it shows them again instead of
    writing. `foresee` may say what beginning (no draft yet) or 确认 will ask of roster and facts. `at_once` says that
    a first message was so plain that it is its own confirmation (签 0166-2, S-02).
    """

    name: str
    title: str
    words: Sequence[str]
    fields: tuple[Field, ...]
    finish: Callable[[Context, Draft, str], Turn]
    allowed: Callable[[Context], str | None] = lambda ctx: None
    foresee: Callable[[Context, Draft | None], None] = lambda ctx, draft: None
    prepare: Callable[[Context, Mapping[str, Any]], Reading] = lambda ctx, fields: fields
    refuse: Callable[[Context, Draft], str | None] = lambda ctx, draft: None
    things: Callable[[Context, Draft], Mapping[str, str]] = lambda ctx, draft: {}
    grant: Callable[[Context, Draft, str], Reading | None] = lambda ctx, draft, wish: None
    mend: Callable[[Context, Draft, str], Reading | None] = lambda ctx, draft, text: None
    take_back: Callable[[Context, Act], Turn] | None = None
    heading: Callable[[Context, Draft], str] = lambda ctx, draft: "请核对："
    closing: Callable[[Context, Draft], str] = lambda ctx, draft: texts.CONFIRM_OR_AMEND
    confirm_words: tuple[str, ...] = ()
    at_once: Callable[[Context, Draft], bool] = lambda ctx, draft: False
    takes_photos: bool = False
    place: Callable[[Context], Turn | None] | None = None
    is_query: bool = field(default=False, init=False)

    def resume(self, ctx: Context, draft: Draft) -> str:
        return self._ask(ctx, draft).say

    def so_far(self, draft: Draft) -> str:
        return texts.left_at(self.title, draft.asked == CONFIRM)

    def _ask(self, ctx: Context, draft: Draft, before: str = "") -> Turn:
        """The open question, and in the draft what its digits or 确认 stand for from now on."""
        asked = self._asked(ctx, draft)
        if asked is None:
            return Turn(before + self.read_back(ctx, draft), replace(draft, shown=self.things(ctx, draft)))
        options = asked.options(ctx, draft)
        say = before + asked.ask(ctx, draft) + listed(options)
        return Turn(say, replace(draft, shown=meanings(asked, options)))

    def read_back(self, ctx: Context, draft: Draft) -> str:
        """Everything in order, numbered for 改N."""
        lines = [f"{n} {label}：{words}" for n, (label, words) in enumerate(self._shown(ctx, draft), 1)]
        photos = [texts.photos(len(draft.photos))] if draft.photos else []
        return "\n".join([self.heading(ctx, draft), *lines, *photos, self.closing(ctx, draft)])

    def waits_for_words(self, ctx: Context, draft: Draft) -> bool:
        asked = self._asked(ctx, draft)
        return asked is not None and not asked.options(ctx, draft)

    def expects(self, ctx: Context, draft: Draft, text: str) -> bool:
        asked = self._asked(ctx, draft)
        if asked is None:
            return wish_after(text, self.confirm_words) is not None
        # 签字 said too early belongs to this thing all the same, and begins no other.
        return (
            text.strip("。！! ") in self.confirm_words or choose(asked.options(ctx, draft), text) is not None
        )

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

    def _grown(self, draft: Draft) -> Field | None:
        """The last answered question whose answer may go on."""
        known = [one for one in self.fields_of(draft) if one.further and one.name in draft.fields]
        return known[-1] if known else None

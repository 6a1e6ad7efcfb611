"""A query: a handler that looks something up, even in the middle of a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot import texts
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Turn


@dataclass(frozen=True, slots=True)
class Query:
    """A handler that answers in one turn and writes nothing the person must confirm."""

    name: str
    title: str
    words: Sequence[str]
    reply: Callable[[Context, Mapping[str, Any]], Turn]
    permitted: Callable[[Context], str | None] = lambda ctx: None
    take_back: Callable[[Context, Act], Turn] | None = None
    is_query: bool = field(default=True, init=False)

    def allowed(self, ctx: Context) -> str | None:
        return self.permitted(ctx)

    def begin(self, ctx: Context, fields: Mapping[str, Any]) -> Turn:
        refusal = self.permitted(ctx)
        return Turn(refusal, keep=True) if refusal else replace(self.reply(ctx, fields), keep=True)

    def resume(self, ctx: Context, draft: Draft) -> str:
        return ""

    def so_far(self, draft: Draft) -> str:
        return ""

    def answer(self, ctx: Context, draft: Draft, text: str) -> Turn:
        return self.begin(ctx, {})

    def again(self, ctx: Context, draft: Draft, fields: Mapping[str, Any]) -> Turn:
        return self.begin(ctx, fields)

    def command(self, ctx: Context, draft: Draft, word: str, rest: str) -> Turn:
        return Turn(keep=True)

    def picture(self, ctx: Context, draft: Draft, attachment: str) -> Turn | None:
        return None

    def waits_for_words(self, ctx: Context, draft: Draft) -> bool:
        return False

    def expects(self, ctx: Context, draft: Draft, text: str) -> bool:
        return False

    def undo(self, ctx: Context, act: Act) -> Turn:
        return self.take_back(ctx, act) if self.take_back else Turn(texts.NOTHING_TO_UNDO, keep=True)

"""What is understood but not built yet is answered kindly, and never disturbs what is open."""

from __future__ import annotations

from datetime import datetime

from bot import profiles, texts
from bot.engine.forms import Field, Form
from bot.engine.state import Conversation, Draft
from bot.engine.talk import Talk, respond
from bot.engine.turn import Context, Turn, Understanding
from bot.messages import Message
from domain.people import Person
from storage.codec import ZONE

NOW = datetime(2026, 6, 25, 9, 10, tzinfo=ZONE)
DIARY = Form(
    name="diary",
    title="日记",
    words=("日记",),
    fields=(Field("text", "内容", lambda ctx, draft: "请写。", lambda ctx, draft, text: {"text": text}),),
    finish=lambda ctx, draft, wish: Turn("好。"),
)
TALK = Talk({"diary": DIARY}, lambda ctx, text: [Understanding("flying", score=1.0)], lambda ctx: None)


def _context(draft: Draft | None = None, words: str = "飞一下") -> Context:
    message = Message("wecom", "zhangwei", "k", "text", NOW, NOW, words, "")
    person, profile = Person("2010018", "张伟"), profiles.load("harbin")
    return Context(message, words, NOW, person, Conversation(draft=draft), None, None, profile)


def test_a_wish_for_something_unbuilt_is_answered_with_what_there_is() -> None:
    turn = respond(TALK, _context())
    assert turn.say == texts.NOT_OPEN_YET and "帮助" in turn.say and turn.keep


def test_an_open_question_comes_back_after_such_an_entrance() -> None:
    turn = respond(TALK, _context(Draft("diary", asked="text")))
    assert turn.keep and turn.say == texts.NOT_OPEN_YET + texts.come_home("请写。")


def test_an_open_question_takes_longer_words_as_its_answer() -> None:
    turn = respond(TALK, _context(Draft("diary", asked="text"), "飞一下，看看学校，写在日记里"))
    assert turn.draft is not None and turn.draft.fields["text"] == "飞一下，看看学校，写在日记里"

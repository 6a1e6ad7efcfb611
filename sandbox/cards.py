"""The main rules of template cards (wecom §9): kinds, required parts, counts and keys."""

from __future__ import annotations

import re
from typing import Any

from sandbox.errors import ApiError

INTERACTIVE = {"button_interaction", "vote_interaction", "multiple_interaction"}
KINDS = {"text_notice", "news_notice"} | INTERACTIVE
COUNTS = (
    ("horizontal_content_list", 6, 42035),
    ("vertical_content_list", 4, 42036),
    ("jump_list", 3, 42042),
    ("button_list", 6, 42034),
    ("select_list", 3, 42047),
)
KEY_BYTES, TASK_BYTES = 1024, 128


def answers_back(card: dict[str, Any]) -> bool:
    """Whether presses of this card reach the app, so that it has a response_code."""
    return str(card.get("card_type")) in INTERACTIVE or "action_menu" in card


def check_card(card: dict[str, Any], has_callback: bool) -> None:
    """Raises the 420xx code of the first broken rule, or 43012 for a card nobody could answer."""
    if str(card.get("card_type")) not in KINDS:
        raise ApiError(42031)
    if answers_back(card):
        _check_task(str(card.get("task_id", "")))
    _check_counts(card)
    _check_parts(card)
    if card["card_type"] in INTERACTIVE and not has_callback:
        raise ApiError(43012)


def _check_task(task_id: str) -> None:
    if not re.fullmatch(r"[0-9A-Za-z_@-]+", task_id) or len(task_id) > TASK_BYTES:
        raise ApiError(42014)


def _check_counts(card: dict[str, Any]) -> None:
    for name, most, errcode in COUNTS:
        value = card.get(name, [])
        if not isinstance(value, list) or len(value) > most:
            raise ApiError(errcode)


def _check_parts(card: dict[str, Any]) -> None:
    kind = card["card_type"]
    if not _inner(card, "main_title", "title") and not (kind == "text_notice" and card.get("sub_title_text")):
        raise ApiError(42033)
    if kind in ("text_notice", "news_notice") and not _inner(card, "card_action", "type"):
        raise ApiError(42045)
    if kind == "news_notice" and not _inner(card, "card_image", "url") and not card.get("image_text_area"):
        raise ApiError(42044)
    if kind == "button_interaction":
        _check_buttons(card)
    if kind == "vote_interaction":
        _check_options([card.get("checkbox")], 20)
    if kind == "multiple_interaction":
        _check_options(card.get("select_list") or [None], 10)
    if kind in ("vote_interaction", "multiple_interaction") and not _inner(card, "submit_button", "key"):
        raise ApiError(42046)


def _check_buttons(card: dict[str, Any]) -> None:
    buttons = card.get("button_list") or []
    if not buttons or not all(isinstance(b, dict) and b.get("text") for b in buttons):
        raise ApiError(42038)
    keys = [str(b.get("key", "")) for b in buttons if b.get("type", 0) == 0]
    if any(not key or len(key.encode()) > KEY_BYTES for key in keys):
        raise ApiError(42039)
    if len(keys) != len(set(keys)):
        raise ApiError(42051)


def _check_options(questions: list[Any], most: int) -> None:
    for question in questions:
        if not isinstance(question, dict) or not question.get("question_key"):
            raise ApiError(42043)
        options = question.get("option_list")
        if not isinstance(options, list) or not 1 <= len(options) <= most:
            raise ApiError(42037)


def _inner(card: dict[str, Any], name: str, key: str) -> Any:
    inner = card.get(name)
    return inner.get(key) if isinstance(inner, dict) else None

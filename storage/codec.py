"""Frozen dataclasses to plain columns and back: text, whole numbers and nothing else.

Days and moments are ISO 8601 text (moments always +08:00, so that they sort), everything nested is JSON
text. So one compiled statement serves SQLite and PostgreSQL without type processors.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
Value = TypeVar("Value")


def moment(value: datetime) -> str:
    """A moment as it is kept: whole or broken seconds, +08:00."""
    return value.astimezone(ZONE).isoformat()


def to_json(value: Any, sort_keys: bool = False) -> str:
    """JSON text for a column; tuples become lists, days and moments text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain, sort_keys=sort_keys)


def _model_json(value: Any) -> str:
    """The same whatever order the keys came in, because the ledger gives them back sorted."""
    return to_json(value, sort_keys=True)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


def to_row(state: Any) -> dict[str, Any]:
    """Column values of a dataclass, by field name."""
    return {name: encode(getattr(state, name)) for name, encode, _ in _codecs(type(state))}


def from_row(kind: type[Value], row: Sequence[Any]) -> Value:
    """The dataclass from column values in the order of its fields."""
    return kind(*(decode(value) for (_, _, decode), value in zip(_codecs(kind), row, strict=True)))


def columns(kind: type[Any]) -> tuple[tuple[str, bool], ...]:
    """The names of a dataclass's fields, and whether each is a whole number."""
    hints = typing.get_type_hints(kind)
    return tuple((field.name, _core(hints[field.name]) in (int, bool)) for field in fields(kind))


Codec = tuple[str, Callable[[Any], Any], Callable[[Any], Any]]
_KNOWN: dict[Any, tuple[Codec, ...]] = {}


def _codecs(kind: Any) -> tuple[Codec, ...]:
    return _KNOWN.get(kind) or _learn(kind)


def _learn(kind: Any) -> tuple[Codec, ...]:
    hints = typing.get_type_hints(kind)
    _KNOWN[kind] = tuple((field.name, *_pair(_core(hints[field.name]))) for field in fields(kind))
    return _KNOWN[kind]


def _core(hint: Any) -> Any:
    """The type without `| None`; of a generic the origin."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    return typing.get_origin(hint) or hint


def _pair(core: Any) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    if core is datetime:
        return _optional(moment), _optional(datetime.fromisoformat)
    if core is date:
        return _optional(date.isoformat), _optional(date.fromisoformat)
    if core is bool:
        return _optional(int), _optional(bool)
    if core in (str, int):
        return _same, _same
    if isinstance(core, type) and issubclass(core, StrEnum):
        return _optional(str), _optional(core)
    if core is tuple:
        return _optional(_model_json), lambda text: tuple(json.loads(text)) if text is not None else None
    return _optional(_model_json), _optional(json.loads)


def _same(value: Any) -> Any:
    return value


def _optional(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else convert(value)

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


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


# Made once: json.dumps would make one for every text.
_encoded_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
_sorted_json = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=_plain, sort_keys=True
).encode


def to_json(value: Any) -> str:
    """JSON text for a column; tuples become lists, days and moments text."""
    return _encoded_json(value)


def _model_json(value: Any) -> str:
    """The same whatever order the keys came in, because the ledger gives them back sorted."""
    return _sorted_json(value)


def to_row(state: Any) -> dict[str, Any]:
    """Column values of a dataclass, by field name."""
    return {name: _encoded(encode, getattr(state, name)) for name, encode, _ in _codecs(type(state))}


def from_row(kind: type[Value], row: Sequence[Any]) -> Value:
    """The dataclass from column values in the order of its fields."""
    values = list(row)
    for at, decode in _READERS.get(kind) or _readers(kind):
        if values[at] is not None:
            values[at] = decode(values[at])
    return kind(*values)


def columns(kind: type[Any]) -> tuple[tuple[str, bool], ...]:
    """The names of a dataclass's fields, and whether each is a whole number."""
    hints = typing.get_type_hints(kind)
    return tuple((field.name, _core(hints[field.name]) in (int, bool)) for field in fields(kind))


Code = Callable[[Any], Any]
Codec = tuple[str, Code | None, Code | None]
"""A field's name, what makes it plain and what reads it back; None where it is plain anyway."""
_KNOWN: dict[Any, tuple[Codec, ...]] = {}
_READERS: dict[Any, tuple[tuple[int, Code], ...]] = {}


def _encoded(encode: Code | None, value: Any) -> Any:
    return value if encode is None or value is None else encode(value)


def _readers(kind: Any) -> tuple[tuple[int, Code], ...]:
    """Only the columns that are not read as they lie: most are."""
    decoders = enumerate(decode for _, _, decode in _codecs(kind))
    _READERS[kind] = tuple((at, decode) for at, decode in decoders if decode)
    return _READERS[kind]


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


def _pair(core: Any) -> tuple[Code | None, Code | None]:
    if core is datetime:
        return moment, datetime.fromisoformat
    if core is date:
        return date.isoformat, date.fromisoformat
    if core is bool:
        return int, bool
    if core in (str, int):
        return None, None
    if isinstance(core, type) and issubclass(core, StrEnum):
        return str, core
    return _model_json, _tuple if core is tuple else json.loads


def _tuple(text: str) -> tuple[Any, ...]:
    return tuple(json.loads(text)) if text != "[]" else ()

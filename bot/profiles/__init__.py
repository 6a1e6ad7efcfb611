"""The two profiles that come with the bot, Harbin and Qingdao, and the reading of a file of one's own."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from domain.profile import Profile, merged

HERE = Path(__file__).parent
BASE = "harbin"


def load(name: str) -> Profile:
    """A profile by name or file; only what differs from Harbin need stand in it. Raises UnknownKey, OSError."""
    base = _read(HERE / f"{BASE}.toml")
    if name == BASE:
        return base
    path = HERE / f"{name}.toml" if (HERE / f"{name}.toml").exists() else Path(name)
    own = tomllib.loads(path.read_text(encoding="utf-8"))
    labels = own.pop("labels", {})
    changed = merged(base, _flat(own), path.stem)
    both = {
        group: {**base.labels.get(group, {}), **labels.get(group, {})} for group in {*base.labels, *labels}
    }
    return Profile(changed.name, changed.values, both)


def _read(path: Path) -> Profile:
    own = tomllib.loads(path.read_text(encoding="utf-8"))
    labels = own.pop("labels", {})
    return Profile(path.stem, _flat(own), labels)


def _flat(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in tree.items():
        name = f"{prefix}{key}"
        flat |= _flat(value, f"{name}.") if isinstance(value, Mapping) else {name: value}
    return flat


def dump(profile: Profile) -> str:
    """A profile as TOML with dotted keys; `load` of it gives the same profile."""
    lines = [f"{key} = {_toml(value)}" for key, value in profile.values.items()]
    for group, labels in profile.labels.items():
        lines += ["", f"[labels.{group}]", *(f"{code} = {_toml(word)}" for code, word in labels.items())]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    # JSON's strings, numbers, booleans and lists of them are TOML as well.
    return json.dumps(value, ensure_ascii=False)

"""The two profiles that come with the bot, Harbin and Qingdao, and the reading of a file of one's own."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from domain.profile import Profile
from domain.profile_keys import faults

HERE = Path(__file__).parent
BASE = "harbin"
SHIPPED = (BASE, "qingdao")
_LABELS = "labels."
_NAMES = "# 学校和办公室的名称只在初始化时用一次，以后改名请运行：xieshi init --school … --office …"
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


class Faulty(Exception):
    """A profile that cannot be used; `faults` are sentences, each naming its key."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def load(name: str) -> Profile:
    """A profile by name or file; only what differs from Harbin need stand in it. Raises Faulty."""
    base = _flat(tomllib.loads((HERE / f"{BASE}.toml").read_text(encoding="utf-8")))
    own = {} if name == BASE else _read(HERE / f"{name}.toml" if name in SHIPPED else Path(name))
    labels = [key for key in base if key.startswith(_LABELS)]
    found = faults(own, base, labels)
    if found:
        raise Faulty(found)
    return _profile(Path(name).stem, {**base, **own})


def _read(path: Path) -> dict[str, Any]:
    try:
        return _flat(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise Faulty([f"应是 {'、'.join(SHIPPED)} 或一个读得了的文件，“{path}”读不了。"]) from error
    except UnicodeDecodeError as error:
        raise Faulty([f"“{path}”不是 UTF-8 文字，请用 UTF-8 编码另存。"]) from error
    except (ValueError, RecursionError) as error:
        raise Faulty(
            [f"“{path}”{_place(str(error))}写法不对，请对照 xieshi profile write 写出的文件。"]
        ) from error


def _place(said: str) -> str:
    found = _PLACE.search(said)
    return f"第{found[1]}行第{found[2]}个字附近" if found else "末尾"


def _flat(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in tree.items():
        name = f"{prefix}{key}"
        flat |= _flat(value, f"{name}.") if isinstance(value, Mapping) else {name: value}
    return flat


def _profile(name: str, flat: Mapping[str, Any]) -> Profile:
    labels: dict[str, dict[str, str]] = {}
    for key, word in flat.items():
        if key.startswith(_LABELS):
            group, _, code = key.removeprefix(_LABELS).partition(".")
            labels.setdefault(group, {})[code] = word
    values = {key: value for key, value in flat.items() if not key.startswith(_LABELS)}
    return Profile(name, values, labels)


def dump(profile: Profile) -> str:
    """A profile as TOML with dotted keys; `load` of it gives the same profile."""
    lines = [_NAMES, *(f"{key} = {_toml(value)}" for key, value in profile.values.items())]
    for group, labels in profile.labels.items():
        lines += ["", f"[labels.{group}]", *(f"{code} = {_toml(word)}" for code, word in labels.items())]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    # JSON's strings, numbers, booleans and lists of them are TOML as well.
    return json.dumps(value, ensure_ascii=False)

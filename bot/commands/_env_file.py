"""Lines added to the `.env` of the folder in which the commands are run; nothing in it is changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def add(path: Path, values: Mapping[str, str]) -> None:
    """Append variables, readable by the owner only; raises OSError."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    gap = "" if not before or before.endswith("\n") else "\n"
    lines = "".join(f"{name}={value}\n" for name, value in values.items())
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(gap + lines)

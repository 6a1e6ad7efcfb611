"""Reading world.json; the format is described in sandbox/README.md."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sandbox.world import App, Department, Tag, User, Visible, World


def read_world(path: Path) -> World:
    """The world described by a file; raises ValueError with a sentence that says what is wrong."""
    try:
        return build(json.loads(path.read_text("utf-8")))
    except OSError as fault:
        raise ValueError(f"打不开 {path}：{fault.strerror}") from None
    except json.JSONDecodeError as fault:
        raise ValueError(f"{path} 第 {fault.lineno} 行不是正确的 JSON") from None
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"{path} 的内容不完整或写错了：{fault}") from None


def build(data: dict[str, Any]) -> World:
    """The world of one parsed world.json."""
    users = [User(**entry) for entry in data["users"]]
    departments = [Department(**entry) for entry in data.get("departments", [])]
    corp = data["corp"]
    return World(
        corpid=corp["corpid"],
        name=corp["name"],
        departments={d.id: d for d in departments or [Department(1, corp["name"])]},
        users={u.userid.casefold(): u for u in users},
        apps={a.agentid: a for a in map(_app, data["apps"])},
        tags={t.tagid: t for t in (Tag(**entry) for entry in data.get("tags", []))},
        featured=[(f["userid"], f["role"]) for f in data.get("featured", [])] or _first_four(users),
    )


def _app(entry: dict[str, Any]) -> App:
    return App(**{**entry, "visible": Visible(**entry.get("visible", {}))})


def _first_four(users: list[User]) -> list[tuple[str, str]]:
    return [(user.userid, user.position) for user in users[:4]]

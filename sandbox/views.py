"""What the control calls show of the sandbox, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.records import ApiCall, Bubble, Callback

if TYPE_CHECKING:
    from sandbox.facade import Sandbox

LONGEST_POLL = 25.0


def bubble_json(sandbox: Sandbox, bubble: Bubble) -> dict[str, Any]:
    """One line of a conversation, with what a phone needs to show its picture or file."""
    media = sandbox.desk.media.kept(bubble.media_id)
    shown = {"name": media.name, "size": len(media.content), "mime": media.mime} if media else None
    return {**vars(bubble), "at": bubble.at.isoformat(), "media": shown}


def callback_json(callback: Callback) -> dict[str, Any]:
    """One callback with its attempts."""
    attempts = [{**vars(a), "at": a.at.isoformat()} for a in list(callback.attempts)]
    return {**vars(callback), "at": callback.at.isoformat(), "attempts": attempts, "bubble": None}


def call_json(call: ApiCall) -> dict[str, Any]:
    """One API call."""
    return {**vars(call), "at": call.at.isoformat()}


def overview(sandbox: Sandbox, asked: dict[str, Any]) -> dict[str, Any]:
    """Who there is and how to reach the API: what a page or a test needs first. Secrets are part of a sandbox."""
    world, app = sandbox.world, sandbox.app
    return {
        "corp": {"corpid": world.corpid, "name": world.name},
        "app": {
            "agentid": app.agentid,
            "name": app.name,
            "secret": app.secret,
            "token": app.token,
            "aeskey": app.aeskey,
            "callback_url": app.callback_url,
        },
        "users": [vars(user) | {"place": _place(sandbox, user.departments)} for user in world.users.values()],
        "featured": [{"userid": userid, "role": role} for userid, role in world.featured],
        "now": sandbox.now().isoformat(),
        "run": sandbox.desk.run,
    }


def _place(sandbox: Sandbox, departments: list[int]) -> str:
    known = sandbox.world.departments
    return "、".join(known[d].name for d in departments if d in known)


def feed(sandbox: Sandbox, asked: dict[str, Any]) -> dict[str, Any]:
    """What changed on these phones after a revision; waits up to `wait` seconds for something to change.

    `users` maps accounts to bubbles; `unread` counts the app's messages nobody has looked at.
    """
    since, wait = int(asked.get("since", 0)), min(float(asked.get("wait", 0)), LONGEST_POLL)
    users = [u.casefold() for u in asked.get("users", "").split(",") if u]
    desk = sandbox.desk
    if wait > 0:
        desk.wait_for(lambda: desk.revision != since, wait)
    jumps = [(label, moment.isoformat()) for label, moment in sandbox.jumps()]
    with desk.lock:
        return {
            "run": desk.run,
            "revision": desk.revision,
            "now": sandbox.now().isoformat(),
            "jumps": jumps,
            "menu": sandbox.app.menu,
            "users": {
                u: [bubble_json(sandbox, b) for b in desk.inbox[u] if b.revision > since] for u in users
            },
            "unread": _unread(sandbox),
        }


def _unread(sandbox: Sandbox) -> dict[str, int]:
    desk = sandbox.desk
    counts = {
        u: sum(1 for b in bubbles if b.side == "app" and b.number > desk.read[u])
        for u, bubbles in desk.inbox.items()
    }
    return {user: count for user, count in counts.items() if count}

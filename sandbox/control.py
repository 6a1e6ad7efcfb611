"""The same controls over HTTP under /sandbox/api, JSON in and out, for the page and for tests in other processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, request

from sandbox.api import as_json
from sandbox.records import Callback
from sandbox.views import bubble_json, call_json, callback_json, feed, overview

if TYPE_CHECKING:
    from sandbox.facade import Sandbox

LONGEST_WAIT = 60.0


class Wrong(Exception):
    """What was asked cannot be done; the text says why, in Chinese."""


def control_pages(sandbox: Sandbox) -> Blueprint:
    """The routes of the control calls."""
    pages = Blueprint("control", __name__, url_prefix="/sandbox/api")
    pages.before_request(_same_origin)
    for path, action in READS.items():
        pages.add_url_rule(f"/{path}", f"get_{path}", _answering(sandbox, action), methods=["GET"])
    for path, action in WRITES.items():
        pages.add_url_rule(f"/{path}", f"post_{path}", _answering(sandbox, action), methods=["POST"])
    return pages


def _same_origin() -> None:
    """A foreign page open in the same browser must not act for the members."""
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        abort(403)


Action = Callable[["Sandbox", dict[str, Any]], Any]


def _answering(sandbox: Sandbox, action: Action) -> Callable[[], Response]:
    def answer() -> Response:
        try:
            return as_json(action(sandbox, _asked()))
        except KeyError as fault:
            return _refusal(f"没有或缺少：{fault.args[0]}")
        except (Wrong, ValueError, TypeError) as fault:
            return _refusal(str(fault))

    return answer


def _refusal(text: str) -> Response:
    response = as_json({"error": text})
    response.status_code = 400
    return response


def _asked() -> dict[str, Any]:
    if request.method == "GET":
        return dict(request.args)
    if request.mimetype == "multipart/form-data":
        return dict(request.form)
    body = request.get_json(force=True, silent=True) if request.get_data() else {}
    if not isinstance(body, dict):
        raise Wrong("请求应当是一个 JSON 对象")
    return body


def _callbacks(*callbacks: Callback | None) -> dict[str, Any]:
    return {"callbacks": [callback_json(c) for c in callbacks if c]}


def _say(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    text = asked["text"]
    if not isinstance(text, str) or not text.strip():
        raise Wrong("写点什么再发送")
    return _callbacks(sandbox.say(asked["user"], text, apart=bool(asked.get("apart"))))


def _image(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    files = request.files.getlist("file")
    if not files:
        raise Wrong("没有收到图片")
    apart = len(files) > 1
    pictures = [(f.read(), f.filename or "照片.jpg") for f in files]
    return _callbacks(
        *(sandbox.send_image(asked["user"], data, name, apart=apart) for data, name in pictures)
    )


def _medium(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    content = request.files["file"].read()
    if asked["kind"] == "voice":
        return _callbacks(sandbox.send_voice(asked["user"], content))
    return _callbacks(sandbox.send_video(asked["user"], content))


def _location(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    latitude, longitude = float(asked["latitude"]), float(asked["longitude"])
    return _callbacks(sandbox.send_location(asked["user"], latitude, longitude, str(asked.get("label", ""))))


def _link(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    parts = (str(asked.get(name, "")) for name in ("title", "description", "url"))
    return _callbacks(sandbox.send_link(asked["user"], *parts))


def _event(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    fields = list(asked.get("fields", {}).items())
    return _callbacks(sandbox.event(asked["user"], asked["event"], fields, note=str(asked.get("note", ""))))


def _menu(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    if url := asked.get("url"):
        return _callbacks(sandbox.view_menu(asked["user"], url))
    return _callbacks(sandbox.click_menu(asked["user"], asked["key"], note=str(asked.get("note", ""))))


def _press(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    if asked.get("menu"):
        return _callbacks(sandbox.press_menu(asked["user"], asked["task_id"], asked["key"]))
    return _callbacks(sandbox.press(asked["user"], asked["task_id"], asked["key"], asked.get("selections")))


def _inbox(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    user = sandbox.world.user(asked["user"])
    bubbles = sandbox.conversation(user.userid) if asked.get("both") else sandbox.see(user.userid)
    return {"messages": [bubble_json(sandbox, b) for b in bubbles]}


def _read(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    with sandbox.desk.lock:
        user = sandbox.world.user(asked["user"]).userid.casefold()
        if sandbox.desk.read[user] < int(asked["upto"]):
            sandbox.desk.read[user] = int(asked["upto"])
            sandbox.desk.touch()
    return {}


def _clock(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    if to := asked.get("to"):
        sandbox.move_to(datetime.fromisoformat(to))
    elif "seconds" in asked:
        sandbox.advance(float(asked["seconds"]))
    return {"now": sandbox.now().isoformat()}


def _faults(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    with sandbox.desk.lock:
        sandbox.faults.change(**asked)
        sandbox.desk.touch()
    return sandbox.faults.switches()


def _fail_next(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    sandbox.fail_next(asked["endpoint"], int(asked["errcode"]), int(asked.get("times", 1)))
    return {}


def _kill_tokens(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    sandbox.kill_tokens()
    return {}


def _deliveries(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    found = sandbox.deliveries(asked.get("user"))[-int(asked.get("last", 100)) :]
    return {"callbacks": [callback_json(c) for c in found]}


def _calls(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    found = sandbox.calls(asked.get("endpoint"))[-int(asked.get("last", 100)) :]
    return {"calls": [call_json(c) for c in found]}


def _counters(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    return dict(sandbox.counters)


def _wait_idle(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    return {"idle": sandbox.wait_idle(min(float(asked.get("timeout", 10)), LONGEST_WAIT))}


def _callback(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    sandbox.connect(asked["url"], asked.get("token"), asked.get("aeskey"))
    return {}


def _verify(sandbox: Sandbox, asked: dict[str, Any]) -> Any:
    return asdict(sandbox.verify_url())


READS: dict[str, Action] = {
    "state": overview,
    "feed": feed,
    "inbox": _inbox,
    "clock": lambda sandbox, asked: _clock(sandbox, {}),
    "faults": lambda sandbox, asked: _faults(sandbox, {}),
    "deliveries": _deliveries,
    "calls": _calls,
    "counters": _counters,
}

WRITES: dict[str, Action] = {
    "say": _say,
    "image": _image,
    "medium": _medium,
    "location": _location,
    "link": _link,
    "event": _event,
    "enter": lambda sandbox, asked: _callbacks(sandbox.enter(asked["user"])),
    "menu": _menu,
    "press": _press,
    "read": _read,
    "clock": _clock,
    "faults": _faults,
    "fail_next": _fail_next,
    "kill_tokens": _kill_tokens,
    "wait_idle": _wait_idle,
    "callback": _callback,
    "verify": _verify,
}

"""The server API under /cgi-bin: which endpoints there are and the order of checks (wecom §25.3)."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any

from flask import Blueprint, Request, Response, abort, request

from sandbox import agents, contacts, files, menus, messages
from sandbox.call import Answer, Call
from sandbox.desk import Desk
from sandbox.errors import ApiError, error_body
from sandbox.records import ApiCall
from sandbox.world import App

SECRET_ARGS = {"access_token", "corpsecret"}
UNLIMITED = {"message/send", "auth/getuserinfo"}

ENDPOINTS: dict[tuple[str, str], Callable[[Call], Answer]] = {
    ("POST", "message/send"): messages.send,
    ("POST", "message/recall"): messages.recall,
    ("POST", "message/update_template_card"): messages.update_card,
    ("POST", "media/upload"): files.upload,
    ("POST", "media/uploadimg"): files.uploadimg,
    ("GET", "media/get"): files.download,
    ("POST", "menu/create"): menus.create,
    ("GET", "menu/get"): menus.get,
    ("GET", "menu/delete"): menus.delete,
    ("GET", "agent/get"): agents.agent_get,
    ("GET", "agent/list"): agents.agent_list,
    ("POST", "agent/set"): agents.agent_set,
    ("GET", "user/get"): contacts.user_get,
    ("GET", "user/simplelist"): contacts.user_simplelist,
    ("GET", "user/list"): contacts.user_list,
    ("GET", "department/list"): contacts.department_list,
    ("GET", "department/simplelist"): contacts.department_simplelist,
    ("GET", "department/get"): contacts.department_get,
    ("GET", "tag/list"): contacts.tag_list,
    ("GET", "tag/get"): contacts.tag_get,
    ("GET", "auth/getuserinfo"): agents.userinfo,
    ("GET", "getcallbackip"): agents.addresses,
    ("GET", "get_api_domain_ip"): agents.addresses,
}


def api_pages(desk: Desk) -> Blueprint:
    """The routes of the server API."""
    pages = Blueprint("api", __name__, url_prefix="/cgi-bin")
    patience = threading.Event()

    @pages.route("/<path:endpoint>", methods=["GET", "POST"])
    def answer(endpoint: str) -> Response:
        if endpoint != "gettoken" and (request.method, endpoint) not in ENDPOINTS:
            abort(404)
        patience.wait(desk.faults.latency_ms / 1000)
        raw, file = request.get_data() if not request.files else b"", request.files.get("media")
        with desk.lock:
            return spoiled(desk) or _logged(desk, endpoint, raw, file)

    return pages


def spoiled(desk: Desk) -> Response | None:
    """What a broken proxy answers instead of the API, when the dice say so."""
    if desk.faults.happens(desk.faults.http502_rate):
        return Response("<html><h1>502 Bad Gateway</h1></html>", 502, mimetype="text/html")
    if desk.faults.happens(desk.faults.html200_rate):
        return Response("<html><body>维护中</body></html>", 200, mimetype="text/html")
    return None


def _logged(desk: Desk, endpoint: str, raw: bytes, file: Any) -> Response:
    record = ApiCall(endpoint, desk.clock.now(), None, _public_args(request), _loosely(raw), 0)
    try:
        answer = _checked(desk, endpoint, raw, file, record)
        body: Answer = {"errcode": 0, "errmsg": "ok", **answer} if isinstance(answer, dict) else answer
    except ApiError as refusal:
        record.errcode = refusal.errcode
        body = error_body(refusal.errcode, refusal.text, desk.number(), request.remote_addr or "")
    desk.calls.append(record)
    desk.counters[endpoint] += 1
    desk.touch()
    return body if isinstance(body, Response) else as_json(body)


def as_json(body: dict[str, Any]) -> Response:
    """JSON as WeCom writes it: UTF-8, not escaped."""
    return Response(json.dumps(body, ensure_ascii=False), mimetype="application/json")


def _public_args(asked: Request) -> dict[str, str]:
    return {name: value for name, value in asked.args.items() if name not in SECRET_ARGS}


def _loosely(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None


def _checked(desk: Desk, endpoint: str, raw: bytes, file: Any, record: ApiCall) -> Answer:
    if endpoint == "gettoken":
        _injected(desk, endpoint)
        return _gettoken(desk, request.remote_addr or "")
    app = _app_of_token(desk)
    record.agentid = app.agentid
    if app.disabled:
        raise ApiError(50003)
    _check_ip(app, request.remote_addr or "")
    _injected(desk, endpoint)
    _check_frequency(desk, endpoint)
    body = _parsed(raw) if request.method == "POST" and raw else {}
    byte_range = request.headers.get("Range", "")
    call = Call(desk, app, dict(request.args), body, raw, file, byte_range, request.remote_addr or "")
    return ENDPOINTS[request.method, endpoint](call)


def _gettoken(desk: Desk, ip: str) -> Answer:
    now, asked = desk.clock.now(), request.args
    if desk.tokens.banned(ip, now):
        raise ApiError(45009, "too many wrong secrets from this ip")
    for name, errcode in (("corpid", 41002), ("corpsecret", 41004)):
        if not asked.get(name):
            raise ApiError(errcode)
    if asked["corpid"] != desk.world.corpid:
        raise ApiError(40013)
    app = next((a for a in desk.world.apps.values() if a.secret == asked["corpsecret"]), None)
    if app is None:
        desk.tokens.wrong_secret(ip, now)
        raise ApiError(40001)
    token = desk.tokens.issue(app, now)
    return {"access_token": token.value, "expires_in": int((token.expires - now).total_seconds())}


def _app_of_token(desk: Desk) -> App:
    value = request.args.get("access_token", "")
    agentid = desk.tokens.check(value, desk.clock.now())
    if desk.faults.happens(desk.faults.token_early_death_rate):
        desk.tokens.kill(agentid)
        raise ApiError(40014)
    return desk.world.apps[agentid]


def _check_ip(app: App, ip: str) -> None:
    if app.trusted_ips and not any(fnmatchcase(ip, pattern) for pattern in app.trusted_ips):
        raise ApiError(60020)


def _injected(desk: Desk, endpoint: str) -> None:
    if errcode := desk.faults.ordered(endpoint):
        raise ApiError(errcode, "ordered")
    if desk.faults.happens(desk.faults.busy_rate):
        raise ApiError(-1)


def _check_frequency(desk: Desk, endpoint: str) -> None:
    if endpoint in UNLIMITED:
        return
    key, now = f"api:{endpoint}", desk.clock.now().timestamp()
    if desk.windows.count(key, now, 60) >= desk.faults.base_per_minute:
        raise ApiError(45009)
    desk.windows.add(key, now, 60)


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError:
        raise ApiError(47001) from None
    if not isinstance(body, dict):
        raise ApiError(40035)
    return body

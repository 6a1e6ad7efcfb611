"""agent/get, list, set, the address lists, and who logged in."""

from __future__ import annotations

from typing import Any

from sandbox.call import Answer, Call
from sandbox.errors import ApiError

SETTABLE: dict[str, type] = {
    "name": str,
    "description": str,
    "redirect_domain": str,
    "home_url": str,
    "isreportenter": int,
    "report_location_flag": int,
}
LENGTHS = {"name": (1, 32), "description": (4, 120)}


def agent_get(call: Call) -> Answer:
    """GET agent/get?agentid= (wecom §12)."""
    call.own_agentid(call.args.get("agentid"))
    app, visible = call.app, call.app.visible
    return {
        "agentid": app.agentid,
        "square_logo_url": "",
        "allow_userinfos": {"user": [{"userid": u} for u in visible.users]},
        "allow_partys": {"partyid": visible.departments},
        "allow_tags": {"tagid": visible.tags},
        "close": int(app.disabled),
        **{name: getattr(app, name) for name in SETTABLE},
    }


def agent_list(call: Call) -> Answer:
    """GET agent/list; only the calling app."""
    return {"agentlist": [{"agentid": call.app.agentid, "name": call.app.name, "square_logo_url": ""}]}


def agent_set(call: Call) -> Answer:
    """POST agent/set."""
    call.own_agentid(call.body.get("agentid"))
    changes = {name: call.body[name] for name in SETTABLE if name in call.body}
    for name, value in changes.items():
        _check_setting(name, value)
    for name, value in changes.items():
        setattr(call.app, name, value)
    call.desk.touch()
    return {}


def _check_setting(name: str, value: Any) -> None:
    if type(value) is not SETTABLE[name]:
        raise ApiError(40035, name)
    shortest, longest = LENGTHS.get(name, (0, 2048))
    if not shortest <= len(str(value)) <= longest:
        raise ApiError(40035, name)


def addresses(call: Call) -> Answer:
    """GET getcallbackip and get_api_domain_ip (wecom §3.11)."""
    return {"ip_list": ["127.0.0.1", "192.0.2.*"]}


def userinfo(call: Call) -> Answer:
    """GET auth/getuserinfo?code= (wecom §15)."""
    code = call.args.get("code", "")
    if not code:
        raise ApiError(41008)
    return {"userid": call.desk.logins.spend(code, call.now)}

"""user/*, department/* and tag/* for a self-built app: names and departments, nothing private (wecom §16)."""

from __future__ import annotations

from typing import Any

from sandbox.call import Answer, Call
from sandbox.errors import ApiError
from sandbox.world import Department, User


def user_get(call: Call) -> Answer:
    """GET user/get?userid=; 60111 unknown, 60011 outside the visible range."""
    userid = call.args.get("userid", "")
    if not userid:
        raise ApiError(41009)
    if userid.casefold() not in call.world.users:
        raise ApiError(60111)
    if userid.casefold() not in call.world.visible_users(call.app):
        raise ApiError(60011)
    return _details(call.world.user(userid))


def user_simplelist(call: Call) -> Answer:
    """GET user/simplelist?department_id=; this department only."""
    return {"userlist": [_brief(user) for user in _members(call)]}


def user_list(call: Call) -> Answer:
    """GET user/list?department_id=; the same members with details."""
    return {"userlist": [_details(user) for user in _members(call)]}


def _members(call: Call) -> list[User]:
    department, visible = _department(call, "department_id"), call.world.visible_users(call.app)
    users = call.world.users.values()
    return [u for u in users if department in u.departments and u.userid.casefold() in visible]


def _department(call: Call, name: str) -> int:
    value = call.args.get(name, "")
    if not value.isdecimal() or int(value) not in call.world.departments:
        raise ApiError(60123)
    if int(value) not in call.world.visible_departments(call.app):
        raise ApiError(60011)
    return int(value)


def _brief(user: User) -> dict[str, Any]:
    return {"userid": user.userid, "name": user.name, "department": user.departments}


def _details(user: User) -> dict[str, Any]:
    return _brief(user) | {
        "order": [0] * len(user.departments),
        "position": user.position,
        "is_leader_in_dept": [0] * len(user.departments),
        "direct_leader": [],
        "main_department": user.departments[0] if user.departments else 1,
        "status": user.status,
        "alias": "",
    }


def department_list(call: Call) -> Answer:
    """GET department/list?id=; the whole subtree, or all that is visible."""
    return {"department": [_department_json(d) | {"name": d.name} for d in _subtree(call)]}


def department_simplelist(call: Call) -> Answer:
    """GET department/simplelist?id=; the subtree without names."""
    return {"department_id": [_department_json(d) for d in _subtree(call)]}


def department_get(call: Call) -> Answer:
    """GET department/get?id=."""
    department = call.world.departments[_department(call, "id")]
    return {"department": _department_json(department) | {"name": department.name}}


def _subtree(call: Call) -> list[Department]:
    visible = call.world.visible_departments(call.app)
    wanted = call.world.below(_department(call, "id")) if call.args.get("id") else visible
    return [d for d in call.world.departments.values() if d.id in visible & wanted]


def _department_json(department: Department) -> dict[str, Any]:
    return {"id": department.id, "parentid": department.parentid, "order": 0}


def tag_list(call: Call) -> Answer:
    """GET tag/list."""
    return {"taglist": [{"tagid": t.tagid, "tagname": t.tagname} for t in call.world.tags.values()]}


def tag_get(call: Call) -> Answer:
    """GET tag/get?tagid=; members inside the visible range."""
    value = call.args.get("tagid", "")
    if not value:
        raise ApiError(41017)
    tag = call.world.tags.get(int(value)) if value.isdecimal() else None
    if tag is None:
        raise ApiError(40068)
    visible = call.world.visible_users(call.app)
    users = [call.world.user(u) for u in tag.users if u.casefold() in visible]
    return {
        "tagname": tag.tagname,
        "userlist": [{"userid": u.userid, "name": u.name} for u in users],
        "partylist": tag.departments,
    }

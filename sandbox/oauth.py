"""The login page that stands in for open.weixin.qq.com: choose who you are, go back with a code (wecom §15)."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, request

from sandbox.api import as_json
from sandbox.desk import Desk
from sandbox.errors import TEXTS
from sandbox.world import App, User

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>选择登录的人</title>
<link rel="stylesheet" href="/static/login.css">
<main><h1>以谁的身份打开？</h1><p>{app}</p><ul>{people}</ul></main></html>"""


def login_pages(desk: Desk) -> Blueprint:
    """The route of the authorize page."""
    pages = Blueprint("login", __name__)

    @pages.get("/connect/oauth2/authorize")
    def authorize() -> Response:
        target = request.args.get("redirect_uri", "")
        with desk.lock:
            app = _app(desk)
            if app is None or not _trusted(app, target):
                return as_json({"errcode": 50001, "errmsg": TEXTS[50001]})
            return Response(PAGE.format(app=escape(app.name), people=_people(desk, app, target)))

    return pages


def _app(desk: Desk) -> App | None:
    agentid = request.args.get("agentid", "")
    if request.args.get("appid") != desk.world.corpid:
        return None
    return desk.world.apps.get(int(agentid)) if agentid.isdecimal() else desk.world.app()


def _trusted(app: App, target: str) -> bool:
    parts = urlsplit(target)
    known = not app.redirect_domain or parts.netloc == app.redirect_domain
    return parts.scheme in ("http", "https") and known


def _people(desk: Desk, app: App, target: str) -> str:
    visible = desk.world.visible_users(app)
    return "".join(_entry(desk, user, target) for key, user in desk.world.users.items() if key in visible)


def _entry(desk: Desk, user: User, target: str) -> str:
    code = desk.logins.issue(user.userid, desk.clock.now())
    query = urlencode({"code": code, "state": request.args.get("state", "")})
    address = f"{target}{'&' if urlsplit(target).query else '?'}{query}"
    return (
        f'<li><a href="{escape(address)}">{escape(user.name)} <small>{escape(user.position)}</small></a></li>'
    )

"""The members' side: what a person does on the phone, turned into a bubble and a callback (wecom §25.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox import plain
from sandbox.delivery import Postman
from sandbox.desk import Desk
from sandbox.plain import NOT_REPLYABLE, WITHOUT_AGENTID, Fields
from sandbox.records import Bubble, Callback, Sent
from sandbox.world import App, User

SYSTEM = "sys"


class Members:
    """Acts for members; every act needs the lock and returns the callback that tells the app."""

    def __init__(self, desk: Desk, postman: Postman) -> None:
        self._desk, self._postman = desk, postman

    def message(
        self, app: App, userid: str, kind: str, body: Fields, apart: bool = False, **shown: Any
    ) -> Callback:
        """A message of this kind, with the fields WeCom sends and those the phone shows."""
        desk = self._desk
        with desk.lock:
            user, msgid = desk.world.user(userid), desk.msgid()
            bubble = desk.show(
                user.userid,
                agentid=app.agentid,
                side="member",
                kind=kind,
                msgid=msgid,
                state="pending",
                **shown,
            )
            stamp = desk.clock.stamp()
            xml = plain.message(desk.world.corpid, user.userid, stamp, kind, body, msgid, app.agentid)
            return self._post(app, user, kind, xml, bubble, msgid=msgid, apart=apart)

    def medium(
        self,
        app: App,
        userid: str,
        kind: str,
        name: str,
        content: bytes,
        extra: Fields = (),
        apart: bool = False,
    ) -> Callback:
        """An image, voice or video; the bytes are taken as they are, whatever they claim to be."""
        desk = self._desk
        with desk.lock:
            media = desk.media.add(kind, name, content, desk.clock.now())
            address = f"{desk.base_url}/sandbox/media/{media.media_id}"
            first = [("PicUrl", address)] if kind == "image" else []
            body = [*first, ("MediaId", media.media_id), *extra]
            return self.message(app, userid, kind, body, apart, media_id=media.media_id)

    def event(
        self,
        app: App,
        userid: str,
        name: str,
        body: Fields = (),
        note: str = "",
        bubble: Bubble | None = None,
    ) -> Callback:
        """An event; `note` is shown on the phone as a grey line, when given."""
        desk = self._desk
        with desk.lock:
            user = desk.world.user(userid)
            if note:
                bubble = desk.show(
                    user.userid, agentid=app.agentid, side="member", kind="event", text=note, state="pending"
                )
            xml = plain.event(desk.world.corpid, user.userid, desk.clock.stamp(), name, body, app.agentid)
            return self._post(app, user, name, xml, bubble)

    def system_event(self, app: App, name: str, body: Fields) -> Callback:
        """An event of WeCom itself, sent by `sys`; nobody's phone shows it and no reply to it is shown."""
        desk = self._desk
        with desk.lock:
            agentid = None if name in WITHOUT_AGENTID else app.agentid
            xml = plain.event(desk.world.corpid, SYSTEM, desk.clock.stamp(), name, body, agentid)
            system = User(SYSTEM, "企业微信")
            return self._post(app, system, name, xml, None)

    def _post(
        self,
        app: App,
        user: User,
        kind: str,
        xml: str,
        bubble: Bubble | None,
        msgid: str = "",
        apart: bool = False,
    ) -> Callback:
        desk = self._desk
        callback = Callback(
            number=desk.number(),
            agentid=app.agentid,
            user=user.userid,
            kind=kind,
            plain=xml,
            at=desk.clock.now(),
            msgid=msgid,
            replyable=kind not in NOT_REPLYABLE and user.userid != SYSTEM,
            bubble=bubble,
        )
        return self._postman.post(callback, apart)

    def press(
        self, app: App, userid: str, task: str, key: str, selections: Mapping[str, Sequence[str]], event: str
    ) -> Callback:
        """A press on a template card; raises KeyError when this member has no such card."""
        desk = self._desk
        with desk.lock:
            bubble = next((b for b in reversed(desk.inbox[userid.casefold()]) if _task(b) == task), None)
            if bubble is None:
                raise KeyError(task)
            code = self._new_code(app, bubble)
            card_type = bubble.data["card"]["card_type"]
            return self.event(
                app, userid, event, plain.pressed(key, task, card_type, code, selections), bubble=bubble
            )

    def _new_code(self, app: App, bubble: Bubble) -> str:
        desk = self._desk
        code = f"simResp{desk.number():06}"
        desk.codes[code] = Sent(bubble.msgid, app.agentid, desk.clock.now(), [bubble.user], [bubble], code)
        return code


def _task(bubble: Bubble) -> str:
    return str(bubble.data.get("card", {}).get("task_id", ""))

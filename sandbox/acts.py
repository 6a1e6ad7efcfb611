"""Everything a member can do, by name: say, send, enter, choose from the menu, press a card."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from sandbox import plain
from sandbox.desk import Desk
from sandbox.member import Members
from sandbox.records import Callback
from sandbox.world import ACTIVE

LEFT = 5


class Acts:
    """The members' side of the facade; raises KeyError for an unknown member."""

    def __init__(self, desk: Desk, members: Members) -> None:
        self._acts_desk, self._members = desk, members

    def say(self, user: str, text: str, *, apart: bool = False, agentid: int | None = None) -> Callback:
        """Sends a text; `apart` lets it overtake earlier ones of the same member."""
        app = self._acts_desk.world.app(agentid)
        return self._members.message(app, user, "text", [("Content", text)], apart, text=text)

    def send_image(
        self,
        user: str,
        content: bytes,
        name: str = "照片.jpg",
        *,
        apart: bool = False,
        agentid: int | None = None,
    ) -> Callback:
        """Sends a picture; the bytes are not checked."""
        return self._members.medium(
            self._acts_desk.world.app(agentid), user, "image", name, content, apart=apart
        )

    def send_images(
        self, user: str, contents: Iterable[bytes], *, agentid: int | None = None
    ) -> list[Callback]:
        """Sends several pictures at once: parallel callbacks in no sure order."""
        return [self.send_image(user, content, apart=True, agentid=agentid) for content in contents]

    def send_voice(
        self, user: str, content: bytes, form: str = "amr", *, agentid: int | None = None
    ) -> Callback:
        """Sends a voice message."""
        app = self._acts_desk.world.app(agentid)
        return self._members.medium(app, user, "voice", f"语音.{form}", content, [("Format", form)])

    def send_video(
        self, user: str, content: bytes, thumb: bytes = b"\xff\xd8\xff\xd9", *, agentid: int | None = None
    ) -> Callback:
        """Sends a video with its preview picture."""
        desk = self._acts_desk
        with desk.lock:
            preview = desk.media.add("image", "预览.jpg", thumb, desk.clock.now())
        extra = [("ThumbMediaId", preview.media_id)]
        return self._members.medium(desk.world.app(agentid), user, "video", "视频.mp4", content, extra)

    def send_location(
        self, user: str, latitude: float, longitude: float, label: str, *, agentid: int | None = None
    ) -> Callback:
        """Sends a place."""
        body = [
            ("Location_X", latitude),
            ("Location_Y", longitude),
            ("Scale", 15),
            ("Label", label),
            ("AppType", "wxwork"),
        ]
        return self._members.message(
            self._acts_desk.world.app(agentid), user, "location", body, text=label,
            data={"latitude": latitude, "longitude": longitude},
        )  # fmt: skip

    def send_link(
        self, user: str, title: str, description: str, url: str, *, agentid: int | None = None
    ) -> Callback:
        """Sends a link."""
        body = [("Title", title), ("Description", description), ("Url", url), ("PicUrl", "")]
        data = {"title": title, "description": description, "url": url}
        return self._members.message(
            self._acts_desk.world.app(agentid), user, "link", body, text=title, data=data
        )

    def send_unknown(
        self, user: str, kind: str, body: Sequence[tuple[str, object]] = (), *, agentid: int | None = None
    ) -> Callback:
        """Sends a message of a type nobody knows yet, with the given XML fields."""
        app = self._acts_desk.world.app(agentid)
        return self._members.message(app, user, kind, body, text=f"〔{kind}〕")

    def event(
        self,
        user: str,
        name: str,
        body: Sequence[tuple[str, object]] = (),
        *,
        note: str = "",
        agentid: int | None = None,
    ) -> Callback:
        """Sends any event with the given XML fields; `sandbox.plain` builds the nested ones."""
        return self._members.event(self._acts_desk.world.app(agentid), user, name, body, note)

    def system_event(
        self, name: str, body: Sequence[tuple[str, object]] = (), *, agentid: int | None = None
    ) -> Callback:
        """Sends an event of WeCom itself (inactive_alert, change_contact, batch_job_result …), from `sys`."""
        return self._members.system_event(self._acts_desk.world.app(agentid), name, body)

    def enter(self, user: str, *, agentid: int | None = None) -> Callback | None:
        """Opens the conversation; None when the app does not want to hear of it (isreportenter 0)."""
        app = self._acts_desk.world.app(agentid)
        return (
            self._members.event(app, user, "enter_agent", [("EventKey", "")]) if app.isreportenter else None
        )

    def join(self, user: str, *, agentid: int | None = None) -> Callback:
        """Comes (back) into the organisation."""
        self._acts_desk.world.user(user).status = ACTIVE
        return self.event(user, "subscribe", [("EventKey", "")], agentid=agentid)

    def leave(self, user: str, *, agentid: int | None = None) -> Callback:
        """Leaves the organisation; messages no longer arrive."""
        self._acts_desk.world.user(user).status = LEFT
        return self.event(user, "unsubscribe", [("EventKey", "")], agentid=agentid)

    def click_menu(self, user: str, key: str, *, note: str = "", agentid: int | None = None) -> Callback:
        """Chooses a menu entry of type click."""
        return self.event(user, "click", [("EventKey", key)], note=note, agentid=agentid)

    def view_menu(self, user: str, url: str, *, agentid: int | None = None) -> Callback:
        """Chooses a menu entry that opens a page."""
        return self.event(user, "view", [("EventKey", url)], agentid=agentid)

    def pick_pictures(
        self, user: str, key: str, contents: Sequence[bytes], *, agentid: int | None = None
    ) -> list[Callback]:
        """Chooses a menu entry of type pic_photo_or_album: the event, then the pictures."""
        digests = [hashlib.md5(c, usedforsecurity=False).hexdigest() for c in contents]
        body = plain.picked_pictures(key, digests)
        first = self.event(user, "pic_photo_or_album", body, agentid=agentid)
        return [first, *(self.send_image(user, content, agentid=agentid) for content in contents)]

    def press(
        self, user: str, task: str, key: str, selections: Mapping[str, Sequence[str]] | None = None,
        *, agentid: int | None = None,
    ) -> Callback:  # fmt: skip
        """Presses a button of a template card; raises KeyError when this member has no such card."""
        app = self._acts_desk.world.app(agentid)
        return self._members.press(app, user, task, key, selections or {}, "template_card_event")

    def press_menu(self, user: str, task: str, key: str, *, agentid: int | None = None) -> Callback:
        """Chooses from the corner menu of a template card."""
        app = self._acts_desk.world.app(agentid)
        return self._members.press(app, user, task, key, {}, "template_card_menu_event")

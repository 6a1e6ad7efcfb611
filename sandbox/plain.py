"""The plain XML inside a callback: messages of members and events (wecom §4, §5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sandbox.xmltext import write

WITHOUT_AGENTID = {"batch_job_result", "change_contact"}
NOT_REPLYABLE = {
    "unsubscribe",
    "scancode_push",
    "pic_sysphoto",
    "pic_photo_or_album",
    "pic_weixin",
    "location_select",
    "batch_job_result",
    "change_contact",
}

Fields = Sequence[tuple[str, object]]


def message(corpid: str, userid: str, created: int, kind: str, body: Fields, msgid: str, agentid: int) -> str:
    """A message a member sent; `body` are the fields of its kind."""
    return write(
        [
            ("ToUserName", corpid),
            ("FromUserName", userid),
            ("CreateTime", created),
            ("MsgType", kind),
            *body,
            ("MsgId", int(msgid)),
            ("AgentID", agentid),
        ]
    )


def event(corpid: str, userid: str, created: int, name: str, body: Fields, agentid: int | None) -> str:
    """An event; `agentid` is None for those that carry none."""
    return write(
        [
            ("ToUserName", corpid),
            ("FromUserName", userid),
            ("CreateTime", created),
            ("MsgType", "event"),
            ("Event", name),
            *body,
            *([("AgentID", agentid)] if agentid is not None else []),
        ]
    )


def picked_pictures(key: str, digests: Sequence[str]) -> Fields:
    """The body of pic_sysphoto and its like; the pictures themselves follow as image messages."""
    items = [("item", [("PicMd5Sum", digest)]) for digest in digests]
    return [("EventKey", key), ("SendPicsInfo", [("Count", len(digests)), ("PicList", items)])]


def scanned(key: str, result: str) -> Fields:
    """The body of scancode_push and scancode_waitmsg."""
    return [("EventKey", key), ("ScanCodeInfo", [("ScanType", "qrcode"), ("ScanResult", result)])]


def place_chosen(key: str, latitude: float, longitude: float, label: str) -> Fields:
    """The body of location_select."""
    where = [
        ("Location_X", latitude),
        ("Location_Y", longitude),
        ("Scale", 16),
        ("Label", label),
        ("Poiname", label),
    ]
    return [("EventKey", key), ("SendLocationInfo", where), ("AppType", "wxwork")]


def pressed(
    key: str, task: str, card_type: str, code: str, selections: Mapping[str, Sequence[str]]
) -> Fields:
    """The body of template_card_event; `selections` maps question keys to chosen option ids."""
    items = [
        (
            "SelectedItem",
            [("QuestionKey", question), ("OptionIds", [("OptionId", option) for option in options])],
        )
        for question, options in selections.items()
    ]
    chosen: list[tuple[str, object]] = [("SelectedItems", items)] if items else []
    return [("EventKey", key), ("TaskId", task), ("CardType", card_type), ("ResponseCode", code), *chosen]

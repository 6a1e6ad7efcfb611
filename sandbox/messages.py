"""message/send, message/recall and message/update_template_card."""

from __future__ import annotations

import hashlib
import itertools
from datetime import timedelta
from typing import Any

from sandbox.bodies import HIDDEN_IN_PLUGIN, Content, content_of
from sandbox.call import Answer, Call, part
from sandbox.cards import answers_back, check_card
from sandbox.errors import ApiError
from sandbox.receivers import Receivers, receivers_of
from sandbox.records import Bubble, Sent

DUPLICATE_DEFAULT, DUPLICATE_MOST = 1800, 14400
RECALL_WITHIN, UPDATE_WITHIN = timedelta(hours=24), timedelta(hours=72)
PER_ACCOUNT_AND_DAY = 200

_serial = itertools.count(1)


def send(call: Call) -> Answer:
    """POST message/send (wecom §8)."""
    call.own_agentid(call.body.get("agentid"))
    receivers = receivers_of(call, call.body)
    if earlier := _same_body_before(call):
        return _answer(earlier, receivers)
    content = content_of(call, call.body)
    _count_person_times(call, len(receivers.users))
    return _answer(_deliver(call, receivers.users, content), receivers)


def _answer(sent: Sent, receivers: Receivers) -> Answer:
    code = {"response_code": sent.response_code} if sent.response_code else {}
    return {"msgid": sent.msgid, **receivers.refused(), **code}


def _same_body_before(call: Call) -> Sent | None:
    if call.body.get("enable_duplicate_check") != 1:
        return None
    interval = call.body.get("duplicate_check_interval", DUPLICATE_DEFAULT)
    seconds = min(interval, DUPLICATE_MOST) if isinstance(interval, int) else DUPLICATE_DEFAULT
    sent = call.desk.sent_bodies.get(_digest(call))
    if sent is None or call.now >= sent.at + timedelta(seconds=seconds):
        return None
    call.desk.counters["duplicates_not_delivered"] += 1
    return sent


def _digest(call: Call) -> str:
    return f"{call.app.agentid}:{hashlib.sha256(call.raw).hexdigest()}"


def _count_person_times(call: Call, receivers: int) -> None:
    key = f"persontimes:{call.app.agentid}:{call.now:%Y%m%d}"
    if call.desk.counters[key] + receivers > call.desk.faults.accounts * PER_ACCOUNT_AND_DAY:
        raise ApiError(45009, "accounts of the day")
    call.desk.counters[key] += receivers


def _deliver(call: Call, users: list[str], content: Content) -> Sent:
    sent = Sent(f"simmsg-{next(_serial):06}-{call.desk.clock.stamp()}", call.app.agentid, call.now, users, [])
    for user in users:
        if _within_limits(call, user):
            sent.bubbles.append(_bubble(call, user, content, sent.msgid))
    call.desk.sent[sent.msgid] = call.desk.sent_bodies[_digest(call)] = sent
    _remember_card(call, sent, content)
    return sent


def _within_limits(call: Call, user: str) -> bool:
    """More than 30 a minute or 1000 an hour to one member vanish without an error."""
    desk, key, now = call.desk, f"member:{call.app.agentid}:{user}", call.now.timestamp()
    faults = desk.faults
    minute, hour = desk.windows.count(key, now, 60), desk.windows.count(key, now, 3600)
    if minute >= faults.per_member_minute or hour >= faults.per_member_hour:
        desk.counters["silently_dropped"] += 1
        return False
    desk.windows.add(key, now, 3600)
    return True


def _bubble(call: Call, user: str, content: Content, msgid: str) -> Bubble:
    member = call.world.users[user]
    return call.desk.show(
        member.userid,
        agentid=call.app.agentid,
        side="app",
        kind=content.kind,
        text=content.text,
        media_id=content.media_id,
        data=dict(content.data),
        msgid=msgid,
        shown=not (member.plugin and content.kind in HIDDEN_IN_PLUGIN),
    )


def _remember_card(call: Call, sent: Sent, content: Content) -> None:
    card = content.data.get("card")
    if card is None:
        return
    if task := card.get("task_id"):
        call.desk.tasks.add((call.app.agentid, str(task)))
    if answers_back(card):
        sent.response_code = f"simResp{call.desk.number():06}"
        call.desk.codes[sent.response_code] = sent


def recall(call: Call) -> Answer:
    """POST message/recall (wecom §10.2); copies in the WeChat plugin stay."""
    sent = call.desk.sent.get(part(call.body, "msgid", str))
    if sent is None or sent.agentid != call.app.agentid:
        raise ApiError(40058)
    if call.now > sent.at + RECALL_WITHIN:
        raise ApiError(42052)
    for bubble in sent.bubbles:
        bubble.recalled = bubble.recalled or not call.world.user(bubble.user).plugin
    call.desk.touch(*sent.bubbles)
    return {}


def update_card(call: Call) -> Answer:
    """POST message/update_template_card (wecom §10.1); a code serves one call."""
    call.own_agentid(call.body.get("agentid"))
    code = part(call.body, "response_code", str)
    sent = call.desk.codes.get(code)
    if sent is None or sent.agentid != call.app.agentid or call.now > sent.at + UPDATE_WITHIN:
        raise ApiError(60140)
    addressed = _addressed(call.body)
    reached = [b for b in sent.bubbles if addressed is None or b.user.casefold() in addressed]
    for bubble in reached:
        bubble.data = _changed(bubble.data, call.body)
    call.desk.touch(*reached)
    del call.desk.codes[code]
    return {"invaliduser": sorted((addressed or set()) - {b.user.casefold() for b in reached})}


def _addressed(body: dict[str, Any]) -> set[str] | None:
    if body.get("atall") == 1:
        return None
    return {str(u).casefold() for u in part(body, "userids", list)}


def _changed(data: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    if "button" in body:
        return {**data, "replaced": str(part(body, "button", dict).get("replace_name", ""))}
    card = part(body, "template_card", dict)
    check_card({**card, "task_id": "kept"}, has_callback=True)
    return {
        "card": {**card, "task_id": data["card"].get("task_id")},
        "replaced": card.get("replace_text", ""),
    }

"""点评: one leader's review of one target, and how entries change it (domain §11.3, R-110 to R-159)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from domain.entries import Written


@dataclass(frozen=True, slots=True)
class Review:
    """A confirmed review as it is now. `subject` is a person's or an organisation's id, by `target`.

    `org` is the organisation it counts in on its day; `day` is the local day of `at`. `state` is
    confirmed, registered, notified or voided; `text` are the leader's words as he sent them (R-121);
    `acting` says for whom he acted (代李芳). `external` is who said it, where the reviewer only registered it:
    unit, name, post, and whether the office let it count for coverage then (R-040).
    """

    number: str
    session: str
    target: str
    subject: str
    subject_name: str
    org: str
    reviewer: str
    capacity: str
    at: datetime
    day: date
    kind: str
    manner: str
    merits: str
    gaps: str
    directions: str
    text: str = ""
    selection: str = "named"
    occasion: str = ""
    place: str = ""
    grade: str | None = None
    common_only: bool = False
    upward: bool = False
    attachments: tuple[str, ...] = ()
    state: str = "confirmed"
    version: int = 1
    answer: str = ""
    reason: str = ""
    acting: str = ""
    external: Mapping[str, Any] | None = None

    @property
    def is_whole(self) -> bool:
        """R-119: a 定期 review with all three parts."""
        return self.kind == "periodic" and bool(self.merits and self.gaps and self.directions)

    @property
    def satisfies_duty(self) -> bool:
        """R-119, R-137, R-040: only a whole review, not voided, not 越级, and external only where that counts."""
        counts = self.external is None or bool(self.external.get("counts"))
        lasts = self.is_whole and self.state != "voided"
        return lasts and counts and not self.common_only and not self.upward


def fold(state: Review | None, written: Written) -> Review | None:
    """The review after one more entry."""
    event = written.kind.partition(".")[2]
    if event == "posted":
        return _posted(written)
    return _EVENTS[event](state, written) if state and event in _EVENTS else state


def _posted(written: Written) -> Review:
    data, entry = written.data, written.entry
    at = datetime.fromisoformat(data["at"]) if data.get("at") else written.stamp.at
    return Review(
        number=data["review"],
        session=data["session"],
        target=data["target"],
        subject=entry.subject.id,
        subject_name=entry.subject.name,
        org=entry.org_id,
        reviewer=written.stamp.actor,
        capacity=entry.capacity,
        at=at,
        day=at.date(),
        **{key: data[key] for key in ("kind", "manner", "merits", "gaps", "directions")},
        **{key: data[key] for key in _OPTIONAL if data.get(key) is not None},
        attachments=tuple(data.get("attachments", ())),
        external=_external(data),
    )


def _external(data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    said = data.get("reviewer_external")
    return {**said, "counts": bool(data.get("external_counts"))} if said else None


_OPTIONAL = ("text", "selection", "occasion", "place", "grade", "common_only", "upward", "acting")
_WORDS = ("merits", "gaps", "directions", "grade", "manner", "place", "occasion", "kind")


def _amended(state: Review, written: Written) -> Review:
    change: dict[str, Any] = {key: written.data[key] for key in _WORDS if key in written.data}
    return replace(state, **change, version=state.version + 1, state="confirmed")


def _voided(state: Review, written: Written) -> Review:
    return replace(state, state="voided", reason=written.data.get("reason", ""))


def _registered(state: Review, written: Written) -> Review:
    return replace(state, state="registered")


def _notified(state: Review, written: Written) -> Review:
    return replace(state, state="notified")


def _answered(state: Review, written: Written) -> Review:
    return replace(state, answer=written.data.get("text", ""))


def _attached(state: Review, written: Written) -> Review:
    return replace(state, attachments=(*state.attachments, *written.data.get("attachments", ())))


_EVENTS: dict[str, Any] = {
    "amended": _amended,
    "voided": _voided,
    "registered": _registered,
    "notified": _notified,
    "answered": _answered,
    "attached": _attached,
}

"""Who may do what (domain §2.3): one table for every act but reviewing, and the one question put to it.

A form asks when it starts (`might`, `may`) and again when it writes; whatever stands in no row is nobody's.
Who may review whom is `domain.permissions`, by the matrix of §2.2, with the same verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.people import Person, Role, RoleKind, Roster
from domain.seats import Place, Seat, label, leads_to, reads_all, sitting
from domain.signing import Chairs
from domain.verdict import Entitled, Verdict
from domain.waiving import capacity_over


@dataclass(frozen=True, slots=True)
class Power:
    """One row of the table: how the act is called, and the seats from which it may be done."""

    words: str
    seats: tuple[Seat, ...]


_CHAIR_OR_KEEPER = (Seat.CHAIR, Seat.KEEPER)
_ABOVE_OR_KEEPER = (Seat.ABOVE, Seat.KEEPER)
POWERS: Mapping[str, Power] = {
    # Promises.
    "commit": Power("作承诺", (Seat.MEMBER,)),
    "commit_for_org": Power("代党组织作承诺", (Seat.INCUMBENT,)),
    "sign_member": Power("在党员的承诺上签字", (Seat.CHAIR,)),
    "sign_org": Power("在党组织的承诺上签字", (Seat.ABOVE, Seat.LINKED)),
    "publish": Power("公开承诺", (Seat.CHAIR,)),
    "verify_member": Power("核实党员的承诺", (Seat.CHAIR,)),
    "verify_org": Power("核实党组织的承诺", (Seat.ABOVE, Seat.LINKED)),
    # The month's record, and what a 书记 does about it.
    "record": Power("写实", (Seat.MEMBER,)),
    "enter_for": Power("代填写实", (Seat.PEN,)),
    "waive": Power("免填", (Seat.LINE,)),
    "nudge": Power("提醒没交的同志", (Seat.LINE,)),
    "ask": Power("查谁没交", (Seat.READER, Seat.OFFICE)),
    "look": Power("看台账", (Seat.READER, Seat.OFFICE)),
    # What stands of a review.
    "see_review": Power("看点评", (Seat.SELF, Seat.NEAR, Seat.OFFICE)),
    "answer_review": Power("回应点评", (Seat.SELF,)),
    "answer_review_of_org": Power("回应对党组织的点评", (Seat.INCUMBENT,)),
    "withdraw_review": Power("撤回点评", (Seat.SELF,)),
    # What a leader demanded. Who reads the reply is judged by the demand itself (`domain.rectifying`).
    "rectify": Power("整改", (Seat.SELF,)),
    "rectify_for_org": Power("党组织的整改", (Seat.CHAIR,)),
    # What is kept on paper: R-343.
    "attest": Power("登记纸面办完的事", (Seat.DESK,)),
    # Before a round: R-144.
    "plan": Power("定点评方案", (Seat.CHAIR, Seat.OFFICE)),
    # The bot itself.
    "open_unit": Power("“开始”", (Seat.CHAIR,)),
    "free": Power("解卡", (Seat.LINE, Seat.ADMIN)),
    "bind": Power("绑定", (Seat.LINE, Seat.ADMIN)),
    "list": Power("看名单", (Seat.READER, Seat.OFFICE, Seat.ADMIN)),
    "rehearse": Power("预演", (Seat.READER, Seat.OFFICE, Seat.ADMIN)),
    "hold": Power("停发和恢复发送", (Seat.ADMIN,)),
    "clock": Power("看调度状态", (Seat.READER, Seat.OFFICE, Seat.ADMIN)),
    "resend": Power("补发提醒", (Seat.LINE, Seat.ADMIN)),
    # People and offices.
    "transfer": Power("转出", _CHAIR_OR_KEEPER),
    "receive": Power("接收", (Seat.CHAIR,)),
    "enrol": Power("新增党员", _CHAIR_OR_KEEPER),
    "change": Power("登记人员变动", _CHAIR_OR_KEEPER),
    "expel": Power("登记除名", _ABOVE_OR_KEEPER),
    "leave": Power("登记请假", _CHAIR_OR_KEEPER),
    "hand_over": Power("换届和任免书记、副书记", _ABOVE_OR_KEEPER),
    "seat": Power("任免", _CHAIR_OR_KEEPER),
    "office": Power("任免", (Seat.KEEPER,)),
    "delegate": Power("委托", (Seat.HOLDER,)),
    "act": Power("指定代书记", (Seat.ABOVE,)),
    "link": Power("改联系点和分管", (Seat.KEEPER,)),
}
_PERSONAL = (Seat.SELF, Seat.MEMBER)


def may(roster: Roster, actor: Person, act: str, org: str, day: date, about: str = "") -> Verdict:
    """Whether `actor` may do this at an organisation that day; `about` is the person or organisation concerned."""
    power, at = POWERS[act], Place(roster, org, day, about)
    others: list[str] = []
    for seat in power.seats:
        people = sitting(seat, at)
        if actor.id in people:
            return Verdict(True, _capacity(roster, actor, seat, org, day), words=power.words)
        others += people
    own = about == actor.id and Seat.MEMBER in power.seats
    return Verdict(
        allowed=False,
        reason="no_member" if own else "seat",
        instead=tuple(Entitled(id) for id in dict.fromkeys(others)),
        words=power.words,
        seats=tuple(dict.fromkeys(str(label(seat, at)) for seat in power.seats)),
    )


def might(roster: Roster, actor: Person, act: str, day: date) -> bool:
    """Whether somebody sits in a seat from which this may be done anywhere; asked before anything is known."""
    seats = POWERS[act].seats
    if Seat.SELF in seats or (Seat.MEMBER in seats and _is_member(roster, actor, day)):
        return True
    linked = Seat.LINKED in seats and bool(roster.links_of(actor.id, day))
    return linked or any(
        leads_to(roster, role, seat) for role in roster.roles_of(actor.id, day) for seat in seats
    )


def keeps(roster: Roster, person: Person, day: date) -> bool:
    """Whether somebody is 管理员 or of 办公室 or 组织部, who amend master data (R-042)."""
    return any(leads_to(roster, role, Seat.KEEPER) for role in roster.roles_of(person.id, day))


def heads(roster: Roster, org: str, day: date) -> list[str]:
    """The 书记 of an organisation; while it has none, those of the nearest above (O-43)."""
    found = Chairs(roster, day).above(org)
    return list(found[1]) if found else []


def heads_above(roster: Roster, org: str, day: date) -> list[str]:
    """The 书记 of the nearest organisation above that has one."""
    here = roster.org(org)
    return heads(roster, here.parent, day) if here and here.parent else []


def _is_member(roster: Roster, actor: Person, day: date) -> bool:
    return actor.is_member and roster.branch_of(actor.id, day) is not None


def _capacity(roster: Roster, actor: Person, seat: Seat, org: str, day: date) -> str:
    if seat in _PERSONAL:
        return "self"
    roles = roster.roles_of(actor.id, day)
    if seat is Seat.KEEPER and any(role.role is RoleKind.ADMIN for role in roles):
        return "admin"
    if seat is Seat.ADMIN:
        return "admin"
    return ("" if seat is Seat.KEEPER else capacity_over(roster, actor, org, day)) or _as_reader(
        roster, roles
    )


def _as_reader(roster: Roster, roles: Sequence[Role]) -> str:
    """As what somebody without a chair reads: 领导小组办公室, 记录员 or a unit's 工作人员."""
    if any(reads_all(roster, role) for role in roles):
        return "staff"
    return "recorder" if any(role.role is RoleKind.RECORDER for role in roles) else "clerk"

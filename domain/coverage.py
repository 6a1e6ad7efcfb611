"""Whom somebody must review in a window, and whom he still owes (R-034, R-138 to R-142; K-08, K-09, K-10)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from domain.duties import ASKED_AFTER, ReviewDuty, State, Window
from domain.organisations import start_of
from domain.people import WITH_MEMBERS, Organisation, Person, RoleKind, Roster
from domain.periods import Kind, Period, period_of
from domain.permissions import Office, Target, is_head, linked_to, offices_of, vacant
from domain.profile import Profile
from domain.reviews import Review

MEMBERS, ORGANISATIONS, ROUND = "K-08", "K-09", "K-10"
_SCHOOL = ("party_secretary", "school_leader")
_WINDOWS: dict[str, Kind] = {"quarter": "quarter", "term": "half"}


def member_window(profile: Profile, day: date) -> Period | None:
    """The window in which each member is reviewed once; None where the office has no such cadence (D-02)."""
    kind = _WINDOWS.get(profile.text("review.member_cadence"))
    return period_of(kind, day) if kind else None


def duties_of(roster: Roster, profile: Profile, actor: Person, day: date) -> Sequence[ReviewDuty]:
    """Every review somebody owes in the windows and rounds that contain the day, done or not."""
    members, half = member_window(profile, day), period_of("half", day)
    found = _of_members(roster, actor, day, MEMBERS, _window(members)) if members else []
    found += _of_organisations(roster, profile, actor, day, ORGANISATIONS, _window(half))
    for window in rounds(profile, day):
        found += _of_members(roster, actor, day, ROUND, window)
        found += _of_organisations(roster, profile, actor, day, ROUND, window)
    return found


def asked_of(roster: Roster, profile: Profile, actor: Person, today: date) -> Sequence[ReviewDuty]:
    """The same, and what ended so lately that it is still spoken of."""
    found = [duty for day in _asked_days(profile, today) for duty in duties_of(roster, profile, actor, day)]
    asked = (duty for duty in found if duty.window.is_asked_on(today))
    return list({(duty.code, duty.window.label, duty.target): duty for duty in asked}.values())


def rounds(profile: Profile, day: date) -> list[Window]:
    """The 普遍点评 rounds of the year which contain the day (R-140, D-04)."""
    return [one for one in rounds_of(profile, day.year) if one.opens <= day <= one.due]


def rounds_of(profile: Profile, year: int) -> list[Window]:
    """All rounds of a year."""
    found = []
    for words in profile.texts("review.universal"):
        opens, due = (date.fromisoformat(f"{year}-{end}") for end in words.split("/"))
        found.append(Window(due.isoformat(), opens, due))
    return found


def _asked_days(profile: Profile, today: date) -> list[date]:
    """Today, and the last day of each window that has just ended."""
    members = member_window(profile, today)
    ended = [members.previous.end] if members else []
    ended += [period_of("half", today).previous.end, *(one.due for one in rounds_of(profile, today.year))]
    return [today, *(day for day in dict.fromkeys(ended) if day < today <= day + ASKED_AFTER)]


def _window(period: Period) -> Window:
    return Window(period.label, period.start, period.end)


def settled(
    duties: Sequence[ReviewDuty], reviews: Sequence[Review], waived: Collection[str]
) -> list[ReviewDuty]:
    """The duties as reviews left them; `waived` are the ids of members who need none this time."""
    return [_settled(duty, [one for one in reviews if _is_about(one, duty)], waived) for duty in duties]


def still_owed(
    duties: Sequence[ReviewDuty], reviews: Sequence[Review], waived: Collection[str]
) -> Sequence[ReviewDuty]:
    """The duties that no review satisfies."""
    pairs = zip(duties, settled(duties, reviews, waived), strict=True)
    return [duty for duty, now in pairs if now.is_open]


def _settled(duty: ReviewDuty, reviews: Sequence[Review], waived: Collection[str]) -> ReviewDuty:
    if duty.object in waived:
        return replace(duty, state=State.WAIVED, why="已免")
    done = next((review for review in reviews if satisfies(review, duty)), None)
    if done is not None:
        return replace(duty, state=State.DONE, by=done.number)
    partly = any(
        review.common_only and duty.window.opens <= review.day <= duty.window.due for review in reviews
    )
    return replace(duty, state=State.PARTLY) if partly else duty


def satisfies(review: Review, duty: ReviewDuty) -> bool:
    """Whether a review does what the duty asks; a superior's does not do a branch secretary's (R-037)."""
    is_own = review.target != "member" or review.capacity == duty.capacity or review.external is not None
    return (
        _is_about(review, duty)
        and is_own
        and review.satisfies_duty
        and duty.window.opens <= review.day <= duty.window.due
    )


def _is_about(review: Review, duty: ReviewDuty) -> bool:
    target = duty.target
    return (review.target, review.subject, review.org) == (target.type, target.subject, target.org)


def starts_on(roster: Roster, org: str) -> date | None:
    """The 启用日期 of an organisation, its own or inherited (R-350)."""
    return start_of(roster.path(org))


def _of_members(roster: Roster, actor: Person, day: date, code: str, window: Window) -> list[ReviewDuty]:
    offices = {branch: office for office, branch in _branches(roster, actor, day)}
    begun = [branch for branch in offices if _in_force(roster, branch, window)]
    belonging = roster.members(begun, day) if begun else ()
    # Whoever acts for a 书记 does not review her: she is reviewed from above.
    lent = [branch for branch in begun if offices[branch].acting]
    heads = {role.person for role in roster.holders(RoleKind.SECRETARY, lent, day)} if lent else set()
    return [
        ReviewDuty(
            code,
            actor.id,
            one.id,
            org,
            window,
            target=Target("member", one.id, org),
            capacity=offices[org].capacity,
            note={"name": one.name, "org": _name(roster, org)},
        )
        for one, org in belonging
        if one.is_member and one.id not in {actor.id, *heads}
    ]


def _branches(roster: Roster, actor: Person, day: date) -> list[tuple[Office, str]]:
    """The branches whose members are somebody's own duty, with the post that makes them so."""
    found = []
    for office in offices_of(roster, actor.id, day):
        if office.capacity in ("branch_secretary", "direct_secretary"):
            found.append((office, office.org))
        if office.capacity == "l1_secretary":
            below = [org for org in roster.children([office.org]) if org.kind in WITH_MEMBERS]
            found += [(office, org.id) for org in vacant(roster, below, day)]
    return found


def _of_organisations(
    roster: Roster, profile: Profile, actor: Person, day: date, code: str, window: Window
) -> list[ReviewDuty]:
    owed: dict[Target, ReviewDuty] = {}
    for office in offices_of(roster, actor.id, day):
        below = _below(roster, profile, actor, office, day)
        orgs = {org.id: org for org in below if _in_force(roster, org.id, window)}
        heads = roster.holders(RoleKind.SECRETARY, list(orgs), day) if orgs else ()
        targets = [Target("org", org, org) for org in orgs]
        targets += [
            Target("secretary", one.person, one.org)
            for one in heads
            if one.person != actor.id and is_head(roster, one, day)
        ]
        for target in targets:
            name = orgs[target.org].name
            note = {"name": name if target.type == "org" else f"{name}书记"}
            owed[target] = ReviewDuty(
                code,
                actor.id,
                target.subject,
                target.org,
                window,
                target=target,
                capacity=office.capacity,
                note=note,
            )
    return list(owed.values())


def reviewers(roster: Roster, profile: Profile, org: Organisation, day: date) -> list[str]:
    """Who owes a review of an organisation: the same as `_of_organisations`, seen from below."""
    everywhere = profile.text("review.party_secretary_scope") == "all"
    heads = everywhere if org.is_level_one else org.kind in WITH_MEMBERS
    held = roster.holders(RoleKind.SECRETARY, [org.parent or ""], day) if heads else ()
    return list(dict.fromkeys([*(role.person for role in held), *_linked(roster, profile, org, day)]))


def _linked(roster: Roster, profile: Profile, org: Organisation, day: date) -> list[str]:
    """The leaders of the school whose 联系点 it is, or 分管 where that authorises.

    Asked of the leaders, who are few, so that it costs the same for all organisations together.
    """
    kinds = (RoleKind.SECRETARY, RoleKind.SCHOOL_LEADER, RoleKind.COMMITTEE) if org.is_level_one else ()
    held = [role.person for kind in kinds for role in roster.holders(kind, [org.parent or ""], day)]
    return [one for one in dict.fromkeys(held) if org.id in linked_to(roster, profile, one, day)]


def _below(
    roster: Roster, profile: Profile, actor: Person, office: Office, day: date
) -> Sequence[Organisation]:
    """The organisations one level under a post: branches, or level one as the office's scope has it."""
    if office.capacity == "l1_secretary":
        return [org for org in roster.children([office.org]) if org.kind in WITH_MEMBERS]
    if office.capacity not in _SCHOOL:
        return []
    everywhere = profile.text("review.party_secretary_scope") == "all"
    if office.capacity == "party_secretary" and everywhere:
        return [org for org in roster.children([office.org]) if org.is_level_one]
    linked = linked_to(roster, profile, actor.id, day)
    return [org for org in map(roster.org, linked) if org is not None and org.is_level_one]


def _name(roster: Roster, org: str) -> str:
    found = roster.org(org)
    return found.name if found else org


def _in_force(roster: Roster, org: str, window: Window) -> bool:
    start = starts_on(roster, org)
    return start is not None and start <= window.opens

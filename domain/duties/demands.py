"""What leaders demanded in an organisation's reviews, and replies that wait for a leader, as roster and ledger say."""

from __future__ import annotations

from domain import attestations
from domain.duties import Duty, Member, rectifying
from domain.duties.sight import Sight
from domain.people import Organisation, Person
from domain.permissions import offices_of
from domain.rectifications import OWED, Rectification
from domain.rectifying import may_judge


def of_unit(at: Sight, unit: Organisation) -> list[Duty]:
    """K-15 and K-16 of what was demanded of the organisation or of its people when they were reviewed in it."""
    items = at.facts.rectifications_in([unit.id], OWED)
    people = sorted({one.owner for one in items if not one.is_of_org})
    known = at.roster.people(people) if people else {}
    away = {one.person for one in at.facts.leaves(people, at.today, at.today)} if people else set()
    members = {id: Member(one, unit.id, id in away) for id, one in known.items()}
    heads = attestations.owners(at.roster, unit, at.today) if len(people) < len(items) else []

    def hands(one: Rectification) -> list[tuple[str, str]]:
        if one.is_of_org:
            return [(head, "") for head in heads]
        return [(one.owner, members[one.owner].silence)] if one.owner in members else []

    return rectifying.duties(items, unit.id, at.profile, hands)


def to_judge(at: Sight, unit: Organisation, leader: Person) -> list[Duty]:
    """K-16 read on: replies that wait for somebody's word, once, where he holds his most direct post."""
    offices = offices_of(at.roster, leader.id, at.today)
    if not offices or offices[0].org != unit.id:
        return []
    waiting = at.facts.replies_waiting()
    mine = [one for one in waiting if may_judge(at.roster, leader.id, one, at.today)]
    return rectifying.to_judge(mine, unit.id, leader.id)

"""Offices and memberships that change hands between two messages of a conversation."""

from __future__ import annotations

from datetime import date, timedelta

from domain import enrolment
from domain.people import Membership, Person, Role, RoleKind
from storage.roster import RosterView
from tests import cast
from tests.school import School


def someone(school: School, id: str) -> Person:
    """A person as the roster knows him."""
    with school.database.transaction() as tx:
        found = RosterView(tx).person(id)
    assert found is not None
    return found


def loses_office(school: School, id: str, org: str, kind: RoleKind = RoleKind.SECRETARY) -> None:
    """The office ended yesterday."""
    role = Role(id, kind, org, cast.START, None, "书记")
    school.write([enrolment.ended(someone(school, id), role, _yesterday(school), org)])


def gains_office(school: School, id: str, org: str, kind: RoleKind = RoleKind.SECRETARY) -> None:
    """The office begins today."""
    role = Role(id, kind, org, school.now.date(), None, "书记")
    school.write([enrolment.given(someone(school, id), role, org)])


def moves(school: School, id: str, left: str, joined: str = "") -> None:
    """The membership ended yesterday; another begins today if one is named."""
    who = someone(school, id)
    entries = [enrolment.left(who, Membership(id, left, cast.START), _yesterday(school), left)]
    entries += [enrolment.joined(who, Membership(id, joined, school.now.date()), joined)] if joined else []
    school.write(entries)


def _yesterday(school: School) -> date:
    return school.now.date() - timedelta(days=1)

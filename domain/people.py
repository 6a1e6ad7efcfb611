"""Organisations, people and what they are to each other on a given day (R-001 to R-019)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class OrgKind(StrEnum):
    """Types of organisations; the value is the word of the roster sheet."""

    SCHOOL = "学校党委"
    SUB_COMMITTEE = "分党委"
    GENERAL_BRANCH = "党总支"
    DIRECT_BRANCH = "直属党支部"
    BRANCH = "党支部"
    OFFICE = "领导小组办公室"
    ORG_DEPARTMENT = "组织部"


LEVEL_ONE = (OrgKind.SUB_COMMITTEE, OrgKind.GENERAL_BRANCH, OrgKind.DIRECT_BRANCH)
WITH_MEMBERS = (OrgKind.BRANCH, OrgKind.DIRECT_BRANCH)
READS_ALL = (OrgKind.OFFICE, OrgKind.ORG_DEPARTMENT)
"""Whose 工作人员 read the whole school's ledger (R-044, R-230)."""


PARTY_MEMBERS = ("中共党员", "预备党员")
"""政治面貌 with the duties of a Party member; 预备党员 count (R-017)."""
HERE = ("在册", "长期请假")
"""状态 of whoever still belongs here (R-016)."""


class RoleKind(StrEnum):
    """What somebody is in an organisation; many per person, each with dates (R-019)."""

    SECRETARY = "secretary"
    DEPUTY = "deputy"
    COMMITTEE = "committee"
    SCHOOL_LEADER = "school_leader"
    ADMIN_HEAD = "admin_head"
    STAFF = "staff"
    RECORDER = "recorder"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in the roster. `id` is the 编号, never the name (R-013); `number` the short one on papers."""

    id: str
    name: str
    number: str = ""
    post: str = ""
    political: str = "中共党员"
    categories: tuple[str, ...] = ()
    status: str = "在册"

    @property
    def archive(self) -> str:
        return f"person:{self.id}"

    @property
    def is_member(self) -> bool:
        """Whether the duties of a Party member are theirs; 预备党员 count (R-017)."""
        return self.political in PARTY_MEMBERS and self.status in HERE


@dataclass(frozen=True, slots=True)
class Organisation:
    """A node of the tree. `id` is its name at the first import; `starts_on` its own 启用日期 (R-350).

    `opened_on` is the day its secretary said 开始 (R-354).
    """

    id: str
    name: str
    kind: OrgKind
    parent: str | None = None
    short_name: str = ""
    number: str = ""
    starts_on: date | None = None
    opened_on: date | None = None
    activists: int | None = None

    @property
    def archive(self) -> str:
        return f"org:{self.id}"

    @property
    def is_level_one(self) -> bool:
        return self.kind in LEVEL_ONE


@dataclass(frozen=True, slots=True)
class Role:
    """A post of a person at an organisation, from `start` to `end` inclusive; `title` is the office's word."""

    person: str
    role: RoleKind
    org: str
    start: date
    end: date | None = None
    title: str = ""
    acting: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """A person belongs to an organisation from `start` to `end` inclusive; at most one on a day (R-008)."""

    person: str
    org: str
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """联系点 or 分管 between a school leader and a level-one organisation (R-004, R-005)."""

    leader: str
    org: str
    kind: str
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Bonds:
    """Everything that ties somebody to organisations, past and future too."""

    places: Sequence[Membership] = ()
    posts: Sequence[Role] = ()
    ties: Sequence[Link] = ()


class Roster(Protocol):
    """What a rule may ask about people. Every question about a bond names its day (R-014)."""

    def person(self, id: str) -> Person | None: ...
    def people(self, ids: Collection[str]) -> dict[str, Person]:
        """Those of the ids that exist, in one look-up."""

    def named(self, name: str) -> Sequence[Person]:
        """Everybody of exactly this name, in the order of 编号."""

    def sounding_like(self, name: str) -> Sequence[Person]:
        """Everybody whose name is read aloud alike (张玮 for 张伟), in the order of 编号."""

    def org(self, id: str) -> Organisation | None: ...
    def org_named(self, words: str) -> Sequence[Organisation]:
        """Organisations whose name or short name is, or ends or begins with, these words."""

    def orgs(self) -> Sequence[Organisation]: ...
    def children(self, orgs: Collection[str]) -> Sequence[Organisation]:
        """What stands directly below any of these."""

    def path(self, org: str) -> Sequence[Organisation]:
        """The organisation, its parent, and so on up to 学校党委."""

    def branch_of(self, person: str, day: date) -> Organisation | None:
        """Where somebody is a member (or belongs to, if not a Party member) on that day."""

    def members(self, orgs: Collection[str], day: date) -> Sequence[tuple[Person, str]]:
        """Everybody who belongs to these organisations on that day, with the organisation's id."""

    def spoken_of(self, words: str, orgs: Collection[str], day: date) -> Sequence[Person]:
        """Those of the members whom some words may name: their surname, given name or post stands there."""

    def sounding(self, names: Collection[str], orgs: Collection[str], day: date) -> Sequence[Person]:
        """Those of the members whose name is read aloud like one of these."""

    def roles_of(self, person: str, day: date) -> Sequence[Role]: ...
    def holders(self, role: RoleKind, orgs: Collection[str], day: date) -> Sequence[Role]: ...
    def everywhere(self, role: RoleKind, day: date) -> Sequence[Role]:
        """Whoever holds a role in any organisation that day."""

    def links_of(self, leader: str, day: date) -> Sequence[Link]: ...
    def links_to(self, org: str, day: date) -> Sequence[Link]: ...
    def bonds_of(self, person: str) -> Bonds:
        """Everything that ever tied somebody to organisations, and what is agreed for later."""

    def posts_at(self, org: str) -> Sequence[Role]:
        """Every post ever held at an organisation, and those agreed for later."""

    def last_number(self) -> int:
        """The highest short number (人员短号) given to anybody."""

    def has_account(self, ids: Collection[str]) -> set[str]:
        """Those of these people who can be reached by chat."""

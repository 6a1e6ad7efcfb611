"""党内职务 of the roster sheet: its words, and where each is held when the sheet does not say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from domain.people import LEVEL_ONE, Organisation, OrgKind, Role, RoleKind

WORDS: Mapping[str, RoleKind] = {
    "书记": RoleKind.SECRETARY,
    "副书记": RoleKind.DEPUTY,
    "委员": RoleKind.COMMITTEE,
    "学校领导": RoleKind.SCHOOL_LEADER,
    "行政主要负责人": RoleKind.ADMIN_HEAD,
    "工作人员": RoleKind.STAFF,
    "记录员": RoleKind.RECORDER,
    "管理员": RoleKind.ADMIN,
}
LEGAL = ("书记", "副书记", "组织委员（…委员）", "学校领导", "行政主要负责人", "工作人员", "记录员", "管理员")
_WORD_OF = {kind: word for word, kind in WORDS.items()}


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """A post at an organisation; `word` is as the sheet writes it. All 委员 of one organisation are one post."""

    org: str
    word: str

    @property
    def role(self) -> RoleKind:
        return WORDS.get(self.word, RoleKind.COMMITTEE)


def is_legal(word: str) -> bool:
    """Whether the sheet knows a post."""
    return word in WORDS or (word.endswith("委员") and len(word) <= 10)


def post_of(role: Role) -> Post:
    """A role as the sheet writes it."""
    if role.role is not RoleKind.COMMITTEE:
        return Post(role.org, _WORD_OF[role.role])
    return Post(role.org, role.title if role.title.endswith("委员") else "委员")


def seat(word: str, own: str, orgs: Mapping[str, Organisation]) -> str:
    """Where a post without an organisation is held: the own one; empty if there is none.

    学校领导 lead the school, and the head of a unit leads the unit above the own branch.
    """
    if word == "学校领导":
        return next((org.id for org in orgs.values() if org.kind is OrgKind.SCHOOL), own)
    if word == "行政主要负责人":
        return next((org.id for org in _upward(own, orgs) if org.kind in LEVEL_ONE), own)
    return own


def _upward(own: str, orgs: Mapping[str, Organisation]) -> list[Organisation]:
    found: list[Organisation] = []
    at = orgs.get(own)
    while at is not None and at not in found:
        found.append(at)
        at = orgs.get(at.parent or "")
    return found


def merged(posts: Collection[Post]) -> frozenset[Post]:
    """组织委员 and 宣传委员 of one organisation as one post, because a person sits in a committee once."""
    seats: dict[str, set[str]] = {}
    for post in posts:
        if post.role is RoleKind.COMMITTEE:
            seats.setdefault(post.org, set()).update(post.word.split("、"))
    others = {post for post in posts if post.role is not RoleKind.COMMITTEE}
    return frozenset(others | {Post(org, "、".join(sorted(words))) for org, words in seats.items()})


def written(post: Post, own: str, orgs: Mapping[str, Organisation]) -> str:
    """A post for the sheet, with its organisation's name where the word alone would mean another."""
    if seat(post.word, own, orgs) == post.org:
        return post.word
    return "、".join(f"{orgs[post.org].name}:{word}" for word in post.word.split("、"))

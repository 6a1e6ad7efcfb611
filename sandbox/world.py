"""Who there is: the organisation, its departments, members, tags and apps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sandbox.crypto import Sealer

ACTIVE = 1


@dataclass
class Department:
    """One department; the root has id 1 and parentid 0."""

    id: int
    name: str
    parentid: int = 0


@dataclass
class User:
    """One member. `status` 1 active, 2 disabled, 4 not activated, 5 left; `plugin`: reads through WeChat only."""

    userid: str
    name: str
    departments: list[int] = field(default_factory=lambda: [1])
    status: int = ACTIVE
    plugin: bool = False
    position: str = ""


@dataclass
class Tag:
    """A label over members and departments."""

    tagid: int
    tagname: str
    users: list[str] = field(default_factory=list)
    departments: list[int] = field(default_factory=list)


@dataclass
class Visible:
    """An app's 可见范围; departments count with all below them."""

    users: list[str] = field(default_factory=list)
    departments: list[int] = field(default_factory=lambda: [1])
    tags: list[int] = field(default_factory=list)


@dataclass
class App:
    """One self-built app. Without `callback_url` it only sends; an empty `trusted_ips` trusts any address."""

    agentid: int
    name: str
    secret: str
    token: str = "SimToken2026"
    aeskey: str = "Q0hJTkFTSU1VTEFUT1JLRVlGT1JURVNUMTIzNDU2Nzg"
    callback_url: str = ""
    visible: Visible = field(default_factory=Visible)
    trusted_ips: list[str] = field(default_factory=list)
    description: str = ""
    redirect_domain: str = ""
    home_url: str = ""
    isreportenter: int = 1
    report_location_flag: int = 0
    disabled: bool = False
    menu: list[dict[str, object]] = field(default_factory=list)


@dataclass
class World:
    """Everybody and everything an administrator sets up; `featured` names the phones shown first, with roles."""

    corpid: str
    name: str
    departments: dict[int, Department]
    users: dict[str, User]
    apps: dict[int, App]
    tags: dict[int, Tag] = field(default_factory=dict)
    featured: list[tuple[str, str]] = field(default_factory=list)

    def user(self, userid: str) -> User:
        """The member of this account, in any case of letters; raises KeyError."""
        return self.users[userid.casefold()]

    def app(self, agentid: int | None = None) -> App:
        """The app of this id, or the first one."""
        return self.apps[agentid] if agentid is not None else next(iter(self.apps.values()))

    def sealer(self, app: App) -> Sealer:
        """Seals and opens what goes between WeCom and this app."""
        return Sealer(app.token, app.aeskey, self.corpid)

    def below(self, department: int) -> set[int]:
        """The department and everything under it; a ring in the data does no harm."""
        found = {department}
        while True:
            more = {d.id for d in self.departments.values() if d.parentid in found} - found
            if not more:
                return found
            found |= more

    def within(self, departments: list[int]) -> Iterator[User]:
        """The members of these departments and of all below them."""
        reach = {d for top in departments for d in self.below(top)}
        return (user for user in self.users.values() if reach & set(user.departments))

    def tagged(self, tagid: int) -> Iterator[User]:
        """The members a tag covers, by name or by department."""
        tag = self.tags[tagid]
        yield from (self.users[u.casefold()] for u in tag.users if u.casefold() in self.users)
        yield from self.within(tag.departments)

    def eyes(self, app: App) -> Callable[[User], bool]:
        """Tells whether the app may see a member, without walking through a large school for each question."""
        departments = self.visible_departments(app)
        named = {u.casefold() for u in app.visible.users}
        for tagid in set(app.visible.tags) & set(self.tags):
            named |= {user.userid.casefold() for user in self.tagged(tagid)}
        return lambda user: user.userid.casefold() in named or not departments.isdisjoint(user.departments)

    def visible_users(self, app: App) -> set[str]:
        """The case-folded accounts in the app's visible range, whatever their status."""
        sees = self.eyes(app)
        return {account for account, user in self.users.items() if sees(user)}

    def visible_departments(self, app: App) -> set[int]:
        """The departments the app may see, with all below them."""
        return {d for top in app.visible.departments for d in self.below(top)} & set(self.departments)

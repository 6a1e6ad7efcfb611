"""The sample school as WeCom knows it: accounts, names and departments for the sandbox's phones."""

from __future__ import annotations

from datetime import date

from sandbox import App, Department, User, World
from storage import contacts
from storage.db import Database
from storage.roster import RosterView

CORP, AGENT = "wwsim00000000000001", 1000002
FEATURED = (("zhangwei", "党员"), ("wangjianguo", "领导"), ("lifang", "书记"), ("mengfan", "管理员"))
ROOT = 1


def world(database: Database, day: date) -> World:
    """Everybody of the sample school who has an account, and one newcomer whom the bot does not know yet."""
    people = _people(database, day)
    number = {org: n for n, org in enumerate(dict.fromkeys(org for *_, org in people), ROOT + 1)}
    departments = {ROOT: Department(ROOT, "示例理工大学", 0)}
    departments |= {n: Department(n, org, ROOT) for org, n in number.items()}
    users = {
        account.casefold(): User(account, name, [number[org]], position=post)
        for account, name, post, org in people
    }
    users["xinren"] = User("xinren", "周新", [ROOT], position="新来的老师")
    app = App(AGENT, "写实", "SimSecret2026", description="公开承诺、领导点评、写实台账")
    return World(CORP, "示例理工大学", departments, users, {AGENT: app}, featured=list(FEATURED))


def _people(database: Database, day: date) -> list[tuple[str, str, str, str]]:
    with database.reading() as tx:
        roster = RosterView(tx)
        members = roster.members([org.id for org in roster.orgs()], day)
        accounts = contacts.accounts_of(tx, "wecom", [person.id for person, _ in members])
    return [
        (accounts[person.id], person.name, person.post, org)
        for person, org in members
        if person.id in accounts
    ]

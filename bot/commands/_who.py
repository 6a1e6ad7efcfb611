"""People and archives as one names them on the command line."""

from __future__ import annotations

from bot.commands import _ground
from bot.parts import Bot
from storage import contacts, ledger
from storage.roster import RosterView


def person(bot: Bot, who: str) -> str | None:
    """The 编号 of a 编号 or an account; None for somebody unknown."""
    with bot.database.reading() as tx:
        found = RosterView(tx).person(who)
        return found.id if found else contacts.person_of(tx, "wecom", who)


def archive(bot: Bot, name: str) -> str:
    """The archive of a 编号, an organisation's or a person's name, or `person:…`/`org:…`; exit 1 if unclear."""
    with bot.database.reading() as tx:
        if name == "office" or ":" in name and ledger.head(tx, name)[0]:
            return name
        roster = RosterView(tx)
        someone = roster.person(name)
        people = [someone] if someone else list(roster.named(name))
        found = [one.archive for one in people] or [org.archive for org in roster.org_named(name)]
    if not found:
        _ground.refuse(f"没有“{name}”。请写编号、姓名或组织名称。")
    if len(found) > 1:
        _ground.refuse(f"“{name}”有{len(found)}个，请写其中一个：" + "、".join(found))
    return found[0]

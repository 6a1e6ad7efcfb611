"""Which account belongs to which row without one: only where a name is single on both sides (contract, match)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain import cells
from domain.contacts import folded
from domain.roster_rows import LEAVING
from domain.sheets import Line


@dataclass(frozen=True, slots=True)
class Matched:
    """Accounts by row number, and for every other row without account why it stays empty."""

    accounts: Mapping[int, str]
    rest: Sequence[str]


def match(lines: Sequence[Line], names: Mapping[str, str]) -> Matched:
    """`names` is what the directory calls each account."""
    own = [line for line in lines if cells.plain(line["状态"]) not in LEAVING]
    taken = {folded(cells.plain(line["账号"])) for line in lines}
    in_sheet = Counter(cells.name(line["姓名"]) for line in own)
    known: dict[str, list[str]] = {}
    for account, name in sorted(names.items()):
        known.setdefault(cells.name(name), []).append(account)
    accounts, rest = {}, []
    for line in own:
        name = cells.name(line["姓名"])
        if not name or line["账号"]:
            continue
        why = _why_not(in_sheet[name], known.get(name, ()), taken)
        if why:
            rest.append(f"第{line.number}行 {name}：{why}")
        else:
            accounts[line.number] = known[name][0]
    return Matched(accounts, rest)


def _why_not(in_sheet: int, found: Sequence[str], taken: set[str]) -> str:
    if not found:
        return "企业微信里没有看到这个名字，或不在可见范围。"
    if in_sheet > 1 or len(found) > 1:
        return f"同名：表里{in_sheet}位，企业微信里{len(found)}位。请人工填写账号。"
    return f"账号{found[0]}已在别的行里。请核对。" if folded(found[0]) in taken else ""

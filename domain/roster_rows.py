"""The sheet 人员 read cell by cell: who each row is and what it says, with a fault for each wrong cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain import cells
from domain.contacts import folded
from domain.people import Organisation
from domain.roster_posts import LEGAL, Post, is_legal, merged, seat
from domain.roster_state import Present, Said
from domain.sheets import Fault, Line, Table, listed

SHEET = "人员"
HEADINGS = (
    "编号",
    "姓名",
    "账号",
    "所在组织",
    "政治面貌",
    "党内职务",
    "性别",
    "民族",
    "出生年月",
    "入党时间",
    "文化程度",
    "现任职务",
    "类别",
    "状态",
    "生效日期",
)
# Who is no Party member and may be asked for his opinion or vote; stands under 类别.
VOTERS = ("职工群众", "干部群众", "群众代表", "人大代表", "政协委员", "服务对象")
NOT_A_MEMBER = "群众"
POLITICAL = ("中共党员", "预备党员", "入党积极分子", "群众")
STAYING, LEAVING = ("在册", "长期请假"), ("转出", "毕业", "去世", "除名")
GENDERS = ("男", "女")
LABELS = {
    "name": "姓名",
    "account": "账号",
    "org": "所在组织",
    "political": "政治面貌",
    "posts": "党内职务",
    "gender": "性别",
    "ethnicity": "民族",
    "birth": "出生年月",
    "joined_party": "入党时间",
    "education": "文化程度",
    "post": "现任职务",
    "categories": "类别",
    "status": "状态",
}
_ID = re.compile(r"[A-Za-z0-9_.@-]{1,64}")
_FREE = {"民族": 20, "文化程度": 20, "现任职务": 60}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row: `said` holds its cells by the keys of LABELS, with organisation ids for names."""

    line: Line
    id: str
    said: Said
    posts: frozenset[Post]
    day: date


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the rows of one sheet; `names` gives organisation ids by name, `orgs` the tree as it will be."""

    table: Table
    present: Present
    names: Mapping[str, str]
    orgs: Mapping[str, Organisation]
    today: date
    faults: list[Fault]

    def rows(self) -> list[PersonRow]:
        """All rows that name somebody, in the order of the sheet."""
        ids, accounts = self.present.ids(), self.present.accounts()
        seen: dict[str, int] = {}
        found = []
        for line in self.table.lines:
            id = self._id(line, ids, accounts)
            if id and folded(id) in seen:
                self._fault(
                    line, "编号", f"与第{seen[folded(id)]}行的编号相同。一个编号只能一个人用，请改正。"
                )
            elif id:
                seen[folded(id)] = line.number
                found.append(self._row(line, id))
        return found

    def _fault(self, line: Line, heading: str, wrong: str) -> None:
        self.faults.append(self.table.fault(line, heading, wrong))

    def _id(self, line: Line, ids: Mapping[str, str], accounts: Mapping[str, str]) -> str:
        given, account = cells.plain(line["编号"]), cells.plain(line["账号"])
        for heading, word in (("编号", given), ("账号", account)):
            if word and not _ID.fullmatch(word):
                self._fault(line, heading, f"“{line[heading]}”不对。只能用字母、数字和 . _ - @，最多64位。")
                return ""
        if given:
            return ids.get(folded(given), given)
        if not account:
            self._fault(line, "编号", "编号和账号都是空的。请写工号或学号。")
            return ""
        return ids.get(folded(account)) or accounts.get(folded(account), account)

    def _row(self, line: Line, id: str) -> PersonRow:
        org = self._org(line)
        posts = self._posts(line, org)
        said = {
            "name": self._name(line),
            "account": cells.plain(line["账号"]),
            "org": org,
            "political": self._one_of(line, "政治面貌", POLITICAL),
            "posts": sorted([post.org, post.word] for post in posts),
            "gender": self._one_of(line, "性别", GENDERS),
            "ethnicity": self._free(line, "民族"),
            "birth": self._month(line, "出生年月"),
            "joined_party": self._month(line, "入党时间"),
            "education": self._free(line, "文化程度"),
            "post": self._free(line, "现任职务"),
            "categories": self._categories(line),
            "status": self._one_of(line, "状态", (*STAYING, *LEAVING)),
        }
        return PersonRow(line, id, said, posts, self._day(line))

    def _name(self, line: Line) -> str:
        name = cells.name(line["姓名"])
        if not name or len(name) > 30:
            self._fault(line, "姓名", "请写姓名，30个字以内。")
        return name

    def _org(self, line: Line) -> str:
        word = cells.plain(line["所在组织"])
        if word and word not in self.names:
            self._fault(line, "所在组织", f"没有“{line['所在组织']}”。请写“组织”表里的组织名称。")
        return self.names.get(word, "")

    def _one_of(self, line: Line, heading: str, legal: tuple[str, ...]) -> str:
        word = cells.plain(line[heading])
        if word and word not in legal:
            self._fault(line, heading, f"没有“{word}”这一项。请写：{listed(legal)}。")
            return ""
        return word

    def _free(self, line: Line, heading: str) -> str:
        word = cells.name(line[heading])
        if len(word) > _FREE[heading]:
            self._fault(line, heading, f"太长了。请写{_FREE[heading]}个字以内。")
        return word

    def _categories(self, line: Line) -> list[str]:
        found = list(cells.parts(line["类别"]))
        if any(len(word) > 20 for word in found) or len(found) > 10:
            self._fault(line, "类别", "太长了。每一项请写20个字以内，几项之间用、隔开。")
        return found

    def _month(self, line: Line, heading: str) -> str:
        found = cells.month(line[heading])
        if line[heading] and found is None:
            self._fault(line, heading, f"“{line[heading]}”不是年月。请写例：1980-01。")
        return found or ""

    def _day(self, line: Line) -> date:
        found = cells.day(line["生效日期"])
        if line["生效日期"] and found is None:
            self._fault(
                line, "生效日期", f"“{line['生效日期']}”不是日期。请写年月日，例：2026-03-01；空着就是今天。"
            )
        return found or self.today

    def _posts(self, line: Line, own: str) -> frozenset[Post]:
        found = [self._post(line, part, own) for part in cells.parts(line["党内职务"])]
        return merged([post for post in found if post is not None])

    def _post(self, line: Line, part: str, own: str) -> Post | None:
        where, _, word = part.rpartition(":")
        word = cells.plain(word)
        if not is_legal(word):
            self._fault(line, "党内职务", f"没有“{word}”这一职务。请写：{listed(LEGAL)}。")
            return None
        if where and cells.plain(where) not in self.names:
            self._fault(
                line, "党内职务", f"没有“{where}”这个组织。请写“组织名称:{word}”，组织名称照“组织”表写。"
            )
            return None
        org = self.names[cells.plain(where)] if where else seat(word, own, self.orgs)
        if not org:
            self._fault(line, "党内职务", f"不知道是哪个组织的{word}。请填所在组织，或写“组织名称:{word}”。")
            return None
        return Post(org, word)

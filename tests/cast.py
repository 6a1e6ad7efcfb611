"""The cast of the tests: a small school, made straight from entries."""

from __future__ import annotations

from datetime import date, datetime

from domain import enrolment
from domain.entries import Entry, Stamp
from domain.people import Link, Membership, Organisation, OrgKind, Person, Role, RoleKind
from storage import ledger, people
from storage.codec import ZONE
from storage.db import Database, Transaction

START = date(2026, 1, 1)
SCHOOL, ENGINEERING = "示例理工大学党委", "机械学院党总支"
FIRST, SECOND, STUDENTS = "教工第一党支部", "教工第二党支部", "研究生党支部"
OFFICES, THIRD = "机关党总支", "机关第三党支部"
OFFICE, DEPARTMENT = "领导小组办公室", "组织部"

ORGS = (
    Organisation(SCHOOL, SCHOOL, OrgKind.SCHOOL, None, "学校", "O001", START, START),
    Organisation(ENGINEERING, ENGINEERING, OrgKind.GENERAL_BRANCH, SCHOOL, "机械学院", "O002"),
    Organisation(FIRST, FIRST, OrgKind.BRANCH, ENGINEERING, "教工一支部", "O003"),
    Organisation(SECOND, SECOND, OrgKind.BRANCH, ENGINEERING, "教工二支部", "O004"),
    Organisation(STUDENTS, STUDENTS, OrgKind.BRANCH, ENGINEERING, "研究生支部", "O005"),
    Organisation(OFFICES, OFFICES, OrgKind.GENERAL_BRANCH, SCHOOL, "机关", "O006"),
    Organisation(THIRD, THIRD, OrgKind.BRANCH, OFFICES, "机关三支部", "O007"),
    Organisation(OFFICE, OFFICE, OrgKind.OFFICE, SCHOOL, "办公室", "O008"),
    Organisation(DEPARTMENT, DEPARTMENT, OrgKind.ORG_DEPARTMENT, SCHOOL, "", "O009"),
)

# 编号, name, account, organisation, post
PEOPLE = (
    ("2000001", "郑国栋", "zhengguodong", THIRD, "学校党委书记"),
    ("2001002", "马骏", "majun", THIRD, "副校长"),
    ("2003011", "王建国", "wangjianguo", FIRST, "教授"),
    ("2005007", "李芳", "lifang", FIRST, "副教授"),
    ("2010018", "张伟", "zhangwei", FIRST, "讲师"),
    ("2011045", "刘洋", "liuyang", FIRST, "辅导员"),
    ("2014023", "陈静", "chenjing", FIRST, "辅导员"),
    ("2013008", "高远", "gaoyuan", FIRST, "讲师"),
    ("2016011", "宋佳", "songjia", FIRST, "讲师"),
    ("2007033", "许峰", "xufeng", FIRST, "高级实验师"),
    ("2010052", "王明", "wangming", FIRST, "讲师"),
    ("2017019", "赵敏", "zhaomin", FIRST, "讲师"),
    ("2006015", "赵强", "zhaoqiang", SECOND, "副教授"),
    ("2012034", "张伟", "zhangwei2", SECOND, "实验师"),
    ("1975003", "周福生", "", SECOND, "退休教师"),
    ("2018006", "韩雪", "hanxue", SECOND, "讲师"),
    ("2012077", "方明", "fangming", SECOND, "讲师"),
    ("2015021", "林涛", "lintao", STUDENTS, "讲师"),
    ("S2024015", "孙丽", "sunli", STUDENTS, "研究生"),
    ("2004009", "何敏", "hemin", THIRD, "科长"),
    ("2008030", "吴婷", "wuting", THIRD, "科员"),
    ("2009012", "孟凡", "mengfan", THIRD, "工程师"),
)

ROLES = (
    Role("2000001", RoleKind.SECRETARY, SCHOOL, START, None, "书记"),
    Role("2001002", RoleKind.SCHOOL_LEADER, SCHOOL, START, None, "学校领导"),
    Role("2003011", RoleKind.SECRETARY, ENGINEERING, START, None, "书记"),
    Role("2005007", RoleKind.SECRETARY, FIRST, START, None, "书记"),
    Role("2006015", RoleKind.SECRETARY, SECOND, START, None, "书记"),
    Role("2015021", RoleKind.SECRETARY, STUDENTS, START, None, "书记"),
    Role("2004009", RoleKind.SECRETARY, THIRD, START, None, "书记"),
    Role("2008030", RoleKind.STAFF, OFFICE, START, None, "工作人员"),
    Role("2009012", RoleKind.ADMIN, SCHOOL, START, None, "管理员"),
)
LINKS = (Link("2001002", ENGINEERING, "联系点", START),)

# Names as dialogue files write them; the second 张伟 is 张伟二.
BY_NAME = {name: id for id, name, *_ in PEOPLE if id != "2012034"} | {"张伟二": "2012034"}
ACCOUNT = {id: account for id, _, account, *_ in PEOPLE}


def enrol(database: Database, channel: str = "wecom") -> None:
    """Put the whole school into an empty database; every unit has started and is open."""
    moment = datetime(2026, 1, 1, 8, tzinfo=ZONE)
    with database.transaction() as tx:
        ledger.append(tx, _entries(tx, channel), Stamp("system", moment, moment, {"channel": "sheet"}))


def _entries(tx: Transaction, channel: str) -> list[Entry]:
    entries = [enrolment.founded(org) for org in ORGS]
    entries += [enrolment.opened(org, START) for org in ORGS]
    known = {}
    for at, (id, name, account, org, post) in enumerate(PEOPLE, 150):
        tags = ("离退休", "年老体弱") if id == "1975003" else ()
        who = known[id] = Person(id, name, f"{at:04}", post, "中共党员", tags)
        people.save(tx, who)
        entries += [enrolment.enrolled(who), enrolment.joined(who, Membership(id, org, START), org)]
        if account:
            entries.append(enrolment.bound(who, channel, account, None))
    entries += [enrolment.given(known[role.person], role, role.org) for role in ROLES]
    return entries + [enrolment.linked(known[link.leader], link, link.org) for link in LINKS]

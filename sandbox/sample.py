"""The sample school, 示例理工大学, used when no world is given."""

from __future__ import annotations

from sandbox.world import App, Department, User, World

CORPID = "wwsim00000000000001"
AGENTID = 1000002

_DEPARTMENTS = (
    (1, "示例理工大学", 0),
    (2, "机械学院党总支", 1),
    (3, "教工第一党支部", 2),
    (4, "教工第二党支部", 2),
    (5, "研究生党支部", 2),
    (6, "机关党总支", 1),
    (7, "机关第三党支部", 6),
    (8, "领导小组办公室", 1),
)

_PEOPLE = (
    ("zhengguodong", "郑国栋", 1, "学校党委书记"),
    ("majun", "马骏", 7, "副校长"),
    ("wangjianguo", "王建国", 3, "党总支书记"),
    ("lifang", "李芳", 3, "党支部书记"),
    ("zhangwei", "张伟", 3, "讲师"),
    ("zhangwei2", "张伟", 4, "实验师"),
    ("liuyang", "刘洋", 3, "党员"),
    ("chenjing", "陈静", 3, "辅导员"),
    ("gaoyuan", "高远", 3, "党员"),
    ("songjia", "宋佳", 3, "党员"),
    ("xufeng", "许峰", 3, "党员"),
    ("wangming", "王明", 3, "党员"),
    ("zhaomin", "赵敏", 3, "党员"),
    ("zhaoqiang", "赵强", 4, "党支部书记"),
    ("hanxue", "韩雪", 4, "党员"),
    ("fangming", "方明", 4, "党员"),
    ("lintao", "林涛", 5, "党支部书记"),
    ("sunli", "孙丽", 5, "研究生"),
    ("hemin", "何敏", 7, "党支部书记"),
    ("wuting", "吴婷", 8, "工作人员"),
    ("mengfan", "孟凡", 8, "管理员"),
)

_FEATURED = [("zhangwei", "党员"), ("wangjianguo", "领导"), ("lifang", "书记"), ("mengfan", "管理员")]


def sample_world() -> World:
    """A fresh world of twenty-one people and one app, 写实, that sees everybody."""
    return World(
        corpid=CORPID,
        name="示例理工大学",
        departments={number: Department(number, name, above) for number, name, above in _DEPARTMENTS},
        users={
            account: User(account, name, [place], position=post) for account, name, place, post in _PEOPLE
        },
        apps={AGENTID: App(AGENTID, "写实", "SimSecret2026", description="公开承诺、领导点评、写实台账")},
        featured=list(_FEATURED),
    )

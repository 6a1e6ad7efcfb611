"""The sample school as rows of the roster sheet. Every name is made up."""

from __future__ import annotations

from collections.abc import Iterator

SCHOOL, UNIT, OFFICES = "示例理工大学党委", "机械学院党总支", "机关党总支"
FIRST, SECOND, STUDENTS, THIRD = "教工第一党支部", "教工第二党支部", "研究生党支部", "机关第三党支部"

UNITS = (
    {"组织名称": SCHOOL, "组织类型": "学校党委", "简称": "学校"},
    {
        "组织名称": UNIT,
        "组织类型": "党总支",
        "上级组织": SCHOOL,
        "简称": "机械学院",
        "入党积极分子数": "6",
        "联系领导": "2001002",
    },
    {"组织名称": FIRST, "组织类型": "党支部", "上级组织": UNIT, "简称": "教工一支部", "入党积极分子数": "2"},
    {"组织名称": SECOND, "组织类型": "党支部", "上级组织": UNIT, "简称": "教工二支部", "入党积极分子数": "1"},
    {
        "组织名称": STUDENTS,
        "组织类型": "党支部",
        "上级组织": UNIT,
        "简称": "研究生支部",
        "入党积极分子数": "3",
    },
    {"组织名称": OFFICES, "组织类型": "党总支", "上级组织": SCHOOL, "简称": "机关"},
    {"组织名称": THIRD, "组织类型": "党支部", "上级组织": OFFICES, "简称": "机关三支部"},
    {"组织名称": "领导小组办公室", "组织类型": "领导小组办公室", "上级组织": SCHOOL},
    {"组织名称": "组织部", "组织类型": "组织部", "上级组织": SCHOOL},
)

# 编号, name, account, branch, 现任职务, 党内职务, 类别
_CAST = (
    ("2000001", "郑国栋", "zhengguodong", THIRD, "学校党委书记", f"{SCHOOL}:书记", "担任领导职务"),
    ("2001002", "马骏", "majun", THIRD, "副校长", "学校领导", "担任领导职务"),
    ("2003011", "王建国", "wangjianguo", FIRST, "教授", f"{UNIT}:书记", "担任领导职务"),
    ("2005007", "李芳", "lifang", FIRST, "副教授", "书记", ""),
    ("2010018", "张伟", "zhangwei", FIRST, "讲师", "", ""),
    ("2011045", "刘洋", "liuyang", FIRST, "辅导员", "", ""),
    ("2014023", "陈静", "chenjing", FIRST, "辅导员", "组织委员", ""),
    ("2013008", "高远", "gaoyuan", FIRST, "讲师", "", ""),
    ("2016011", "宋佳", "songjia", FIRST, "讲师", "", ""),
    ("2007033", "许峰", "xufeng", FIRST, "高级实验师", "", ""),
    ("2010052", "王明", "wangming", FIRST, "讲师", "宣传委员", ""),
    ("2017019", "赵敏", "zhaomin", FIRST, "讲师", "", ""),
    ("2006015", "赵强", "zhaoqiang", SECOND, "副教授", "书记", ""),
    ("2012034", "张伟", "zhangwei2", SECOND, "实验师", "", ""),
    ("1975003", "周福生", "", SECOND, "退休教师", "", "离退休、年老体弱"),
    ("2018006", "韩雪", "hanxue", SECOND, "讲师", "", ""),
    ("2012077", "方明", "fangming", SECOND, "讲师", "组织委员", ""),
    ("2015021", "林涛", "lintao", STUDENTS, "讲师", "书记", ""),
    ("S2024015", "孙丽", "sunli", STUDENTS, "研究生", "", ""),
    ("2004009", "何敏", "hemin", THIRD, "科长", "书记", ""),
    ("2008030", "吴婷", "wuting", THIRD, "科员", "领导小组办公室:工作人员", ""),
    ("2009012", "孟凡", "mengfan", THIRD, "工程师", f"{SCHOOL}:管理员", ""),
)
NEWCOMER = "2026003"
_FILLERS = {
    FIRST: (
        "钱立新",
        "沈岩",
        "蒋丽华",
        "田野",
        "魏东",
        "潘晓燕",
        "丁志刚",
        "任静",
        "姚远航",
        "石磊",
        "崔艳",
        "谭勇",
        "吕欣",
    ),
    SECOND: (
        "邓超群",
        "曹阳",
        "彭慧",
        "范文博",
        "廖俊",
        "邹敏",
        "熊涛",
        "白雪梅",
        "孔令辉",
        "贺明",
        "龚玉兰",
        "段鹏",
        "侯斌",
    ),
    STUDENTS: ("黎昕", "顾一鸣", "汤洁"),
    THIRD: ("常青", "武军", "乔珊"),
}
_ACCOUNTS = {
    FIRST: "qianlixin shenyan jianglihua tianye weidong panxiaoyan dingzhigang renjing yaoyuanhang shilei cuiyan tanyong lvxin",
    SECOND: "dengchaoqun caoyang penghui fanwenbo liaojun zoumin xiongtao baixuemei konglinghui heming gongyulan duanpeng houbin",
    STUDENTS: "lixin guyiming tangjie",
    THIRD: "changqing wujun qiaoshan",
}
_POSTS = {
    FIRST: ("讲师", "副教授", "讲师", "实验师", "教授"),
    SECOND: ("讲师", "副教授", "实验师", "讲师"),
    STUDENTS: ("研究生",),
    THIRD: ("科员", "副科长"),
}
_KEYS = ("编号", "姓名", "账号", "所在组织", "现任职务", "党内职务", "类别")
ETHNICITIES = ("汉族", "汉族", "汉族", "满族", "回族")


def rows() -> list[dict[str, str]]:
    """Rows of 人员: the cast and enough others to fill the branches."""
    found = [dict(zip(_KEYS, row, strict=True)) for row in _CAST]
    for branch in _FILLERS:
        found += _others(branch)
    return [{**row, **_personal(n)} for n, row in enumerate(found)]


def _others(branch: str) -> Iterator[dict[str, str]]:
    accounts, posts = _ACCOUNTS[branch].split(), _POSTS[branch]
    for n, name in enumerate(_FILLERS[branch]):
        start = {STUDENTS: "S20250", FIRST: "20190", SECOND: "20200", THIRD: "20210"}[branch]
        is_new = name == "吕欣"
        row = {"编号": NEWCOMER if is_new else f"{start}{n + 11:02}", "姓名": name, "账号": accounts[n]}
        row |= {"所在组织": branch, "现任职务": posts[n % len(posts)]}
        yield row | ({"政治面貌": "预备党员"} if is_new else {})


def _personal(n: int) -> dict[str, str]:
    year = 1966 + n * 7 % 32
    return {
        "性别": "女" if n % 5 in (1, 3) else "男",
        "民族": ETHNICITIES[n % len(ETHNICITIES)],
        "出生年月": f"{year}-{n % 12 + 1:02}",
        "入党时间": f"{year + 22}-07",
        "文化程度": ("博士研究生", "硕士研究生", "大学本科")[n % 3],
    }

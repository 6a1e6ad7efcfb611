"""The matrix of who may author a 点评 (domain §2.2), as the table the notices' readers see; data, no rules."""

from __future__ import annotations

YES, DAILY, NO = "Y", "d", "-"

# What a cell may name besides these: a flag of the profile that opens it.
FLAGS = {"members": "review.l1_may_review_members", "admin": "review.admin_head_may_review"}

# Columns: what is reviewed. An L1 or school committee member is meant as 班子成员; as a member of a
# branch the same person stands in the columns behind `branch_committee`. A secretary reviewed as a member of
# the branch he leads stands in the column of secretaries.
_TABLE = """
                  l1_org  l1_secretary  l1_committee  branch  branch_secretary  branch_committee  member   leading_member  school_leader  school_committee
branch_secretary  -       -             -             -       -                 Y                 Y        Y               Y              -
direct_secretary  -       -             -             -       -                 Y                 Y        Y               Y              -
l1_secretary      -       -             Y             Y       Y                 members           members  members         -              -
admin_head        -       -             -             admin   admin             -                 -        -               -              -
party_secretary   Y       Y             d             d       d                 d                 d        d               -              Y
school_leader     Y       Y             d             d       d                 d                 d        d               -              -
external          Y       Y             Y             Y       Y                 Y                 Y        Y               -              -
"""


def _rows(table: str) -> dict[str, dict[str, str]]:
    head, *lines = (line.split() for line in table.strip().splitlines())
    return {row: dict(zip(head, cells, strict=True)) for row, *cells in lines}


# Rows are capacities, the most direct reviewer first. What an external leader says is registered by a 书记.
MATRIX = _rows(_TABLE)
DIRECTNESS = tuple(MATRIX)

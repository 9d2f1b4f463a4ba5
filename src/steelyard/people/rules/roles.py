"""What may each role do? One table, asked in one place.

A role is held in an organisation. What it allows is allowed towards objects of that organisation,
or of those below it where the table says so; see :mod:`steelyard.people.rules.reach`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from steelyard.kernel.bilingual import Text


class Role(StrEnum):
    ASSESSING_OFFICE = "assessing_office"
    SUPPLYING_BODY = "supplying_body"
    SCORING_BODY = "scoring_body"
    CITY_OFFICER = "city_officer"
    DEPARTMENT_OFFICER = "department_officer"
    EXPERT = "expert"
    CLERK = "clerk"
    EDITOR = "editor"
    MODERATOR = "moderator"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ROLES: Mapping[Role, Text] = {
    Role.ASSESSING_OFFICE: Text("考核办", "assessing office"),
    Role.SUPPLYING_BODY: Text("数据来源单位", "supplying body"),
    Role.SCORING_BODY: Text("评分单位", "scoring body"),
    Role.CITY_OFFICER: Text("市经办人", "city officer"),
    Role.DEPARTMENT_OFFICER: Text("部门经办人", "department officer"),
    Role.EXPERT: Text("评审专家", "expert"),
    Role.CLERK: Text("诉讼服务处书记员", "clerk"),
    Role.EDITOR: Text("网站编辑", "website editor"),
    Role.MODERATOR: Text("网站审核", "website moderator"),
    Role.AUDITOR: Text("审计员", "auditor"),
    Role.ADMINISTRATOR: Text("系统管理员", "administrator"),
}


class Action(StrEnum):
    DELIVER = "deliver"
    SIGN_DELIVERY = "sign_delivery"
    SEE_DELIVERY = "see_delivery"
    ACCEPT_DELIVERY = "accept_delivery"
    FREEZE = "freeze"
    SEE_TRAIL = "see_trail"
    MANAGE_PEOPLE = "manage_people"
    SEE_PEOPLE = "see_people"
    SEE_DEADLINE = "see_deadline"
    EXTEND_DEADLINE = "extend_deadline"
    EDIT_PROSE = "edit_prose"
    PUBLISH_PROSE = "publish_prose"


ACTIONS: Mapping[Action, Text] = {
    Action.DELIVER: Text("报送数据", "deliver a table"),
    Action.SIGN_DELIVERY: Text("签发报送", "sign a delivery"),
    Action.SEE_DELIVERY: Text("查看报送", "see a delivery"),
    Action.ACCEPT_DELIVERY: Text("接收或者退回报送", "accept or return a delivery"),
    Action.FREEZE: Text("冻结数据快照", "freeze a snapshot"),
    Action.SEE_TRAIL: Text("查看操作记录", "see the trail"),
    Action.MANAGE_PEOPLE: Text("管理机构和账号", "manage organisations and accounts"),
    Action.SEE_PEOPLE: Text("查看机构和账号", "see organisations and accounts"),
    Action.SEE_DEADLINE: Text("查看期限", "see a deadline"),
    Action.EXTEND_DEADLINE: Text("延长期限", "extend a deadline"),
    Action.EDIT_PROSE: Text("编写网站内容、答复留言", "write for the website, answer messages"),
    Action.PUBLISH_PROSE: Text("审核和发布网站内容", "review and publish what is on the website"),
}

MAY: Mapping[Role, frozenset[Action]] = {
    Role.ASSESSING_OFFICE: frozenset(
        {
            Action.SEE_DELIVERY,
            Action.ACCEPT_DELIVERY,
            Action.FREEZE,
            Action.SEE_PEOPLE,
            Action.SEE_DEADLINE,
            Action.EXTEND_DEADLINE,
        }
    ),
    Role.SUPPLYING_BODY: frozenset({Action.DELIVER, Action.SIGN_DELIVERY, Action.SEE_DELIVERY}),
    Role.SCORING_BODY: frozenset({Action.SEE_DELIVERY}),
    Role.CITY_OFFICER: frozenset(),
    Role.DEPARTMENT_OFFICER: frozenset(),
    Role.EXPERT: frozenset(),
    Role.CLERK: frozenset(),
    Role.EDITOR: frozenset({Action.EDIT_PROSE}),
    Role.MODERATOR: frozenset({Action.EDIT_PROSE, Action.PUBLISH_PROSE}),
    Role.AUDITOR: frozenset(
        {Action.SEE_DELIVERY, Action.SEE_TRAIL, Action.SEE_PEOPLE, Action.SEE_DEADLINE}
    ),
    Role.ADMINISTRATOR: frozenset({Action.MANAGE_PEOPLE, Action.SEE_PEOPLE, Action.SEE_TRAIL}),
}
"""What a role allows. What is not here is not allowed."""

BELOW: frozenset[Action] = frozenset(
    {
        Action.SEE_DELIVERY,
        Action.ACCEPT_DELIVERY,
        Action.FREEZE,
        Action.SEE_TRAIL,
        Action.MANAGE_PEOPLE,
        Action.SEE_PEOPLE,
        Action.SEE_DEADLINE,
        Action.EXTEND_DEADLINE,
    }
)
"""What is allowed towards the organisations below one's own as well."""

SECOND_FACTOR: frozenset[Role] = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
"""Roles that count only for accounts that sign in with a second factor, where that is required."""


def may(role: Role, action: Action) -> bool:
    return action in MAY[role]

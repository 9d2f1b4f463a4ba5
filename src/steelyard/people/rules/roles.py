"""What may each role do? One table, asked in one place.

A role is held in an organisation. What it allows is allowed towards objects of that organisation,
and of those below it if ``BELOW`` names the role; see :mod:`steelyard.people.rules.reach`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from steelyard.kernel.bilingual import Text


class Role(StrEnum):
    ASSESSING_OFFICE = "assessing_office"
    OFFICE_HEAD = "office_head"
    SUPPLYING_BODY = "supplying_body"
    SCORING_BODY = "scoring_body"
    CITY_OFFICER = "city_officer"
    CITY_HEAD = "city_head"
    DEPARTMENT_OFFICER = "department_officer"
    EXPERT = "expert"
    CLERK = "clerk"
    EDITOR = "editor"
    MODERATOR = "moderator"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ROLES: Mapping[Role, Text] = {
    Role.ASSESSING_OFFICE: Text("考核办", "assessing office"),
    Role.OFFICE_HEAD: Text("考核办负责人", "head of the assessing office"),
    Role.SUPPLYING_BODY: Text("数据来源单位", "supplying body"),
    Role.SCORING_BODY: Text("评分单位", "scoring body"),
    Role.CITY_OFFICER: Text("单位经办人", "unit officer"),
    Role.CITY_HEAD: Text("单位签发人", "unit signatory"),
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
    REQUEST_DELIVERY = "request_delivery"
    FREEZE = "freeze"
    SEE_TRAIL = "see_trail"
    MANAGE_PEOPLE = "manage_people"
    SEE_PEOPLE = "see_people"
    SEE_DEADLINE = "see_deadline"
    EXTEND_DEADLINE = "extend_deadline"
    SEE_MAILS = "see_mails"
    EDIT_PROSE = "edit_prose"
    PUBLISH_PROSE = "publish_prose"
    SEE_ASSESSMENT = "see_assessment"
    RUN_ASSESSMENT = "run_assessment"
    SEE_WEIGHING = "see_weighing"
    COMMENT_ON_SCHEME = "comment_on_scheme"
    SUPPLY_FIGURES = "supply_figures"
    ANSWER_OBJECTIONS = "answer_objections"
    FILL_ITEMS = "fill_items"
    DIVIDE_ITEMS = "divide_items"
    SIGN_SUBMISSION = "sign_submission"
    SEE_STANDING = "see_standing"
    SETTLE_DIFFERENCES = "settle_differences"
    SCORE_ITEMS = "score_items"
    DRAW_FILES = "draw_files"
    REVIEW_FILES = "review_files"
    PLAN_VISITS = "plan_visits"
    HANDLE_LEADS = "handle_leads"
    OPEN_INFORMANTS = "open_informants"
    RAISE_SUSPICION = "raise_suspicion"
    DECIDE_SUSPICION = "decide_suspicion"


ACTIONS: Mapping[Action, Text] = {
    Action.DELIVER: Text("报送数据", "deliver a table"),
    Action.SIGN_DELIVERY: Text("签发报送", "sign a delivery"),
    Action.SEE_DELIVERY: Text("查看报送", "see a delivery"),
    Action.ACCEPT_DELIVERY: Text("接收或者退回报送", "accept or return a delivery"),
    Action.REQUEST_DELIVERY: Text("要求报送", "ask for a delivery"),
    Action.FREEZE: Text("冻结数据快照", "freeze a snapshot"),
    Action.SEE_TRAIL: Text("查看操作记录", "see the trail"),
    Action.MANAGE_PEOPLE: Text("管理机构和账号", "manage organisations and accounts"),
    Action.SEE_PEOPLE: Text("查看机构和账号", "see organisations and accounts"),
    Action.SEE_DEADLINE: Text("查看期限", "see a deadline"),
    Action.EXTEND_DEADLINE: Text("延长期限", "extend a deadline"),
    Action.SEE_MAILS: Text("查看未送达的邮件", "see mails that did not arrive"),
    Action.EDIT_PROSE: Text("编写网站内容、答复留言", "write for the website, answer messages"),
    Action.PUBLISH_PROSE: Text("审核和发布网站内容", "review and publish what is on the website"),
    Action.SEE_ASSESSMENT: Text("查看考核", "see an assessment"),
    Action.RUN_ASSESSMENT: Text("组织考核", "run an assessment"),
    Action.SEE_WEIGHING: Text("查看计分结果", "see what the weighing gave, before it is published"),
    Action.COMMENT_ON_SCHEME: Text("对细则提出意见", "comment on a scheme"),
    Action.SUPPLY_FIGURES: Text("报送指标数据", "supply the figures of an indicator"),
    Action.ANSWER_OBJECTIONS: Text("答复数据异议", "answer an objection to a record"),
    Action.FILL_ITEMS: Text("填报考核项目", "fill in items"),
    Action.DIVIDE_ITEMS: Text("分解任务并提请审签", "divide the items and put the submission up"),
    Action.SIGN_SUBMISSION: Text("签发自评材料", "sign a submission"),
    Action.SEE_STANDING: Text("查看本单位模拟得分", "see the live standing of the city"),
    Action.SETTLE_DIFFERENCES: Text("核定差异", "settle differences"),
    Action.SCORE_ITEMS: Text("评分", "score items"),
    Action.DRAW_FILES: Text("抽取案卷", "draw case files"),
    Action.REVIEW_FILES: Text("评查案卷", "review case files"),
    Action.PLAN_VISITS: Text("安排实地检查", "plan and report visits"),
    Action.HANDLE_LEADS: Text("办理线索", "handle leads"),
    Action.OPEN_INFORMANTS: Text("查阅举报人信息", "open the seal of an informant"),
    Action.RAISE_SUSPICION: Text(
        "提出造假嫌疑并听取陈述", "raise a suspicion of forged material and hear it"
    ),
    Action.DECIDE_SUSPICION: Text("认定或者排除造假", "decide on a suspicion of forged material"),
}

MAY: Mapping[Role, frozenset[Action]] = {
    Role.ASSESSING_OFFICE: frozenset(
        {
            Action.SEE_DELIVERY,
            Action.ACCEPT_DELIVERY,
            Action.REQUEST_DELIVERY,
            Action.FREEZE,
            Action.SEE_PEOPLE,
            Action.SEE_DEADLINE,
            Action.EXTEND_DEADLINE,
            Action.SEE_ASSESSMENT,
            Action.RUN_ASSESSMENT,
            Action.SEE_WEIGHING,
            Action.SETTLE_DIFFERENCES,
            Action.DRAW_FILES,
            Action.PLAN_VISITS,
            Action.HANDLE_LEADS,
            Action.RAISE_SUSPICION,
        }
    ),
    Role.OFFICE_HEAD: frozenset(
        {
            Action.SEE_DELIVERY,
            Action.SEE_PEOPLE,
            Action.SEE_DEADLINE,
            Action.EXTEND_DEADLINE,
            Action.SEE_ASSESSMENT,
            Action.SEE_WEIGHING,
            Action.OPEN_INFORMANTS,
            Action.DECIDE_SUSPICION,
        }
    ),
    Role.SUPPLYING_BODY: frozenset(
        {
            Action.DELIVER,
            Action.SIGN_DELIVERY,
            Action.SEE_DELIVERY,
            Action.SEE_ASSESSMENT,
            Action.COMMENT_ON_SCHEME,
            Action.SUPPLY_FIGURES,
            Action.ANSWER_OBJECTIONS,
        }
    ),
    Role.SCORING_BODY: frozenset(
        {
            Action.SEE_DELIVERY,
            Action.SEE_ASSESSMENT,
            Action.COMMENT_ON_SCHEME,
            Action.SCORE_ITEMS,
            Action.RAISE_SUSPICION,
        }
    ),
    Role.CITY_OFFICER: frozenset(
        {
            Action.SEE_ASSESSMENT,
            Action.COMMENT_ON_SCHEME,
            Action.FILL_ITEMS,
            Action.DIVIDE_ITEMS,
            Action.SEE_STANDING,
        }
    ),
    Role.CITY_HEAD: frozenset({Action.SEE_ASSESSMENT, Action.SIGN_SUBMISSION, Action.SEE_STANDING}),
    Role.DEPARTMENT_OFFICER: frozenset({Action.SEE_ASSESSMENT, Action.FILL_ITEMS}),
    Role.EXPERT: frozenset({Action.SEE_ASSESSMENT, Action.REVIEW_FILES}),
    Role.CLERK: frozenset(),
    Role.EDITOR: frozenset({Action.EDIT_PROSE}),
    Role.MODERATOR: frozenset({Action.EDIT_PROSE, Action.PUBLISH_PROSE}),
    Role.AUDITOR: frozenset(
        {
            Action.SEE_DELIVERY,
            Action.SEE_TRAIL,
            Action.SEE_PEOPLE,
            Action.SEE_DEADLINE,
            Action.SEE_ASSESSMENT,
            Action.SEE_WEIGHING,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {Action.MANAGE_PEOPLE, Action.SEE_PEOPLE, Action.SEE_TRAIL, Action.SEE_MAILS}
    ),
}
"""What a role allows. What is not here is not allowed."""

BELOW: frozenset[Role] = frozenset(
    {Role.ASSESSING_OFFICE, Role.OFFICE_HEAD, Role.AUDITOR, Role.ADMINISTRATOR}
)
"""Roles that look after what stands below: all that they allow is allowed towards the organisations
below one's own as well. Every other role ends at the door of its organisation: a supplying body
does not see what the bodies below it deliver merely because it may see deliveries."""

SECOND_FACTOR: frozenset[Role] = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
"""Roles that count only for accounts that sign in with a second factor, where that is required."""


def may(role: Role, action: Action) -> bool:
    return action in MAY[role]


def may_below(role: Role, action: Action) -> bool:
    """Whether a role allows it towards the organisations below as well."""
    return may(role, action) and role in BELOW

"""The scheme: its versions, what is said of them, their approval."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.approvals import DECISIONS, SUBJECTS
from steelyard.assessment.rules.states import COMMENT, SCHEME
from steelyard.kernel.bilingual import Text
from steelyard.people.rules.roles import ROLES

TITLES: Mapping[str, Text] = {
    "draft_scheme": Text("起草细则", "drafted the scheme"),
    "edit_scheme": Text("修改细则草案", "changed the draft of the scheme"),
    "approve_scheme": Text("审签细则", "decided on the scheme"),
    "set_steps": Text("设置审签步骤", "set the steps of approval"),
    "comment_on_scheme": Text("提出意见", "commented on the scheme"),
    "have_no_comments": Text("答复无意见", "had no comments"),
    "take_back_no_comments": Text("撤回“无意见”的答复", "had comments after all"),
    "edit_comment": Text("修改意见", "changed a comment"),
    "withdraw_comment": Text("撤回意见", "withdrew a comment"),
    "answer_comment": Text("答复意见", "answered a comment"),
    "take_up_comment": Text("重新处理意见", "took a comment up again"),
    "account_for_comment": Text("说明意见落实情况", "said where a comment is carried out"),
    "propose_amendment": Text("提出修订", "proposed an amendment"),
    "check_amendment": Text("修订稿送审", "settled an amendment for approval"),
    "draft_again_amendment": Text("退回修订稿重拟", "took an amendment back to its draft"),
    "drop_amendment": Text("放弃修订", "dropped an amendment"),
    "issue_amendment": Text("印发修订", "issued an amendment"),
}

VALUES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    ("assessment_schemeversion", "state"): {one.value: text for one, text in SCHEME.states.items()},
    ("assessment_comment", "state"): {one.value: text for one, text in COMMENT.states.items()},
    ("assessment_approvalstep", "subject"): {one.value: text for one, text in SUBJECTS.items()},
    ("assessment_approvalstep", "role"): {one.value: text for one, text in ROLES.items()},
    ("assessment_approval", "decision"): {one.value: text for one, text in DECISIONS.items()},
}

COLUMNS: Mapping[str, Mapping[str, Text]] = {
    "assessment_schemeversion": {
        "assessment_id": Text("考核", "assessment"),
        "number": Text("版本", "version"),
        "state": Text("状态", "state"),
        "document": Text("细则内容", "document"),
        "content_hash": Text("内容的散列值", "hash of the content"),
        "unread": Text("未读懂的单元格", "cells not understood"),
        "readings": Text("待确认的读法", "readings to be confirmed"),
        "sent": Text("征求意见时的内容", "as it was out"),
        "rounds": Text("征求意见次数", "rounds of comments"),
        "held_round": Text("办满的征求意见轮次", "round of comments that was held"),
        "unheard_why": Text("不经征求意见的理由", "why without a round of comments"),
        "unheard_by_id": Text("决定不经征求意见的人", "settled without one by"),
        "unheard_at": Text("决定不经征求意见的时间", "settled without one at"),
        "source_name": Text("导入的文件", "imported file"),
        "based_on_id": Text("修订的版本", "amends"),
        "why": Text("修订理由", "why it is changed"),
        "made_by_id": Text("起草人", "made by"),
        "made_at": Text("起草时间", "made at"),
        "issued_by_id": Text("印发人", "issued by"),
        "issued_at": Text("印发时间", "issued at"),
    },
    "assessment_comment": {
        "scheme_id": Text("细则", "scheme"),
        "round": Text("征求意见轮次", "round"),
        "item": Text("项目编码", "code of the item"),
        "about_zh": Text("考核项", "item"),
        "about_en": Text("项目英文名称", "item in English"),
        "organisation_id": Text("单位", "organisation"),
        "text": Text("意见", "comment"),
        "said_by_id": Text("提出人", "said by"),
        "said_at": Text("提出时间", "said at"),
        "state": Text("状态", "state"),
        "answer": Text("理由", "reason"),
        "answered_by_id": Text("处理人", "answered by"),
        "answered_at": Text("处理时间", "answered at"),
        "of_hash": Text("提出时该项内容的散列值", "hash of what the item said"),
        "carried_out": Text("落实情况", "where it is carried out"),
        "carried_out_by_id": Text("落实情况填写人", "said where by"),
        "carried_out_at": Text("落实情况填写时间", "said where at"),
    },
    "assessment_approvalstep": {
        "assessment_id": Text("考核", "assessment"),
        "subject": Text("审签对象", "subject"),
        "order": Text("顺序", "order"),
        "role": Text("职责", "role"),
        "at_office": Text("在考核办", "in the office"),
        "title_zh": Text("名称", "name in Chinese"),
        "title_en": Text("英文名称", "name in English"),
        "dropped": Text("已取消", "dropped"),
    },
    "assessment_approval": {
        "step_id": Text("步骤", "step"),
        "subject_id": Text("审签对象编号", "number of the subject"),
        "content_hash": Text("内容的散列值", "hash of the content"),
        "decision": Text("决定", "decision"),
        "reason": Text("理由", "reason"),
        "by_id": Text("办理人", "by"),
        "at": Text("办理时间", "at"),
    },
}

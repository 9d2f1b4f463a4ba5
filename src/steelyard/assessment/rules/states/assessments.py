"""Where does a year of assessment stand? From a draft scheme to frozen records.

A panel, appeals, the decision and its publication will follow after *frozen*.
"""

from __future__ import annotations

from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import Moves


class Stage(StrEnum):
    DRAFTING = "drafting"
    COMMENTS = "comments"
    CHECKED = "checked"
    ISSUED = "issued"
    COLLECTING = "collecting"
    COMPARING = "comparing"
    SCORING = "scoring"
    FROZEN = "frozen"
    WITHDRAWN = "withdrawn"


class StageMove(StrEnum):
    SEND_OUT = "send_out"
    DRAFT_AGAIN = "draft_again"
    SETTLE = "settle"
    SETTLE_UNHEARD = "settle_unheard"
    CLOSE_COMMENTS = "close_comments"
    ISSUE = "issue"
    COLLECT = "collect"
    COMPARE = "compare"
    SCORE = "score"
    FREEZE = "freeze"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


ASSESSMENT = Moves(
    thing=Text("考核", "assessment"),
    begins=Stage.DRAFTING,
    begun_by="open",
    states={
        Stage.DRAFTING: Text("拟订细则", "drafting"),
        Stage.COMMENTS: Text("征求意见", "out for comments"),
        Stage.CHECKED: Text("待印发", "checked"),
        Stage.ISSUED: Text("细则已印发", "issued"),
        Stage.COLLECTING: Text("自评填报", "collecting"),
        Stage.COMPARING: Text("核对差异", "comparing"),
        Stage.SCORING: Text("评分", "scoring"),
        Stage.FROZEN: Text("数据已冻结", "frozen"),
        Stage.WITHDRAWN: Text("已撤销", "withdrawn"),
    },
    moves={
        StageMove.SEND_OUT: Text("送出征求意见", "send the draft out for comments"),
        StageMove.DRAFT_AGAIN: Text("退回重拟", "draft again"),
        StageMove.SETTLE: Text("修改完毕，定稿送审", "settle the draft for approval"),
        StageMove.SETTLE_UNHEARD: Text(
            "不经征求意见，定稿送审", "settle the draft without a round of comments"
        ),
        StageMove.CLOSE_COMMENTS: Text("结束征求意见", "close the comments"),
        StageMove.ISSUE: Text("印发细则", "issue the scheme"),
        StageMove.COLLECT: Text("开始填报和报送", "open the collection"),
        StageMove.COMPARE: Text("结束填报，核对差异", "close the collection"),
        StageMove.SCORE: Text("开始评分", "open the scoring"),
        StageMove.FREEZE: Text("冻结数据并计分", "freeze the records and weigh"),
        StageMove.REOPEN: Text("解除冻结，退回评分", "open the scoring again"),
        StageMove.WITHDRAW: Text("撤销考核", "withdraw the assessment"),
    },
    table={
        (Stage.DRAFTING, StageMove.SEND_OUT): Stage.COMMENTS,
        (Stage.DRAFTING, StageMove.SETTLE): Stage.CHECKED,
        (Stage.DRAFTING, StageMove.SETTLE_UNHEARD): Stage.CHECKED,
        (Stage.COMMENTS, StageMove.DRAFT_AGAIN): Stage.DRAFTING,
        (Stage.COMMENTS, StageMove.CLOSE_COMMENTS): Stage.CHECKED,
        (Stage.CHECKED, StageMove.DRAFT_AGAIN): Stage.DRAFTING,
        (Stage.CHECKED, StageMove.ISSUE): Stage.ISSUED,
        (Stage.ISSUED, StageMove.COLLECT): Stage.COLLECTING,
        (Stage.COLLECTING, StageMove.COMPARE): Stage.COMPARING,
        (Stage.COMPARING, StageMove.SCORE): Stage.SCORING,
        (Stage.SCORING, StageMove.FREEZE): Stage.FROZEN,
        (Stage.FROZEN, StageMove.REOPEN): Stage.SCORING,
        (Stage.DRAFTING, StageMove.WITHDRAW): Stage.WITHDRAWN,
        (Stage.ISSUED, StageMove.WITHDRAW): Stage.WITHDRAWN,
    },
)
"""What is frozen is opened again only where the weighing was refused: its result is never taken back.
A draft whose round of comments was held, and in which what was adopted is written now, is settled without
going out again. One that was called back before its day is not: it goes out again, or is settled unheard,
which is a decision with a reason that stands before whoever approves the scheme.
Withdrawn is a draft that nobody looks at, or a scheme under which nothing is collected yet; a draft that is
out is taken back first."""

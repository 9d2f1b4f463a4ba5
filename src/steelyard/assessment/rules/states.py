"""Where does each thing of an assessment stand, and what may happen to it? One table a thing.

The assessment itself goes from a draft scheme to frozen records; a panel, appeals, the decision and
its publication will follow after *frozen*. What else has a life of its own has its own table below:
a version of the scheme, a comment on it, a sheet of supplied figures, a city's submission, a
difference, an objection to a record, a score, a drawn case file, a visit, a lead, a suspicion, a
weighing. ``docs/reference/assessment_states.md`` is drawn from these tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

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
    },
)
"""What is frozen is opened again only where the weighing was refused: its result is never taken back.
Withdrawn is only what nobody has to look at yet: a draft that is out is taken back first."""


class SchemeState(StrEnum):
    DRAFT = "draft"
    OUT = "out"
    CHECKED = "checked"
    ISSUED = "issued"
    REPLACED = "replaced"
    DROPPED = "dropped"


class SchemeMove(StrEnum):
    EDIT = "edit"
    SEND_OUT = "send_out"
    DRAFT_AGAIN = "draft_again"
    CHECK = "check"
    ISSUE = "issue"
    REPLACE = "replace"
    DROP = "drop"


SCHEME = Moves(
    thing=Text("细则", "scheme"),
    begins=SchemeState.DRAFT,
    begun_by="draft",
    states={
        SchemeState.DRAFT: Text("草案", "draft"),
        SchemeState.OUT: Text("征求意见稿", "out for comments"),
        SchemeState.CHECKED: Text("送审稿", "checked"),
        SchemeState.ISSUED: Text("已印发", "issued"),
        SchemeState.REPLACED: Text("已被修订版替代", "replaced by an amendment"),
        SchemeState.DROPPED: Text("已放弃", "dropped"),
    },
    moves={
        SchemeMove.EDIT: Text("修改", "edit it"),
        SchemeMove.SEND_OUT: Text("送出征求意见", "send it out for comments"),
        SchemeMove.DRAFT_AGAIN: Text("退回重拟", "draft it again"),
        SchemeMove.CHECK: Text("定稿送审", "settle it for approval"),
        SchemeMove.ISSUE: Text("印发", "issue it"),
        SchemeMove.REPLACE: Text("以修订版替代", "replace it by an amendment"),
        SchemeMove.DROP: Text("放弃", "drop it"),
    },
    table={
        (SchemeState.DRAFT, SchemeMove.EDIT): SchemeState.DRAFT,
        (SchemeState.DRAFT, SchemeMove.SEND_OUT): SchemeState.OUT,
        (SchemeState.DRAFT, SchemeMove.CHECK): SchemeState.CHECKED,
        (SchemeState.DRAFT, SchemeMove.DROP): SchemeState.DROPPED,
        (SchemeState.OUT, SchemeMove.DRAFT_AGAIN): SchemeState.DRAFT,
        (SchemeState.OUT, SchemeMove.CHECK): SchemeState.CHECKED,
        (SchemeState.CHECKED, SchemeMove.DRAFT_AGAIN): SchemeState.DRAFT,
        (SchemeState.CHECKED, SchemeMove.ISSUE): SchemeState.ISSUED,
        (SchemeState.ISSUED, SchemeMove.REPLACE): SchemeState.REPLACED,
    },
)
"""A draft may be settled without going out for comments only as an amendment of an issued one."""


class CommentState(StrEnum):
    OPEN = "open"
    ADOPTED = "adopted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class CommentMove(StrEnum):
    EDIT = "edit"
    WITHDRAW = "withdraw"
    ADOPT = "adopt"
    REFUSE = "refuse"
    REVIEW = "review"


COMMENT = Moves(
    thing=Text("意见", "comment"),
    begins=CommentState.OPEN,
    begun_by="comment",
    states={
        CommentState.OPEN: Text("待处理", "open"),
        CommentState.ADOPTED: Text("已采纳", "adopted"),
        CommentState.REFUSED: Text("未采纳", "refused"),
        CommentState.WITHDRAWN: Text("已撤回", "withdrawn"),
    },
    moves={
        CommentMove.EDIT: Text("修改", "edit it"),
        CommentMove.WITHDRAW: Text("撤回", "withdraw it"),
        CommentMove.ADOPT: Text("采纳", "adopt it"),
        CommentMove.REFUSE: Text("不采纳", "refuse it"),
        CommentMove.REVIEW: Text("重新处理", "take it up again"),
    },
    table={
        (CommentState.OPEN, CommentMove.EDIT): CommentState.OPEN,
        (CommentState.OPEN, CommentMove.WITHDRAW): CommentState.WITHDRAWN,
        (CommentState.OPEN, CommentMove.ADOPT): CommentState.ADOPTED,
        (CommentState.OPEN, CommentMove.REFUSE): CommentState.REFUSED,
        (CommentState.ADOPTED, CommentMove.REVIEW): CommentState.OPEN,
        (CommentState.REFUSED, CommentMove.REVIEW): CommentState.OPEN,
    },
)


class SheetState(StrEnum):
    OPEN = "open"
    SIGNED = "signed"
    MENDING = "mending"


class SheetMove(StrEnum):
    FILL = "fill"
    SIGN = "sign"
    URGE = "urge"
    CORRECT = "correct"


SHEET = Moves(
    thing=Text("数据表", "sheet"),
    begins=SheetState.OPEN,
    begun_by="ask",
    states={
        SheetState.OPEN: Text("待报送", "open"),
        SheetState.SIGNED: Text("已签发", "signed"),
        SheetState.MENDING: Text("更正中", "being corrected"),
    },
    moves={
        SheetMove.FILL: Text("填写", "fill it in"),
        SheetMove.SIGN: Text("签发", "sign it"),
        SheetMove.URGE: Text("催办", "urge it"),
        SheetMove.CORRECT: Text("更正", "correct it"),
    },
    table={
        (SheetState.OPEN, SheetMove.FILL): SheetState.OPEN,
        (SheetState.OPEN, SheetMove.SIGN): SheetState.SIGNED,
        (SheetState.OPEN, SheetMove.URGE): SheetState.OPEN,
        (SheetState.SIGNED, SheetMove.CORRECT): SheetState.MENDING,
        (SheetState.MENDING, SheetMove.FILL): SheetState.MENDING,
        (SheetState.MENDING, SheetMove.SIGN): SheetState.SIGNED,
    },
)
"""While a sheet is being corrected its last signed version counts."""


class SubmissionState(StrEnum):
    FILLING = "filling"
    APPROVING = "approving"
    LOCKED = "locked"


class SubmissionMove(StrEnum):
    FILL = "fill"
    PUT_UP = "put_up"
    TAKE_BACK = "take_back"
    RETURN = "return"
    SIGN = "sign"


SUBMISSION = Moves(
    thing=Text("自评材料", "submission"),
    begins=SubmissionState.FILLING,
    begun_by="collect",
    states={
        SubmissionState.FILLING: Text("填报中", "being filled in"),
        SubmissionState.APPROVING: Text("市内审签中", "being approved"),
        SubmissionState.LOCKED: Text("已报送并锁定", "signed and locked"),
    },
    moves={
        SubmissionMove.FILL: Text("填报", "fill it in"),
        SubmissionMove.PUT_UP: Text("提请审签", "put it up for approval"),
        SubmissionMove.TAKE_BACK: Text("撤回修改", "take it back"),
        SubmissionMove.RETURN: Text("退回修改", "return it"),
        SubmissionMove.SIGN: Text("签发报送", "sign it"),
    },
    table={
        (SubmissionState.FILLING, SubmissionMove.FILL): SubmissionState.FILLING,
        (SubmissionState.FILLING, SubmissionMove.PUT_UP): SubmissionState.APPROVING,
        (SubmissionState.APPROVING, SubmissionMove.TAKE_BACK): SubmissionState.FILLING,
        (SubmissionState.APPROVING, SubmissionMove.RETURN): SubmissionState.FILLING,
        (SubmissionState.APPROVING, SubmissionMove.SIGN): SubmissionState.LOCKED,
    },
)


class DifferenceState(StrEnum):
    OPEN = "open"
    SETTLED = "settled"


class DifferenceMove(StrEnum):
    SETTLE = "settle"
    REOPEN = "reopen"


DIFFERENCE = Moves(
    thing=Text("差异", "difference"),
    begins=DifferenceState.OPEN,
    begun_by="compare",
    states={
        DifferenceState.OPEN: Text("待核定", "open"),
        DifferenceState.SETTLED: Text("已核定", "settled"),
    },
    moves={
        DifferenceMove.SETTLE: Text("核定", "settle it"),
        DifferenceMove.REOPEN: Text("重新核定", "open it again"),
    },
    table={
        (DifferenceState.OPEN, DifferenceMove.SETTLE): DifferenceState.SETTLED,
        (DifferenceState.SETTLED, DifferenceMove.REOPEN): DifferenceState.OPEN,
    },
)


class ObjectionState(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


class ObjectionMove(StrEnum):
    UPHOLD = "uphold"
    REJECT = "reject"


OBJECTION = Moves(
    thing=Text("数据异议", "objection"),
    begins=ObjectionState.OPEN,
    begun_by="object",
    states={
        ObjectionState.OPEN: Text("待答复", "open"),
        ObjectionState.UPHELD: Text("成立", "upheld"),
        ObjectionState.REJECTED: Text("不成立", "rejected"),
    },
    moves={
        ObjectionMove.UPHOLD: Text("认定成立", "uphold it"),
        ObjectionMove.REJECT: Text("认定不成立", "reject it"),
    },
    table={
        (ObjectionState.OPEN, ObjectionMove.UPHOLD): ObjectionState.UPHELD,
        (ObjectionState.OPEN, ObjectionMove.REJECT): ObjectionState.REJECTED,
    },
)


class ScoreState(StrEnum):
    OPEN = "open"
    SCORED = "scored"


class ScoreMove(StrEnum):
    SCORE = "score"
    REOPEN = "reopen"


SCORE = Moves(
    thing=Text("评分", "score"),
    begins=ScoreState.OPEN,
    begun_by="score",
    states={
        ScoreState.OPEN: Text("未评", "open"),
        ScoreState.SCORED: Text("已评", "scored"),
    },
    moves={
        ScoreMove.SCORE: Text("评分", "score it"),
        ScoreMove.REOPEN: Text("重评", "score it again"),
    },
    table={
        (ScoreState.OPEN, ScoreMove.SCORE): ScoreState.SCORED,
        (ScoreState.SCORED, ScoreMove.REOPEN): ScoreState.OPEN,
    },
)


class FileState(StrEnum):
    ASKED = "asked"
    RECEIVED = "received"
    MISSING = "missing"
    EXCUSED = "excused"
    REVIEWED = "reviewed"


class FileMove(StrEnum):
    RECEIVE = "receive"
    MISS = "miss"
    EXCUSE = "excuse"
    REVIEW = "review"


DRAWN_FILE = Moves(
    thing=Text("案卷", "case file"),
    begins=FileState.ASKED,
    begun_by="draw",
    states={
        FileState.ASKED: Text("待调卷", "asked for"),
        FileState.RECEIVED: Text("已到卷", "received"),
        FileState.MISSING: Text("缺卷", "missing"),
        FileState.EXCUSED: Text("已由备用案卷替换", "replaced by a reserve"),
        FileState.REVIEWED: Text("评查完毕", "reviewed"),
    },
    moves={
        FileMove.RECEIVE: Text("登记到卷", "receive it"),
        FileMove.MISS: Text("登记缺卷", "note it as missing"),
        FileMove.EXCUSE: Text("以备用案卷替换", "replace it by a reserve"),
        FileMove.REVIEW: Text("完成评查", "finish its review"),
    },
    table={
        (FileState.ASKED, FileMove.RECEIVE): FileState.RECEIVED,
        (FileState.ASKED, FileMove.MISS): FileState.MISSING,
        (FileState.ASKED, FileMove.EXCUSE): FileState.EXCUSED,
        (FileState.MISSING, FileMove.RECEIVE): FileState.RECEIVED,
        (FileState.RECEIVED, FileMove.REVIEW): FileState.REVIEWED,
    },
)


class VisitState(StrEnum):
    PLANNED = "planned"
    ANNOUNCED = "announced"
    DONE = "done"
    CANCELLED = "cancelled"


class VisitMove(StrEnum):
    ANNOUNCE = "announce"
    REPORT = "report"
    CANCEL = "cancel"


VISIT = Moves(
    thing=Text("实地检查", "visit"),
    begins=VisitState.PLANNED,
    begun_by="plan",
    states={
        VisitState.PLANNED: Text("已安排", "planned"),
        VisitState.ANNOUNCED: Text("已通知", "announced"),
        VisitState.DONE: Text("已完成", "done"),
        VisitState.CANCELLED: Text("已取消", "cancelled"),
    },
    moves={
        VisitMove.ANNOUNCE: Text("通知", "announce it"),
        VisitMove.REPORT: Text("提交检查情况", "report on it"),
        VisitMove.CANCEL: Text("取消", "cancel it"),
    },
    table={
        (VisitState.PLANNED, VisitMove.ANNOUNCE): VisitState.ANNOUNCED,
        (VisitState.PLANNED, VisitMove.REPORT): VisitState.DONE,
        (VisitState.PLANNED, VisitMove.CANCEL): VisitState.CANCELLED,
        (VisitState.ANNOUNCED, VisitMove.REPORT): VisitState.DONE,
        (VisitState.ANNOUNCED, VisitMove.CANCEL): VisitState.CANCELLED,
    },
)
"""An unannounced visit goes from *planned* to *done*."""


class LeadState(StrEnum):
    NEW = "new"
    CHECKING = "checking"
    CONFIRMED = "confirmed"
    UNFOUNDED = "unfounded"


class LeadMove(StrEnum):
    CHECK = "check"
    CONFIRM = "confirm"
    CLOSE = "close"


LEAD = Moves(
    thing=Text("线索", "lead"),
    begins=LeadState.NEW,
    begun_by="receive",
    states={
        LeadState.NEW: Text("待核查", "new"),
        LeadState.CHECKING: Text("核查中", "being checked"),
        LeadState.CONFIRMED: Text("属实", "confirmed"),
        LeadState.UNFOUNDED: Text("不属实", "unfounded"),
    },
    moves={
        LeadMove.CHECK: Text("核查", "check it"),
        LeadMove.CONFIRM: Text("认定属实", "confirm it"),
        LeadMove.CLOSE: Text("认定不属实", "close it as unfounded"),
    },
    table={
        (LeadState.NEW, LeadMove.CHECK): LeadState.CHECKING,
        (LeadState.NEW, LeadMove.CLOSE): LeadState.UNFOUNDED,
        (LeadState.CHECKING, LeadMove.CONFIRM): LeadState.CONFIRMED,
        (LeadState.CHECKING, LeadMove.CLOSE): LeadState.UNFOUNDED,
    },
)


class SuspicionState(StrEnum):
    SUSPECTED = "suspected"
    HEARD = "heard"
    CONFIRMED = "confirmed"
    CLEARED = "cleared"


class SuspicionMove(StrEnum):
    HEAR = "hear"
    CONFIRM = "confirm"
    CLEAR = "clear"


SUSPICION = Moves(
    thing=Text("材料造假情形", "suspicion"),
    begins=SuspicionState.SUSPECTED,
    begun_by="suspect",
    states={
        SuspicionState.SUSPECTED: Text("疑似造假", "suspected"),
        SuspicionState.HEARD: Text("已听取陈述", "heard"),
        SuspicionState.CONFIRMED: Text("认定造假", "confirmed"),
        SuspicionState.CLEARED: Text("已排除嫌疑", "cleared"),
    },
    moves={
        SuspicionMove.HEAR: Text("听取陈述", "hear the city"),
        SuspicionMove.CONFIRM: Text("认定", "confirm it"),
        SuspicionMove.CLEAR: Text("排除嫌疑", "clear it"),
    },
    table={
        (SuspicionState.SUSPECTED, SuspicionMove.HEAR): SuspicionState.HEARD,
        (SuspicionState.SUSPECTED, SuspicionMove.CLEAR): SuspicionState.CLEARED,
        (SuspicionState.HEARD, SuspicionMove.CONFIRM): SuspicionState.CONFIRMED,
        (SuspicionState.HEARD, SuspicionMove.CLEAR): SuspicionState.CLEARED,
    },
)
"""Nobody is condemned unheard: there is no way from *suspected* to *confirmed*."""


class WeighingState(StrEnum):
    ASKED = "asked"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"


class WeighingMove(StrEnum):
    RUN = "run"
    FINISH = "finish"
    REFUSE = "refuse"


WEIGHING = Moves(
    thing=Text("计分", "weighing"),
    begins=WeighingState.ASKED,
    begun_by="ask",
    states={
        WeighingState.ASKED: Text("等待计算", "asked for"),
        WeighingState.RUNNING: Text("计算中", "running"),
        WeighingState.DONE: Text("完成", "done"),
        WeighingState.REFUSED: Text("未能计分", "refused"),
    },
    moves={
        WeighingMove.RUN: Text("计算", "run it"),
        WeighingMove.FINISH: Text("完成", "finish it"),
        WeighingMove.REFUSE: Text("拒绝", "refuse it"),
    },
    table={
        (WeighingState.ASKED, WeighingMove.RUN): WeighingState.RUNNING,
        (WeighingState.RUNNING, WeighingMove.RUN): WeighingState.RUNNING,
        (WeighingState.RUNNING, WeighingMove.FINISH): WeighingState.DONE,
        (WeighingState.RUNNING, WeighingMove.REFUSE): WeighingState.REFUSED,
    },
)
"""A worker that died while it ran is run again."""

ALL: Mapping[str, Moves[Any, Any]] = {
    "assessment": ASSESSMENT,
    "scheme": SCHEME,
    "comment": COMMENT,
    "sheet": SHEET,
    "submission": SUBMISSION,
    "difference": DIFFERENCE,
    "objection": OBJECTION,
    "score": SCORE,
    "drawn_file": DRAWN_FILE,
    "visit": VISIT,
    "lead": LEAD,
    "suspicion": SUSPICION,
    "weighing": WEIGHING,
}

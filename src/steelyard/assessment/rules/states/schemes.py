"""Where does a version of the scheme stand: a draft, out, settled, issued, replaced?"""

from __future__ import annotations

from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import Moves


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

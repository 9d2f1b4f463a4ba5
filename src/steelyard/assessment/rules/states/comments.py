"""Where does a comment on a scheme that is out stand?"""

from __future__ import annotations

from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import Moves


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
    ACCOUNT = "account"


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
        CommentMove.ACCOUNT: Text("说明落实情况", "say where it is carried out"),
    },
    table={
        (CommentState.OPEN, CommentMove.EDIT): CommentState.OPEN,
        (CommentState.OPEN, CommentMove.WITHDRAW): CommentState.WITHDRAWN,
        (CommentState.OPEN, CommentMove.ADOPT): CommentState.ADOPTED,
        (CommentState.OPEN, CommentMove.REFUSE): CommentState.REFUSED,
        (CommentState.ADOPTED, CommentMove.REVIEW): CommentState.OPEN,
        (CommentState.REFUSED, CommentMove.REVIEW): CommentState.OPEN,
        (CommentState.ADOPTED, CommentMove.ACCOUNT): CommentState.ADOPTED,
    },
)

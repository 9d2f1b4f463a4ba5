"""A comment as it is listed."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.assessment.models import Comment
from steelyard.assessment.queries.schemes.comments import is_followed
from steelyard.assessment.rules.states import COMMENT, CommentState
from steelyard.look.language import say

KINDS = {"open": "warn", "adopted": "good", "refused": "bad", "withdrawn": "past"}


@dataclass(frozen=True, slots=True)
class Line:
    comment: Comment
    state: str
    kind: str
    is_left: bool = False
    """Adopted, and the draft does not show it: for the office, until the scheme is settled."""


def line_of(one: Comment, *, insider: bool) -> Line:
    is_left = (
        insider and one.scheme.state in ("draft", "out") and is_followed(one, one.scheme) is False
    )
    return Line(one, say(COMMENT.states[CommentState(one.state)]), KINDS[one.state], is_left)

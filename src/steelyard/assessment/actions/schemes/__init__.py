"""Draft the scheme, send it out, settle it, approve it, issue it."""

from steelyard.assessment.actions.schemes.versions import (
    approve,
    as_kept,
    draft,
    draft_again,
    drop,
    edit,
    issue,
    move_version,
    send_out,
    settle,
    settle_unheard,
    tick_off,
)

__all__ = [
    "approve",
    "as_kept",
    "draft",
    "draft_again",
    "drop",
    "edit",
    "issue",
    "move_version",
    "send_out",
    "settle",
    "settle_unheard",
    "tick_off",
]

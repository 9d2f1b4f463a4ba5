"""Sheets of supplied figures: asked for, filled in, signed, corrected, urged; a correction taken back."""

from steelyard.assessment.actions.supplied.drafts import bring, correct, fill, take_back
from steelyard.assessment.actions.supplied.opening import (
    close_sheets,
    open_sheets,
    start_clocks,
    stop_clock,
)
from steelyard.assessment.actions.supplied.signatures import (
    fill_and_sign,
    sign,
    sign_together,
)
from steelyard.assessment.actions.supplied.urging import urge, urge_sheets

__all__ = [
    "bring",
    "close_sheets",
    "correct",
    "fill",
    "fill_and_sign",
    "open_sheets",
    "sign",
    "sign_together",
    "start_clocks",
    "stop_clock",
    "take_back",
    "urge",
    "urge_sheets",
]

"""Raise a suspicion of forged or false material, hear the unit, confirm or clear it."""

from steelyard.assessment.actions.forgery.suspicions import (
    decide,
    hear,
    raise_suspicion,
    state_case,
)

__all__ = [
    "decide",
    "hear",
    "raise_suspicion",
    "state_case",
]

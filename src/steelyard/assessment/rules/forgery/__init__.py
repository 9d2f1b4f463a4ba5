"""Forged or false material: who is told what stands against a step, all at once."""

from steelyard.assessment.rules.forgery.limits import (
    ABOUT,
    DAYS_TO_ANSWER,
    DAYS_TO_DECIDE,
    DAYS_TO_HEAR,
    KEEPS_MATERIAL,
    WHEN,
    About,
    Raised,
    Step,
    SuspicionFacts,
    against,
    against_raising,
    against_stating,
    has_days_left,
    material_is_kept,
    own_unit,
)

__all__ = [
    "ABOUT",
    "DAYS_TO_ANSWER",
    "DAYS_TO_DECIDE",
    "DAYS_TO_HEAR",
    "KEEPS_MATERIAL",
    "WHEN",
    "About",
    "Raised",
    "Step",
    "SuspicionFacts",
    "against",
    "against_raising",
    "against_stating",
    "has_days_left",
    "material_is_kept",
    "own_unit",
]

"""Take a lead in, check it, conclude on it; open the seal of who told of it."""

from steelyard.assessment.actions.leads.handling import (
    TO_COME,
    check_lead,
    conclude_lead,
    held_lead,
    open_informant,
    receive_lead,
)

__all__ = [
    "TO_COME",
    "check_lead",
    "conclude_lead",
    "held_lead",
    "open_informant",
    "receive_lead",
]

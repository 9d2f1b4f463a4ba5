"""Which versions of a scheme exist for a person, whom may it name, and with what may one begin?"""

from steelyard.assessment.queries.schemes.versions import (
    against_the_division,
    bodies_to_match,
    known_bodies,
    own_bodies,
    possible_bodies,
    possible_units,
    units_below,
    versions_seen_by,
    with_a_scheme,
)

__all__ = [
    "against_the_division",
    "bodies_to_match",
    "known_bodies",
    "own_bodies",
    "possible_bodies",
    "possible_units",
    "units_below",
    "versions_seen_by",
    "with_a_scheme",
]

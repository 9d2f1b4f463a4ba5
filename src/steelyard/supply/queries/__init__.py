"""Reads: deliveries, requests and snapshots as the rules see them, and those that a person may see."""

from steelyard.supply.queries.deliveries import (
    answers,
    as_record,
    load_catalogue,
    load_earlier,
    load_places,
    load_state,
    name_on_cover,
    period,
    same_thing,
    seen_by,
)
from steelyard.supply.queries.requests import (
    is_late,
    load_counts,
    load_request_state,
    load_wishes,
    requests_seen_by,
    suppliers,
    with_standing,
)
from steelyard.supply.queries.snapshots import (
    load_accepted,
    load_listed,
    load_to_freeze,
    offices_that_freeze,
    registrars_above,
    snapshots_seen_by,
)

__all__ = [
    "answers",
    "as_record",
    "is_late",
    "load_accepted",
    "load_catalogue",
    "load_counts",
    "load_earlier",
    "load_listed",
    "load_places",
    "load_request_state",
    "load_state",
    "load_to_freeze",
    "load_wishes",
    "name_on_cover",
    "offices_that_freeze",
    "period",
    "registrars_above",
    "requests_seen_by",
    "same_thing",
    "seen_by",
    "snapshots_seen_by",
    "suppliers",
    "with_standing",
]

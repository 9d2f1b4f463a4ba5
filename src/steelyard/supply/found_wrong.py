"""Which rows of a delivery were found wrong? Areas announce a function each; whoever signs a correction is held to it.

This area knows none of the others: one that finds rows wrong says what stands against a correction.
"""

from __future__ import annotations

from collections.abc import Callable

from steelyard.kernel.refusals import Refusal
from steelyard.supply.models import Delivery

Ask = Callable[[Delivery], tuple[Refusal, ...]]
"""(a correction that is to be signed) → what stands against it."""

_asked: dict[str, Ask] = {}


def announce(area: str, ask: Ask) -> None:
    """Called once by an area, in its ``AppConfig.ready``; ``area`` is its code."""
    _asked[area] = ask


def against_signing(correction: Delivery) -> tuple[Refusal, ...]:
    return tuple(one for ask in _asked.values() for one in ask(correction))

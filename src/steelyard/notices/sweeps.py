"""What is swept up every ten minutes? Areas announce a function each, say for uploads that none holds."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

log = logging.getLogger(__name__)

Sweep = Callable[[datetime], object]
"""now → what was found, for the log. It may be run twice, or die half-way."""

_sweeps: dict[str, Sweep] = {}


def announce(area: str, sweep: Sweep) -> None:
    """Called once by an area, in its ``AppConfig.ready``."""
    _sweeps[area] = sweep


def sweep_all(now: datetime) -> None:
    """Every area's; one that fails is told in the log and keeps no other from its own."""
    for area, sweep in _sweeps.items():
        try:
            log.info("swept %s: %s", area, sweep(now))
        except Exception:
            log.exception("sweeping %s failed", area)

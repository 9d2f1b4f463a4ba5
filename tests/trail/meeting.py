"""Two people meet on a form: who comes second, on which page, with what, and what the other does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from steelyard.people.models import Account


@dataclass
class Meeting:
    """``shows``: what both pages say. ``post``: where the form goes, if not to its own page."""

    who: Account
    page: str
    other: Callable[[], object]
    mine: Mapping[str, Any] = field(default_factory=dict)
    post: str = ""
    shows: tuple[str, ...] = ()

"""A part of an assessment as a card on its page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A card: its title, where it leads, what is said of it in a line (how much is open)."""

    title: str
    url: str
    said: str = ""
    waits: bool = False

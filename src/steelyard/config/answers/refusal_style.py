"""The style of the pages that say no: it stands in them, so that they need nothing else to be seen."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from steelyard.papers.pictures import look

OWN = Path(__file__).parents[1] / "templates" / "refused.css"


@cache
def refusal_style() -> str:
    """Tokens and elements, as everywhere, then the little that only these pages have."""
    own = OWN.read_text(encoding="utf-8")
    return "\n".join([look.tokens(), look.elements(), own])

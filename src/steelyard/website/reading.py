"""Prose as pages show it: what of a package's page a template is told. Nothing here asks a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from steelyard.publication.prose import ProsePage, kind_of


def told(page: ProsePage, articles: Sequence[ProsePage], now: datetime) -> Mapping[str, object]:
    """For ``website/prose/page.html``: the page, its blocks with their kinds, the articles of a list."""
    return {
        "page": page,
        "blocks": [(kind_of(one), one) for one in page.blocks],
        "articles": articles,
        "now": now,
    }

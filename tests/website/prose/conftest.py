"""Tests of prose have a home of their own: a shelf, a key, a place for pictures; and both trees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from steelyard.publication.signing import make_key
from steelyard.website.prose.models import Home
from steelyard.website.prose.trees import set_up_trees


@pytest.fixture
def shelf_of_ours(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """An empty shelf, signed for by a key of our own."""
    settings.PUBLISHING_KEY = tmp_path / "publishing.key"
    settings.PUBLICATION_KEYS = (make_key(settings.PUBLISHING_KEY).public,)
    settings.PUBLICATIONS = tmp_path / "publications"
    settings.SEALING_KEY = tmp_path / "messages.key"
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.PUBLICATIONS


@pytest.fixture
def trees(db: None, shelf_of_ours: Path) -> dict[str, Home]:
    return set_up_trees()

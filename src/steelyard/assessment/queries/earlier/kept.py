"""What a kept result holds: the scheme by which it was weighed, and the values."""

from __future__ import annotations

import json
from functools import lru_cache

from steelyard.assessment.results import content_of
from steelyard.files.store import NotAsKept
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import scheme_from_document
from steelyard.weighing.values import Values


def read_kept(result_hash: str) -> tuple[Scheme, Values] | None:
    """Of a result.json; None if it is not there any more as it was kept."""
    try:
        return _read(result_hash)
    except (NotAsKept, OSError, ValueError, KeyError, TypeError):
        return None


@lru_cache(maxsize=8)
def _read(result_hash: str) -> tuple[Scheme, Values]:
    told = json.loads(content_of(result_hash))
    scheme = scheme_from_document(told["scheme"])
    return scheme, Values.from_document(scheme, told["values"])

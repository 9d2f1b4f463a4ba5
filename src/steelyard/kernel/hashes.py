"""Tagged hashes: the algorithm is part of the name, so that a format can outlive it."""

from __future__ import annotations

import hashlib
import json
from typing import Literal, get_args

Algorithm = Literal["sha256", "sm3"]
ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)


def tagged(content: bytes, algorithm: Algorithm = "sha256") -> str:
    """The hash of ``content``, with its algorithm in front.

    >>> tagged(b"")[:14]
    'sha256:e3b0c44'
    """
    return f"{algorithm}:{hashlib.new(algorithm, content).hexdigest()}"


def canonical(document: object) -> bytes:
    """The one writing of a JSON document: keys sorted, no spaces, UTF-8.

    >>> canonical({"b": 1, "a": "结案"}).decode()
    '{"a":"结案","b":1}'
    """
    text = json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode()

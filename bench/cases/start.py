"""How long does a person wait before the first line of ours has run?"""

from __future__ import annotations

from collections.abc import Iterator

from bench.measure import Case, python


def cases() -> Iterator[Case]:
    yield Case(
        name="import steelyard in a new process",
        ours=python("import steelyard"),
        peer=python("pass"),
        peer_name="python -c pass",
        limit_ratio=3,  # any heavy package makes it 5 or more
    )

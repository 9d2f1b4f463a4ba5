"""The named place for a virus scanner. There is none yet: nothing is found in anything.

A region that has one puts its call here (``clamd`` over its socket, say), before content gets its
final name. A scanner that does not answer is a reason to refuse, not to let through.
"""

from __future__ import annotations

from pathlib import Path

from steelyard.kernel.refusals import Refusal


def viruses_in(path: Path) -> tuple[Refusal, ...]:  # noqa: ARG001
    return ()

"""Deadlines that run on while the work lies with somebody else: who has it now?

A city's officer answers for the day on which a submission is due; once it is put up, it is the signatory
who has to act. The officer's first page says so, instead of asking for what is done. Areas announce
whom to ask, in their ``AppConfig.ready``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from steelyard.kernel.bilingual import Text
from steelyard.notices.models import Deadline

Lies = Callable[[frozenset[int]], Mapping[int, Text]]
"""Numbers of objects → what is said of those whose work lies with somebody else."""

_lies: dict[tuple[str, str], Lies] = {}


def announce(area: str, task: str, lies: Lies) -> None:
    """Called once for a kind of deadline."""
    _lies[area, task] = lies


def with_others(deadlines: Iterable[Deadline]) -> dict[int, Text]:
    """By the number of the deadline; each kind is asked once, and only where there is one."""
    kinds: defaultdict[tuple[str, str], list[Deadline]] = defaultdict(list)
    for one in deadlines:
        kinds[one.area, one.task].append(one)
    found: dict[int, Text] = {}
    for kind, those in kinds.items():
        if kind in _lies:
            said = _lies[kind](frozenset(one.object_id for one in those))
            found |= {one.pk: said[one.object_id] for one in those if one.object_id in said}
    return found

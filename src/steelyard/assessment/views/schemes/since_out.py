"""What was changed in a draft since it was out for comments: what was adopted, and what else."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.assessment.models import SchemeVersion
from steelyard.assessment.rules.amendments import KINDS, ItemChange, differences
from steelyard.assessment.rules.schemes.parts_compared import Differs, parts_compared
from steelyard.look.language import say
from steelyard.scheme.read import check_document


@dataclass(frozen=True, slots=True)
class SinceOut:
    """``changes``: each with its kind in words. ``is_sound``: else it cannot be compared yet."""

    changes: tuple[tuple[ItemChange, str], ...]
    beside: tuple[Differs, ...]
    is_sound: bool = True


def since_out(version: SchemeVersion) -> SinceOut | None:
    """None: it was never out, or says what it said then."""
    if version.sent is None or version.sent == version.document:
        return None
    before, after = (check_document(one).scheme for one in (version.sent, version.document))
    if before is None or after is None:
        return SinceOut((), (), is_sound=False)
    changes = tuple((one, say(KINDS[one.kind])) for one in differences(before, after))
    return SinceOut(changes, parts_compared(version.sent, version.document))

"""Does beside a row still stand what stood there when it was read?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from hashlib import sha256

from steelyard.assessment.rules.judging.refusals import at
from steelyard.assessment.rules.judging.values import RowFacts
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

UNSEEN = "beside_moved"


class Part(StrEnum):
    """What stands beside the form of a row, but for the value of its figures."""

    FILED = "filed"
    FIGURES = "figures"
    LACKING = "lacking"
    FILES = "files"
    FINDINGS = "findings"
    FORGED = "forged"


PARTS: Mapping[Part, Text] = {
    Part.FILED: Text("该单位的填报", "what the unit filed"),
    Part.FIGURES: Text("数据的来源", "where its figures come from"),
    Part.LACKING: Text("对缺少数据的决定", "what was decided about missing figures"),
    Part.FILES: Text("案卷评查结果", "what the case files gave"),
    Part.FINDINGS: Text("实地检查的情况", "what was found on visits"),
    Part.FORGED: Text("造假的认定", "whether it was found to be forged"),
}


def mark_beside(parts: Mapping[Part, object]) -> str:
    """A short mark of all of it, that also says which part is another.

    >>> one, other = mark_beside({Part.FILES: 85}), mark_beside({Part.FILES: 80})
    >>> [part.value for part in parts_moved(one, other)]
    ['files']
    """
    return ".".join(sha256(repr(parts.get(one)).encode()).hexdigest()[:12] for one in Part)


def parts_moved(seen: str, now: str) -> tuple[Part, ...]:
    """Of a mark that says nothing, all."""
    marks = seen.split(".")
    if len(marks) != len(Part):
        return tuple(Part)
    return tuple(
        part
        for part, before, after in zip(Part, marks, now.split("."), strict=True)
        if before != after
    )


def against_unseen(
    row: RowFacts, seen: str, now: str, but: Collection[Part] = ()
) -> tuple[Refusal, ...]:
    """Nobody scores a row past what they never saw beside it. ``seen``, ``now``: :func:`mark_beside`; ``but``:
    parts of which that is said otherwise."""
    return tuple(at(row, _unseen(one)) for one in parts_moved(seen, now) if one not in but)


def _unseen(part: Part) -> Refusal:
    title = PARTS[part]
    return refusal(
        UNSEEN,
        Text(f"{title.zh}在您查看之后有变动", f"{title.en} changed since you looked"),
        Text("请看过现在的情况再评分", "look at it as it is now, then score"),
    )

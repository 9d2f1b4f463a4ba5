"""Why a unit's case files lost points, in words: the reason of a score that takes what they give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from steelyard.assessment.rules.reviews.checklists import FileType
from steelyard.assessment.rules.reviews.marks import Found, Outcome


@dataclass(frozen=True, slots=True)
class Settled:
    """A settled file: what was found in it, and what that leads to."""

    of: FileType
    found: Found
    outcome: Outcome


def reason_of(files: Sequence[Settled]) -> str:
    """In both languages, each defect with how many times it was found in all of them; "" where none lost a
    point."""
    if not any(one.outcome.lost for one in files):
        return ""
    missing = sum(one.outcome.is_missing for one in files)
    zh, en = [f"案卷评查：共{len(files)}卷"], [f"Case files reviewed: {len(files)}"]
    if missing:
        zh.append(f"缺卷{missing}卷")
        en.append(f"missing: {missing}")
    for of, defect, times in _defects(files):
        title = of.title_of(defect)
        zh.append(f"{title.say('zh')}{times}处")
        en.append(f"{title.say('en')}: {times}")
    return f"{'，'.join(zh)}。\n{'; '.join(en)}."


def _defects(files: Sequence[Settled]) -> list[tuple[FileType, str, int]]:
    """In the order of the checklists."""
    types = {one.of.code: one.of for one in files}
    times: dict[tuple[str, str], int] = {}
    for one in files:
        for defect, n in one.found.items():
            key = one.of.code, defect
            times[key] = times.get(key, 0) + n
    return [
        (of, defect, times[of.code, defect])
        for of in types.values()
        for defect in of.codes
        if times.get((of.code, defect))
    ]

"""Which figures are counted by whoever runs the assessment, and by what name does a scheme ask for them?

A scheme that declares an input of such a code gets it without a sheet: nobody supplies or judges it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.kernel.bilingual import Text


@dataclass(frozen=True, slots=True)
class Given:
    """A figure that nobody supplies: its title, its unit, how it is counted, and a condition to copy."""

    title: Text
    unit: Text
    meaning: Text
    condition: str


FORGED_ITEMS = "forged_items"
"""How many items of a unit were found to rest on forged material. By it the scheme says what a forgery
costs besides the item itself: a veto that lowers the grade, say, or points taken away."""

GIVEN: Mapping[str, Given] = {
    FORGED_ITEMS: Given(
        Text("经认定造假的指标数", "Items found to rest on forged material"),
        Text("项", "items"),
        Text(
            "该单位有几项指标经考核办听取陈述后认定佐证材料造假；没有的为0。认定造假的指标本身，按细则“材料造假”的后果处理，"
            "没有写的不得分",
            "for how many items of the unit its material was found to be forged, after it was heard; 0 if for "
            "none. The item itself follows the scheme's outcome for the state `forged`: no points, unless it "
            "says otherwise",
        ),
        "known(forged_items) and forged_items > 0",
    )
}  # fmt: skip

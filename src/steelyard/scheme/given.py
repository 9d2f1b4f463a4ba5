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

DAYS_FILED_LATE = "days_filed_late"
"""By how many working days a unit signed its submission late. By it the scheme says what lateness costs:
逾期报送的，每逾期1个工作日扣0.5分."""

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
    ),
    DAYS_FILED_LATE: Given(
        Text("自评材料逾期报送的工作日数", "Working days by which the submission was late"),
        Text("个工作日", "working days"),
        Text(
            "该单位签发报送时超过截止日（含批准的延期）几个工作日；按时报送的为0，冻结时仍未报送的算到冻结当日",
            "by how many working days the unit signed its submission after the last day, extensions included; 0 in "
            "time; of a unit that has not filed, as many as had passed on the day of the freeze",
        ),
        "known(days_filed_late) and days_filed_late > 0",
    ),
}  # fmt: skip

UNITS = "units"
"""The supplying body that is nobody's organisation: the assessed units report the figure themselves 各单位自报.
It is asked in the collection of each, on no sheet; there is no supplied figure to compare it with."""

UNITS_TITLE = Text("各单位自报", "the units themselves")

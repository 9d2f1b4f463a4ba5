"""What keeps the collection from opening, from closing, and its figures from being scored."""

from __future__ import annotations

from datetime import timedelta

from steelyard.assessment.rules.figures.missing import undecided
from steelyard.assessment.rules.stages.facts import Asked, AssessmentState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

LONGEST_AFTER = timedelta(days=366)
"""A cut-off of records lies no later after the period."""


def the_cut_off_is_near_the_period(found: AssessmentState, asked: Asked) -> Refusal | None:
    """Of the period all counts, so it is not before its end. Records are frozen on the cut-off day or later:
    one that never comes would never be weighed."""
    if asked.cut_off is None or found.ends is None:
        return None
    first, last = found.ends - timedelta(1), found.ends + LONGEST_AFTER
    if first <= asked.cut_off <= last:
        return None
    return refusal(
        "cut_off_out_of_period",
        Text(f"数据截止日 {asked.cut_off} 与考核时期不符",
             f"the cut-off of records {asked.cut_off} does not belong to the period"),
        Text(f"应在 {first} 至 {last} 之间（从时期的最后一天，到时期结束后一年）",
             f"take a day from {first}, the last of the period, to {last}, a year after it"),
        "cut_off",
    )  # fmt: skip


def everything_is_in_or_the_time_is_over(found: AssessmentState, asked: Asked) -> Refusal | None:
    waits = found.unlocked + found.unsigned_sheets
    if not waits or (found.closes_on is not None and asked.on > found.closes_on):
        return None
    return refusal(
        "still_collecting",
        Text(
            f"还有{found.unlocked}个单位未报送、{found.unsigned_sheets}张数据表未签发，期限未到",
            f"{found.unlocked} submissions and {found.unsigned_sheets} sheets of figures are not signed yet,"
            " and the deadline has not passed",
        ),
        Text("请等到期限届满，或者催办", "wait until it has, or urge them"),
    )


def every_difference_is_settled(found: AssessmentState, _: Asked) -> Refusal | None:
    if not found.open_differences:
        return None
    return refusal(
        "open_differences",
        Text(
            f"还有{found.open_differences}项差异未核定",
            f"open differences: {found.open_differences}",
        ),
        Text("请逐项核定并写明理由", "settle each one, with a reason"),
    )


def every_sheet_says_what_the_scheme_asks(found: AssessmentState, _: Asked) -> Refusal | None:
    """No figure is compared or scored as another one than it was signed as."""
    if not found.to_correct:
        return None
    count = len(found.to_correct)
    zh, en = (
        "；".join(one.zh for one in found.to_correct),
        "; ".join(one.en for one in found.to_correct),
    )
    return refusal(
        "sheets_to_correct",
        Text(f"细则修订后，{count}张已签发的数据表待更正：{zh}",
             f"signed sheets to be corrected after an amendment ({count}): {en}"),
        Text("请催办数据来源单位更正后签发；确实没有数据的，在“缺少的数据”页逐项决定",
             "have the body correct and sign them; where there is no figure, decide so on the page “Missing figures”"),
    )  # fmt: skip


def every_missing_figure_is_decided(found: AssessmentState, _: Asked) -> Refusal | None:
    """No weighing meets a figure that is missing without anybody having decided about it."""
    return undecided(found.missing)

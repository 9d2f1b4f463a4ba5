"""What keeps the records from being frozen and weighed."""

from __future__ import annotations

from steelyard.assessment.rules.figures.bases import against_no_base
from steelyard.assessment.rules.schemes.places import against_places
from steelyard.assessment.rules.stages.facts import Asked, AssessmentState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal


def every_rule_has_a_base(found: AssessmentState, _: Asked) -> Refusal | None:
    return against_no_base(found.without_base)


def every_item_is_scored(found: AssessmentState, _: Asked) -> Refusal | None:
    if not found.unscored:
        return None
    return refusal(
        "unscored_items",
        Text(f"还有{found.unscored}项未评分", f"items without a score: {found.unscored}"),
        Text("请催评分单位完成", "ask the scoring bodies to finish"),
    )


def every_file_is_reviewed(found: AssessmentState, _: Asked) -> Refusal | None:
    if not found.unreviewed_files:
        return None
    return refusal(
        "unreviewed_files",
        Text(f"还有{found.unreviewed_files}份案卷未评查完", f"case files still to review: {found.unreviewed_files}"),
        Text("请完成评查，或者登记缺卷", "finish their review, or note them as missing"),
    )  # fmt: skip


def no_suspicion_is_open(found: AssessmentState, _: Asked) -> Refusal | None:
    if not found.open_suspicions:
        return None
    return refusal(
        "open_suspicions",
        Text(
            f"还有{found.open_suspicions}件造假嫌疑未作出决定",
            f"suspicions without a decision: {found.open_suspicions}",
        ),
        Text("请听取陈述后认定或者排除", "hear the unit, then confirm or clear each one"),
    )  # fmt: skip


def no_record_is_contested(found: AssessmentState, _: Asked) -> Refusal | None:
    if not found.contested:
        return None
    return refusal(
        "contested_records",
        Text(f"还有{found.contested}条记录的异议待答复，期限未到",
             f"objections to records that wait for their answer, in time: {found.contested}"),
        Text("请等候或者催请数据来源单位答复", "wait for it, or ask their sources"),
    )  # fmt: skip


def every_wrong_record_is_corrected(found: AssessmentState, _: Asked) -> Refusal | None:
    if not found.uncorrected:
        return None
    return refusal(
        "uncorrected_records",
        Text(f"有{found.uncorrected}条记录已认定有误，更正还没有报送或者接收",
             f"records that were found wrong, their correction not signed or not accepted yet: {found.uncorrected}"),
        Text("请催报并接收更正；决定不再更正的，撤回更正要求并写明理由",
             "urge it and accept it; if it is to stay as it is, withdraw the request, with a reason"),
    )  # fmt: skip


def the_cut_off_has_come(found: AssessmentState, asked: Asked) -> Refusal | None:
    if found.cut_off is None or asked.on >= found.cut_off:
        return None
    return refusal(
        "before_the_cut_off",
        Text(f"数据截止日{found.cut_off}还没有到", f"records count up to {found.cut_off}: that day is yet to come"),
        Text("请到当日或者之后再冻结", "freeze them on that day, or later"),
    )  # fmt: skip


def the_places_are_there(found: AssessmentState, _: Asked) -> Refusal | None:
    return against_places(lacks=found.lacks_places, units=found.without_place)

"""May the assessment go on to its next stage? What stands against it, all at once.

Open work blocks the next step: comments without an answer, differences without a decision, items
without a score. What the step then brings with it is done by the actions of each part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from steelyard.assessment.rules.bases import against_no_base
from steelyard.assessment.rules.carrying_out import Left, against_left
from steelyard.assessment.rules.missing import undecided
from steelyard.assessment.rules.places import against_places
from steelyard.assessment.rules.states import ASSESSMENT, Stage, StageMove, WeighingState
from steelyard.assessment.rules.units import against_strangers
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentState:
    """An assessment as the limits see it.

    ``faults``: errors that the check finds in the version under way; ``undivided``: what keeps its work
    from being divided. ``is_approved``: by all steps, as it now stands. ``unlocked``: units whose
    submission is not signed; ``strangers``: units of the version under way that do not stand below the
    office, or below the unit within which it assesses; ``starts``, ``ends``: the period, and the day after
    it; ``rounds``: how often the version under way was out for comments;
    ``not_carried_out``: adopted comments that it does not show;
    ``comments_due``: the last day for whoever was asked for comments and has not spoken yet;
    ``closes_on``: the last day on which one may be; ``cut_off``: the day up to which records count;
    ``contested``: objections to records that wait for their answer; ``uncorrected``: those that were upheld
    without the record being corrected since; ``planned_visits``: those that are to come;
    ``lacks_places``: nobody has delivered the table that says which places there are; ``without_place``:
    units that are not in it;
    ``to_correct``: the signed sheets that an amendment has made untrue, each with its body;
    ``missing``: the figures that are missing and of which nobody decided, each with its unit and items;
    ``without_base``: where a rule has nothing to divide by, each unit and item, once all is scored;
    ``last_weighing``: how the latest one ended.
    """

    stage: Stage
    version: int = 1
    has_draft: bool = False
    faults: int = 0
    undivided: tuple[Refusal, ...] = ()
    strangers: tuple[str, ...] = ()
    rounds: int = 0
    open_comments: int = 0
    not_carried_out: tuple[Left, ...] = ()
    comments_due: date | None = None
    is_approved: bool = False
    unlocked: int = 0
    unsigned_sheets: int = 0
    closes_on: date | None = None
    starts: date | None = None
    ends: date | None = None
    open_differences: int = 0
    to_correct: tuple[Text, ...] = ()
    missing: tuple[Text, ...] = ()
    without_base: tuple[Text, ...] = ()
    unscored: int = 0
    unreviewed_files: int = 0
    open_suspicions: int = 0
    contested: int = 0
    uncorrected: int = 0
    cut_off: date | None = None
    planned_visits: int = 0
    lacks_places: bool = False
    without_place: tuple[str, ...] = ()
    last_weighing: WeighingState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asks for. ``seen``: the version on their page, None where none was shown.

    ``reason``: None while nobody has been asked for it yet, as on the page that shows what stands against.
    """

    move: StageMove
    on: date
    seen: int | None = None
    cut_off: date | None = None
    reason: str | None = None


Limit = Callable[[AssessmentState, Asked], Refusal | None]


def nothing_changed_meanwhile(found: AssessmentState, asked: Asked) -> Refusal | None:
    if asked.seen is None or asked.seen == found.version:
        return None
    return refusal(
        "changed_meanwhile",
        Text("您看过之后，它已被改动", "it was changed since you looked"),
        Text("请看过现在的内容再操作", "look at it as it is now, then decide"),
    )


def there_is_a_draft(found: AssessmentState, _: Asked) -> Refusal | None:
    if found.has_draft:
        return None
    return refusal(
        "no_draft",
        Text("还没有细则草案", "there is no draft of the scheme yet"),
        Text("请导入或者编写细则", "import the office's table, or write one"),
    )


def the_draft_is_sound(found: AssessmentState, _: Asked) -> Refusal | None:
    if not found.faults:
        return None
    return refusal(
        "unsound_scheme",
        Text(f"细则草案有{found.faults}处错误", f"the draft has faults: {found.faults}"),
        Text("请先改正", "mend them first"),
    )


def every_unit_stands_below(found: AssessmentState, _: Asked) -> Refusal | None:
    return next(iter(against_strangers(found.strangers)), None)


def it_was_out_for_comments(found: AssessmentState, _: Asked) -> Refusal | None:
    if found.rounds:
        return None
    return refusal(
        "never_out",
        Text("细则草案还没有征求过意见", "the draft was never out for comments"),
        Text("请先送出征求意见", "send it out first"),
    )


def everybody_has_spoken_or_the_time_is_over(
    found: AssessmentState, asked: Asked
) -> Refusal | None:
    due = found.comments_due
    if due is None or asked.on > due:
        return None
    return refusal(
        "comments_still_come",
        Text(f"征求意见到{due}为止，还有单位没有答复",
             f"comments are awaited until {due}: not everybody has spoken"),
        Text("请等到期限届满，或者等各单位都答复", "wait until then, or until all have"),
    )  # fmt: skip


def every_comment_is_answered(found: AssessmentState, _: Asked) -> Refusal | None:
    if not found.open_comments:
        return None
    return refusal(
        "open_comments",
        Text(
            f"还有{found.open_comments}条意见未处理",
            f"comments without an answer: {found.open_comments}",
        ),
        Text("请逐条采纳或者说明不采纳的理由", "adopt each one, or say why not"),
    )


def every_adopted_comment_is_carried_out(found: AssessmentState, _: Asked) -> Refusal | None:
    return against_left(found.not_carried_out)


def every_step_has_approved(found: AssessmentState, _: Asked) -> Refusal | None:
    if found.is_approved:
        return None
    return refusal(
        "not_approved",
        Text("细则还没有走完审签", "the scheme is not approved by every step"),
        Text("请各审签人办理；改动过的须重新审签", "the steps have to approve it as it now stands"),
    )


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


def no_visit_is_planned(found: AssessmentState, _: Asked) -> Refusal | None:
    if not found.planned_visits:
        return None
    return refusal(
        "planned_visits",
        Text(f"还有{found.planned_visits}次实地检查没有进行", f"visits that are planned: {found.planned_visits}"),
        Text("请先逐一取消", "cancel them first, one by one"),
    )  # fmt: skip


def its_weighing_was_refused(found: AssessmentState, _: Asked) -> Refusal | None:
    if found.last_weighing is WeighingState.REFUSED:
        return None
    return refusal(
        "not_refused",
        Text("冻结的数据没有被拒绝计分", "the weighing of what is frozen was not refused"),
        Text("只有未能计分时才能解除冻结", "only where it was, the scoring is opened again"),
    )


def a_reason_is_given(_: AssessmentState, asked: Asked) -> Refusal | None:
    if asked.reason is None or asked.reason.strip():
        return None
    return Refusal("no_reason", Text("请写明理由", "say why"), "reason")


LIMITS: Mapping[StageMove, tuple[Limit, ...]] = {
    StageMove.SEND_OUT: (
        nothing_changed_meanwhile, there_is_a_draft, the_draft_is_sound, every_unit_stands_below,
    ),
    StageMove.DRAFT_AGAIN: (nothing_changed_meanwhile,),
    StageMove.SETTLE: (
        nothing_changed_meanwhile, there_is_a_draft, it_was_out_for_comments, the_draft_is_sound,
        every_unit_stands_below, every_comment_is_answered, every_adopted_comment_is_carried_out,
    ),
    StageMove.CLOSE_COMMENTS: (
        nothing_changed_meanwhile, the_draft_is_sound, every_unit_stands_below,
        everybody_has_spoken_or_the_time_is_over, every_comment_is_answered,
        every_adopted_comment_is_carried_out,
    ),
    StageMove.ISSUE: (
        nothing_changed_meanwhile, the_draft_is_sound, every_unit_stands_below,
        every_step_has_approved,
    ),
    StageMove.COLLECT: (nothing_changed_meanwhile, the_cut_off_is_near_the_period),
    StageMove.COMPARE: (
        nothing_changed_meanwhile, every_sheet_says_what_the_scheme_asks, everything_is_in_or_the_time_is_over,
    ),
    StageMove.SCORE: (
        nothing_changed_meanwhile, every_sheet_says_what_the_scheme_asks, every_difference_is_settled,
        every_missing_figure_is_decided,
    ),
    StageMove.FREEZE: (
        nothing_changed_meanwhile, every_sheet_says_what_the_scheme_asks, every_difference_is_settled,
        every_missing_figure_is_decided, every_item_is_scored, every_rule_has_a_base, every_file_is_reviewed,
        no_suspicion_is_open, no_record_is_contested, every_wrong_record_is_corrected, the_cut_off_has_come,
        the_places_are_there,
    ),
    StageMove.REOPEN: (nothing_changed_meanwhile, its_weighing_was_refused, a_reason_is_given),
    StageMove.WITHDRAW: (nothing_changed_meanwhile, no_visit_is_planned, a_reason_is_given),
}  # fmt: skip
DIVIDES = frozenset(
    {StageMove.SEND_OUT, StageMove.SETTLE, StageMove.CLOSE_COMMENTS, StageMove.ISSUE}
)
"""Moves that need the work divided: a supplying body and a scoring body for every indicator. Before it goes
out, too: those who comment are to see who does what, and what is out is not mended."""


def against(found: AssessmentState, asked: Asked) -> tuple[Refusal, ...]:
    """Everything that stands against a move; one that does not exist is refused for that alone."""
    missing = ASSESSMENT.against(found.stage, asked.move)
    if missing:
        return missing
    asks = (limit(found, asked) for limit in LIMITS[asked.move])
    refusals = tuple(one for one in asks if one is not None)
    return refusals + (found.undivided if asked.move in DIVIDES else ())

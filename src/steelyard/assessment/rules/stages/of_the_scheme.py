"""What keeps a scheme from going out, from being settled, from being issued."""

from __future__ import annotations

from steelyard.assessment.rules.schemes.carrying_out import against_left
from steelyard.assessment.rules.schemes.rounds import was_held
from steelyard.assessment.rules.schemes.units import against_strangers
from steelyard.assessment.rules.stages.facts import Asked, AssessmentState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal


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
    if found.held_round:
        return None
    if found.rounds:
        return refusal(
            "round_not_held",
            Text("征求意见在期限届满、各单位都答复之前就退回了，不算征求过意见",
                 "the draft was called back before its day and before all had answered: that is no round of comments"),
            Text("请再送出征求意见；确实不再征求的，选“不经征求意见，定稿送审”并写明理由",
                 "send it out again, or settle it without a round of comments, with a reason"),
        )  # fmt: skip
    return refusal(
        "never_out",
        Text("细则草案还没有征求过意见", "the draft was never out for comments"),
        Text("请先送出征求意见", "send it out first"),
    )


def no_round_was_held(found: AssessmentState, _: Asked) -> Refusal | None:
    if not found.held_round:
        return None
    return refusal(
        "round_was_held",
        Text("细则草案已经征求过意见", "a round of comments was held"),
        Text("请直接定稿送审", "settle it as such"),
    )


def everybody_has_spoken_or_the_time_is_over(
    found: AssessmentState, asked: Asked
) -> Refusal | None:
    due = found.comments_due
    if was_held(due, asked.on):
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


def every_step_can_be_taken(found: AssessmentState, _: Asked) -> Refusal | None:
    if not found.vacant_steps:
        return None
    zh = "、".join(one.say("zh") for one in found.vacant_steps)
    en = ", ".join(one.say("en") for one in found.vacant_steps)
    return refusal(
        "vacant_steps",
        Text(f"审签步骤无人可办：{zh}", f"nobody can take a step of the approval: {en}"),
        Text("请管理员指派人员或者安排代理", "an administrator appoints someone, or a stand-in"),
    )

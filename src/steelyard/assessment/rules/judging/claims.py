"""What does the answer to a claim do to the points, and does the rest of the row say the same?

An answer that takes the rule's place does so by the status *not applicable*: a bonus that is refused, an item
that does not apply, an item from which the unit is excused. The others leave the points as they follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from steelyard.assessment.rules.collection.claims import Claim
from steelyard.assessment.rules.judging.refusals import named
from steelyard.assessment.rules.judging.values import (
    CLAIM_ANSWERS,
    ClaimAnswer,
    Judgement,
    Judging,
    RowFacts,
    Status,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

CLAIM_REFUSED = "claim_refused"
"""Why a bonus gives nothing: what the unit claims of it was refused."""

_SCORED = Text("照常计分", "scored as usual")
_DOES_NOT_APPLY = Text("按不适用计", "counts as not applicable")

Effects = Mapping[ClaimAnswer, Text]
_EFFECTS: Mapping[Claim, Effects] = {
    Claim.NOT_APPLICABLE: {ClaimAnswer.UPHELD: _DOES_NOT_APPLY, ClaimAnswer.REFUSED: _SCORED},
    Claim.BONUS: {
        ClaimAnswer.UPHELD: _SCORED,
        ClaimAnswer.REFUSED: Text("不加分", "no points"),
        ClaimAnswer.REFUSED_COUNTS: Text(),
    },
    Claim.EXEMPTION: {
        ClaimAnswer.UPHELD: _DOES_NOT_APPLY,
        ClaimAnswer.UPHELD_COUNTS: Text(),
        ClaimAnswer.REFUSED: _SCORED,
    },
}
"""What each answer that can be given to a claim leads to; nothing where the answer says it itself."""
_OF_NO_BONUS: Effects = {ClaimAnswer.UPHELD: _SCORED, ClaimAnswer.REFUSED: _SCORED}
"""A bonus is claimed of an item that has none to give."""
_STANDS_FOR_THE_RULE = frozenset({
    (Claim.NOT_APPLICABLE, ClaimAnswer.UPHELD),
    (Claim.BONUS, ClaimAnswer.REFUSED),
    (Claim.EXEMPTION, ClaimAnswer.UPHELD),
})  # fmt: skip
_ALL_THE_SAME = {
    Claim.BONUS: ClaimAnswer.REFUSED_COUNTS, Claim.EXEMPTION: ClaimAnswer.UPHELD_COUNTS,
}  # fmt: skip


def answers_to(claimed: str, of: Judging) -> Mapping[ClaimAnswer, Text]:
    """The answers that can be given to what a unit claims, each with what it does to the points."""
    return {
        one: Text(f"{CLAIM_ANSWERS[one].zh}，{effect.zh}", f"{CLAIM_ANSWERS[one].en}: {effect.en}")
        if effect.zh
        else CLAIM_ANSWERS[one]
        for one, effect in _effects(claimed, of).items()
    }


def as_answered(found: Judgement, of: Judging, row: RowFacts) -> Judgement:
    """With the status to which the answer leads, where none was chosen."""
    if found.status or not _stands_for_the_rule(found.claim, of, row):
        return found
    return replace(found, status=Status.NOT_APPLICABLE.value)


def is_refused_bonus(found: Judgement, of: Judging) -> bool:
    """Whether a bonus gives nothing because its claim was refused."""
    is_out = found.status == Status.NOT_APPLICABLE
    return of.is_bonus and is_out and found.claim == ClaimAnswer.REFUSED


def against_the_answer(found: Judgement, of: Judging, row: RowFacts) -> Iterator[Refusal]:
    """What is claimed is answered, with a reason; and neither status nor points contradict the answer."""
    if not row.claimed:
        if found.claim:
            yield Refusal("no_claim", Text("该单位没有提出申请", "the unit claims nothing"))
        return
    if found.claim not in _effects(row.claimed, of):
        yield Refusal("claim_open", Text("请答复该单位的申请", "answer what the unit claims"))
        return
    if not found.reason:
        yield refusal(
            "no_reason",
            Text("答复申请须写理由", "the answer to a claim needs a reason"),
            Text("请写在“理由”中", "write it under “Reason”"),
        )
    yield from _against_the_rest(found, of, row)


def _against_the_rest(found: Judgement, of: Judging, row: RowFacts) -> Iterator[Refusal]:
    answer = answers_to(row.claimed, of)[ClaimAnswer(found.claim)]
    is_out = found.status == Status.NOT_APPLICABLE
    if not _stands_for_the_rule(found.claim, of, row):
        if is_out:
            yield refusal(
                "claim_and_status",
                Text(f"对申请的答复是“{answer.zh}”，所选情形却是“不适用”",
                     f"the answer to the claim is “{answer.en}”, yet the status is “not applicable”"),
                Text("请不选情形，或者改答复", "choose no status, or answer otherwise"),
            )  # fmt: skip
    elif not is_out:
        yield refusal(
            "claim_and_status",
            Text(f"对申请的答复是“{answer.zh}”，不能另选情形",
                 f"the answer to the claim is “{answer.en}”: it goes with no other status"),
            Text("请不选情形，原因写在“理由”中", "choose none; say why under “Reason”"),
        )  # fmt: skip
    else:
        yield from _against_points(found, of, row, answer)


def _against_points(
    found: Judgement, of: Judging, row: RowFacts, answer: Text
) -> Iterator[Refusal]:
    """Points that are given beside an answer by which none are."""
    points = Fraction(found.judged.get(of.in_points, 0)) if of.in_points else Fraction(0)
    other = _ALL_THE_SAME.get(Claim(row.claimed))
    if not points or other is None:
        return
    judged = next(one for one in of.judged if one.code == of.in_points)
    what = Text(f"对申请的答复是“{answer.zh}”，却评了{plain(points)}分",
                f"the answer to the claim is “{answer.en}”, yet {plain(points)} points are given")  # fmt: skip
    said = CLAIM_ANSWERS[other]
    mend = Text(f"请清空评分，或者答复“{said.zh}”", f"give none, or answer “{said.en}”")
    yield refusal("claim_and_points", named(judged, what), mend)


def _effects(claimed: str, of: Judging) -> Effects:
    if claimed not in set(Claim):
        return {}
    if claimed == Claim.BONUS and not of.is_bonus:
        return _OF_NO_BONUS
    return _EFFECTS[Claim(claimed)]


def _stands_for_the_rule(answer: str, of: Judging, row: RowFacts) -> bool:
    is_of_no_bonus = row.claimed == Claim.BONUS and not of.is_bonus
    return not is_of_no_bonus and (row.claimed, answer) in _STANDS_FOR_THE_RULE

"""What a scheme says of forged material, in sentences."""

from __future__ import annotations

from typing import Any

from steelyard.assessment.rules.forgery.penalties import besides_the_item, penalty_of
from steelyard.kernel.bilingual import Text
from steelyard.regions import SAMPLED
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import read_scheme, scheme_from_document
from tests.assessment.year import scheme

COUNTED = {
    "code": "forged_items",
    "title": {"zh": "造假项目数", "en": "forged items"},
    "type": "count",
}
LOWER = {"code": "forgery", "title": {"zh": "材料造假，等次降一级", "en": "forged material: a grade lower"},
         "when": "forged_items > 0", "then": {"lower_by": 1}}  # fmt: skip
OTHER = {"code": "other", "title": {"zh": "别的", "en": "another"}, "when": "plan_points < 1",
         "then": {"lower_by": 1}}  # fmt: skip


def with_penalties(**more: Any) -> Scheme:
    document = dict(scheme().document)
    document["inputs"] = [*document["inputs"], COUNTED]
    document["items"] = [*document["items"], *more.pop("items", ())]
    return scheme_from_document(document | more)


def test_without_a_rule_of_its_own_the_item_gets_nothing_and_that_is_all() -> None:
    assert penalty_of(scheme(), "B2") == Text(
        "材料经认定造假的不得分。", "If material was found to be forged: no points."
    )
    assert besides_the_item(scheme()) == ()


def test_a_veto_on_forged_items_is_said_and_another_is_not() -> None:
    told = penalty_of(with_penalties(vetoes=[OTHER, LOWER]), "B2")
    assert told.zh == "材料经认定造假的不得分。材料造假，等次降一级。"
    assert told.en == (
        "If material was found to be forged: no points. forged material: a grade lower."
    )


def test_an_item_that_takes_points_away_for_forgery_is_said_in_words() -> None:
    taken = {"code": "C", "title": {"zh": "弄虚作假", "en": "Forgery"}, "kind": "deduction", "points": 5,
             "scoring_body": "team", "supplying_body": "team", "rule": {"points": "-5 * forged_items"}}  # fmt: skip
    said = besides_the_item(with_penalties(items=[taken]))
    assert len(said) == 1
    assert said[0].zh.startswith("弄虚作假：")
    assert "造假项目数" in said[0].zh


def test_the_sample_scheme_lowers_the_grade_and_says_that_it_is_a_sample() -> None:
    (said,) = besides_the_item(read_scheme(SAMPLED["guangdong"] / "office_scheme.toml"))
    assert said.zh == "样本：有指标经认定材料造假，等次降一级。"

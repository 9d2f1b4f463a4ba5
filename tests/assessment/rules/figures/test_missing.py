"""Which figures are missing, and may the office let one count so?"""

from __future__ import annotations

import pytest

from steelyard.assessment.rules.figures.lacks import Lack
from steelyard.assessment.rules.figures.missing import (
    Decided,
    Missing,
    Said,
    against_deciding,
    against_reason,
    missing,
    named,
    needed,
    undecided,
)
from steelyard.assessment.rules.schemes.division import division
from steelyard.assessment.rules.states import Stage
from steelyard.scheme.model import Scheme
from tests.assessment.lacking import KEY, admitting
from tests.assessment.year import scheme

OTHER = ("440100", "closed_in_time")
ZERO = Scheme.from_document(admitting("zero"))
REFUSES = scheme()


def found(of: Scheme = ZERO, **told: object) -> tuple[Missing, ...]:
    given = {"there": [OTHER], "said": {}, "decided": {}} | told
    return missing(of, needed(of, division(of)), **given)


def test_a_supplied_figure_is_needed_of_every_unit_to_which_an_item_applies() -> None:
    assert needed(ZERO, division(ZERO)) == {OTHER: ("A1",), KEY: ("A1",)}
    only = [
        row | ({"applies_to": ["coast"]} if row["code"] == "A1" else {})
        for row in admitting()["items"]
    ]
    units = [
        row | {"group": "coast" if row["code"] == "440700" else "inland"}
        for row in admitting()["units"]
    ]
    groups = {one: {"zh": one} for one in ("coast", "inland")}
    some = Scheme.from_document({**admitting(), "items": only, "units": units, "groups": groups})
    assert set(needed(some, division(some))) == {KEY}


def test_what_counts_is_not_missing_and_what_does_not_apply_needs_nothing() -> None:
    assert [(one.unit, one.items, one.status) for one in found()] == [
        ("440700", ("A1",), Lack.MISSING)
    ]
    assert found(there=[OTHER, KEY]) == ()
    assert found(without=[("440700", "A1")]) == ()


def test_it_is_decided_for_what_its_body_says_now_and_for_nothing_else() -> None:
    decided = {KEY: Decided(Lack.MISSING, "没有记录")}
    (one,) = found(decided=decided)
    assert one.is_decided
    (changed,) = found(decided=decided, said={KEY: Said(Lack.NO_BASE, "没有案件")})
    assert (changed.status, changed.is_decided) == (Lack.NO_BASE, False)


def test_where_the_scheme_refuses_to_weigh_without_it_nothing_is_decided() -> None:
    (one,) = found(REFUSES, decided={KEY: Decided(Lack.MISSING, "没有记录")})
    assert (one.refused_by, one.is_decided) == (("A1",), False)
    refusals = against_deciding(KEY, one, stage=Stage.COMPARING)
    assert [each.code for each in refusals] == ["scheme_refuses"]
    (out,) = found(REFUSES, said={KEY: Said(Lack.NOT_APPLICABLE, "没有此项业务")})
    assert out.refused_by == ()  # an item that does not apply is not weighed


@pytest.mark.parametrize(
    ("told", "code"),
    [({"stage": Stage.FROZEN}, "wrong_stage"), ({"is_ones_own": True}, "not_allowed")],
)
def test_what_stands_against_deciding(told: dict[str, object], code: str) -> None:
    (one,) = found()
    asked = {"stage": Stage.SCORING} | told
    assert [each.code for each in against_deciding(KEY, one, **asked)] == [code]
    assert against_deciding(KEY, one, stage=Stage.SCORING) == ()
    assert [each.code for each in against_deciding(KEY, None, stage=Stage.SCORING)] == [
        "not_missing"
    ]


def test_a_decision_has_its_figures_and_its_reason() -> None:
    assert against_reason("没有记录", [KEY]) == ()
    assert [one.code for one in against_reason("没有记录", [])] == ["none_chosen"]
    assert [one.code for one in against_reason(" ", [KEY])] == ["no_reason"]
    assert [one.code for one in against_reason("长" * 2001, [KEY])] == ["too_long"]


def test_all_are_named_with_unit_item_and_figure() -> None:
    assert undecided([]) is None
    (one,) = found()
    refusal = undecided([named(ZERO, one)])
    assert refusal is not None
    assert "Jiangmen: A1 " in refusal.text.en
    assert "江门市·A1 按期办结率" in refusal.text.zh

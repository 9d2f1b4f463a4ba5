"""Every figure comes one way, and every item has one who scores it."""

from __future__ import annotations

from steelyard.assessment.rules.schemes.division import Way, against, division
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import scheme_from_document
from tests.assessment.year import scheme

BODIES = ("market", "team", "panel")


def test_an_input_is_computed_supplied_or_judged_as_the_scheme_says() -> None:
    assert division(scheme()).way == {
        "trained": Way.RECORDS,
        "closed_in_time": Way.SHEET,
        "plan_points": Way.JUDGED,
        "file_points": Way.JUDGED,
    }


def with_input(code: str, **told: object) -> Scheme:
    """The scheme, with other keys of one of its figures; None takes a key away."""
    document = dict(scheme().document)
    document["inputs"] = [
        {k: v for k, v in {**one, **told}.items() if v is not None} if one["code"] == code else one
        for one in document["inputs"]
    ]
    return scheme_from_document(document)


def test_a_body_that_scores_an_item_supplies_its_figure_on_a_sheet_unless_it_is_judged() -> None:
    found = division(with_input("plan_points", judged=None, supplying_body="team"))
    assert (found.way["plan_points"], found.body["plan_points"]) == (Way.SHEET, "team")
    assert division(scheme()).body["plan_points"] == "team"


def test_a_judged_figure_that_no_item_uses_is_judged_by_nobody() -> None:
    document = dict(scheme().document)
    document["inputs"] = [*document["inputs"], {"code": "grave", "type": "yes_no", "judged": True}]
    document["vetoes"] = [
        {"code": "v", "title": "v", "when": "grave", "then": {"best_grade": "pass"}}
    ]
    found = against(scheme_from_document(document), BODIES)
    assert [(one.code, one.field) for one in found] == [("nobody_judges", "grave")]


def test_each_leaf_has_the_body_that_scores_it_and_the_inputs_it_needs() -> None:
    found = {one.item.code: (one.scoring_body, one.inputs) for one in division(scheme()).duties}
    assert found == {
        "A1": ("team", ("closed_in_time",)),
        "A2": ("panel", ("file_points",)),
        "B1": ("team", ("trained",)),
        "B2": ("team", ("plan_points",)),
    }


def test_nothing_stands_against_a_division_among_bodies_that_exist() -> None:
    assert against(scheme(), BODIES) == ()


def test_bodies_that_do_not_exist_are_named_all_at_once() -> None:
    found = against(scheme(), ("market",))
    assert [(one.code, one.field) for one in found] == [
        ("unknown_body", "panel"),
        ("unknown_body", "team"),
    ]


def test_a_body_that_exists_elsewhere_is_told_to_have_no_part() -> None:
    found = against(scheme(), ("market",), ("panel", "other"))
    assert [(one.code, one.field) for one in found] == [
        ("outside_body", "panel"), ("unknown_body", "team"),
    ]  # fmt: skip
    assert "has no part in it" in found[0].text.en
    assert "name the office" in found[0].text.en


def test_an_item_without_a_scorer_and_a_figure_without_a_supplier_are_named() -> None:
    document = dict(scheme().document)
    document["items"] = [
        {key: value for key, value in one.items() if key != "scoring_body" or one["code"] != "B1"}
        for one in document["items"]
    ]
    document["inputs"] = [
        {k: v for k, v in one.items() if k != "supplying_body" or one["code"] != "closed_in_time"}
        for one in document["inputs"]
    ]
    found = against(scheme_from_document(document), BODIES)
    assert {(one.code, one.field) for one in found} == {
        ("no_scoring_body", "B1"),
        ("no_supplying_body", "closed_in_time"),
    }


def test_an_input_reached_by_way_of_a_quantity_counts() -> None:
    document = dict(scheme().document)
    document["quantities"] = [
        {"code": "rate", "title": "rate", "formula": "closed_in_time * 40"},
        {"code": "twice", "title": "twice", "formula": "rate + 0"},
    ]
    document["items"] = [
        {**one, "rule": {"points": "twice"}} if one["code"] == "A1" else one
        for one in document["items"]
    ]
    found = division(scheme_from_document(document))
    assert found.of("A1").inputs == ("closed_in_time",)


def test_a_figure_that_only_a_veto_asks_for_needs_a_body_too() -> None:
    document = dict(scheme().document)
    disaster = {
        "code": "disaster", "title": {"zh": "重大事件", "en": "a grave event"}, "type": "yes_no",
    }  # fmt: skip
    document["inputs"] = [*document["inputs"], disaster]
    veto = {
        "code": "v1",
        "title": {"zh": "一票否决", "en": "veto"},
        "when": "disaster",
        "then": {"grade": "excellent"},
    }
    document["vetoes"] = [veto]
    found = against(scheme_from_document(document), BODIES)
    assert [(one.code, one.field) for one in found] == [("no_supplying_body", "disaster")]
    disaster["supplying_body"] = "market"
    divided = division(scheme_from_document(document))
    assert (divided.way["disaster"], divided.body["disaster"]) == (Way.SHEET, "market")

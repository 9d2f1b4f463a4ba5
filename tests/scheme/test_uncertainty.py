"""``[uncertainty]`` is read, and every fault of it is found, named and placed."""

from fractions import Fraction

import jsonschema
import pytest

from steelyard.kernel.faults import Faulty
from steelyard.scheme.formula import Name, Number
from steelyard.scheme.json_schema import SCHEME_JSON_SCHEMA
from steelyard.scheme.model import Scheme
from steelyard.scheme.uncertainty import Panel, SamplingError, Spread, Uncertainty
from steelyard.scheme.write import scheme_toml
from tests.builders import document, item, scheme

SHARE = {"code": "a", "type": "share"}
JUDGED = item("A", 10, {"for_each": "marks", "score": {"points": "mark"}, "keep": "mean"})
INDEX = {"family": "index", "items": [item("A"), item("B")]}


def faults(uncertainty, **changes):
    try:
        scheme(uncertainty=uncertainty, **changes)
    except Faulty as error:
        return [(fault.code, fault.where.key) for fault in error.faults]
    return []


def test_a_scheme_that_says_nothing_has_none():
    assert scheme().uncertainty is None
    assert scheme(uncertainty={}).uncertainty.is_empty


def test_everything_is_read():
    read = scheme(
        inputs=[SHARE],
        items=[item("A", 10, {"points": "10 * a"}), JUDGED | {"code": "B"}],
        uncertainty={
            "seed": 7,
            "confidence": "95%",
            "points": {"within": "25%", "of": ["total"]},
            "leave_out": ["A"],
            "panels": {"list": "marks", "member": "judge"},
            "errors": [{"input": "a", "sample": 30, "population": "files"}],
        },
    )
    assert read.uncertainty == Uncertainty(
        seed=7,
        confidence=Fraction(95, 100),
        spread=Spread(Fraction(1, 4), ("",)),
        leave_out=("A",),
        panels=(Panel("marks", "judge"),),
        errors=(SamplingError("a", None, Number(Fraction(30)), Name("files")),),
    )


def test_an_input_that_only_an_error_names_is_read_from_the_data():
    read = scheme(uncertainty={"errors": {"input": "a", "standard_error": "error_of_a"}})
    assert "error_of_a" in read.inputs


def test_an_index_names_alternatives_to_its_methods():
    read = scheme(
        **INDEX,
        uncertainty={
            "weights": "any",
            "normalise": [{"by": "rank"}, {"by": "z_score"}],
            "aggregate": [{"by": "geometric"}, [{"by": "arithmetic"}, {"by": "geometric"}]],
            "leave_out": "one",
        },
    ).uncertainty
    assert read.spread == Spread()
    assert [one.by for one in read.normalise] == ["rank", "z_score"]
    assert [[level.by for level in one] for one in read.aggregate] == [
        ["geometric"],
        ["arithmetic", "geometric"],
    ]
    assert read.leave_out == ("*",)


@pytest.mark.parametrize(
    ("uncertainty", "code", "key"),
    [
        ({"weights": "any"}, "not-of-this-family", "uncertainty.weights"),
        ({"normalise": {"by": "rank"}}, "not-of-this-family", "uncertainty.normalise"),
        ({"points": {"within": "250%"}}, "absurd-noise", "uncertainty.points.within"),
        ({"points": {"within": -1}}, "absurd-noise", "uncertainty.points.within"),
        ({"points": {}}, "key-missing", "uncertainty.points"),
        ({"points": {"within": "1%", "of": "Z"}}, "unknown-code", "uncertainty.points.of"),
        ({"points": {"within": "1%", "of": "A"}}, "unknown-code", "uncertainty.points.of"),
        ({"leave_out": ["Z"]}, "unknown-code", "uncertainty.leave_out"),
        ({"panels": {"list": "x", "member": "y"}}, "unknown-code", "uncertainty.panels[0].list"),
        ({"panels": {"list": "x"}}, "key-missing", "uncertainty.panels[0]"),
        ({"seed": "lucky"}, "wrong-value", "uncertainty.seed"),
        ({"seed": 10**30}, "wrong-value", "uncertainty.seed"),
        ({"confidence": "10%"}, "wrong-value", "uncertainty.confidence"),
        ({"errors": {"input": "b", "sample": 9}}, "unknown-code", "uncertainty.errors[0].input"),
        ({"errors": {"input": "a"}}, "which-error", "uncertainty.errors[0].standard_error"),
        ({"errors": {"input": "a", "sample": 9}}, "not-a-share", "uncertainty.errors[0].sample"),
        (
            {"errors": {"input": "a", "standard_error": -3}},
            "absurd-noise",
            "uncertainty.errors[0].standard_error",
        ),
        (
            {"errors": {"input": "a", "standard_error": 3, "population": 9}},
            "which-error",
            "uncertainty.errors[0].population",
        ),
        ({"noise": 3}, "unknown-key", "uncertainty.noise"),
        (
            {"errors": [{"input": "a", "standard_error": 1}, {"input": "a", "standard_error": 2}]},
            "named-twice",
            "uncertainty.errors",
        ),
        ({"leave_out": ["A", "A"]}, "named-twice", "uncertainty.leave_out"),
    ],
)
def test_the_fault_is_found(uncertainty, code, key):
    assert (code, key) in faults(uncertainty)


def test_a_panel_is_drawn_again_once():
    twice = {"panels": [{"list": "marks", "member": name} for name in ("judge", "office")]}
    assert faults(twice, items=[JUDGED]) == [("named-twice", "uncertainty.panels")]


def test_the_error_of_an_input_that_no_rule_uses_moves_nothing():
    found = faults({"errors": {"input": "b", "standard_error": 1}}, inputs=[{"code": "b"}])
    assert ("unused-input", "uncertainty.errors[0].input") in found


def test_a_standard_error_beyond_all_that_an_input_may_be_is_absurd():
    found = faults({"errors": {"input": "a", "standard_error": 80}}, inputs=[SHARE])
    assert ("absurd-noise", "uncertainty.errors[0].standard_error") in found


def test_it_is_written_and_read_again():
    import tomllib

    whole = document(uncertainty={"points": {"within": "25%"}, "leave_out": "one"})
    again = tomllib.loads(scheme_toml(whole), parse_float=str)
    assert Scheme.from_document(again).uncertainty == Scheme.from_document(whole).uncertainty


def test_the_json_schema_knows_it():
    whole = document(uncertainty={"points": "any", "errors": {"input": "a", "standard_error": 1}})
    jsonschema.validate(whole, SCHEME_JSON_SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document(uncertainty={"points": 3}), SCHEME_JSON_SCHEMA)

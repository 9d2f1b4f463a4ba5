from fractions import Fraction as F

import pytest

from steelyard.kernel.faults import Faulty
from steelyard.weighing.compare import compare
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from steelyard.weighing.what_if import find_unit, what_if
from tests.builders import item, scheme

ITEMS = [
    item("G", 20),
    item("A", 10, {"proportion": "a", "target": 100}, parent="G"),
    item("B", 10, {"points": "b"}, parent="G"),
]
QUANTITIES = [{"code": "a", "formula": "closed"}]
VALUES = {"jm": {"closed": 50, "b": 6}, "zs": {"closed": 80, "b": 4}}


def before():
    made = scheme(items=ITEMS, quantities=QUANTITIES, total={"points": 20})
    return made, Values.of(made, VALUES)


def test_who_moved_is_told_with_the_leaves_behind_it():
    made, values = before()
    after = what_if(made, values, set_values=(("Jiangmen", "b", "9"),))
    first, second = compare(weigh(made, values), after)
    assert (first.unit, first.places, first.change) == ("jm", 1, 3)
    assert [(t.item, t.before, t.after) for t in first.through] == [("B", 6, 9)]
    assert (second.unit, second.places, second.change, second.through) == ("zs", -1, 0, ())


def test_a_computed_quantity_can_be_set_for_one_unit():
    made, values = before()
    after = what_if(made, values, set_values=(("江门", "a", "100"),))
    assert after.items["A"]["jm"].points == 10
    assert after.items["A"]["zs"].points == 8


def test_other_points_scale_the_item_and_the_groups_above():
    made, values = before()
    after = what_if(made, values, points={"A": F(40)})
    assert [after.items["A"][u].points for u in ("jm", "zs")] == [20, 32]
    assert (after.scheme.full["G"], after.scheme.full[""]) == (50, 50)
    assert [after.standing[u].score for u in ("jm", "zs")] == [26, 36]


def test_other_points_of_a_group_scale_all_below_it():
    made, values = before()
    after = what_if(made, values, points={"G": F(40)})
    assert [after.standing[u].score for u in ("jm", "zs")] == [22, 24]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"set_values": (("Nowhere", "b", "1"),)}, "unknown-unit"),
        ({"set_values": (("jm", "c", "1"),)}, "unknown-input"),
        ({"set_values": (("jm", "b", "many"),)}, "not-a-number"),
        ({"set_values": (("jm", "b", "-"),)}, "wrong-value"),
        ({"set_values": (("jm", "a", "many"),)}, "wrong-value"),
        ({"points": {"Z": F(1)}}, "unknown-item"),
    ],
)
def test_a_change_that_cannot_be_is_refused(change, code):
    made, values = before()
    with pytest.raises(Faulty) as caught:
        what_if(made, values, **change)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_asking_leaves_the_scheme_and_the_values_as_they_were():
    made, values = before()
    what_if(made, values, set_values=(("jm", "b", "9"),), points={"A": F(40)})
    assert (made, values) == before()


@pytest.mark.parametrize("name", ["jm", "江门", "江门市", "Jiangmen", "jiangmen"])
def test_a_unit_is_found_by_its_code_or_its_title_however_it_is_said(name):
    assert find_unit(scheme(), name) == "jm"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("75%", []),
        ("0.75", []),
        ("75", ["out-of-bounds"]),
        ("1.5", ["out-of-bounds"]),
        ("-1%", ["out-of-bounds"]),
    ],
)
def test_a_value_given_by_hand_is_held_against_the_type_and_range_of_its_input(
    text: str, codes: list[str]
) -> None:
    inputs = [{"code": "b", "type": "share"}]
    made = scheme(items=[item("B", 10, {"points": "10 * b"})], inputs=inputs, total={"points": 10})
    values = Values.of(made, {"jm": {"b": "0.5"}, "zs": {"b": "0.5"}})
    if not codes:
        assert what_if(made, values, set_values=(("jm", "b", text),)).items["B"]["jm"].points == F(
            15, 2
        )
        return
    with pytest.raises(Faulty) as caught:
        what_if(made, values, set_values=(("jm", "b", text),))
    assert [one.code for one in caught.value.faults] == codes
    assert all(one.what.zh.startswith("b：") for one in caught.value.faults)


def test_a_share_that_may_be_above_one_says_that_it_is_one() -> None:
    inputs = [{"code": "b", "type": "share", "most": 2}]
    made = scheme(items=[item("B", 10, {"points": "5 * b"})], inputs=inputs, total={"points": 10})
    values = Values.of(made, {"jm": {"b": "0.5"}, "zs": {"b": "0.5"}})
    with pytest.raises(Faulty) as caught:
        what_if(made, values, set_values=(("jm", "b", "2"),))
    assert [one.code for one in caught.value.faults] == ["unmarked-share"]

"""Whether a figure still says what it said when it was given, after the scheme was amended."""

from __future__ import annotations

from fractions import Fraction

import pytest

from steelyard.assessment.rules.amendments import Shift, shifted, to_give_anew
from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Input


def figure(**told: object) -> Input:
    return Input("rate", **({"title": Text("侦结率", "cases closed"), "type": "number"} | told))  # type: ignore[arg-type]


def how(before: Input, after: Input, *given: str) -> tuple[Shift, ...]:
    found = shifted(before, after, given)
    return found.how if found else ()


@pytest.mark.parametrize(
    ("after", "given", "expected"),
    [
        (figure(), ("75",), ()),
        (figure(type="share"), ("75",), (Shift.TYPE,)),
        (figure(type="share"), ("0.5",), (Shift.TYPE,)),
        (figure(type="count"), ("75",), ()),
        (figure(type="count"), ("75", "0.5"), (Shift.BOUNDS,)),
        (figure(type="yes_no"), ("1",), (Shift.TYPE,)),
        (figure(unit_of_measure=Text("万元", "10 000 yuan")), ("75",), (Shift.MEASURE,)),
        (figure(title=Text("起诉率", "cases prosecuted")), ("75",), (Shift.TITLE,)),
        (figure(title=Text("侦结 率", "closed cases")), ("75",), ()),
        (figure(most=Fraction(50)), ("75",), (Shift.BOUNDS,)),
        (figure(most=Fraction(80)), ("75",), ()),
        (figure(source=Text("年报", "yearbook"), supplying_body=("court",)), ("75",), ()),
    ],
)
def test_a_figure_is_another_one_by_its_type_its_measure_its_title_or_its_bounds(
    after: Input, given: tuple[str, ...], expected: tuple[Shift, ...]
) -> None:
    assert how(figure(), after, *given) == expected


def test_it_is_said_old_and_new_and_how_many_no_longer_fit() -> None:
    before, after = figure(), figure(type="share", most=Fraction(1))
    found = shifted(before, after, ["0.5", "75", "80"])
    assert found is not None
    assert found.said(before, after) == Text(
        "类型由数值改为比例，2个数不再合格",
        "its type was number, is share, figures that no longer fit: 2",
    )


def draft(**values: str) -> dict[str, object]:
    return {unit: {"value": value, "note": f"{unit}台账"} for unit, value in values.items()}


def test_what_would_be_read_as_another_figure_is_given_anew_and_the_rest_stays() -> None:
    typed = draft(a="75", b="0.5")
    for after, left in (
        (figure(type="share"), draft(a="", b="")),
        (figure(unit_of_measure=Text("件")), draft(a="", b="")),
        (figure(most=Fraction(50)), draft(a="", b="0.5")),
        (figure(title=Text("起诉率")), typed),
    ):
        shift = shifted(figure(), after, ["75", "0.5"])
        assert shift is not None
        assert to_give_anew(typed, after, shift) == left

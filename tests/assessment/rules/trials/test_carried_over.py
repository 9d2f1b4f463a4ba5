"""What of last year speaks of a draft, and what stands in the way of trying it?"""

from __future__ import annotations

from dataclasses import replace

from steelyard.assessment.rules.trials import tried
from steelyard.assessment.rules.trials.carried_over import carried_over, left_behind
from steelyard.scheme.model import Scheme
from steelyard.weighing.values import Values
from tests.assessment.lacking import admitting

FIGURES = {
    "440100": {"trained": 200, "closed_in_time": "96%", "plan_points": 9, "file_points": 90},
    "440700": {"trained": 100, "closed_in_time": "85%", "plan_points": 8, "file_points": 80},
}


def document(**changed: dict[str, object]) -> dict[str, object]:
    """The scheme, with rows of its items or inputs changed by their code."""
    told = {**admitting(), "on": {"missing": "refuse"}}
    for part in ("items", "inputs"):
        told[part] = [row | changed.get(row["code"], {}) for row in told[part]]
    return told


BEFORE = Scheme.from_document(document())
LAST = replace(
    Values.of(BEFORE, FIGURES),
    item_statuses={"A2": {"440100": "forged"}, "B1": {"440700": "not_applicable"}},
)
OTHER = {"title": {"zh": "商标行政案件公开率", "en": "Trade mark cases disclosed"}}


def test_a_status_goes_to_the_same_item_alone() -> None:
    after = Scheme.from_document(document(A2=OTHER))
    values = carried_over(LAST, BEFORE, after)
    assert values.item_statuses == {"B1": {"440700": "not_applicable"}}
    (told,) = left_behind(LAST, BEFORE, after)
    assert "A2" in told.zh
    assert "Trade mark cases disclosed" in told.en


def test_a_status_stays_where_only_the_points_change() -> None:
    after = Scheme.from_document(document(A2={"points": 25, "rule": {"points": "file_points / 4"}}))
    assert carried_over(LAST, BEFORE, after).item_statuses == LAST.item_statuses
    assert left_behind(LAST, BEFORE, after) == ()


def test_an_item_that_asks_for_another_figure_is_another_item() -> None:
    after = Scheme.from_document(document(A2={"rule": {"points": "plan_points * 2"}}))
    assert "A2" not in carried_over(LAST, BEFORE, after).item_statuses


def test_a_figure_under_a_code_that_names_another_is_not_taken_over() -> None:
    after = Scheme.from_document(document(trained={"title": {"zh": "宣传场次", "en": "Events"}}))
    assert "trained" not in {code for code, _ in carried_over(LAST, BEFORE, after).cells}
    assert [one.en for one in left_behind(LAST, BEFORE, after)] == [
        "trained: was “Persons trained”, is “Events”; last year's figures are not taken over"
    ]


def test_what_the_office_counts_itself_is_always_the_same_figure() -> None:
    forged = {"code": "forged_items", "title": {"zh": "造假项数", "en": "Forged"}, "type": "number"}
    before = Scheme.from_document(document() | {"inputs": [*document()["inputs"], forged]})
    after = document(trained={"type": "number"}, forged_items={"type": "count"})
    after["inputs"].append(forged | {"type": "count"})
    values = Values.of(before, {unit: {**row, "forged_items": 1} for unit, row in FIGURES.items()})
    now = Scheme.from_document(after)
    assert ("forged_items", now.period_label) in carried_over(values, before, now).cells
    assert "forged_items" not in left_behind(values, before, now)[0].en


def test_a_title_that_is_told_in_one_language_alone_is_the_same_title() -> None:
    after = Scheme.from_document(
        document(trained={"title": "培训人次"}, A2={"title": {"zh": "案卷质量"}})
    )
    assert left_behind(LAST, BEFORE, after) == ()
    assert "trained" in {code for code, _ in carried_over(LAST, BEFORE, after).cells}


def test_a_figure_of_another_type_is_told_by_its_type() -> None:
    after = Scheme.from_document(document(plan_points={"type": "count"}))
    (told,) = left_behind(LAST, BEFORE, after)
    assert "“方案质量评定分”（数值），本年度为“方案质量评定分”（数量）" in told.zh
    assert "“Points for the plan” (number), is “Points for the plan” (count)" in told.en


def test_what_stands_in_the_way_is_a_line_a_figure_with_the_units_that_lack_it() -> None:
    none = {unit: {**row, "trained": None} for unit, row in FIGURES.items()}
    none["440700"]["closed_in_time"] = None
    made = tried(BEFORE, Values.of(BEFORE, none), None)
    assert [one.en for one in made.could_not] == [
        "“Cases closed in time” is missing (needed by A1): Jiangmen",
        "“Persons trained” is missing (needed by B1): all 2 units",
    ]
    assert made.could_not[1].zh == "“培训人次”缺失（B1需要）：全部2个单位"
    (refused,) = [one for one in made.stress.findings if one.code == "cannot-be-weighed"]
    assert (refused.cases, "有3处缺失" in refused.what.zh) == (made.could_not, True)

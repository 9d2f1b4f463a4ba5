"""A whole draft on last year's values: points, dimensions with their caps, total, grade, vetoes; what is
missing is said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from steelyard.assessment.rules.trials import Trial, tried
from steelyard.assessment.rules.trials.carried_over import carried_over
from steelyard.assessment.rules.trials.outcomes import Given, Outcome, Tried
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import scheme_from_document
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests.assessment.year import scheme

LAST = {
    "440100": {"trained": 200, "closed_in_time": "96%", "plan_points": 9, "file_points": 90},
    "440700": {"trained": 100, "closed_in_time": "85%", "plan_points": 8, "file_points": 80},
}


def draft(**changes: Any) -> Scheme:
    """The scheme of last year with changes; ``A1`` and such are changes of items."""
    document = dict(scheme().document)
    own = {code: told for code, told in changes.items() if code not in ("vetoes", "inputs", "more")}
    items = [dict(one) | own.get(str(one["code"]), {}) for one in document["items"]]
    document["items"] = [*items, *changes.get("more", ())]
    document["inputs"] = [*document["inputs"], *changes.get("inputs", ())]
    if "vetoes" in changes:
        document["vetoes"] = changes["vetoes"]
    return scheme_from_document(document)


def on_last_year(of: Scheme, told: dict[str, dict[str, Any]] | None = None) -> Trial:
    values = Values.of(scheme(), told or LAST)
    return tried(of, carried_over(values, scheme(), of), None, weigh(scheme(), values))


def outcome(made: Trial, unit: str) -> Outcome:
    return next(one for one in made.outcomes if one.unit.code == unit)


def item(made: Trial, code: str) -> Tried:
    def found(items: Any) -> Any:
        for one in items:
            yield one
            yield from found(one.children)

    return next(one for one in found(made.items) if one.item.code == code)


def points(made: Trial, code: str) -> dict[str, str]:
    return {unit: str(one.points) for unit, one in item(made, code).given.items()}


def test_the_scheme_of_last_year_gives_what_it_gave_and_nothing_is_marked() -> None:
    made = on_last_year(scheme())
    assert [(one.unit.code, one.now.score, one.now.grade.en, one.is_other) for one in made.outcomes] == [
        ("440100", 97, "excellent", False), ("440700", 69, "pass", False),
    ]  # fmt: skip
    assert [one.changed for one in made.items] == [0, 0]
    assert all(one.before == one.now for one in made.outcomes)


def test_a_changed_rule_moves_points_dimension_total_rank_and_grade() -> None:
    made = on_last_year(draft(A1={"rule": {"points": "full * (1 - closed_in_time)"}}))
    assert points(made, "A1") == {"440100": "8/5", "440700": "6"}
    assert points(made, "A") == {"440100": "98/5", "440700": "22"}
    assert item(made, "A").given["440100"].before == 58
    one = outcome(made, "440100")
    assert (one.now.score, one.now.grade.en, one.before and one.before.score) == (
        Fraction(293, 5), "fail", 97,
    )  # fmt: skip
    assert one.is_other
    assert (item(made, "A1").changed, item(made, "B1").changed) == (2, 0)


def test_the_cap_of_a_dimension_is_weighed_and_said() -> None:
    made = on_last_year(draft(A={"cap": 50}))
    assert points(made, "A") == {"440100": "50", "440700": "46"}
    held = {unit: one.held.en for unit, one in item(made, "A").given.items()}
    assert held == {"440100": ", 58 held to 50", "440700": ""}
    assert outcome(made, "440100").now.score == 89
    grade, why = outcome(made, "440100").no_better or pytest.fail("it would have been excellent")
    assert (grade.code, why.en) == ("excellent", "it takes at least 90")


VETO = {"code": "plan", "title": {"zh": "方案不合格", "en": "bad plan"}, "when": "plan_points < 9",
        "then": {"best_grade": "fail"}}  # fmt: skip


def test_a_veto_is_named_with_the_grade_that_it_leads_to() -> None:
    made = on_last_year(draft(vetoes=[VETO]))
    told = {
        one.unit.code: ([v.code for v in one.now.vetoes], one.now.grade.en) for one in made.outcomes
    }
    assert told == {"440100": ([], "excellent"), "440700": (["plan"], "fail")}
    jiangmen = outcome(made, "440700")
    assert jiangmen.before is not None
    assert (jiangmen.before.vetoes, jiangmen.before.grade.en) == ((), "pass")
    assert jiangmen.no_better == (
        made.scheme.grades[0],
        Text("须不低于90分", "it takes at least 90"),
    )


STAFF = {"code": "staff", "title": {"zh": "人数", "en": "Staff"}, "type": "count",
         "supplying_body": "market"}  # fmt: skip
B3 = {"code": "B3", "parent": "B", "title": {"zh": "人员", "en": "Staff"}, "points": 4,
      "supplying_body": "market", "scoring_body": "team",
      "rule": {"proportion": "staff", "target": 5}}  # fmt: skip


def test_a_value_that_last_year_does_not_have_is_missing_and_not_nothing() -> None:
    made = on_last_year(draft(inputs=[STAFF], more=[B3]))
    new = item(made, "B3")
    assert (new.full_before, new.lacking, new.known) == (None, 2, ())
    assert new.given["440100"] == Given(
        None, None, (Text("人数", "Staff"),), Text(), new.given["440100"].why
    )
    assert [one.code for one in outcome(made, "440100").lacks] == ["B3"]


def test_where_the_scheme_gives_nothing_for_what_is_missing_that_is_said_beside() -> None:
    made = on_last_year(draft(inputs=[STAFF], more=[B3 | {"on": {"missing": "zero"}}]))
    assert points(made, "B3") == {"440100": "0", "440700": "0"}
    assert item(made, "B3").given["440700"].lacks == (Text("人数", "Staff"),)


def test_a_veto_without_values_is_set_aside_and_named_and_the_rest_is_tried() -> None:
    few = VETO | {"code": "few", "when": "staff < 3"}
    made = on_last_year(draft(inputs=[STAFF], vetoes=[VETO, few]))
    assert [one.code for one in made.untried] == ["few"]
    assert [v.code for v in outcome(made, "440700").now.vetoes] == ["plan"]


def test_what_else_keeps_a_draft_from_being_weighed_is_not_laid_to_its_vetoes() -> None:
    wrong = draft(A1={"rule": {"points": "full / (plan_points - 8) * nothing"}}, vetoes=[VETO],
                  inputs=[STAFF | {"code": "nothing", "type": "text"}])  # fmt: skip
    values = Values.of(wrong, {unit: told | {"nothing": "无"} for unit, told in LAST.items()})
    with pytest.raises(Faulty):
        tried(wrong, values, None)


def test_a_draft_on_values_without_a_year_before_has_nothing_beside() -> None:
    made = tried(scheme(), Values.of(scheme(), LAST), None)
    assert not made.has_last
    assert [one.before for one in made.outcomes] == [None, None]
    assert item(made, "A1").changed == 0


def test_items_that_the_draft_drops_are_named() -> None:
    document = dict(scheme().document)
    document["items"] = [one for one in document["items"] if one["code"] != "B2"]
    made = on_last_year(scheme_from_document(document))
    assert [one.code for one in made.gone] == ["B2"]


def test_an_item_that_was_forged_last_year_is_so_in_the_trial() -> None:
    values = replace(Values.of(scheme(), LAST), item_statuses={"B2": {"440100": "forged"}})
    made = tried(scheme(), carried_over(values, scheme(), scheme()), None, weigh(scheme(), values))
    assert points(made, "B2") == {"440100": "0", "440700": "8"}
    assert "forged" in item(made, "B2").given["440100"].why.en


def test_a_figure_without_a_title_is_named_by_its_name() -> None:
    rule = {"rule": {"proportion": "staff", "target": 5}}
    made = on_last_year(draft(more=[B3 | rule]))
    assert item(made, "B3").given["440700"].lacks == (Text("staff", "staff"),)

"""What an amendment changes, what it brings with it, and what it may not make untrue."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction
from typing import Any

import pytest

from steelyard.assessment.rules.amendments import (
    AMENDABLE,
    Brought,
    Owed,
    OwnScore,
    Work,
    against,
    beside,
    brought,
    differences,
)
from steelyard.assessment.rules.schemes.division import division
from steelyard.assessment.rules.states import Stage
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import scheme_from_document
from tests.assessment.year import scheme

SIGNED = {"closed_in_time": Owed("market", is_signed=True, is_open=False)}
ASKED = {"closed_in_time": Owed("market")}


def amended(**items: dict[str, Any] | None) -> Scheme:
    """The scheme of tests with other keys of some items; None: without it."""
    document = deepcopy(dict(scheme().document))
    kept = []
    for row in document["items"]:  # type: ignore[attr-defined]
        change = items.pop(row["code"], {})
        if change is not None:
            kept.append({**row, **change})
    document["items"] = kept + [one for one in items.values() if one is not None]
    return scheme_from_document(document)


def refused(after: Scheme, **work: Any) -> set[str]:
    found = against(scheme(), after, division(scheme()), division(after), Work(**work))
    return {one.code for one in found}


LADDER = {"rule": {"ladder": "closed_in_time", "steps": [[">= 90%", 40], ["< 90%", 0]]}}
NEW = {"code": "B3", "parent": "B", "title": {"zh": "新项"}, "points": 5, "scoring_body": "team", "rule": {"points": "5 * reported"}}  # fmt: skip


def with_new_input(body: str = "market") -> Scheme:
    document = deepcopy(dict(amended(B3=NEW).document))
    document["inputs"].append({"code": "reported", "title": {"zh": "上报率"}, "type": "share", "supplying_body": body})  # type: ignore[attr-defined]  # fmt: skip
    return scheme_from_document(document)


def test_what_differs_is_told_item_by_item_in_words() -> None:
    after = amended(
        A1=LADDER,
        A2={"points": 25, "rule": {"points": "file_points / 4"}},
        B1={"scoring_body": "panel"},
    )
    found = {one.code: {change.what.en: (change.before.zh, change.after.zh) for change in one.changes} for one in differences(scheme(), after)}  # fmt: skip
    assert set(found) == {"A1", "A2", "B1"}
    assert "95%" in found["A1"]["rule"][0]
    assert "90%" in found["A1"]["rule"][1]
    assert found["A2"]["points"] == ("20", "25")
    assert found["B1"]["scoring body"] == ("考核工作组", "案卷评查组")


def test_what_is_new_and_gone_is_told() -> None:
    after = scheme_from_document({**with_new_input().document, "items": [one for one in with_new_input().document["items"] if one["code"] != "B2"]})  # type: ignore[attr-defined]  # fmt: skip
    assert {(one.code, one.kind) for one in differences(scheme(), after)} == {
        ("B3", "new"),
        ("B2", "gone"),
    }
    assert beside(scheme(), after) == ("inputs",)


def test_the_same_scheme_differs_in_nothing() -> None:
    assert differences(scheme(), scheme()) == ()
    assert beside(scheme(), scheme()) == ()


@pytest.mark.parametrize("stage", list(Stage))
def test_a_scheme_is_amended_after_it_is_issued_and_before_the_freeze(stage: Stage) -> None:
    found = refused(amended(A1=LADDER), stage=stage, sheets=ASKED)
    assert found == (set() if stage in AMENDABLE else {"not_amendable"})


def test_before_the_collection_anything_may_change_but_the_period() -> None:
    assert refused(amended(B2=None), stage=Stage.ISSUED) == set()
    document = {**scheme().document, "period": {"starts": "2021-01-01", "ends": "2021-07-01"}}
    assert refused(scheme_from_document(document), stage=Stage.ISSUED) == {"period_changed"}


@pytest.mark.parametrize(
    ("after", "work", "codes"),
    [
        (amended(B2=None), {"answered": frozenset({"B2"})}, {"item_in_use"}),
        (amended(B2=None), {}, set()),
        (with_new_input(), {}, set()),
        (with_new_input(), {"submitted": True}, {"item_too_late"}),
        (with_new_input(), {"stage": Stage.COMPARING}, {"item_too_late", "sheet_too_late"}),
        (amended(A1={"rule": {"points": "full"}}), {}, {"sheet_asked_for"}),
        (amended(A1={"rule": {"points": "full"}}), {"sheets": SIGNED}, set()),
        (amended(A1=LADDER), {"stage": Stage.SCORING, "scored": frozenset({"A1"})}, {"scored_by_the_old_rule"}),
        (amended(A1=LADDER), {"stage": Stage.SCORING, "scored": frozenset({"B1"})}, set()),
        (amended(B1={"scoring_body": "panel"}), {"stage": Stage.SCORING, "scored": frozenset({"B1"})}, {"scored_by_another"}),
        (amended(A2=None), {"drawn": frozenset({"file_points"})}, {"input_in_use"}),
        (amended(B1={"title": {"zh": "培训人次"}}), {"stage": Stage.SCORING, "scored": frozenset({"B1"})}, set()),
    ],
)  # fmt: skip
def test_what_would_be_made_untrue_is_refused(
    after: Scheme, work: dict[str, Any], codes: set[str]
) -> None:
    told = {"stage": Stage.COLLECTING, "sheets": ASKED} | work
    assert refused(after, **told) == codes


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        (None, {"case_files_drawn"}),
        ({"give": "mean_points", "types": ["trademark"]}, {"case_files_drawn"}),
        ({"give": "mean_points"}, set()),
    ],
)
def test_what_files_were_drawn_for_stays_their_figure(told: object, codes: set[str]) -> None:
    document = deepcopy(dict(scheme().document))
    (row,) = (one for one in document["inputs"] if one["code"] == "file_points")  # type: ignore[attr-defined]
    row.pop("case_files")
    if told is not None:
        row["case_files"] = told
    after = scheme_from_document(document)
    work: dict[str, Any] = {"stage": Stage.SCORING, "sheets": SIGNED}
    assert refused(after, **work, drawn=frozenset({"file_points"})) == codes
    assert refused(after, **work) == set()


def test_units_do_not_come_or_go_once_the_collection_has_begun() -> None:
    document = deepcopy(dict(scheme().document))
    document["units"] = document["units"][:1]  # type: ignore[index]
    after = scheme_from_document(document)
    assert refused(after, stage=Stage.COLLECTING, sheets=ASKED) == {"units_changed"}
    assert refused(after, stage=Stage.ISSUED) == set()


def handed_over() -> Scheme:
    document = deepcopy(dict(scheme().document))
    document["inputs"][1]["supplying_body"] = "panel"  # type: ignore[index]
    return scheme_from_document(document)


def test_a_sheet_that_nobody_has_filled_in_goes_to_another_body() -> None:
    after = handed_over()
    work = Work(stage=Stage.COLLECTING, sheets=ASKED)
    assert refused(after, stage=work.stage, sheets=work.sheets) == set()
    found = brought(scheme(), after, division(scheme()), division(after), work)
    assert found.hands_over == (("closed_in_time", "panel"),)
    assert "案卷评查组" in found.said(after)[0].zh


@pytest.mark.parametrize(
    "held", [Owed("market", is_signed=True, is_open=False), Owed("market", has_draft=True)]
)
def test_a_sheet_that_somebody_has_filled_in_stays(held: Owed) -> None:
    sheets = {"closed_in_time": held}
    assert refused(handed_over(), stage=Stage.COLLECTING, sheets=sheets) == {"sheet_of_another"}


def test_a_new_figure_opens_a_sheet() -> None:
    after = with_new_input()
    work = Work(stage=Stage.COLLECTING, sheets=ASKED)
    assert brought(scheme(), after, division(scheme()), division(after), work).opens == (
        ("reported", "market"),
    )


def test_open_scores_follow_their_body() -> None:
    after = amended(B1={"scoring_body": "panel"})
    work = Work(stage=Stage.SCORING, sheets=SIGNED)
    assert brought(scheme(), after, division(scheme()), division(after), work).rescores == (
        ("B1", "panel"),
    )


def own(unit: str, points: int, *, is_signed: bool) -> OwnScore:
    return OwnScore(unit, "B2", Fraction(points), is_signed)


THREE = (
    own("440100", 9, is_signed=False), own("440700", 10, is_signed=True),
    OwnScore("440700", "B1", Fraction(30), is_signed=True),
)  # fmt: skip


def brought_with(after: Scheme, stage: Stage = Stage.COLLECTING) -> Brought:
    work = Work(stage=stage, own_scores=THREE)
    return brought(scheme(), after, division(scheme()), division(after), work)


def test_self_scores_above_lowered_full_points_are_told_signed_or_not() -> None:
    after = amended(B2={"points": 4})
    (found,) = brought_with(after).above
    assert (found.item.code, found.was, found.most) == ("B2", 10, 4)
    assert (found.signed, found.unsigned) == (("440700",), ("440100",))
    signed, unsigned = (one.zh for one in found.said(after))
    assert "江门市" in signed
    assert "保留原样" in signed
    assert "1个尚未签发的单位" in unsigned
    assert "广州市" not in unsigned
    assert "提请审签前" in unsigned


@pytest.mark.parametrize("points", [9, 10])
def test_full_points_that_every_self_score_fits_bring_nothing_of_it(points: int) -> None:
    found = brought_with(amended(B2={"points": points})).above
    assert [one.signed for one in found] == ([("440700",)] if points == 9 else [])


@pytest.mark.parametrize("stage", [Stage.COMPARING, Stage.SCORING])
def test_once_the_collection_is_over_nobody_is_told_to_lower_a_self_score(stage: Stage) -> None:
    (found,) = brought_with(amended(B2={"points": 4}), stage).above
    said = " ".join(one.en for one in (*found.said(scheme()), found.of_unit("440100")))
    assert "the collection is over" in said
    assert "lower" not in said


def test_before_the_collection_there_are_no_self_scores() -> None:
    assert brought_with(amended(B2={"points": 4}), Stage.ISSUED).above == ()

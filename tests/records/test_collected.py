"""What an assessment collected is frozen as records, and weighs what the office weighed."""

from fractions import Fraction as F

import pytest

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.records.tally.tally import tally
from steelyard.weighing.values import Values
from tests.records.snapshots import (
    CITIES,
    Delivered,
    computed_scheme,
    frozen,
    indicator,
    of_suits,
    suit,
)

JM, ZS = CITIES
SCHEME = computed_scheme(
    [indicator("cases", of_suits(), "count"), {"code": "rate", "type": "share", "title": "rate"},
     {"code": "plan", "type": "number", "title": "plan"}]
)  # fmt: skip


SUITS = Delivered("suits", [suit(1)])


def figure(place, value, indicator="rate", period="2021"):
    return {"place": place, "indicator": indicator, "period": period, "value": value,
            "supplying_body": "market", "signed_on": "2022-01-05"}  # fmt: skip


def judgement(place, value):
    return {"place": place, "item": "I2", "indicator": "plan", "period": "2021", "value": value,
            "reason": "缺进度安排，扣1分", "scoring_body": "team", "judged_on": "2022-02-05"}  # fmt: skip


REPORTED = {
    "place": JM, "indicator": "cases", "period": "2021", "value": 5, "unit_of_measure": "件",
    "reported_on": "2022-01-05",
}  # fmt: skip


def status(place, said, period="2021"):
    return {"place": place, "item": "I1", "period": period, "status": said, "reason": "样本",
            "stating_body": "team", "stated_on": "2022-02-05"}  # fmt: skip


def settlement(place, accepted, value):
    return {"place": place, "indicator": "rate", "period": "2021", "accepted": accepted,
            "value": value, "reason": "核对台账", "settled_on": "2022-02-01", "settled_by": "李四"}  # fmt: skip


def test_sheets_judgements_and_statuses_become_values_with_their_source(tmp_path):
    snapshot = frozen(
        tmp_path,
        SUITS,
        Delivered("supplied_figures", [figure(JM, "92.3%"), figure(ZS, "0.8"), figure(JM, "1/3", period="2020")]),
        Delivered("judgements", [judgement(JM, "9.5")]),
        Delivered("item_statuses", [status(ZS, "forged"), status(JM, "late", "2020")]),
    )  # fmt: skip
    values = tally(SCHEME, snapshot)
    found = {unit: values.cell("rate", "2021", unit).value for unit in CITIES}
    assert found == {JM: F(923, 1000), ZS: F(4, 5)}
    assert values.cell("rate", "2020", JM).value == F(1, 3)
    assert values.cell("plan", "2021", JM).value == F(19, 2)
    assert values.cell("plan", "2021", JM).source == Text("评分：team", "judgements: team")
    assert values.cell("plan", "2021", ZS) is None
    assert values.item_statuses == {"I1": {ZS: "forged"}}


@pytest.mark.parametrize(
    ("accepted", "value", "counts"),
    [("supplied", "", F(4, 5)), ("self_reported", "0.9", F(9, 10)), ("other", "85%", F(17, 20))],
)
def test_a_settled_figure_counts_as_it_was_settled_and_both_stay(tmp_path, accepted, value, counts):
    snapshot = frozen(
        tmp_path,
        SUITS,
        Delivered("supplied_figures", [figure(JM, "0.8")]),
        Delivered("settlements", [settlement(JM, accepted, value)]),
    )
    cell = tally(SCHEME, snapshot).cell("rate", "2021", JM)
    assert cell.value == counts
    assert cell.source == Text(
        "提供：market 0.8；2022-02-01核定，核对台账",
        "supplied_figures: market 0.8; settled on 2022-02-01, 核对台账",
    )


def test_a_figure_of_another_type_is_named_with_its_unit(tmp_path):
    snapshot = frozen(
        tmp_path, SUITS, Delivered("supplied_figures", [figure(JM, "约八成"), figure(ZS, "多数")])
    )
    with pytest.raises(Faulty) as caught:
        tally(SCHEME, snapshot)
    assert [fault.code for fault in caught.value.faults] == ["wrong-type", "wrong-type"]
    assert "440700 · rate · 2021" in str(caught.value)


def test_what_is_typed_by_hand_covers_what_was_collected(tmp_path):
    snapshot = frozen(
        tmp_path, SUITS, Delivered("supplied_figures", [figure(JM, "0.8"), figure(ZS, "0.7")])
    )
    values = tally(SCHEME, snapshot, Values.of(SCHEME, {JM: {"rate": "0.5"}}))
    found = {unit: values.cell("rate", "2021", unit).value for unit in CITIES}
    assert found == {JM: F(1, 2), ZS: F(7, 10)}


@pytest.mark.parametrize("how", ["missing", "no_base", "not_applicable"])
def test_how_a_figure_is_lacking_is_frozen_with_its_reason(tmp_path, how):
    lacking = {**figure(JM, None), "status": how, "note": "本年未统计"}
    snapshot = frozen(tmp_path, SUITS, Delivered("supplied_figures", [lacking, figure(ZS, "0.8")]))
    cell = tally(SCHEME, snapshot).cell("rate", "2021", JM)
    assert (cell.value, cell.status, "本年未统计" in cell.source.zh) == (None, how, True)


def test_what_was_settled_of_a_lacking_figure_counts(tmp_path):
    lacking = {**figure(JM, None), "status": "missing", "note": "本年未统计"}
    snapshot = frozen(
        tmp_path, SUITS, Delivered("supplied_figures", [lacking]),
        Delivered("settlements", [settlement(JM, "self_reported", "0.7")]),
    )  # fmt: skip
    cell = tally(SCHEME, snapshot).cell("rate", "2021", JM)
    assert (cell.value, cell.status) == (F(7, 10), "")


@pytest.mark.parametrize(
    ("accepted", "found", "counts"),
    [("supplied", "no", False), ("self_reported", "yes", True), ("other", "是", True)],
)
def test_a_settled_yes_or_no_counts_as_it_was_settled(tmp_path, accepted, found, counts):
    scheme = computed_scheme(
        [
            indicator("cases", of_suits(), "count"),
            {"code": "rate", "type": "yes_no", "title": "rate"},
        ]
    )
    snapshot = frozen(
        tmp_path,
        SUITS,
        Delivered("self_reported_figures", [REPORTED]),
        Delivered("supplied_figures", [figure(JM, "no")]),
        Delivered("settlements", [settlement(JM, accepted, found)]),
    )
    cell = tally(scheme, snapshot).cell("rate", "2021", JM)
    assert cell.value is counts
    assert "核对台账" in cell.source.zh

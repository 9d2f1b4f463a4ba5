"""An index scheme through the whole of ``weigh``: grades, floors, vetoes, missing data, result.json."""

import json

import pytest

from steelyard.kernel.faults import Faulty
from steelyard.weighing.document import read_result, result_bytes
from steelyard.weighing.explain import explain
from tests.builders import JIANGMEN, ZHONGSHAN, ZHUHAI, item, weighed

UNITS = [JIANGMEN, ZHONGSHAN, ZHUHAI]
ITEMS = [item("P"), item("a", parent="P"), item("b", parent="P", direction="lower"), item("c")]
VALUES = {
    "jm": {"a": 10, "b": 5, "c": 1},
    "zs": {"a": 20, "b": 5, "c": 2},
    "zh": {"a": 15, "b": 1, "c": 3},
}


def index(values=VALUES, **changes):
    return weighed(values, **({"family": "index", "units": UNITS, "items": ITEMS} | changes))


def scores(result):
    return {code: result.standing[code].score for code in ("jm", "zs", "zh")}


def test_min_max_and_equal_weights_by_hand():
    # a: 0, 100, 50; b (less is better): 0, 0, 100; P: 0, 50, 75; c: 0, 50, 100
    assert scores(index()) == pytest.approx({"jm": 0, "zs": 50, "zh": 87.5})


def test_grades_floors_and_vetoes_hold_for_an_index_too():
    grades = [{"code": "good", "at_least": 40, "floors": {"P": 60}}, {"code": "fail"}]
    vetoes = [{"code": "v", "when": "total > 80", "then": {"score": 45}}]
    result = index(grades=grades, vetoes=vetoes)
    assert [(s.unit.code, s.score, s.grade) for s in result.standings] == [
        ("zs", 50.0, "fail"), ("zh", 45.0, "good"), ("jm", 0.0, "fail"),
    ]  # fmt: skip


def test_the_geometric_mean_refuses_a_score_of_zero_by_name():
    with pytest.raises(Faulty) as caught:
        index(method={"aggregate": {"by": "geometric"}})
    said = [fault.what.en for fault in caught.value.faults]
    assert "the geometric mean needs every score above 0: Jiangmen has 0 on a" in said
    assert "rescale to 1–100 first" in caught.value.faults[0].mend.en


def test_a_missing_value_is_reweighted_refused_or_left_as_the_scheme_says():
    holes = VALUES | {"jm": {"a": None, "b": 2, "c": 1}}
    assert index(holes).standing["jm"].score is not None
    missing = index(holes, method={"aggregate": {"by": "arithmetic", "missing": "missing"}})
    assert (missing.standing["jm"].score, missing.standing["jm"].rank) == (None, None)
    with pytest.raises(Faulty, match="takes no missing value"):
        index(holes, method={"aggregate": {"by": "arithmetic", "missing": "refuse"}})


def test_weighing_an_index_result_again_gives_the_same(tmp_path):
    path = tmp_path / "result.json"
    path.write_bytes(result_bytes(index()))
    again = json.loads(result_bytes(read_result(path)))
    assert again["ranking"] == json.loads(path.read_bytes())["ranking"]


def test_scores_within_the_tolerance_share_a_rank():
    values = {
        "jm": {"a": 0, "b": 1, "c": 0},
        "zs": {"a": 1e-12, "b": 1, "c": 0},
        "zh": {"a": 1, "b": 0, "c": 1},
    }
    assert [index(values).standing[code].rank for code in ("zh", "jm", "zs")] == [1, 2, 2]


def test_an_index_is_explained_by_value_score_and_weight():
    tree = explain(index(), "zh")
    assert [child.sentence.en for child in tree.children] == [
        "score 75, weight 50.0%",
        "Item c 3: score 100, weight 50.0%.",
    ]
    assert tree.children[0].children[1].sentence.zh == "指标b1：得分100，权重50.0%。"

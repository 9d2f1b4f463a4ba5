"""result.json says everything, and weighing it again gives the same file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.faults import Faulty
from steelyard.weighing.document import read_result, result_bytes
from tests.builders import item, weighed

GRADES = [{"code": "good", "at_least": 5}, {"code": "fail"}]


@given(st.lists(st.fractions(min_value=0, max_value=10), min_size=2, max_size=2))
def test_weighing_a_result_again_gives_the_same_bytes(tmp_path_factory, scores):
    path = tmp_path_factory.mktemp("result") / "result.json"
    result = weighed({"jm": {"a": scores[0]}, "zs": {"a": scores[1]}}, grades=GRADES)
    path.write_bytes(result_bytes(result))
    assert result_bytes(read_result(path)) == path.read_bytes()


def test_the_document_carries_recipe_hashes_and_every_score():
    result = weighed({"jm": {"a": "10/3"}, "zs": {"a": 5}}, grades=GRADES)
    document = json.loads(result_bytes(result))
    assert document["ranking"][1] == {
        "rank": 2, "unit": "jm", "title": {"zh": "江门", "en": "Jiangmen"}, "group": "", "group_rank": 2,
        "score": "10/3", "shown": "3.33", "before_vetoes": "10/3", "grade": "fail", "vetoes": [],
    }  # fmt: skip
    assert document["items"]["A"]["jm"] == {"points": "10/3", "possible": "10"}
    assert document["recipe"]["arithmetic"] == "exact fractions"
    assert document["recipe"]["hashes"]["scheme"].startswith("sha256:")


def test_a_result_that_was_altered_is_refused(tmp_path):
    path = tmp_path / "result.json"
    result = weighed({"jm": {"a": 3}, "zs": {"a": 5}}, grades=GRADES)
    path.write_bytes(result_bytes(result).replace(b'"grade": "fail"', b'"grade": "good"'))
    with pytest.raises(Faulty, match="not what its own scheme and values give"):
        read_result(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"null", b'{"format": "steelyard-result/1"}', b"\xff", b"[" * 99999],
)
def test_what_is_no_result_is_refused(tmp_path, content):
    path = tmp_path / "result.json"
    path.write_bytes(content)
    with pytest.raises(Faulty, match="no result"):
        read_result(path)


def test_scores_are_shown_rounded_and_kept_whole():
    result = weighed({"jm": {"a": "2/3"}, "zs": {"a": 5}}, items=[item("A", 10, {"points": "a"})])
    row = json.loads(result_bytes(result))["ranking"][1]
    assert (row["score"], row["shown"]) == ("2/3", "0.67")

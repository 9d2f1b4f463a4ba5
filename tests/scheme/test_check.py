"""Each fault of a scheme is found, named and placed; and all of them at once."""

import pytest

from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import check_file
from tests.builders import document, item


def faults_of(**changes):
    try:
        Scheme.from_document(document(**changes))
    except Faulty as error:
        return list(error.faults)
    return []


def codes(**changes):
    return [fault.code for fault in faults_of(**changes)]


def test_a_sound_scheme_has_no_fault():
    assert codes() == []


LADDER = {"ladder": "a", "steps": [[">= 90%", 10], ["[80%, 90%)", 9]], "otherwise": 0}


@pytest.mark.parametrize(("of", "faults"), [("all_rank(a)", []), ("group_rank(a)", []), ("all_mean(a)", ["ladder-gap"])])  # fmt: skip
def test_a_rank_is_whole_so_places_that_follow_each_other_leave_no_gap(
    of: str, faults: list[str]
) -> None:
    rule = {"ladder": of, "steps": [["[1, 5]", 10], ["[6, 10]", 5]], "otherwise": 0}
    assert codes(items=[item("A", 10, rule)], inputs=[{"code": "a", "type": "number"}]) == faults


def test_places_that_follow_each_other_leave_no_gap_where_values_are_whole() -> None:
    rule = {"ladder": "a", "steps": [["<= 3", 10], ["[4, 10]", 5]], "otherwise": 0}
    kinds = {kind: codes(items=[item("A", 10, rule)], inputs=[{"code": "a", "type": kind}])
             for kind in ("count", "number")}  # fmt: skip
    assert kinds == {"count": [], "number": ["ladder-gap"]}


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("unknown-format", {"format": "steelyard-scheme/9"}),
        ("wrong-value", {"family": "both"}),
        ("wrong-code", {"code": "a/b"}),
        ("empty-period", {"period": {"starts": "2022-01-01", "ends": "2021-01-01"}}),
        ("key-missing", {"period": {"starts": "2022-01-01"}}),
        ("wrong-value", {"period": {"starts": "2022-02-30", "ends": "2023-01-01"}}),
        ("unknown-key", {"itms": []}),
        ("no-items", {"items": []}),
        ("no-units", {"units": []}),
        ("no-units", {"within": "44"}),
        ("duplicate-code", {"units": [{"code": "jm"}, {"code": "jm"}]}),
        ("duplicate-code", {"items": [item("A", 1, {"points": 1}), item("A", 1, {"points": 1})]}),
        ("unknown-code", {"items": [item("A", 1, {"points": 1}, parent="Z")]}),
        ("circle", {"items": [item("A", 1, parent="B"), item("B", 1, parent="A")]}),
        ("unknown-code", {"items": [item("A", 1, {"points": 1}, scoring_body="court")]}),
        ("unknown-code", {"items": [item("A", 1, {"points": 1}, applies_to=["coast"])]}),
        ("no-rule", {"items": [item("A", 10)]}),
        ("no-points", {"items": [item("A", None, {"points": "a"})]}),
        ("negative", {"items": [item("A", -5, {"points": "a"})]}),
        ("points-do-not-sum", {"items": [item("A", 9), item("A1", 10, {"points": 1}, parent="A")]}),
        ("points-do-not-sum", {"total": {"points": 100}}),
        ("ladder-gap", {"items": [item("A", 10, LADDER | {"steps": [[">= 98%", 10], ["[80%, 97%]", 5]]})]}),
        ("ladder-overlap", {"items": [item("A", 10, LADDER | {"steps": [[">= 90%", 10], ["[80%, 90%]", 5]]})]}),
        ("ladder-open", {"items": [item("A", 10, {"ladder": "a", "steps": [[">= 90%", 10]]})]}),
        ("empty-ladder", {"items": [item("A", 10, {"ladder": "a", "steps": []})]}),
        ("not-a-band", {"items": [item("A", 10, LADDER | {"steps": [["about 90%", 10]]})]}),
        ("wrong-step", {"items": [item("A", 10, LADDER | {"steps": [["> 1", 10, 3]]})]}),
        ("unreachable-points", {"items": [item("A", 12, LADDER)]}),
        ("unreachable-cap", {"items": [item("A", 10, [{"points": 10}, {"deduct": "b", "each": 1, "at_most": 20}])],
                             "inputs": [{"code": "b", "least": 0, "most": 5}]}),
        ("not-a-formula", {"items": [item("A", 10, {"points": "a +"})]}),
        ("which-part", {"items": [item("A", 10, {"points": 1, "ladder": "a"})]}),
        ("which-part", {"items": [item("A", 10, {"pionts": 1})]}),
        ("unknown-key", {"items": [item("A", 10, {"points": 1, "at_mots": 3})]}),
        ("wrong-matrix", {"items": [item("A", 10, {
            "matrix": ["a", "b"], "rows": ["> 1"], "columns": ["> 1"], "cells": [[1, 2]]})]}),
        ("unknown-code", {"items": [item("A", 10, {"points": 'score("Z")'})]}),
        ("circle", {"items": [item("A", 10, {"points": 'score("B")'}), item("B", 10, {"points": 'score("A")'})]}),
        ("circle", {"quantities": [{"code": "q", "formula": "r + 1"}, {"code": "r", "formula": "q"}]}),
        ("circle", {"items": [item("A", 10, not_applicable_if='applies("A1")'),
                              item("A1", 10, {"points": 1}, parent="A")]}),
        ("unreachable-cap", {"items": [item("B", 5, kind="bonus"),
                                       item("B1", 3, {"points": "a"}, parent="B", kind="bonus")]}),
        ("method-in-points", {"method": {}}),
        ("circle", {"items": [item("A", 10), item("A1", 10, {"points": 'score("A")'}, parent="A")]}),
        ("bad-name", {"quantities": [{"code": "total", "formula": "a"}]}),
        ("bad-name", {"quantities": [{"code": "min", "formula": "a"}]}),
        ("bad-name", {"figures": [{"code": "q", "value": 1}], "quantities": [{"code": "q", "formula": "a"}]}),
        ("name-out-of-place", {"items": [item("A", 10, {"points": "total"})]}),
        ("not-yet-in-force", {"figures": [{"code": "q", "dated": [{"from": "2023-01-01", "value": 1}]}]}),
        ("grades-out-of-order", {
            "grades": [{"code": "b", "at_least": 60}, {"code": "a", "at_least": 90}, {"code": "c"}]}),
        ("grades-leave-out", {"grades": [{"code": "a", "at_least": 90}]}),
        ("grade-takes-all", {"grades": [{"code": "a"}, {"code": "b"}]}),
        ("two-cut-offs", {"grades": [{"code": "a", "at_least": 90, "above": 90}, {"code": "b"}]}),
        ("wrong-quota", {"grades": [{"code": "a", "quota": {"share": "15%", "count": 3}}, {"code": "b"}]}),
        ("wrong-quota", {"grades": [{"code": "a", "quota": {"share": 15}}, {"code": "b"}]}),
        ("unknown-code", {"vetoes": [{"code": "v", "when": "a > 1", "then": {"grade": "fail"}}]}),
        ("veto-without-effect", {"vetoes": [{"code": "v", "when": "a > 1", "then": {}}]}),
        ("rule-in-index", {"family": "index", "items": [item("A", None, {"points": 1})]}),
        ("wrong-value", {"items": [item("A", "nan", {"points": 1})]}),
        ("wrong-value", {"items": [item("A", "inf", {"points": 1})]}),
        ("duplicate-tile", {"units": [{"code": "a", "tile": [1, 1]}, {"code": "b", "tile": [1, 1]}]}),
    ],
)  # fmt: skip
def test_the_fault_is_found(code, changes):
    assert code in codes(**changes)


INPUTS = [{"code": "major_event", "title": "重大事件", "type": "yes_no"}]
FAIL = {"then": {"score": 0}}


@pytest.mark.parametrize("part", [
    {"vetoes": [{"code": "v", "when": "majr_event", **FAIL}]},
    {"ranking": {"tie_break": ["majr_event"]}},
    {"grades": [{"code": "good", "at_least": 5, "requires": "not majr_event"}, {"code": "rest"}]},
])  # fmt: skip
def test_a_name_that_no_figure_has_is_a_fault_besides_the_items(part):
    found = faults_of(inputs=INPUTS, **part)
    assert [(one.code, one.mend.en) for one in found] == [
        ("unknown-name", "did you mean 'major_event'? Else declare it as an input")
    ]
    assert faults_of(**part) == []


def test_a_veto_may_ask_for_what_is_declared_or_what_an_item_asks_for():
    vetoes = [{"code": "v", "when": "major_event or late > 2", **FAIL}]
    items = [item("A", 10, {"add": "late", "each": 1})]
    assert faults_of(inputs=INPUTS, vetoes=vetoes, items=items) == []


def test_a_sum_that_the_source_itself_has_wrong_can_be_owned():
    gap = {"points": 10, "note": {"zh": "原表合计有误", "en": "the source's own sum is wrong"}}
    items = [item("A", 60, gap=gap), item("A1", 50, {"points": "a"}, parent="A")]
    assert codes(items=items) == []


def test_all_faults_are_told_at_once(tmp_path):
    path = tmp_path / "scheme.toml"
    path.write_text(
        'format = "steelyard-scheme/1"\ncode = "t"\nversion = "1"\ntitle = "T"\nlabel = "sample"\n'
        'family = "points"\nperiod = { starts = 2021-01-01, ends = 2022-01-01 }\n'
        '[[units]]\ncode = "jm"\n[[units]]\ncode = "jm"\n'
        '[[items]]\ncode = "A"\ntitle = "A"\npoints = 10\n'
        'rule = { ladder = "a", steps = [\n  [">= 90%", 10],\n  ["[80%, 9O%)", 9],\n], otherwise = 0 }\n'
        '[[grades]]\ncode = "a"\nat_lest = 90\n'
    )
    checked = check_file(path)
    assert checked.scheme is None
    found = [(fault.code, fault.where.line, fault.where.key) for fault in checked.faults]
    assert found == [
        ("duplicate-code", 11, "units.jm.code"),
        ("not-a-band", 18, "items.A.rule.steps[2][1]"),
        ("unknown-key", 22, "grades.a.at_lest"),
    ]


def test_a_fault_in_a_side_table_names_its_row_and_column(tmp_path):
    (tmp_path / "units.csv").write_text(
        "code,title_zh,title_en,tile\njm,江门,Jiangmen,[1\nzs,中山,Zhongshan,\n"
    )
    (tmp_path / "scheme.toml").write_text(
        'format = "steelyard-scheme/1"\ncode = "t"\nversion = "1"\ntitle = "T"\nlabel = "sample"\n'
        'family = "points"\nperiod = { starts = 2021-01-01, ends = 2022-01-01 }\ntables = { units = "units.csv" }\n'
        '[[items]]\ncode = "A"\ntitle = "A"\npoints = 10\nrule = { points = "a" }\n'
    )
    fault = check_file(tmp_path / "scheme.toml").faults[0]
    assert (fault.code, fault.where.file, fault.where.row, fault.where.column) == (
        "not-toml",
        "units.csv",
        2,
        "tile",
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"  \n", "empty-file"),
        (b"title = \xca\xd4", "wrong-encoding"),
        (b"title = ", "not-toml"),
        (b"a = 1\na = 2", "not-toml"),
        (b"[" * 5000, "not-toml"),
        (b"x" * (8 * 1024 * 1024 + 1), "file-too-large"),
    ],
)
def test_a_file_that_is_no_scheme_is_refused(tmp_path, content, code):
    path = tmp_path / "scheme.toml"
    path.write_bytes(content)
    assert [fault.code for fault in check_file(path).faults] == [code]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert [f.code for f in check_file(tmp_path / "none.toml").faults] == ["cannot-open"]


def test_every_fault_is_said_in_both_languages():
    with pytest.raises(Faulty) as caught:
        Scheme.from_document(document(items=[], units=[], family="both", itms=1))
    for fault in caught.value.faults:
        assert fault.what.zh != fault.what.en
        assert fault.mend.zh
        assert fault.mend.en

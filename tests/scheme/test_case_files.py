"""An input says that reviewed case files give it, and which figure; nothing is guessed from its words."""

from __future__ import annotations

import jsonschema
import pytest

from steelyard.kernel.faults import Faulty
from steelyard.scheme.case_files import CaseFiles
from steelyard.scheme.json_schema import SCHEME_JSON_SCHEMA
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import check_file
from steelyard.scheme.wording import rule_from_words
from steelyard.scheme.write import scheme_toml
from tests.builders import document, item

FILES = {"code": "files", "type": "number", "judged": True, "case_files": "mean_points"}
RATE = {"code": "rate", "type": "share", "judged": True, "case_files": "defect_rate"}
ITEMS = [
    item("A", 10, {"points": "files / 10"}),
    item("B", 10, {"points": "10 * (1 - rate)"}),
]


def scheme(*inputs: dict[str, object]) -> Scheme:
    return Scheme.from_document(document(inputs=list(inputs), items=ITEMS))


def faults(*inputs: dict[str, object]) -> list[tuple[str, str]]:
    with pytest.raises(Faulty) as caught:
        scheme(*inputs)
    return [(one.code, one.where.key) for one in caught.value.faults]


def test_an_input_says_which_figure_and_of_which_types_of_file() -> None:
    told = {**FILES, "case_files": {"give": "mean_points", "types": ["trademark"]}}
    found = scheme(told, RATE).inputs
    assert found["files"].case_files == CaseFiles("mean_points", ("trademark",))
    assert found["rate"].case_files == CaseFiles("defect_rate")
    assert (
        not scheme({**FILES, "case_files": {"give": "mean_points"}})
        .inputs["files"]
        .case_files.types
    )


def test_words_alone_make_no_figure_of_case_files() -> None:
    spoken = {"code": "files", "title": {"zh": "案卷评查平均分"}, "judged": True}
    assert scheme(spoken).inputs["files"].case_files is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"case_files": "median"}, "wrong-value"),
        ({"case_files": {"types": ["trademark"]}}, "key-missing"),
        ({"case_files": {"give": "mean_points", "type": "trademark"}}, "unknown-key"),
        ({"type": "share"}, "wrong-type"),
        ({"judged": False}, "two-ways"),
    ],
)
def test_what_does_not_go_together_is_told_at_its_place(
    change: dict[str, object], code: str
) -> None:
    (found,) = faults({**FILES, **change})
    assert found[0] == code
    assert found[1].startswith("inputs[0].case_files")


def test_two_inputs_of_one_figure_are_told(tmp_path) -> None:
    again = {**FILES, "code": "rate"}
    assert faults(FILES, again) == [("case-figure-twice", "inputs[1].case_files")]
    path = tmp_path / "a.toml"
    path.write_text(scheme_toml(document(inputs=[FILES, again], items=ITEMS)), "utf-8")
    lines = path.read_text("utf-8").splitlines()
    (fault,) = [one for one in check_file(path).faults if one.code == "case-figure-twice"]
    assert fault.where.line is not None
    assert "rate" in lines[fault.where.line - 1]


@pytest.mark.parametrize(
    ("types", "stand"),
    [
        (([], ["trademark"]), False),
        ((["trademark"], ["trademark", "copyright"]), False),
        ((["trademark"], ["copyright"]), True),
    ],
)
def test_two_inputs_may_be_of_types_that_do_not_overlap(
    types: tuple[list[str], list[str]], stand: bool
) -> None:
    one, other = (
        {**FILES, "code": code, "case_files": {"give": "mean_points", "types": named}}
        for code, named in zip(("files", "rate"), types, strict=True)
    )
    if stand:
        assert scheme(one, other).inputs["rate"].case_files == CaseFiles(
            "mean_points", ("copyright",)
        )
    else:
        assert faults(one, other) == [("case-figure-twice", "inputs[1].case_files")]


def test_the_json_schema_knows_it() -> None:
    def is_valid(value: object) -> bool:
        told = document(inputs=[{**FILES, "case_files": value}], items=ITEMS)
        return jsonschema.Draft202012Validator(SCHEME_JSON_SCHEMA).is_valid(told)

    assert is_valid("mean_points")
    assert is_valid({"give": "defect_rate", "types": ["trademark"]})
    assert not is_valid("median")
    assert not is_valid({"types": ["trademark"]})


def test_it_stays_when_the_scheme_is_written() -> None:
    assert 'judged = true, case_files = "mean_points"' in scheme_toml(
        document(inputs=[FILES], items=ITEMS)
    )


@pytest.mark.parametrize(
    ("words", "title", "row"),
    [
        ("得分＝案卷评查平均分×10%。", "案卷评查", {"case_files": "mean_points", "judged": True}),
        (
            "案卷缺陷率低于5%的得10分，否则不得分",
            "案卷",
            {"case_files": "defect_rate", "judged": True},
        ),
        ("得分＝问卷平均分×10%。", "满意度", {}),
    ],
)
def test_words_are_read_once_into_the_field_and_told(
    words: str, title: str, row: dict[str, object]
) -> None:
    read = rule_from_words(words, 10, title=title)
    assert read.is_whole
    (found,) = (one.as_row() for one in read.inputs)
    assert {name: found[name] for name in ("case_files", "judged") if name in found} == row
    assert any("由抽取的案卷评查得出" in one.zh for one in read.readings) is bool(row)


def test_words_that_speak_of_case_files_but_name_no_figure_of_theirs_are_told() -> None:
    read = rule_from_words("案卷合格率达到90%以上的得10分，否则不得分", 10, title="案卷合格率")
    assert [one.case_files for one in read.inputs] == [None]
    assert any("没有读出由案卷评查得出的数据项" in one.zh for one in read.readings)

"""The tables of a folder become values; every fault is told at its cell, all at once."""

from datetime import date
from fractions import Fraction as F

import pytest

from steelyard.kernel.bilingual import same
from steelyard.kernel.faults import Faulty
from steelyard.weighing.values import Values
from tests.builders import item, scheme

INPUTS = [
    {"code": "cases", "title": {"zh": "案件数", "en": "Cases"}, "type": "count"},
    {"code": "rate", "type": "share"},
    {"code": "done", "type": "yes_no"},
    {"code": "filed", "type": "date"},
    {"code": "level", "type": "text"},
    {"code": "change"},
]
USES_ALL = {
    "points": 'cases * rate + change + (1 if done else 0) + (1 if level == "x" else 0) + (filed - date("2021-01-01"))'
}


def read(tmp_path, *, stage="final", period=None, **files):
    for name, content in files.items():
        (tmp_path / f"{name}.csv").write_bytes(
            content if isinstance(content, bytes) else content.encode()
        )
    made = scheme(
        inputs=INPUTS, items=[item("A", 10, USES_ALL)], **({"period": period} if period else {})
    )
    return Values.read(made, tmp_path, stage=stage)


def faults(tmp_path, **files):
    with pytest.raises(Faulty) as caught:
        read(tmp_path, **files)
    return [(f.code, f.where.row, f.where.column.split(" ")[-1]) for f in caught.value.faults]


def column(values, code, period="2021"):
    return {unit: cell.value for unit, cell in values.cells[(code, period)].items()}


def test_a_wide_table_has_a_column_an_input(tmp_path):
    values = read(
        tmp_path,
        wide="unit,cases,rate,done,filed,level\njm,12,92.3%,是,2021-07-31,省级\nzs,—,0.5,no,2021年8月1日,\n",
    )
    assert column(values, "cases") == {"jm": 12, "zs": None}
    assert column(values, "rate") == {"jm": F(923, 1000), "zs": F(1, 2)}
    assert column(values, "done") == {"jm": True, "zs": False}
    assert column(values, "filed")["zs"] == date(2021, 8, 1).toordinal()
    assert column(values, "level") == {"jm": "省级", "zs": None}


def test_a_long_table_has_a_row_a_value(tmp_path):
    values = read(
        tmp_path,
        long="unit,input,value,status,source\njm,cases,12,late,Court\nzs,A,,no_material,\n",
    )
    cell = values.cell("cases", "2021", "jm")
    assert (cell.value, cell.status, cell.source) == (12, "late", same("Court"))
    assert values.item_statuses == {"A": {"zs": "no_material"}}


def test_chinese_headings_and_titles_are_read(tmp_path):
    values = read(tmp_path, wide="单位,案件数\n江门,12\n中山,13\n")
    assert column(values, "cases") == {"jm": 12, "zs": 13}


def test_gb18030_is_read(tmp_path):
    values = read(tmp_path, wide="单位,案件数\n江门,12\n中山,13\n".encode("gb18030"))
    assert column(values, "cases") == {"jm": 12, "zs": 13}


def test_not_applicable_is_not_missing(tmp_path):
    values = read(tmp_path, wide="unit,cases\njm,不适用\nzs,\n")
    assert [values.cell("cases", "2021", unit).status for unit in ("jm", "zs")] == [
        "not_applicable",
        "",
    ]


def test_earlier_periods_stand_in_the_same_table(tmp_path):
    values = read(tmp_path, wide="unit,period,cases\njm,2021,12\njm,2020,8\nzs,2021,1\n")
    assert column(values, "cases", "2020") == {"jm": 8}


def test_the_latest_stage_asked_for_counts(tmp_path):
    table = "unit,stage,cases\njm,self,12\njm,audited,10\nzs,self,3\n"
    assert column(read(tmp_path, wide=table), "cases") == {"jm": 10, "zs": 3}
    assert column(read(tmp_path, wide=table, stage="provisional"), "cases") == {"jm": 12, "zs": 3}


def test_a_status_and_a_source_can_stand_beside_a_column(tmp_path):
    values = read(tmp_path, wide="unit,cases,cases:status,cases:source\njm,12,逾期,法院\nzs,1,,\n")
    cell = values.cell("cases", "2021", "jm")
    assert (cell.status, cell.source) == ("late", same("法院"))


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("unit,cases\njm,twelve\nzs,1\n", [("not-a-number", 2, "cases")]),
        ("unit,cases\njm,NaN\nzs,inf\n", [("not-a-number", 2, "cases"), ("not-a-number", 3, "cases")]),
        ("unit,cases\njm,1.5\nzs,1\n", [("not-whole", 2, "cases")]),
        ("unit,cases\njm,-1\nzs,1\n", [("out-of-bounds", 2, "cases")]),
        ("unit,rate\njm,92.3\nzs,1\n", [("out-of-bounds", 2, "rate")]),
        ("unit,done\njm,perhaps\nzs,1\n", [("not-yes-or-no", 2, "done")]),
        ("unit,filed\njm,2021-02-30\nzs,\n", [("not-a-date", 2, "filed")]),
        ("unit,cases\njm,1\nzs,1\nxx,1\n", [("unknown-unit", 4, "unit")]),
        ("unit,cases\njm,1\n", [("unit-without-data", None, "")]),
        ("unit,cases,profits\njm,1,1\nzs,1,1\n", [("unused-column", 1, "profits")]),
        ("unit,cases\njm,1\njm,2\nzs,1\n", [("two-values", 3, "cases")]),
        ("unit,period,cases\njm,1999,1\nzs,2021,1\njm,2021,1\n", [("unknown-period", 2, "period")]),
        ("unit,stage,cases\njm,draft,1\nzs,,1\njm,,1\n", [("unknown-stage", 2, "stage")]),
        ("unit,input,value\njm,profits,1\nzs,cases,1\n", [("unknown-input", 2, "input")]),
        ("unit,cases,cases:status\njm,1,lost\nzs,1,\n", [("unknown-status", 2, "cases:status")]),
        ("city,cases\njm,1\nzs,1\n", [("no-unit-column", 1, "")]),
        ("unit,cases,rate\njm,x,y\nzs,-3,1\n",
         [("not-a-number", 2, "cases"), ("not-a-number", 2, "rate"), ("out-of-bounds", 3, "cases")]),
    ],
)  # fmt: skip
def test_every_fault_is_told_at_its_cell(tmp_path, table, found):
    assert faults(tmp_path, wide=table) == found


def test_a_table_named_as_a_sample_marks_the_values(tmp_path):
    assert not read(tmp_path, wide="unit,cases\njm,1\nzs,1\n").sample
    assert read(tmp_path, sample_more="unit,rate\njm,1\nzs,1\n").sample


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(Faulty, match="no table"):
        read(tmp_path)


def test_two_tables_cannot_both_give_a_value(tmp_path):
    table = "unit,cases\njm,1\nzs,1\n"
    assert [code for code, *_ in faults(tmp_path, one=table, two=table)] == [
        "two-values",
        "two-values",
    ]


def test_a_list_has_several_rows_a_unit(tmp_path):
    rule = {"for_each": "praise", "score": {"table": "level", "rows": {"a": 2}, "otherwise": 1}}
    made = scheme(items=[item("A", 10, rule)])
    (tmp_path / "praise.csv").write_text("unit,level,remark\njm,a,x\njm,b,y\nzs,a,z\n")
    values = Values.read(made, tmp_path)
    assert values.lists == {
        ("praise", "2021"): {"jm": ({"level": "a"}, {"level": "b"}), "zs": ({"level": "a"},)}
    }


def test_a_list_keeps_who_gave_a_mark_though_no_rule_asks(tmp_path):
    made = scheme(
        items=[item("A", 10, {"for_each": "marks", "score": {"points": "mark"}, "keep": "mean"})],
        uncertainty={"panels": [{"list": "marks", "member": "judge"}]},
    )
    (tmp_path / "marks.csv").write_text("unit,judge,mark\njm,王,7\njm,,8\nzs,李,9\n", "utf-8")
    rows = Values.read(made, tmp_path).lists[("marks", "2021")]
    assert [row["judge"] for row in rows["jm"]] == ["王", None]
    (tmp_path / "marks.csv").write_text("unit,mark\njm,7\nzs,9\n", "utf-8")
    assert Values.read(made, tmp_path).lists  # official scores do not ask for it


def test_a_list_without_a_column_that_the_rule_needs_is_refused(tmp_path):
    made = scheme(items=[item("A", 10, {"for_each": "praise", "score": {"points": "n"}})])
    (tmp_path / "praise.csv").write_text("unit,level\njm,a\nzs,b\n")
    with pytest.raises(Faulty, match="no column 'n'"):
        Values.read(made, tmp_path)


def test_values_survive_their_own_document(tmp_path):
    made = scheme(inputs=INPUTS, items=[item("A", 10, USES_ALL)])
    values = read(
        tmp_path,
        wide="unit,cases,rate,done,filed,level\njm,12,1/3,是,2021-07-31,省级\nzs,—,0.5,no,,\n",
    )
    again = Values.from_document(made, values.document())
    assert again == values

"""From a figure back to its rows, at the command line."""

import csv
import json

import pytest
from openpyxl import load_workbook

from steelyard.cli import main
from tests.records.snapshots import CITIES, Delivered, frozen, suit

JM, ZS = CITIES
SCHEME = """
format = "steelyard-scheme/1"
code = "suits"
version = "1"
title = {{ zh = "办案考核", en = "Suits" }}
label = "sample"
family = "points"
period = {{ starts = 2021-01-01, ends = 2022-01-01 }}

[[units]]
code = "440700"
title = {{ zh = "江门", en = "Jiangmen" }}
[[units]]
code = "442000"
title = {{ zh = "中山", en = "Zhongshan" }}

[[inputs]]
code = "won"
title = {{ zh = "胜诉案件", en = "Suits won" }}
records = \"\"\"
SELECT place AS unit, id AS record
FROM suits
WHERE {condition} AND filed >= :from AND filed < :to
\"\"\"
tally = "count"

[[inputs]]
code = "staff"
title = {{ zh = "人员", en = "Staff" }}

[[items]]
code = "A1"
title = {{ zh = "胜诉", en = "Won" }}
points = 10
rule = {{ points = "won + staff" }}
"""
ROWS = [
    suit(1, won=True, court="=1+1", plaintiff="=cmd|' /C calc'!A0"),
    suit(2, "440703", won=True, court="甲院", plaintiff="张三"),
    suit(3, ZS, won=False, plaintiff="李四"),
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "scheme.toml").write_text(SCHEME.format(condition="won"), encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/values.csv").write_text("unit,staff\n440700,3\n442000,4\n", encoding="utf-8")
    frozen(tmp_path, Delivered("suits", ROWS))
    return tmp_path


def said(capsys, *words, status=0):
    assert main([str(word) for word in words]) == status
    return capsys.readouterr()


def records(folder, *more):
    return ("records", folder / "scheme.toml", folder / "snapshot", JM, "won", *more)


def test_rows_are_listed_with_what_they_come_to_and_without_what_is_personal(folder, capsys):
    out = said(capsys, *records(folder, "--lang", "en")).out
    assert "2 records" in out
    assert "count = 2" in out
    assert "S1" in out
    assert "Personal columns left out: plaintiff" in out
    assert "张三" not in out
    assert "SQL: SELECT place AS unit" in out


def test_an_item_lists_the_rows_of_the_input_that_its_rule_names(folder, capsys):
    out = said(
        capsys, "records", folder / "scheme.toml", folder / "snapshot", "江门", "A1", "--lang", "zh"
    ).out
    assert "2条记录" in out


def test_csv_neutralises_formulas_and_keeps_personal_columns_out(folder, capsys):
    out = folder / "rows.csv"
    said(capsys, *records(folder, "--out", out))
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2
    assert "plaintiff" not in rows[0]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))]
    assert "张三" not in out.read_text(encoding="utf-8-sig")


def test_a_workbook_neutralises_formulas_and_shows_what_is_asked_for_by_name(folder, capsys):
    out = folder / "rows.xlsx"
    said(capsys, *records(folder, "--out", out, "--columns", "plaintiff"))
    (sheet,) = load_workbook(out).worksheets
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "plaintiff" in [cell.value for cell in cells]
    assert "张三" in [cell.value for cell in cells]


def test_an_unknown_column_or_indicator_is_refused_with_what_there_is(folder, capsys):
    said_ = said(capsys, *records(folder, "--columns", "phone", "--lang", "en"), status=2)
    assert "unknown-column" in said_.err or "no column 'phone'" in said_.err
    words = ("records", folder / "scheme.toml", folder / "snapshot", JM, "wom", "--lang", "en")
    assert "did you mean 'won'" in said(capsys, *words, status=2).err


def test_check_says_file_and_line_of_a_faulty_query(folder, capsys):
    text = SCHEME.format(condition="wonn")
    (folder / "scheme.toml").write_text(text, encoding="utf-8")
    words = ("check", folder / "scheme.toml", "--snapshot", folder / "snapshot")
    (fault,) = json.loads(said(capsys, *words, "--json", status=2).out)
    assert fault["code"] == "unknown-column"
    assert fault["file"].endswith("scheme.toml")
    first = text.replace("{{", "{").split("\n").index('records = """') + 1
    assert first <= fault["line"] <= first + 4
    assert "line 3, column 7 of the query" in fault["what"]["en"]
    assert "did you mean 'won'?" in fault["mend"]["en"]


def test_weigh_takes_records_and_a_folder_together(folder, capsys):
    words = ("weigh", folder / "scheme.toml", "--snapshot", folder / "snapshot",
             "--data", folder / "data", "--out", folder / "out")  # fmt: skip
    said(capsys, *words)
    found = json.loads((folder / "out/result.json").read_text(encoding="utf-8"))
    cells = {(unit, code): rest for unit, code, _, *rest in found["values"]["cells"]}
    assert cells[JM, "won"][0] == "2"
    assert cells[JM, "won"][-1] == 2
    assert cells[JM, "staff"][0] == "3"
    assert found["values"]["snapshot"].startswith("sha256:")
    assert found["values"]["sample"] is True


@pytest.mark.parametrize(("lang", "words"), [("zh", ["2条记录"]), ("en", ["2 records"])])
def test_explain_cites_the_number_of_records_and_the_query(folder, capsys, lang, words):
    out = said(
        capsys, "explain", folder / "scheme.toml", JM, "--snapshot", folder / "snapshot",
        "--data", folder / "data", "--lang", lang,
    ).out  # fmt: skip
    assert "SQL: SELECT place AS unit, id AS record FROM suits WHERE won" in out
    assert any(word in out for word in words), out


def test_differences_exit_with_one_while_any_is_open_and_write_the_sheet(folder, capsys, tmp_path):
    reported = {"place": JM, "indicator": "won", "period": "2021", "value": 3,
                "unit_of_measure": "件", "reported_on": "2022-01-05"}  # fmt: skip
    frozen(tmp_path / "b", Delivered("suits", ROWS), Delivered("self_reported_figures", [reported]))
    out = folder / "open.csv"
    words = ("differences", folder / "scheme.toml", tmp_path / "b/snapshot", "--lang", "en")
    assert "1 differences, 1 of them open." in said(capsys, *words, "--out", out, status=1).out
    with out.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["place"], row["indicator"], row["accepted"]) == (JM, "won", "")
    words = ("differences", folder / "scheme.toml", folder / "snapshot", "--lang", "zh")
    assert "0处不一致" in said(capsys, *words).out


@pytest.mark.parametrize("verb", ["records", "weigh", "differences"])
def test_a_faulty_query_is_told_with_file_and_line_whatever_runs_it(folder, capsys, verb):
    (folder / "scheme.toml").write_text(SCHEME.format(condition="wonn"), encoding="utf-8")
    words = {
        "records": records(folder),
        "weigh": ("weigh", folder / "scheme.toml", "--snapshot", folder / "snapshot",
                  "--data", folder / "data"),
        "differences": ("differences", folder / "scheme.toml", folder / "snapshot"),
    }[verb]  # fmt: skip
    err = said(capsys, *words, "--lang", "en", status=2).err
    assert "scheme.toml, line " in err
    assert "inputs.won.records: line 3, column 7 of the query" in err

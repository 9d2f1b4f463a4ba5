"""What must hold of every reader, whatever it is given."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import steelyard
from steelyard.kernel.faults import Faulty
from steelyard.tables.read import read_sheet, read_sheets
from steelyard.tables.sheet import Sheet

SOUND = [["城市", "结案率", "日期"], ["江门", 0.923, "2021-03-05"], ["深圳", "=1+1", "x"]]


def sound_workbook():
    book = openpyxl.Workbook()
    for row in SOUND:
        book.active.append(row)
    book.active.merge_cells("A5:B6")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sound_parquet():
    target = io.BytesIO()
    pq.write_table(pa.table({"城市": ["江门", "深圳"], "n": [1.5, None]}), target)
    return target.getvalue()


WORKBOOK, PARQUET = sound_workbook(), sound_parquet()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


def read_or_refuse(folder, name, content):
    """Every sheet or Faulty; any other exception fails the test."""
    (folder / name).write_bytes(content)
    try:
        sheets = read_sheets(folder / name)
    except Faulty as refused:
        assert refused.faults
        assert all(fault.where.file in (name, "") for fault in refused.faults)
        return
    for sheet in sheets:
        assert isinstance(sheet, Sheet)
        assert all(isinstance(cell.text, str) for row in sheet.rows for cell in row.cells)
        assert all(len(row.cells) == len(sheet.headings) for row in sheet.rows)


fuzz = settings(deadline=None, max_examples=150)


@fuzz
@given(
    name=st.sampled_from(["a.csv", "a.tsv", "a.xlsx", "a.parquet"]),
    start=st.sampled_from([b"", b"PK\x03\x04", b"\xef\xbb\xbf", b"\xff\xfe", b"\xd0\xcf\x11\xe0"]),
    content=st.binary(max_size=300),
)
def test_any_bytes_are_read_or_refused(folder, name, start, content):
    read_or_refuse(folder, name, start + content)


@fuzz
@given(st.text(st.sampled_from(list("ab1,;\t\"\r\n'=，江 ．-")), max_size=120))
def test_any_text_is_read_or_refused(folder, text):
    read_or_refuse(folder, "a.csv", text.encode())
    read_or_refuse(folder, "a.csv", text.encode("gb18030"))


@fuzz
@given(st.integers(0, len(WORKBOOK)))
def test_a_workbook_cut_off_anywhere_is_read_or_refused(folder, end):
    read_or_refuse(folder, "a.xlsx", WORKBOOK[:end])


@fuzz
@given(st.integers(0, len(PARQUET)))
def test_a_parquet_file_cut_off_anywhere_is_read_or_refused(folder, end):
    read_or_refuse(folder, "a.parquet", PARQUET[:end])


def mutated(content, data):
    changed = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    return bytes(changed)


@fuzz
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(folder, data):
    read_or_refuse(folder, "a.xlsx", mutated(WORKBOOK, data))


@fuzz
@given(st.data())
def test_a_workbook_with_a_damaged_part_is_read_or_refused(folder, data):
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    path = data.draw(st.sampled_from(sorted(parts)))
    parts[path] = mutated(parts[path], data)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    read_or_refuse(folder, "a.xlsx", target.getvalue())


@fuzz
@given(st.data())
def test_a_damaged_parquet_file_is_read_or_refused(folder, data):
    read_or_refuse(folder, "a.parquet", mutated(PARQUET, data))


def test_reading_csv_pays_for_no_library_of_another_format(tmp_path):
    (tmp_path / "a.csv").write_text("a\n1\n")
    heavy = "{'openpyxl', 'pyarrow', 'python_calamine', 'numpy', 'pandas', 'zipfile'}"
    program = (
        "import sys; from steelyard.tables.read import read_sheet; from steelyard.tables import "
        f"cells, write; read_sheet({str(tmp_path / 'a.csv')!r}); print(sys.modules.keys() & {heavy})"
    )
    source = str(Path(steelyard.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "set()"


def test_the_same_sheet_comes_from_every_format(tmp_path):
    rows = [["城市", "n"], ["江门", 1.5], ["深圳", 2]]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "a.csv").write_text("城市,n\n江门,1.5\n深圳,2\n", encoding="utf-8")
    (tmp_path / "a.tsv").write_text("城市\tn\n江门\t1.5\n深圳\t2\n", encoding="utf-8")
    pq.write_table(pa.table({"城市": ["江门", "深圳"], "n": [1.5, 2]}), tmp_path / "a.parquet")
    sheets = [read_sheet(tmp_path / f"a.{kind}") for kind in ("csv", "tsv", "xlsx", "parquet")]
    found = [[(c.text, c.number, c.row.number) for r in s.rows for c in r.cells] for s in sheets]
    assert found == [found[0]] * 4


def test_the_list_of_faults_in_a_workbook_that_came_back_is_passed_over(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "错误清单"
    book.active.append(["数据错误清单"])
    book.create_sheet("自评").append(["a"])
    book.save(tmp_path / "a.xlsx")
    assert read_sheet(tmp_path / "a.xlsx").name == "自评"
    book.create_sheet("说明").append(["b"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(Faulty, match="which-sheet"):
        read_sheet(tmp_path / "a.xlsx")

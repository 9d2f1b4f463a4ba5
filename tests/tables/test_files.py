import pytest

from steelyard.kernel.faults import Faulty
from steelyard.tables.files import SIZE_LIMIT
from steelyard.tables.read import find_tables, read_sheet


def fault_of(path, **options):
    with pytest.raises(Faulty) as refused:
        read_sheet(path, **options)
    (fault,) = refused.value.faults
    return fault


def test_a_missing_file_is_named_without_its_folder(tmp_path):
    fault = fault_of(tmp_path / "结案.csv")
    assert fault.code == "missing-file"
    assert fault.say("zh") == "结案.csv：找不到文件；请核对文件名和所在文件夹 [missing-file]"
    assert str(tmp_path) not in fault.say("en")


def test_a_folder_is_not_taken_for_a_file(tmp_path):
    (tmp_path / "values.csv").mkdir()
    assert fault_of(tmp_path / "values.csv").code == "not-a-file"


@pytest.mark.parametrize("name", ["notes.docx", "values.txt", "values"])
def test_an_unknown_kind_of_file_is_refused_with_the_kinds_that_are_read(tmp_path, name):
    (tmp_path / name).write_text("a\n1\n")
    fault = fault_of(tmp_path / name)
    assert fault.code == "unknown-extension"
    assert ".csv .tsv .xlsx .xlsm .parquet" in fault.mend.en
    assert ".csv .tsv .xlsx .xlsm .parquet" in fault.mend.zh


def test_old_excel_is_sent_back_to_be_saved_as_xlsx(tmp_path):
    (tmp_path / "values.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    assert fault_of(tmp_path / "values.xls").mend.zh.startswith("请另存为.xlsx")


@pytest.mark.parametrize("name", ["values.csv", "values.xlsx", "values.parquet", "values.TSV"])
def test_an_empty_file_is_refused(tmp_path, name):
    (tmp_path / name).touch()
    assert fault_of(tmp_path / name).code == "empty-file"


@pytest.mark.parametrize("content", ["\n\n", " , ,\r\n", "\ufeff"])
def test_a_file_of_blanks_is_empty(tmp_path, content):
    (tmp_path / "values.csv").write_text(content, encoding="utf-8")
    assert fault_of(tmp_path / "values.csv").code == "empty-file"


@pytest.mark.parametrize("name", ["values.csv", "values.xlsx", "values.parquet"])
def test_a_file_of_100_mb_is_refused_unread(tmp_path, name):
    with (tmp_path / name).open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    fault = fault_of(tmp_path / name)
    assert fault.code == "too-large"
    assert fault.what.en == "the file has 100 MiB, above the limit of 50 MiB"


def test_the_limit_of_size_belongs_to_what_is_read(tmp_path):
    (tmp_path / "values.csv").write_text("a\n1\n")
    assert read_sheet(tmp_path / "values.csv", size_limit=4).headings == ("a",)
    assert fault_of(tmp_path / "values.csv", size_limit=3).code == "too-large"
    assert SIZE_LIMIT == 50 * 2**20


def test_a_name_that_the_system_cannot_hold_is_a_fault(tmp_path):
    assert fault_of(tmp_path / ("江" * 200 + ".csv")).code == "unreadable-file"


def test_an_upload_goes_by_the_name_its_sender_gave_it(tmp_path):
    stored = tmp_path / "3fa9c1"
    stored.write_text("a,\n1,2\n")
    assert fault_of(stored, called="结案.csv").where.file == "结案.csv"


def test_the_tables_of_a_folder_come_by_name_without_locks_and_hidden_files(tmp_path):
    names = ["b.xlsx", "a.csv", "~$b.xlsx", ".c.csv", "readme.md", "D.CSV", "old.xls"]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / "folder.csv").mkdir()
    found = [path.name for path in find_tables(tmp_path)]
    assert found == ["D.CSV", "a.csv", "b.xlsx", "old.xls"]


def test_a_missing_folder_is_a_fault(tmp_path):
    with pytest.raises(Faulty) as refused:
        find_tables(tmp_path / "none")
    assert [fault.code for fault in refused.value.faults] == ["missing-folder"]

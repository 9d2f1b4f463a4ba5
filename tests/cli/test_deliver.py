"""``steelyard deliver``: what is in order is put on the list; what is not leaves the list alone."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from steelyard.kernel.hashes import tagged
from tests.cli.region_tables import Desk, hearing


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def listed(cover: Path) -> list[dict[str, Any]]:
    return list(tomllib.loads(cover.read_text(encoding="utf-8"))["deliveries"])


def test_a_table_in_order_is_counted_hashed_and_put_on_a_new_list(desk: Desk) -> None:
    path = desk.file("h.csv", hearing(1), hearing(2))
    said = desk.deliver(path, "--sample", "--covers", "440700,440300", "--source", "年鉴")
    assert said == f"2 rows are in order; village_hearings-2021 is on {desk.cover}.\n"
    (row,) = listed(desk.cover)
    assert (row["id"], row["file"], row["rows"]) == ("village_hearings-2021", "h.csv", 2)
    assert (row["hash"], row["sample"]) == (tagged(path.read_bytes()), True)
    assert row["covers"] == ["440700", "440300"]


def test_a_table_may_be_named_by_its_title(desk: Desk) -> None:
    desk.deliver(desk.file("h.csv", hearing(1)), table="村级听证")
    assert listed(desk.cover)[0]["table"] == "village_hearings"


def test_what_is_delivered_can_be_frozen(desk: Desk) -> None:
    desk.places()
    desk.deliver(desk.file("h.csv", hearing(1)))
    assert "2 deliveries, 2 tables, 2 rows" in desk.freeze()


def test_a_correction_names_what_it_replaces(desk: Desk) -> None:
    desk.places()
    desk.deliver(desk.file("h.csv", hearing(1)))
    desk.deliver(desk.file("h2.csv", hearing(1, judges="5")), "--id", "h2", "--replaces",
                 "village_hearings-2021", "--why", "误报")  # fmt: skip
    assert listed(desk.cover)[2]["replaces"] == "village_hearings-2021"
    assert "2 deliveries, 2 tables, 2 rows" in desk.freeze()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], "duplicate-id"),
        (["--id", "h2", "--replaces", "h0", "--why", "误报"], "unknown-delivery"),
        (["--id", "h2", "--replaces", "village_hearings-2021"], "correction-without-reason"),
        (["--id", "h2", "--why", "误报"], "correction-without-reason"),
        (["--id", "h 2"], "wrong-value"),
        (["--id", "h2", "--period", "2021年"], "wrong-period"),
        (["--id", "h2", "--cut-off", "年底"], "not-a-date"),
        (["--id", "h2", "--table", "hearingss"], "unknown-table"),
        (["--id", "h2", "--period", "2020"], "outside-period"),
    ],
)
def test_a_list_is_as_it_was_where_a_delivery_is_refused(
    desk: Desk, words: list[str], code: str
) -> None:
    path = desk.file("h.csv", hearing(1))
    desk.deliver(path)
    before, beside = desk.cover.read_bytes(), sorted(desk.folder.iterdir())
    said = desk.deliver(path, *words, status=2)
    assert f"[{code}]" in said
    assert ".checked" not in said
    assert (desk.cover.read_bytes(), sorted(desk.folder.iterdir())) == (before, beside)


def test_faulty_rows_are_told_and_no_list_is_made(desk: Desk) -> None:
    path = desk.file("h.csv", hearing(1), hearing(2, judges="12"), hearing(1))
    said = desk.deliver(path, status=2)
    assert "h.csv, row 3, column D judges: 12 is above the allowed 9" in said
    assert "[duplicate-key]" in said
    assert not desk.cover.exists()


def test_a_report_marks_the_faults_in_the_senders_own_sheet(desk: Desk) -> None:
    path = desk.file("h.csv", hearing(1), hearing(2, judges="12"))
    desk.deliver(path, "--report", desk.folder / "faults.xlsx", status=2)
    texts = {
        str(cell.value)
        for sheet in load_workbook(desk.folder / "faults.xlsx").worksheets
        for row in sheet.iter_rows()
        for cell in row
    }
    assert "H-2" in texts
    assert any("12 is above the allowed 9" in text for text in texts)


def test_a_file_that_is_not_there_is_said(desk: Desk) -> None:
    assert "[missing-file]" in desk.deliver(desk.folder / "no.csv", status=2)


def test_a_list_elsewhere_names_the_file_from_where_the_list_lies(desk: Desk) -> None:
    path = desk.file("court/h.csv", hearing(1))
    desk.places()
    desk.deliver(path, "--out", desk.cover)
    assert listed(desk.cover)[1]["file"] == "court/h.csv"
    assert "2 rows" in desk.freeze()


def test_a_file_that_does_not_lie_below_the_list_is_refused(desk: Desk) -> None:
    (desk.folder / "lists").mkdir()
    path = desk.file("h.csv", hearing(1))
    said = desk.deliver(path, "--out", desk.folder / "lists/deliveries.toml", status=2)
    assert "[path-leaves-folder]" in said
    assert list((desk.folder / "lists").iterdir()) == []


@pytest.mark.parametrize("name", ["deliveries.xlsx", "deliveries.csv"])
def test_only_a_list_of_toml_is_written(desk: Desk, name: str) -> None:
    path = desk.file("h.csv", hearing(1))
    assert "[no-deliveries]" in desk.deliver(path, "--out", desk.folder / name, status=2)
    assert not (desk.folder / name).exists()


@pytest.mark.parametrize(
    "content", ["deliveries = 1", "a = 1", "[[deliveries", 'deliveries = ["a"]']
)
def test_a_file_that_is_no_list_is_not_written_over(desk: Desk, content: str) -> None:
    desk.cover.write_text(content, encoding="utf-8")
    said = desk.deliver(desk.file("h.csv", hearing(1)), status=2)
    assert "[no-deliveries]" in said
    assert ".checked" not in said
    assert desk.cover.read_text(encoding="utf-8") == content


def test_what_a_person_wrote_on_the_list_stays(desk: Desk) -> None:
    desk.places()
    with desk.cover.open("a", encoding="utf-8") as file:
        file.write("# 省局于1月10日补送")
    desk.deliver(desk.file("h.csv", hearing(1)))
    assert "# 省局于1月10日补送\n" in desk.cover.read_text(encoding="utf-8")
    assert [row["id"] for row in listed(desk.cover)] == ["places-2021", "village_hearings-2021"]


def test_a_region_s_constraint_that_reads_a_file_is_refused(desk: Desk) -> None:
    schema = desk.folder / "region/hearings.toml"
    rule = "number IN (SELECT content FROM read_text('/etc/passwd'))"
    text = schema.read_text(encoding="utf-8")
    schema.write_text(f'{text}constraints = [{{ rule = "{rule}", say = "x" }}]\n', encoding="utf-8")
    said = desk.deliver(desk.file("h.csv", hearing(1)), status=2)
    assert "tables.village_hearings.constraints[1]" in said


def test_a_body_with_nothing_to_tell_delivers_the_headings_alone(desk: Desk) -> None:
    desk.places()
    path = desk.folder / "none.csv"
    path.write_text("number,place,held_on,judges\n", encoding="utf-8")
    assert desk.deliver(path).startswith("0 rows are in order")
    assert listed(desk.cover)[1]["rows"] == 0
    assert "2 deliveries, 2 tables, 1 rows" in desk.freeze()


def test_a_correction_needs_no_id_of_its_own(desk: Desk) -> None:
    desk.deliver(desk.file("h.csv", hearing(1)))
    desk.deliver(
        desk.file("h2.csv", hearing(1)), "--replaces", "village_hearings-2021", "--why", "误报"
    )
    assert listed(desk.cover)[1]["id"] == "village_hearings-2021-corrected"


def test_what_is_delivered_twice_is_told_how_to_correct_it(desk: Desk) -> None:
    desk.deliver(desk.file("h.csv", hearing(1)))
    said = desk.deliver(desk.file("h2.csv", hearing(1)), status=2)
    assert "give --replaces and --why; for a further table name it with --id" in said


def test_a_covered_place_that_nobody_knows_is_refused_when_frozen(desk: Desk) -> None:
    desk.places()
    desk.deliver(desk.file("h.csv", hearing(1)), "--covers", "440700,449999")
    said = desk.freeze(status=2)
    assert "covers '449999', which is not in the table of places" in said
    assert "440700" not in said


def test_a_cell_without_a_value_hides_no_other_fault(desk: Desk) -> None:
    path = desk.file("h.csv", hearing(1, judges="#N/A"), hearing(2, held_on="soon"), hearing(2))
    said = desk.deliver(path, status=2)
    assert "[error-value]" in said
    assert "[not-a-date]" in said
    assert "[duplicate-key]" in said

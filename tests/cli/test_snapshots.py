"""``steelyard freeze``, ``verify`` and ``compare`` of snapshots, as a person calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from steelyard.records.snapshot.snapshot import Snapshot
from tests.cli.region_tables import Desk, hearing


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    made = Desk(tmp_path, capsys)
    made.places()
    made.deliver(made.file("court/h.csv", hearing(1), hearing(2)), "--out", made.cover)
    return made


def tamper(folder: Path, column: str, value: object) -> None:
    path = folder / "tables/village_hearings.parquet"
    table = pq.read_table(path)
    rows = table.to_pylist()
    rows[1][column] = value
    pq.write_table(type(table).from_pylist(rows, schema=table.schema), path)


def test_a_person_reads_what_was_frozen(desk: Desk) -> None:
    said = desk.freeze("--threads", "1", "--title", "一季度")
    snapshot = Snapshot.open(desk.folder / "s")
    assert said.splitlines() == [
        f"Snapshot {snapshot.identifier}",
        f"2 deliveries, 2 tables, 3 rows, in {snapshot.folder}",
        f"            1  places  {snapshot.catalogue.tables['places'].title.en}",
        "            2  village_hearings  Village hearings",
    ]
    assert snapshot.manifest.title.zh == "一季度"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--threads", "two"], "wrong-option"),
        (["--threads", "²"], "wrong-option"),
        (["--memory", "much"], "wrong-option"),
        (["--period", "2021年"], "wrong-period"),
        (["--tables", "nowhere"], "no-tables"),
    ],
)
def test_a_wrong_option_is_said_plainly(desk: Desk, words: list[str], code: str) -> None:
    assert f"[{code}]" in desk.freeze(*words, status=2)
    assert not (desk.folder / "s").exists()


def test_freezing_twice_into_one_folder_is_refused(desk: Desk) -> None:
    desk.freeze()
    assert "[exists-already]" in desk.freeze(status=2)


def test_faults_are_told_and_marked_in_the_sheets_they_stand_in(desk: Desk) -> None:
    path = desk.folder / "court/h.csv"
    cover = desk.cover.read_text(encoding="utf-8")
    from steelyard.kernel.hashes import tagged

    before = tagged(path.read_bytes())
    desk.file("court/h.csv", hearing(1), hearing(2, judges="12", place="440800"))
    cover = cover.replace(before, tagged(path.read_bytes()))
    desk.cover.write_text(cover, encoding="utf-8")
    said = desk.freeze("--report", desk.folder / "faults.xlsx", status=2)
    assert "court/h.csv, row 3, column D judges: 12 is above the allowed 9" in said
    assert "court/h.csv, row 3, column B place: '440800' is not in the table 'places'" in said
    texts = {
        str(cell.value)
        for sheet in load_workbook(desk.folder / "faults.xlsx").worksheets
        for row in sheet.iter_rows()
        for cell in row
    }
    assert {"H-1", "H-2"} <= texts
    assert any("12 is above the allowed 9" in text for text in texts)
    assert not (desk.folder / "s").exists()


def test_a_snapshot_that_is_intact_says_so_with_its_identifier(desk: Desk) -> None:
    desk.freeze()
    identifier = Snapshot.open(desk.folder / "s").identifier
    said = desk.call("verify", desk.folder / "s", "--id", identifier)
    assert said == f"Intact: {identifier}\n"
    assert desk.call("verify", desk.folder / "s", "--json") == "[]\n"
    assert "not the one given" in desk.call("verify", desk.folder / "s", "--id", "x", status=1)


def test_a_row_that_was_altered_is_named_with_who_signed_it(desk: Desk) -> None:
    desk.freeze()
    tamper(desk.folder / "s", "judges", 9)
    said = desk.call("verify", desk.folder / "s", status=1)
    assert said.splitlines() == [
        "tables/village_hearings.parquet: rows were changed",
        "  delivery village_hearings-2021: 江门中院, signed by 李四 on 2022-01-10",
        "  H-2: changed",
    ]
    (found,) = json.loads(desk.call("verify", desk.folder / "s", "--json", status=1))
    assert (found["kind"], found["rows"][0]["first_key"]) == ("rows", ["H-2"])


def test_what_is_no_snapshot_is_refused(desk: Desk) -> None:
    assert "[not-a-snapshot]" in desk.call("verify", desk.folder, status=2)


def test_two_snapshots_are_compared_and_what_is_personal_stays_hidden(desk: Desk) -> None:
    desk.freeze()
    corrected = desk.file("h2.csv", hearing(1), hearing(2, judges="5", party="赵六"), hearing(3))
    desk.deliver(corrected, "--id", "h2", "--replaces", "village_hearings-2021", "--why", "误报")
    desk.freeze(out="s2")
    said = desk.call("compare", desk.folder / "s", desk.folder / "s2", status=1)
    assert "new delivery h2: 江门中院" in said
    assert "corrects village_hearings-2021: 误报" in said
    assert "village_hearings: 2 → 3 rows; 1 added, 0 removed, 1 changed" in said
    assert "+ H-3" in said
    assert "~ H-2  judges: 3 → 5" in said
    assert "~ H-2  party: *** → ***" in said
    assert "赵六" not in said
    assert "are the same" in desk.call("compare", desk.folder / "s", desk.folder / "s")

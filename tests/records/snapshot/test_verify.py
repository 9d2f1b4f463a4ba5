"""Whatever was altered is found, and it is said whose rows and which."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.kernel.faults import Faulty
from steelyard.records.snapshot.manifest import identifier_of, manifest_bytes, read_manifest
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.records.snapshot.verify import Finding, verify
from tests.records.building import Post, case, codes, parquet_of, posted


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two deliveries of 100 cases each, every other row of the second."""
    folder = tmp_path_factory.mktemp("original")
    post = posted(folder / "post", [case(2 * at) for at in range(100)])
    post.rows([case(2 * at + 1) for at in range(100)], id="d2", file="b.csv", body="深圳中院")
    return post.freeze(folder / "snapshot").folder


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "copy"))


Tamper = Callable[[pa.Table], pa.Table]


def rewritten(folder: Path, change: Tamper, table: str = "cases") -> tuple[Finding, ...]:
    path = folder / f"tables/{table}.parquet"
    pq.write_table(change(pq.read_table(path)), path)
    return verify(folder).findings


def with_cell(table: pa.Table, row: int, column: str, value: object) -> pa.Table:
    held = table[column].to_pylist()
    held[row] = value
    at = table.schema.get_field_index(column)
    return table.set_column(at, column, pa.array(held, table.schema.field(column).type))


def without(table: pa.Table, row: int) -> pa.Table:
    return pa.concat_tables([table.slice(0, row), table.slice(row + 1)])


def key(row: int) -> tuple[str]:
    return (f"C-{row:06}",)


def blocks_of(finding: Finding) -> list[tuple[Any, ...]]:
    return [
        (one.first_key, one.change, one.rows_then, one.rows_now, one.deliveries)
        for one in finding.blocks
    ]


def whose(row: int) -> tuple[str]:
    return ("d2",) if row % 2 else ("d1",)


def test_a_snapshot_as_it_was_frozen_is_intact(original: Path) -> None:
    found = verify(original, identifier=Snapshot.open(original).identifier)
    assert (found.is_intact, found.findings) == (True, ())


def test_one_cell_that_was_altered_names_its_row_and_delivery(copy: Path) -> None:
    (found,) = rewritten(copy, lambda one: with_cell(one, 57, "judges", 4))
    assert (found.kind, found.table, found.deliveries) == ("rows", "cases", ("d2",))
    assert blocks_of(found) == [(key(57), "changed", 1, 1, ("d2",))]


@pytest.mark.parametrize("row", [0, 57, 199])
def test_one_row_that_was_taken_away_is_named(copy: Path, row: int) -> None:
    (found,) = rewritten(copy, lambda one: without(one, row))
    assert blocks_of(found) == [(key(row), "missing", 1, 0, whose(row))]


def test_one_row_that_was_added_is_named_by_the_row_before_it(copy: Path) -> None:
    def added(table: pa.Table) -> pa.Table:
        new = with_cell(table.slice(57, 1), 0, "code", "C-000057x")
        return pa.concat_tables([table, new])

    (found,) = rewritten(copy, added)
    assert blocks_of(found) == [(key(57), "added", 1, 2, ("d2",))]


def test_a_row_that_was_added_before_all_others_is_named_itself(copy: Path) -> None:
    def added(table: pa.Table) -> pa.Table:
        return pa.concat_tables([with_cell(table.slice(0, 1), 0, "code", "A"), table])

    (found,) = rewritten(copy, added)
    assert blocks_of(found) == [(("A",), "added", 0, 1, ("d1",))]


def test_a_row_passed_to_another_delivery_names_both(copy: Path) -> None:
    (found,) = rewritten(copy, lambda one: with_cell(one, 4, "delivery", "d2"))
    assert blocks_of(found) == [(key(4), "changed", 1, 1, ("d1", "d2"))]


def test_a_key_that_was_altered_names_where_it_was_and_where_it_went(copy: Path) -> None:
    (found,) = rewritten(copy, lambda one: with_cell(one, 4, "code", "C-000100x"))
    assert [block[:4] for block in blocks_of(found)] == [
        (key(4), "missing", 1, 0),
        (key(100), "added", 1, 2),
    ]


def test_the_same_rows_written_anew_are_told_apart_from_changed_ones(copy: Path) -> None:
    (found,) = rewritten(copy, lambda one: one.take(list(reversed(range(len(one))))))
    assert (found.kind, found.blocks) == ("file", ())


@pytest.mark.parametrize(
    "change", [lambda one: one.drop_columns(["judges"]), lambda one: one.slice(0, 0)]
)
def test_columns_or_all_rows_gone(copy: Path, change: Tamper) -> None:
    (found,) = rewritten(copy, change)
    assert found.deliveries == ("d1", "d2")
    assert (found.kind, len(found.blocks)) in (("unreadable", 0), ("rows", 200))


CELLS: dict[str, Callable[[Any], object]] = {
    "place": lambda _: "440300",
    "filed_on": lambda held: held + timedelta(days=1),
    "heard_on": lambda _: None,
    "kind": lambda _: "copyright",
    "judges": lambda held: held + 1,
    "score": lambda held: held + Decimal("0.000001"),
    "claim": lambda held: -held,
    "is_appeal": lambda held: not held,
    "cause": lambda held: held + " ",
    "party": lambda _: "",
}


@settings(max_examples=25)
@given(row=st.integers(0, 199), column=st.sampled_from(sorted(CELLS)))
def test_any_cell_that_is_altered_names_exactly_its_row(
    original: Path, tmp_path_factory: pytest.TempPathFactory, row: int, column: str
) -> None:
    copy = Path(shutil.copytree(original, tmp_path_factory.mktemp("any") / "copy"))
    (found,) = rewritten(
        copy, lambda one: with_cell(one, row, column, CELLS[column](one[column][row].as_py()))
    )
    assert blocks_of(found) == [(key(row), "changed", 1, 1, whose(row))]


# --- a table of more rows than blocks -------------------------------------------------------


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    rows = 70_000
    content = parquet_of(
        {
            "code": [f"C-{at:06}" for at in range(rows)],
            "place": ["440700"] * rows,
            "filed_on": pa.array([18_700] * rows, pa.date32()),
            "judges": pa.array([1] * rows, pa.int32()),
        }
    )
    post = Post(folder / "post").places().put(content, rows=rows, file="cases.parquet")
    return post.freeze(folder / "snapshot").folder


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda one: with_cell(one, 60_001, "judges", 2), (key(60_000), "changed", 2, 2, ("d1",))),
        (lambda one: without(one, 60_001), (key(60_000), "missing", 2, 1, ("d1",))),
        (lambda one: without(one, 60_000), (key(60_000), "missing", 2, 1, ("d1",))),
        (lambda one: without(without(one, 4), 4), (key(4), "missing", 2, 0, ("d1",))),
    ],
)
def test_of_a_large_table_the_block_is_named(
    large: Path, tmp_path: Path, change: Tamper, expected: tuple[Any, ...]
) -> None:
    (found,) = rewritten(Path(shutil.copytree(large, tmp_path / "copy")), change)
    assert blocks_of(found) == [expected]


# --- files ----------------------------------------------------------------------------------


def kinds(folder: Path, **asked: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.kind, one.path, one.deliveries) for one in verify(folder, **asked).findings]


CASES, LOCATOR = "tables/cases.parquet", "locators/cases.parquet"


def test_a_file_cut_short_names_the_deliveries_of_its_table(copy: Path) -> None:
    content = (copy / CASES).read_bytes()
    (copy / CASES).write_bytes(content[: len(content) // 2])
    assert kinds(copy) == [("unreadable", CASES, ("d1", "d2"))]


def test_one_byte_of_a_file_that_was_altered_is_found(copy: Path) -> None:
    content = bytearray((copy / CASES).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / CASES).write_bytes(bytes(content))
    ((kind, path, _),) = kinds(copy)
    assert (kind in ("rows", "unreadable", "file"), path) == (True, CASES)


def test_a_missing_file_is_told_by_verify_and_refused_by_opening(copy: Path) -> None:
    (copy / CASES).unlink()
    assert kinds(copy) == [("missing", CASES, ("d1", "d2"))]
    with pytest.raises(Faulty) as refused:
        Snapshot.open(copy)
    assert codes(refused) == ["missing-resource"]


@pytest.mark.parametrize("content", [None, b"", b"PAR1 nothing PAR1"])
def test_a_locator_missing_or_altered_is_told(copy: Path, content: bytes | None) -> None:
    (copy / LOCATOR).unlink()
    if content is not None:
        (copy / LOCATOR).write_bytes(content)
    assert kinds(copy) == [("locator", LOCATOR, ("d1", "d2"))]
    path = copy / CASES
    pq.write_table(with_cell(pq.read_table(path), 3, "judges", 9), path)
    assert [kind for kind, _, _ in kinds(copy)] == ["locator", "unreadable"]


def test_a_file_that_the_manifest_does_not_know_is_told(copy: Path) -> None:
    (copy / "tables/more.parquet").write_bytes(b"x")
    assert kinds(copy) == [("extra", "tables/more.parquet", ())]


def test_a_published_identifier_must_be_the_snapshots(copy: Path) -> None:
    identifier = Snapshot.open(copy).identifier
    assert kinds(copy, identifier=identifier) == []
    other = identifier[:-1] + ("0" if identifier[-1] != "0" else "1")
    assert kinds(copy, identifier=other) == [("identifier", "datapackage.json", ())]


def edited(folder: Path, change: Callable[[Any], None], *, sealed: bool = False) -> None:
    path = folder / "datapackage.json"
    document = json.loads(path.read_bytes())
    change(document)
    if sealed:
        document["id"] = identifier_of(document)
    path.write_bytes(manifest_bytes(document))


def test_any_word_of_the_manifest_that_was_altered_is_found(copy: Path) -> None:
    edited(copy, lambda one: one["steelyard"]["deliveries"][1].update(signer="王五"))
    assert kinds(copy) == [("manifest", "datapackage.json", ())]


def test_who_alters_a_cell_and_seals_it_anew_is_found_by_the_published_identifier(
    copy: Path,
) -> None:
    from steelyard.records.intake.staged import hash_of

    published = Snapshot.open(copy).identifier
    path = copy / CASES
    pq.write_table(with_cell(pq.read_table(path), 3, "judges", 9), path)

    def seal(document: Any) -> None:
        for one in document["resources"]:
            if one["path"] == CASES:
                one["hash"], one["bytes"] = hash_of(path), path.stat().st_size

    edited(copy, seal, sealed=True)
    assert kinds(copy) == []
    assert kinds(copy, identifier=published) == [("identifier", "datapackage.json", ())]


# --- what is no snapshot --------------------------------------------------------------------


def resource(**changes: object) -> Callable[[Any], None]:
    return lambda one: one["resources"][0].update(changes)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda one: one["steelyard"].update(format="steelyard-snapshot/2"), "newer-format"),
        (lambda one: one["steelyard"].update(format="steelyard-snapshot/0"), "not-a-snapshot"),
        (lambda one: one["steelyard"].update(format="other"), "not-a-snapshot"),
        (lambda one: one.pop("steelyard"), "not-a-snapshot"),
        (lambda one: one.pop("id"), "not-a-snapshot"),
        (lambda one: one.update(resources=[1]), "not-a-snapshot"),
        (lambda one: one.update(resources={"a": 1}), "not-a-snapshot"),
        (lambda one: one["steelyard"].update(deliveries=None), "not-a-snapshot"),
        (lambda one: one["steelyard"]["deliveries"][0].update(period="x"), "not-a-snapshot"),
        (lambda one: one["resources"][0]["steelyard"].update(rows="many"), "not-a-snapshot"),
        (
            lambda one: one["resources"][0]["schema"]["fields"][0]["steelyard"].update(least="x"),
            "not-a-snapshot",
        ),
        (resource(path="../cases.parquet"), "path-leaves-package"),
        (resource(path="tables/../../cases.parquet"), "path-leaves-package"),
        (resource(path="/etc/passwd"), "path-leaves-package"),
        (resource(path="..\\cases.parquet"), "path-leaves-package"),
        (resource(path="tables\0"), "path-leaves-package"),
        (resource(path=""), "path-leaves-package"),
        (
            lambda one: one["resources"][0]["steelyard"]["locator"].update(path="../x"),
            "path-leaves-package",
        ),
    ],
)  # fmt: skip
def test_a_manifest_that_cannot_be_trusted_is_refused(
    copy: Path, change: Callable[[Any], None], code: str
) -> None:
    edited(copy, change)
    for ask in (verify, Snapshot.open):
        with pytest.raises(Faulty) as refused:
            ask(copy)
        assert codes(refused) == [code]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"id": NaN}',
        b'{"id": 1e400}',
        b'{"id": "\\ud800"}',
        b'{"id": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_manifest_that_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "datapackage.json").write_bytes(content)
    with pytest.raises(Faulty) as refused:
        verify(tmp_path)
    assert codes(refused) == ["not-a-snapshot"]


def test_a_manifest_absurdly_large_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "datapackage.json").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(Faulty) as refused:
        read_manifest(tmp_path)
    assert codes(refused) == ["not-a-snapshot"]


@pytest.mark.parametrize("name", ["nothing", "a-file"])
def test_a_folder_without_a_manifest_is_no_snapshot(tmp_path: Path, name: str) -> None:
    (tmp_path / "a-file").write_bytes(b"x")
    with pytest.raises(Faulty) as refused:
        verify(tmp_path / name)
    assert codes(refused) == ["not-a-snapshot"]


@pytest.mark.parametrize("link", [CASES, "tables"])
def test_a_link_that_leads_out_of_the_package_is_refused(copy: Path, link: str) -> None:
    (copy / link).rename(copy.parent / "elsewhere")
    (copy / link).symlink_to(copy.parent / "elsewhere")
    for ask in (verify, Snapshot.open):
        with pytest.raises(Faulty) as refused:
            ask(copy)
        assert set(codes(refused)) == {"path-leaves-package"}


def test_a_folder_whose_name_is_a_pattern_is_verified_itself(copy: Path) -> None:
    odd = copy.rename(copy.parent / "s[1]*?")
    assert verify(odd).is_intact
    (found,) = rewritten(odd, lambda one: with_cell(one, 57, "judges", 4))
    assert blocks_of(found) == [(key(57), "changed", 1, 1, ("d2",))]
    with Snapshot.open(odd).reading() as connection:
        assert connection.execute("SELECT count(*) FROM cases").fetchall() == [(200,)]

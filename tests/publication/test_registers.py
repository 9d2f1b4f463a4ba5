"""What of a snapshot is published: open columns, never personal ones; files that keep to their schemas."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from steelyard.kernel.faults import Faulty
from steelyard.publication.package import Package
from steelyard.publication.publishing import snapshot_files
from steelyard.publication.registers import read_register_list
from steelyard.records.catalogue.read import shipped
from tests.website.shelf import publish_registers, registers, snapshot

CANARY = "CANARY-7c1e"


class WithCanaries:
    """The small snapshot, with a canary in every personal column of text."""

    def __init__(self) -> None:
        self._snapshot = snapshot()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._snapshot, name)

    def table(self, code: str) -> pa.Table:
        found = self._snapshot.table(code)
        for personal in self._snapshot.catalogue.tables[code].personal:
            at = found.column_names.index(personal)
            found = found.set_column(at, personal, pa.array([CANARY] * found.num_rows))
        return found


def every_byte(published: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Every file, and what is packed inside workbooks."""
    for name, content in published.items():
        yield name, content
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                yield from ((f"{name}/{one}", book.read(one)) for one in book.namelist())


def test_no_personal_column_leaves_in_any_byte() -> None:
    with_canaries = WithCanaries()
    assert CANARY in str(with_canaries.table("meetings").to_pylist())  # something could leak
    published = snapshot_files(with_canaries, read_register_list(with_canaries.catalogue))
    assert [name for name, held in every_byte(published) if CANARY.encode() in held] == []


def personal_values() -> set[bytes]:
    """Every personal value of the sample that is long enough to be found by its text."""
    return {
        value.encode()
        for code in snapshot().files
        for column in snapshot().table(code).select([*personal_columns(code)]).columns
        for value in column.unique().to_pylist()
        if isinstance(value, str) and len(value) > 7
    }


def personal_columns(code: str) -> frozenset[str]:
    return frozenset(snapshot().catalogue.tables[code].personal)


def standing_in(everything: bytes, values: set[bytes]) -> set[bytes]:
    """The values of eight bytes or more that stand somewhere in it.

    Those whose first or last eight bytes stand nowhere are told by one sorted list of all eight
    bytes in a row; only the others are looked for one by one.
    """
    bytes_of = np.frombuffer(everything, np.uint8)
    runs = np.unique(
        np.ascontiguousarray(np.lib.stride_tricks.sliding_window_view(bytes_of, 8)).view(np.uint64)
    )
    asked = sorted(values)
    may = np.ones(len(asked), bool)
    for end in (slice(None, 8), slice(-8, None)):
        eight = np.frombuffer(b"".join(one[end] for one in asked), np.uint64)
        may &= np.isin(eight, runs)
    return {one for one, is_there in zip(asked, may, strict=True) if is_there and one in everything}


def test_search_finds_what_the_plain_search_finds() -> None:
    everything = b"the convener is SAMPLE-P2020-00017, who was there"
    values = {everything[at : at + length] for at in range(20) for length in (8, 9, 15)}
    lacking = {value + b"!" for value in values} | {b"SAMPLE-P" + b"ere, who"}
    assert standing_in(everything, values | lacking) == values


def test_no_personal_value_of_the_sample_leaves() -> None:
    assert len(personal_values()) > 10_000
    everything = b"\n".join(held for _, held in every_byte(registers()))
    assert standing_in(everything, personal_values()) == set()


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        ('table = "meetings"\ncolumns = ["id", "convener"]', "personal-column"),
        ('table = "meetings"\ncolumns = ["id", "nothing"]', "no-such-column"),
        ('table = "meetings"\ncolumns = ["id"]\nfilters = ["place"]', "no-such-column"),
        ('table = "meetings"\ncolumns = ["title"]', "no-such-column"),
        ('table = "contest_awards"\ncolumns = ["entry", "entry.entrant"]', "personal-column"),
        ('table = "contest_awards"\ncolumns = ["entry", "entry.contest"]', "protected-table"),
        ('table = "resolutions"\ncolumns = ["id", "meeting.nothing"]', "no-such-column"),
        ('table = "pledges"\ncolumns = ["id"]', "protected-table"),
        ('table = "nothing"\ncolumns = ["id"]', "no-such-column"),
    ],
)
def test_register_list_is_refused_that_would_give_something_away(
    plan: str, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "registers.toml"
    path.write_text(f'[[registers]]\ncode = "one"\narea = "plan"\n{plan}\n')
    with pytest.raises(Faulty) as refused:
        read_register_list(shipped(), path)
    assert code in {fault.code for fault in refused.value.faults}


@pytest.mark.parametrize(
    ("day", "sums", "code"),
    [("filed_on", '["plaintiff"]', "personal-column"), ("nothing", "[]", "no-such-column")],
)
def test_statistic_is_refused_of_a_personal_or_missing_column(
    day: str, sums: str, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "registers.toml"
    path.write_text(
        f'[[statistics]]\ncode = "one"\narea = "courts"\ntable = "cases"\nday = "{day}"\nsums = {sums}\n'
        'title = { zh = "一", en = "one" }\n'
    )
    with pytest.raises(Faulty) as refused:
        read_register_list(shipped(), path)
    assert code in {fault.code for fault in refused.value.faults}


def test_measure_knows_its_aspect_and_its_status() -> None:
    measures = json.loads(registers()["registers/plan/measures.json"])
    tasks = json.loads(registers()["registers/plan/tasks.json"])
    columns = [one["code"] for one in measures["fields"]]
    aspect_of = {row[0]: row[1] for row in tasks["rows"]}
    assert measures["rows"]
    for row in measures["rows"]:
        one = dict(zip(columns, row, strict=True))
        assert one["aspect"] == aspect_of[one["task"]]
        assert one["status"] in ("done", "late", "under_way", "not_started")


def test_every_csv_keeps_to_the_schema_beside_it() -> None:
    tables = [name for name in registers() if name.endswith(".csv")]
    assert len(tables) > 15
    for name in tables:
        stem = name.removeprefix("downloads/").removesuffix(".csv")
        schema = json.loads(registers()[f"schemas/{stem}.json"])
        assert registers()[name].startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(registers()[name].decode("utf-8-sig"), newline="")))
        assert rows[0] == [one["name"] for one in schema["fields"]]
        for row in rows[1:]:
            for field, cell in zip(schema["fields"], row, strict=True):
                assert cell == "" or keeps_to(field, cell), (name, field, cell)


def keeps_to(field: dict[str, Any], cell: str) -> bool:
    match field["type"]:
        case "integer":
            return cell.lstrip("-").isdigit()
        case "number":
            return cell.replace(".", "", 1).lstrip("-").isdigit()
        case "boolean":
            return cell in (*field["trueValues"], *field["falseValues"])
        case "date":
            return len(cell) == 10 and cell[4] == cell[7] == "-"
    allowed = field.get("constraints", {}).get("enum")
    return allowed is None or cell in allowed


def test_manifest_names_the_schema_of_each_csv(tmp_path: Path) -> None:
    package = publish_registers(tmp_path)
    resources = json.loads(package.manifest)["resources"]
    named = {one["path"]: one.get("schema") for one in resources}
    assert named["downloads/sample-plan-measures.csv"] == "schemas/sample-plan-measures.json"
    assert all(schema in named for path, schema in named.items() if path.endswith(".csv"))
    Package.open(package.path, [package.key]).verify()


def test_samples_have_it_in_their_names() -> None:
    downloads = [name for name in registers() if name.startswith("downloads/")]
    assert "downloads/sample-plan-measures.xlsx" in downloads
    assert "downloads/results-announced.csv" in downloads  # that one is real

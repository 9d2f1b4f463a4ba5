"""A package is written to a folder, and opened by `replay.py`."""

import json

import pytest

from steelyard.weighing import replay
from tests.weighing.replay.packages import EVENTS, PERIOD, fixed, write_csv

DATA = {
    ("U", "a"): "6",
    ("U", "a", "2020"): "4",
    ("U", "a", "2019"): "5",
    ("U", "b"): "0",
    ("U", "b", "2020"): "0",
    ("U", "none"): "",
    ("U", "1.1"): "7",
    ("U", "案件"): "3",
    ("U", "Ａ率"): "0.5",
    ("U", "level"): "it's",
    ("U", "ok"): "yes",
    ("U", "day"): "2021-08-10",
    ("V", "a"): "10",
    ("W", "a"): "2",
    ("X", "a"): "10",
}
KINDS_OF_DATA = {"level": "text", "ok": "yes_no", "day": "date"}


@pytest.fixture
def package(tmp_path):
    """Writes a package. `values`: {(unit, input[, period]): text or (text, status)}."""

    def write(items, values=None, lists=None, units=("U",), inputs=None, encoding="utf-8", **more):
        values, lists, inputs = values or {}, lists or {}, inputs or {}
        rows = []
        for (unit, name, *period), cell in values.items():
            text, status = cell if isinstance(cell, tuple) else (cell, "")
            rows.append([unit, name, *(period or ["2021"]), text, status])
        codes = {item["code"] for item in items}
        kinds = {name: "number" for (_, name, *_) in values if name not in codes} | inputs
        scheme = {
            "format": "steelyard-scheme/1",
            "period": PERIOD,
            "units": [unit if isinstance(unit, dict) else {"code": unit} for unit in units],
            "inputs": [{"code": code, "type": kind} for code, kind in kinds.items()],
            "items": items,
            "lists": {name: columns for name, (columns, _) in lists.items()},
            **more,
        }
        text = json.dumps(scheme, ensure_ascii=False)
        (tmp_path / "scheme.json").write_text(text, encoding="utf-8")
        headings = ["unit", "input", "period", "value", "status"]
        write_csv(tmp_path / "values.csv", headings, rows, encoding)
        for name, (columns, rows) in lists.items():
            rows = [[*row[:1], "2021", *row[1:]] if row[1:2] != ("2020",) else row for row in rows]
            write_csv(tmp_path / "lists" / f"{name}.csv", ["unit", "period", *columns], rows)
        return replay.Package(tmp_path)

    return write


@pytest.fixture
def data(package):
    """A package of `DATA` and the events."""

    def write(**more):
        more = {"lists": EVENTS, "inputs": KINDS_OF_DATA} | more
        return package([fixed("A", 1)], DATA, **more)

    return write

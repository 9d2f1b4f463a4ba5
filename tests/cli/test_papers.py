"""The letter and the brief, as a person asks for them."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from steelyard.cli import main
from steelyard.weighing.document import result_bytes
from tests.builders import weighed
from tests.records.sample.small import frozen

NEWS = Path(str(files("steelyard.regions.guangdong").joinpath("brief_news.toml")))


@pytest.fixture
def result(tmp_path: Path) -> Path:
    path = tmp_path / "result.json"
    path.write_bytes(result_bytes(weighed({"jm": {"a": 2}, "zs": {"a": 9}})))
    return path


def said(capsys: Any, *words: object, status: int = 0) -> Any:
    assert main([str(word) for word in words]) == status
    return capsys.readouterr()


def test_letter_is_written(result: Path, tmp_path: Path, capsys: Any) -> None:
    out = tmp_path / "letter.docx"
    words = ("letter", result, "江门", "--issued-on", "2022-03-09", "--out", out, "--lang", "en")
    assert said(capsys, *words).out == f"The letter is in {out}.\n"
    assert out.read_bytes().startswith(b"PK")


def test_letter_refuses_a_day_that_is_none(result: Path, tmp_path: Path, capsys: Any) -> None:
    words = (
        "letter",
        result,
        "江门",
        "--issued-on",
        "soon",
        "--out",
        tmp_path / "no",
        "--lang",
        "en",
    )
    assert "'soon' is no day" in said(capsys, *words, status=2).err
    assert not (tmp_path / "no").exists()


def test_brief_of_the_sample_region_counts_what_its_tables_hold(
    tmp_path: Path, capsys: Any
) -> None:
    snapshot = frozen()
    out = tmp_path / "news"
    said(capsys, "brief", NEWS, snapshot.folder, "--unit", "江门", "--out", out, "--lang", "zh")
    figures = {
        one["name"]: one for one in json.loads((out / "figures.json").read_bytes())["figures"]
    }
    places = {code for code, parent in snapshot.parents.items() if "440700" in (code, parent)}
    entries = snapshot.table("contest_entries").to_pylist()
    counted = [
        one["id"] for one in entries if one["place"] in places and one["entered_on"].year == 2021
    ]
    assert figures["measures"]["rows"] == 60
    assert (figures["grade"]["shown"]["en"], figures["rank"]["shown"]["en"]) == ("excellent", "2nd")
    assert (figures["grade"]["label"], figures["measures"]["label"]) == ("real", "sample")
    assert figures["pledges_announced"]["shown"]["zh"] == "超过5亿元"
    if figures["entries"]["state"] == "known":
        assert sorted(figures["entries"]["records"]) == sorted(counted)
    assert figures["contest"]["shown"]["zh"] == "暂无数据"

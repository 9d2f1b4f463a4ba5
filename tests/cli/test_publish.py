"""Publishing, as a person asks for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from steelyard.cli import main, publish
from steelyard.publication.package import Package
from steelyard.publication.signing import read_trusted
from steelyard.regions import sampled
from steelyard.weighing.document import result_bytes
from tests.builders import weighed

SCOPE = """
format = "steelyard-scope/1"
series = "cases-2021"
ranks = true
points = true
items = true
"""
CALLED_AT = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a result, a scope and a key; it is nine in the morning of 30 November 2026."""
    monkeypatch.setattr(publish, "now", lambda: CALLED_AT)
    monkeypatch.chdir(tmp_path)
    Path("result.json").write_bytes(result_bytes(weighed({"jm": {"a": 2}, "zs": {"a": 9}})))
    Path("scope.toml").write_text(SCOPE, encoding="utf-8")
    assert main(["publish", "--new-key", "key", "--lang", "en"]) == 0
    return tmp_path


def said(capsys: Any, *words: object, status: int = 0, lang: str = "en") -> Any:
    capsys.readouterr()
    assert main([*(str(word) for word in words), "--lang", lang]) == status
    return capsys.readouterr()


PUBLISH = ("publish", "assessment", "result.json", "--scope", "scope.toml", "--to", "shelf", "--key", "key")  # fmt: skip


def test_an_assessment_is_published_once(desk: Path, capsys: Any) -> None:
    out = said(capsys, *PUBLISH).out.splitlines()
    package = Package.open(desk / "shelf/cases-2021.1.zip", read_trusted(desk / "key.pub"))
    assert out == [
        "Published as number 1: shelf/cases-2021.1.zip", f"Identifier {package.identifier}",
    ]  # fmt: skip


def test_publishing_it_again_changes_nothing(
    desk: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(capsys, *PUBLISH)
    monkeypatch.setattr(publish, "now", lambda: CALLED_AT.replace(hour=2))
    said_now = said(capsys, *PUBLISH).out
    assert said_now == "Nothing changed; it is still number 1: shelf/cases-2021.1.zip\n"
    assert len(list((desk / "shelf").glob("*.zip"))) == 1


def correct(desk: Path) -> None:
    (desk / "result.json").write_bytes(
        result_bytes(weighed({"jm": {"a": 10}, "zs": {"a": 9}}))
    )  # fmt: skip


def test_a_correction_says_why_and_what_it_changed(desk: Path, capsys: Any) -> None:
    said(capsys, *PUBLISH)
    correct(desk)
    refused = said(capsys, *PUBLISH, status=2).err
    assert "correction-without-reason" in refused
    why = ("--reason-zh", "漏计一件", "--reason-en", "one case was left out")
    out = said(capsys, *PUBLISH, *why).out
    assert out.startswith("Published as number 2: shelf/cases-2021.2.zip")
    assert "\nCorrects sha256:" in out
    both = ("publish", "difference", "shelf/cases-2021.1.zip", "shelf/cases-2021.2.zip")
    lines = said(capsys, *both, "--trusted", "key.pub").out.splitlines()
    assert any(line.endswith("rank 2 → 1") for line in lines)
    document = json.loads(said(capsys, *both, "--json").out)
    assert document["before"]["number"] == 1


def test_an_embargo_is_said_in_the_regions_time(desk: Path, capsys: Any) -> None:
    out = said(capsys, *PUBLISH, "--embargo", "2026-12-01 09:00").out
    assert "Not shown before 2026-12-01 09:00 (Beijing time)" in out
    package = Package.open(desk / "shelf/cases-2021.1.zip", read_trusted(desk / "key.pub"))
    assert package.head.embargo_until == datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    verified = said(capsys, "publish", "verify", "shelf", "--trusted", "key.pub").out
    assert "under embargo until 2026-12-01 09:00 (Beijing time)" in verified


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_written(
    desk: Path, capsys: Any
) -> None:
    (desk / "scope.toml").write_text(SCOPE + "records = true\nbestt = 3\n", encoding="utf-8")
    (desk / "key").write_text("no key", encoding="utf-8")
    words = (*PUBLISH, "--announced", "--embargo", "tomorrow")
    err = said(capsys, *words, status=2).err
    for code in ("scope-unknown", "no-signing-key", "no-minute", "no-snapshot"):
        assert f"[{code}]" in err
    assert not (desk / "shelf").exists()


@pytest.mark.parametrize("past", ["2026-11-30 09:00", "2020-01-01 00:00"])
def test_an_embargo_is_in_the_future(desk: Path, capsys: Any, past: str) -> None:
    assert "[embargo-over]" in said(capsys, *PUBLISH, "--embargo", past, status=2).err


def test_the_scope_asks_for_what_was_not_computed(desk: Path, capsys: Any) -> None:
    (desk / "scope.toml").write_text(SCOPE + "intervals = true\n", encoding="utf-8")
    assert "[no-intervals]" in said(capsys, *PUBLISH, status=2).err


def test_a_shelf_is_verified_to_the_last_byte(desk: Path, capsys: Any) -> None:
    said(capsys, *PUBLISH)
    verify = ("publish", "verify", "shelf", "--trusted", "key.pub")
    key = (desk / "key.pub").read_text().strip()
    out = said(capsys, *verify).out
    assert f"signed by {key}" in out
    assert "shown since 2026-11-30 09:00 (Beijing time)" in out
    assert out.endswith("1 intact, 0 refused\n")
    path = desk / "shelf/cases-2021.1.zip"
    content = bytearray(path.read_bytes())
    content[content.index(b"assessment.json") + 40] ^= 1
    path.write_bytes(bytes(content))
    (desk / "shelf/other.zip").write_bytes(b"PK no zip")
    refused = said(capsys, *verify, status=1).out
    assert refused.count("refused ") == 2
    assert refused.endswith("0 intact, 2 refused\n")


def test_it_answers_in_chinese(desk: Path, capsys: Any) -> None:
    assert said(capsys, *PUBLISH, lang="zh").out.startswith("已发布（第1次）：shelf/")


def test_a_key_that_is_there_is_not_overwritten(desk: Path, capsys: Any) -> None:
    before = (desk / "key").read_bytes()
    assert "[key-is-there]" in said(capsys, "publish", "--new-key", "key", status=2).err
    assert (desk / "key").read_bytes() == before
    assert (desk / "key").stat().st_mode & 0o077 == 0


def test_it_says_what_can_be_asked(desk: Path, capsys: Any) -> None:
    assert "[nothing-to-publish]" in said(capsys, "publish", status=2).err


# --- the map of a region pack


def region_pack(folder: Path, declared: str) -> Path:
    """A made-up sample region with a map; no pack that ships has one."""
    folder.mkdir()
    (folder / "map.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    told = 'file = "map.svg"\ntitle = { zh = "样本：某省地图", en = "Sample: map of a province" }\n'
    (folder / "map.toml").write_text(declared + told, encoding="utf-8")
    return folder


def test_map_of_the_region_pack_is_published_with_its_review_number(
    desk: Path, capsys: Any
) -> None:
    pack = region_pack(desk / "pack", 'review_number = "GS(2022)0000号"\n')
    said(capsys, *PUBLISH, "--region", pack)
    package = Package.open(desk / "shelf/cases-2021.1.zip", read_trusted(desk / "key.pub"))
    assert package.document("map.json")["review_number"] == "GS(2022)0000号"
    assert package.read("map/map.svg") == (pack / "map.svg").read_bytes()


def test_map_without_a_review_number_is_not_published(desk: Path, capsys: Any) -> None:
    pack = region_pack(desk / "pack", "")
    refused = said(capsys, *PUBLISH, "--region", pack, status=2).err
    assert "map-without-review-number" in refused
    assert not (desk / "shelf").exists()


def test_region_pack_without_a_map_is_shown_as_tiles(desk: Path, capsys: Any) -> None:
    said(capsys, *PUBLISH, "--region", sampled("guangdong").home)
    package = Package.open(desk / "shelf/cases-2021.1.zip", read_trusted(desk / "key.pub"))
    assert "map.json" not in package.hashes

"""Papers are written all or none, and nobody else's file is touched."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from steelyard.kernel.faults import Faulty
from steelyard.papers import write
from steelyard.papers.write import MANIFEST, write_papers
from steelyard.weighing.document import result_bytes
from tests.papers.region import weigh_region, weigh_some, weighed
from tests.weighing.test_index_scheme import index


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_everything_is_written_and_the_top_of_it_returned(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    returned = write_papers(weighed(), out, lang="zh")
    names = ["result.json", "report.html", "result.xlsx", "replay", "pictures", MANIFEST]
    assert returned == [out / name for name in names]
    assert sorted(path.name for path in out.iterdir()) == sorted(names)
    assert (out / "result.json").read_bytes() == result_bytes(weighed())
    assert json.loads((out / "replay/scheme.json").read_bytes())["code"] == "gd-ip-2021"
    assert {path.name for path in (out / "pictures").iterdir()} >= {
        "ranking-sample.svg", "dimensions-sample.svg", "tiles-sample.svg", "profile-440700-sample.svg",
    }  # fmt: skip


def test_index_has_everything_but_the_replay(tmp_path: Path) -> None:
    write_papers(index(), tmp_path / "out", lang="en")
    assert not (tmp_path / "out/replay").exists()
    assert (tmp_path / "out/report.html").exists()


def test_equal_results_give_equal_folders(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_papers(weigh_some(3), tmp_path / name, lang="zh")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_manifest_names_every_file_with_its_hash(tmp_path: Path) -> None:
    write_papers(weigh_some(3), tmp_path / "out", lang="zh")
    found = contents(tmp_path / "out")
    lines = found.pop(MANIFEST).decode().splitlines()
    listed = {path: digest for digest, path in (line.split("  ") for line in lines)}
    assert listed == {path: hashlib.sha256(each).hexdigest() for path, each in found.items()}


def test_second_run_replaces_its_own_files_and_takes_away_the_stale(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_papers(weighed(), out, lang="zh")
    write_papers(weigh_some(2, label="official"), out, lang="zh")
    names = {path.name for path in (out / "pictures").iterdir()}
    assert names == {
        "ranking.svg", "dimensions.svg", "tiles.svg", "profile-440100.svg", "profile-440200.svg",
    }  # fmt: skip


def test_files_that_it_does_not_know_or_that_people_changed_are_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_papers(weighed(), out, lang="zh")
    (out / "notes.txt").write_text("mine")
    (out / "pictures/profile-440700-sample.svg").write_text("drawn over")
    write_papers(weigh_some(2), out, lang="zh")
    assert (out / "notes.txt").read_text() == "mine"
    assert (out / "pictures/profile-440700-sample.svg").read_text() == "drawn over"


def test_manifest_that_points_outside_takes_nothing_away(tmp_path: Path) -> None:
    out, outside = tmp_path / "out", tmp_path / "precious.txt"
    outside.write_text("keep")
    digest = hashlib.sha256(b"keep").hexdigest()
    out.mkdir()
    (out / MANIFEST).write_text(f"{digest}  ../precious.txt\n{digest}  {outside}\n")
    write_papers(weigh_some(2), out, lang="zh")
    assert outside.read_text() == "keep"


def test_nothing_is_written_if_a_paper_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise RuntimeError("no workbook")

    monkeypatch.setattr("steelyard.papers.workbook.workbook_bytes", fail)
    with pytest.raises(RuntimeError):
        write_papers(weigh_some(2), tmp_path / "out", lang="zh")
    assert list(tmp_path.iterdir()) == []


def test_folder_is_as_it_was_if_moving_in_fails_half_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    write_papers(weigh_some(3), out, lang="zh")
    before, move, moves = contents(out), write._move, []

    def fail_late(source: Path, target: Path, moved: list[tuple[Path, Path]]) -> None:
        moves.append(target)
        if len(moves) > 7:
            raise PermissionError(13, "in use")
        move(source, target, moved)

    monkeypatch.setattr(write, "_move", fail_late)
    with pytest.raises(Faulty) as caught:
        write_papers(weighed(), out, lang="en")
    assert caught.value.faults[0].code == "cannot-write"
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_in_the_place_of_the_folder_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(Faulty) as caught:
        write_papers(weigh_region(), tmp_path / "out", lang="zh")
    assert caught.value.faults[0].code == "cannot-write"
    assert (tmp_path / "out").read_text() == "a file"

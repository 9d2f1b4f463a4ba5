"""What the disk refuses is said in a sentence, whatever verb ran into it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from steelyard.cli import main
from steelyard.cli.disk import disk_fault
from tests.cli.region_tables import Desk


def test_a_folder_below_a_file_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, capsys)
    desk.places()
    said = desk.freeze(out="places.csv/year/s", status=2)
    assert "it, or what it should lie in, is no folder; name another folder [disk-refused]" in said
    said = desk.freeze(out="places.csv/s", status=2)
    assert "a file of this name stands in the way; name another folder [disk-refused]" in said


def test_an_error_without_a_number_is_told_with_its_own_words() -> None:
    fault = disk_fault(OSError("the cable is out"))
    assert fault.say("zh") == "无法读写（the cable is out）；请另选文件夹 [disk-refused]"


def test_a_sample_that_could_not_be_written_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_region: Path, out: Path, _seed: int) -> int:
        out.mkdir()
        (out / "half.parquet").write_bytes(b"PAR1")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("steelyard.records.sample.write.write_sample", full)
    assert main(["sample", "--out", str(tmp_path / "s"), "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("the disk is full; make room")
    assert list(tmp_path.iterdir()) == []

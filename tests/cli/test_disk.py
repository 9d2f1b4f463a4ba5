"""What the disk refuses is said in a sentence, whatever verb ran into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from steelyard.cli.disk import disk_fault
from tests.cli.region_tables import Desk


def test_a_folder_below_a_file_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, capsys)
    desk.places()
    said = desk.freeze(out="places.csv/year/s", status=2)
    assert "what it should lie in is no folder; name another folder [disk-refused]" in said
    said = desk.freeze(out="places.csv/s", status=2)
    assert "a file of this name stands in the way; name another folder [disk-refused]" in said


def test_an_error_without_a_number_is_told_with_its_own_words() -> None:
    fault = disk_fault(OSError("the cable is out"))
    assert fault.say("zh") == "无法读写（the cable is out）；请另选文件夹 [disk-refused]"

"""An export of the trail can be checked far from the office, by anyone."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from steelyard.cli import main
from steelyard.trail.rules.seals import FIRST, FORMAT, SEALS, digest_of, line_of, sealed, verify

DAYS = [date(2026, 3, 1) + timedelta(number) for number in range(3)]


def exported(folder: Path) -> Path:
    """Three days of 2, 0 and 1 entries."""
    before, seals = FIRST, []
    for day, entries in zip(
        DAYS, ([{"id": 1}, {"id": 2, "name": "李明"}], [], [{"id": 3}]), strict=True
    ):
        lines = [line_of(entry) for entry in entries]
        (folder / f"{day}.jsonl").write_bytes(b"".join(lines))
        one = sealed(day, *digest_of(lines), before)
        seals.append(one.as_data())
        before = one.seal
    write(folder, seals)
    return folder


def write(folder: Path, seals: list[dict[str, object]]) -> None:
    (folder / SEALS).write_text(json.dumps({"format": FORMAT, "seals": seals}), encoding="utf-8")


def seals_of(folder: Path) -> list[dict[str, object]]:
    return json.loads((folder / SEALS).read_text(encoding="utf-8"))["seals"]


def codes(folder: Path, last: str = "") -> list[tuple[str, int | None]]:
    return [(one.code, one.day.day if one.day else None) for one in verify(folder, last=last)]


def test_what_is_as_it_was_sealed_has_no_findings(tmp_path: Path) -> None:
    assert codes(exported(tmp_path)) == []
    assert codes(tmp_path, last=str(seals_of(tmp_path)[-1]["seal"])) == []


def alter_an_entry(folder: Path) -> None:
    path = folder / "2026-03-01.jsonl"
    path.write_text(path.read_text("utf-8").replace("李明", "王芳"), "utf-8")


def add_an_entry(folder: Path) -> None:
    (folder / "2026-03-02.jsonl").write_bytes(line_of({"id": 9}))


def take_a_day_away(folder: Path) -> None:
    (folder / "2026-03-03.jsonl").unlink()


def leave_a_day_out(folder: Path) -> None:
    seals = seals_of(folder)
    write(folder, [seals[0], seals[2]])


def seal_a_lie(folder: Path) -> None:
    """Whoever alters a day and seals it anew breaks the chain at the next."""
    alter_an_entry(folder)
    lines = (folder / "2026-03-01.jsonl").read_bytes().splitlines(keepends=True)
    write(folder, [sealed(DAYS[0], *digest_of(lines), FIRST).as_data(), *seals_of(folder)[1:]])


def claim_another_count(folder: Path) -> None:
    seals = seals_of(folder)
    write(folder, [seals[0], {**seals[1], "count": 5}, seals[2]])


def leave_all_days_out(folder: Path) -> None:
    write(folder, [])


def spoil(folder: Path) -> None:
    (folder / SEALS).write_text("[]", "utf-8")


@pytest.mark.parametrize(
    ("lie", "found"),
    [
        (alter_an_entry, [("altered", 1)]),
        (add_an_entry, [("count", 2)]),
        (take_a_day_away, [("missing", 3)]),
        (leave_a_day_out, [("chain", 3), ("gap", 3)]),
        (seal_a_lie, [("chain", 2)]),
        (claim_another_count, [("seal", 2), ("count", 2)]),
        (leave_all_days_out, [("nothing_sealed", None)]),
        (spoil, [("unreadable", None)]),
    ],
)
def test_every_lie_is_found_at_its_day(
    tmp_path: Path, lie: Callable[[Path], None], found: list[tuple[str, int | None]]
) -> None:
    lie(exported(tmp_path))
    assert codes(tmp_path) == found


def test_who_seals_the_whole_trail_anew_is_found_by_a_seal_kept_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "true").mkdir()
    last = str(seals_of(exported(tmp_path / "true"))[-1]["seal"])
    forged = sealed(DAYS[0], *digest_of([]), FIRST)
    (tmp_path / f"{DAYS[0]}.jsonl").write_bytes(b"")
    write(tmp_path, [forged.as_data()])
    assert codes(tmp_path) == []
    assert codes(tmp_path, last=last) == [("last", None)]


def test_the_command_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exported(tmp_path)
    assert main(["trail", "verify", str(tmp_path), "--lang", "en"]) == 0
    alter_an_entry(tmp_path)
    assert main(["trail", "verify", str(tmp_path), "--lang", "zh"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "Intact: all is as it was sealed",
        "2026-03-01 有记录被改动 [altered]",
    ]
    assert main(["trail", "verify"]) == 2

"""Is an exported trail what was sealed, night by night? Asked of files alone.

An export is a folder: one file a day, ``2026-03-01.jsonl``, an entry a line in its one canonical
writing, and ``seals.json``. A day's *digest* is the hash of its file. Its *seal* is the hash of
digest, count, day and the seal of the day before; so the last seal, printed or mailed elsewhere,
vouches for every entry before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.hashes import canonical, tagged

FORMAT = "steelyard-trail/1"
SEALS = "seals.json"
FIRST = "sha256:" + "0" * 64
"""What stands for the seal before the first."""


@dataclass(frozen=True, slots=True)
class Seal:
    """One day, sealed. ``digest`` of its entries; ``before``: the seal of the day before."""

    day: date
    count: int
    digest: str
    before: str
    seal: str

    def as_data(self) -> dict[str, object]:
        return {
            "day": self.day.isoformat(),
            "count": self.count,
            "digest": self.digest,
            "before": self.before,
            "seal": self.seal,
        }


def line_of(entry: Mapping[str, object]) -> bytes:
    """An entry as one line of its day's file.

    >>> line_of({"id": 1, "action": "结案"})
    b'{"action":"\\xe7\\xbb\\x93\\xe6\\xa1\\x88","id":1}\\n'
    """
    return canonical(entry) + b"\n"


def digest_of(lines: Iterable[bytes]) -> tuple[str, int]:
    """The hash of a day's lines, and how many there are."""
    hashed, count = hashlib.sha256(), 0
    for line in lines:
        hashed.update(line)
        count += 1
    return f"sha256:{hashed.hexdigest()}", count


def sealed(day: date, digest: str, count: int, before: str) -> Seal:
    told = {
        "format": FORMAT,
        "day": day.isoformat(),
        "count": count,
        "digest": digest,
        "before": before,
    }
    return Seal(day, count, digest, before, tagged(canonical(told)))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was sealed; ``day`` None if it is about the whole."""

    code: str
    text: Text
    day: date | None = None


def verify(folder: Path, *, last: str = "") -> tuple[Finding, ...]:
    """All that is not as it was sealed; none, if all is. ``last``: the last seal, known elsewhere."""
    try:
        told = json.loads((folder / SEALS).read_text(encoding="utf-8"))
        seals = [_read(one) for one in told["seals"]]
        known = told["format"] == FORMAT
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return (Finding("unreadable", Text(f"{SEALS} 无法读出", f"{SEALS} cannot be read")),)
    if not known:
        return (Finding("unknown_format", Text("格式不认识", "the format is not known here")),)
    return (*_of_the_chain(seals), *_of_the_days(folder, seals), *_of_the_end(seals, last))


def _read(one: Mapping[str, object]) -> Seal:
    count = one["count"]
    if not isinstance(count, int):
        raise TypeError("count")
    return Seal(
        date.fromisoformat(str(one["day"])),
        count,
        str(one["digest"]),
        str(one["before"]),
        str(one["seal"]),
    )


def _of_the_chain(seals: list[Seal]) -> Iterator[Finding]:
    before, day = FIRST, None
    for one in seals:
        if sealed(one.day, one.digest, one.count, one.before).seal != one.seal:
            yield Finding(
                "seal", Text("封存值与内容不符", "the seal is not that of its day"), one.day
            )
        if one.before != before:
            yield Finding(
                "chain",
                Text("与前一日的封存不相接", "it does not follow the seal before it"),
                one.day,
            )
        if day is not None and one.day != day + timedelta(1):
            yield Finding("gap", Text("前面缺少日期", "days are missing before it"), one.day)
        before, day = one.seal, one.day


def _of_the_days(folder: Path, seals: list[Seal]) -> Iterator[Finding]:
    for one in seals:
        path = folder / f"{one.day.isoformat()}.jsonl"
        if not path.exists():
            yield Finding("missing", Text("缺少当日文件", "its file is missing"), one.day)
            continue
        with path.open("rb") as lines:
            digest, count = digest_of(lines)
        if count != one.count:
            yield Finding(
                "count",
                Text(f"封存时 {one.count} 条，现 {count} 条", f"{one.count} entries were sealed, {count} are there"),
                one.day,
            )  # fmt: skip
        elif digest != one.digest:
            yield Finding("altered", Text("有记录被改动", "entries were altered"), one.day)


def _of_the_end(seals: list[Seal], last: str) -> Iterator[Finding]:
    if not seals:
        nothing = Text("没有封存任何一日，无从核验", "no day is sealed, so nothing is proved")
        yield Finding("nothing_sealed", nothing)
    if last and (not seals or all(one.seal != last for one in seals)):
        yield Finding("last", Text("没有所给的封存值", "the seal that was given is not among them"))

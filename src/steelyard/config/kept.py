"""What does the database say lies in the home, and does it lie there as it was kept?

Asked by a backup, by a restore, and by the sweep; in plain SQL, so that it can be asked without the office.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty

Ask = Callable[[str], Iterable[tuple[Any, ...]]]
"""A query → its rows."""
HashOf = Callable[[str], str | None]
"""A name under the home → its tagged hash; None if there is no such file."""

_FILES = """
    SELECT content.sha256, min(file.id), min(file.name) FROM files_content content
    JOIN files_file file ON file.content_id = content.id GROUP BY content.sha256 ORDER BY 2
"""
_WEIGHINGS = (
    "SELECT id, result_hash, papers FROM assessment_weighing WHERE result_hash <> '' ORDER BY id"
)
_SNAPSHOTS = (
    "SELECT id, identifier, folder FROM supply_snapshot WHERE status = 'frozen' ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that the database tells of. ``sealed``: its hash, or the identifier of a snapshot."""

    name: str
    sealed: str
    said: Text

    @property
    def is_snapshot(self) -> bool:
        return self.name.startswith("snapshots/")


@dataclass(frozen=True, slots=True)
class NotKept:
    """A promise that the disk does not keep: missing, or changed."""

    promise: Promise
    is_missing: bool

    def say(self) -> Text:
        of, where = self.promise.said, self.promise.name
        if self.is_missing:
            return Text(f"{of.zh}：丢失（{where}）", f"{of.en}: missing ({where})")
        return Text(
            f"{of.zh}：已不是登记时的内容（{where}）",
            f"{of.en}: no longer what was filed ({where})",
        )


def promised(ask: Ask) -> tuple[Promise, ...]:
    """Files that hang on a row, results and papers of weighings, frozen snapshots. What no row holds is none."""
    return (
        *_asked(ask, "files_content", _FILES, _of_file),
        *_asked(ask, "assessment_weighing", _WEIGHINGS, _of_weighing),
        *_asked(ask, "supply_snapshot", _SNAPSHOTS, _of_snapshot),
    )


def _asked(
    ask: Ask, table: str, query: str, of: Callable[..., Iterator[Promise]]
) -> Iterator[Promise]:
    """Of a table that is there: a database may be older than it."""
    if next(iter(ask(f"SELECT to_regclass('{table}')")))[0] is not None:
        for row in ask(query):
            yield from of(*row)


def _of_file(sha256: str, number: int, name: str) -> Iterator[Promise]:
    said = Text(f"文件{number}“{name}”", f"file {number} “{name}”")
    yield Promise(_under("files", sha256), sha256, said)


def _of_weighing(number: int, result: str, papers: Any) -> Iterator[Promise]:
    import json

    listed = json.loads(papers) if isinstance(papers, str) else papers
    for name, sha256 in {"result.json": result, **listed}.items():
        said = Text(f"计分{number}的{name}", f"{name} of weighing {number}")
        yield Promise(_under("weighings", sha256), sha256, said)


def _of_snapshot(number: int, identifier: str, folder: str) -> Iterator[Promise]:
    yield Promise(
        f"snapshots/{folder}", identifier, Text(f"数据快照{number}", f"snapshot {number}")
    )


def _under(folder: str, tagged: str) -> str:
    name = tagged.partition(":")[2]
    return f"{folder}/{name[:2]}/{name[2:4]}/{name}"


def not_kept(home: Path, promises: Iterable[Promise], hash_of: HashOf) -> tuple[NotKept, ...]:
    """Those that are missing or changed. Every byte of a snapshot is read; of what lies under its hash,
    what ``hash_of`` says."""
    return tuple(_not_kept(home, promises, hash_of))


def _not_kept(home: Path, promises: Iterable[Promise], hash_of: HashOf) -> Iterator[NotKept]:
    for one in promises:
        if one.is_snapshot:
            if not _lies(home, one):
                yield NotKept(one, is_missing=True)
            elif not is_intact(home / one.name, one.sealed):
                yield NotKept(one, is_missing=False)
        else:
            found = hash_of(one.name)
            if found != one.sealed:
                yield NotKept(one, is_missing=found is None)


def missing(home: Path, promises: Iterable[Promise]) -> tuple[NotKept, ...]:
    """Those that are not there at all; nothing is read for it."""
    return tuple(NotKept(one, is_missing=True) for one in promises if not _lies(home, one))


def _lies(home: Path, one: Promise) -> bool:
    return (home / one.name / "datapackage.json" if one.is_snapshot else home / one.name).is_file()


def is_intact(folder: Path, identifier: str) -> bool:
    """Whether a snapshot is as it was frozen, to the last byte."""
    from steelyard.records.snapshot.verify import verify

    try:
        return verify(folder, identifier=identifier).is_intact
    except Faulty:
        return False

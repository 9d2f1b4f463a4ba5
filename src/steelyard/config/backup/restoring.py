"""Putting a backup back: what goes wrong leaves everything as it was."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from steelyard.config.backup import postgresql
from steelyard.config.backup.archive import (
    DUMP,
    Backup,
    hash_in,
    is_told_of,
    kept,
    summary,
    unpack,
    workplace,
)
from steelyard.config.kept import not_kept
from steelyard.config.serving import running


def restore(home: Path, url: str, file: Path, *, replace: bool) -> Backup:
    """Put back what a backup holds.

    Files that are missing are put there, then the database is exchanged in one transaction, then
    files that differ are exchanged, and uploads and snapshots that the backup does not know of are
    removed; never what was published, nor a key. Who is cut off after the transaction restores
    once more: what is done already does no harm. What the database tells of and the backup has not got, or has
    got changed, is said.

    Raises:
        Faulty: the backup is damaged; the database holds something and ``replace`` is False, or
            somebody uses it; or PostgreSQL's programs failed.
        running.RunsAlready: an office serves this home.
    """
    with running.claimed(home), workplace(home) as folder:
        manifest = unpack(file, folder)
        with postgresql.database(home, url) as address:
            postgresql.refuse_unless_free(address, replace=replace)
            _exchange(folder, home, manifest["entries"].keys() - {DUMP}, address)
            promises = postgresql.promises(address)
        (home / "prepared").unlink(missing_ok=True)
    return summary(manifest, not_kept(home, promises, hash_in(manifest)))


def _exchange(folder: Path, home: Path, names: Collection[str], address: str) -> None:
    """``names``: of the files that the backup holds."""
    known = kept(home)
    new = _put(folder, home, names - known.keys())
    try:
        postgresql.exchange(folder / DUMP, folder, address)
    except BaseException:
        for path in new:
            path.unlink()
        raise
    _put(folder, home, names & known.keys())
    for name in filter(is_told_of, known.keys() - names):
        known[name].unlink()


def _put(source: Path, home: Path, names: Collection[str]) -> list[Path]:
    """Move each file to its place in the home; these places."""
    put = []
    for name in sorted(names):
        target = home / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (source / name).replace(target)
        put.append(target)
    return put

"""Taking a backup: the file is there whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from steelyard.config.backup import postgresql
from steelyard.config.backup.archive import DUMP, Backup, hash_in, kept, summary, write
from steelyard.config.backup.faults import is_there, no_office
from steelyard.config.database import embedded
from steelyard.config.kept import not_kept
from steelyard.kernel.faults import Faulty


def back_up(home: Path, url: str, file: Path, now: datetime) -> Backup:
    """Write a backup of all that the office keeps; it says what of that is missing or changed, and holds the rest.

    Args:
        url: the database given, "" for the embedded one, which is started for it if need be.

    Raises:
        Faulty: there is such a file already, or no office; or PostgreSQL's programs failed.
    """
    _refuse(home, url, file)
    with postgresql.database(home, url) as address:
        if not postgresql.holds_anything(address):
            raise Faulty([no_office(home)])
        with _halves(file) as (half, dump):
            before = postgresql.promises(address)
            postgresql.dump(address, dump)
            manifest = write(half, {DUMP: dump} | kept(home), now)
            after = set(
                postgresql.promises(address)
            )  # what was given up meanwhile is missed by nobody
            half.rename(file)
    wanted = [one for one in before if one in after]
    return summary(manifest, not_kept(home, wanted, hash_in(manifest)))


def _refuse(home: Path, url: str, file: Path) -> None:
    if file.exists():
        raise Faulty([is_there(file)])
    if not url and not (embedded.data_folder(home) / "PG_VERSION").exists():
        raise Faulty([no_office(home)])


@contextmanager
def _halves(file: Path) -> Iterator[tuple[Path, Path]]:
    """Where the backup and the dump in it grow, beside the file; neither is left behind."""
    halves = file.with_name(file.name + ".half"), file.with_name(file.name + ".dump.half")
    try:
        yield halves
    finally:
        for half in halves:
            half.unlink(missing_ok=True)

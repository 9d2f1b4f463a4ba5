"""A frozen snapshot, opened where the office keeps it, and held to what was sealed.

One that is missing, or was altered, is told as that: never as if nobody had delivered anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from steelyard.files.store import NotAsKept
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.records.snapshot.manifest import FILE
from steelyard.records.snapshot.snapshot import Snapshot as Records

_NOT_AS_SEALED = frozenset(
    {"altered-snapshot", "missing-resource", "broken-file", "not-a-snapshot", "path-leaves-package"}
)
"""Faults of the snapshot itself, not of the scheme that counts it."""


class _Snapshot(NotAsKept):
    MEND = Text(
        "请告知系统管理员从备份恢复；据以冻结的报送文件都在，按数据快照页上的清单重新冻结，可得到标识相同的快照",
        "tell the administrator, who restores it from a backup; the deliveries are on record too: made of the cover"
        " list on its page, the snapshot has the same identifier",
    )


class SnapshotMissing(_Snapshot):
    code = "snapshot_missing"
    what = Text("已冻结的数据快照丢失", "the frozen snapshot is missing")


class SnapshotChanged(_Snapshot):
    code = "snapshot_changed"
    what = Text(
        "数据快照已不是冻结时的内容",
        "the snapshot is no longer what was frozen: it was altered since",
    )


@contextmanager
def opened(folder: str, identifier: str) -> Iterator[Records]:
    """A snapshot by the name of its folder and the identifier that was filed, for as long as it is read.

    Raises:
        SnapshotMissing, SnapshotChanged: it is not there as it was frozen.
    """
    path = place_of(folder)
    if not (path / FILE).is_file():
        raise SnapshotMissing(identifier)
    try:
        found = Records.open(path)
        if found.identifier != identifier:
            raise SnapshotChanged(identifier)
        yield found
    except Faulty as error:
        if any(one.code in _NOT_AS_SEALED for one in error.faults):
            raise SnapshotChanged(identifier) from error
        raise


def harm_to(folder: str, identifier: str) -> NotAsKept | None:
    """What is wrong with it; None if every table is as it was frozen. Each is read for it once."""
    try:
        with opened(folder, identifier) as found:
            found.check_sealed(found.files)
    except NotAsKept as harm:
        return harm
    return None


def place_of(folder: str) -> Path:
    return settings.ENVIRONMENT.home / "snapshots" / folder

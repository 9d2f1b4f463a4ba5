"""Is a snapshot as it was frozen? If not: whose delivery, which table, which rows.

Every hash is computed anew. Where a table's file differs, its rows are held against the locator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from steelyard.records.snapshot.located import Block, changed_blocks
from steelyard.records.snapshot.manifest import (
    Frozen,
    Manifest,
    identifier_of,
    read_manifest,
)
from steelyard.records.snapshot.snapshot import is_as_sealed

Kind = Literal[
    "manifest", "identifier", "missing", "unreadable", "rows", "file", "locator", "extra"
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was frozen.

    ``deliveries`` are those whose rows it touches, as far as that can be told; ``blocks`` the rows.
    """

    kind: Kind
    table: str = ""
    path: str = ""
    deliveries: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Verified:
    """What verifying found: nothing, if the snapshot is intact."""

    manifest: Manifest
    findings: tuple[Finding, ...] = field(default=())

    @property
    def is_intact(self) -> bool:
        return not self.findings


def verify(folder: Path, *, identifier: str = "") -> Verified:
    """Read every byte of a snapshot and compare. ``identifier`` is the one that was published.

    Raises:
        Faulty: it is no snapshot at all, or a path leaves it.
    """
    manifest = read_manifest(folder)
    return Verified(manifest, tuple(_findings(folder, manifest, identifier)))


def _findings(folder: Path, manifest: Manifest, identifier: str) -> Iterator[Finding]:
    if identifier_of(manifest.document) != manifest.identifier:
        yield Finding("manifest", path="datapackage.json")
    if identifier and identifier != manifest.identifier:
        yield Finding("identifier", path="datapackage.json")
    for frozen in manifest.frozen:
        yield from _of_table(folder, manifest, frozen)
    yield from _extra(folder, manifest)


def _of_table(folder: Path, manifest: Manifest, frozen: Frozen) -> Iterator[Finding]:
    located = is_as_sealed(folder / frozen.locator.path, frozen.locator)
    if not located:
        yield Finding("locator", frozen.table, frozen.locator.path, _all_of(manifest, frozen))
    if is_as_sealed(folder / frozen.file.path, frozen.file):
        return
    deliveries = _all_of(manifest, frozen)
    if not (folder / frozen.file.path).is_file():
        yield Finding("missing", frozen.table, frozen.file.path, deliveries)
        return
    table = manifest.catalogue.tables[frozen.table]
    blocks = changed_blocks(folder, frozen, table) if located else None
    if blocks is None:
        yield Finding("unreadable", frozen.table, frozen.file.path, deliveries)
    elif blocks:
        own = sorted({one for block in blocks for one in block.deliveries})
        yield Finding("rows", frozen.table, frozen.file.path, tuple(own) or deliveries, blocks)
    else:
        yield Finding("file", frozen.table, frozen.file.path, deliveries)


def _all_of(manifest: Manifest, frozen: Frozen) -> tuple[str, ...]:
    replaced = {one.replaces for one in manifest.deliveries}
    return tuple(
        one.id
        for one in manifest.deliveries
        if one.table == frozen.table and one.id not in replaced
    )


def _extra(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    """Files that the manifest does not know: they are not part of the snapshot."""
    known = {"datapackage.json"}
    known |= {one.path for frozen in manifest.frozen for one in (frozen.file, frozen.locator)}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in known:
            yield Finding("extra", path=name)

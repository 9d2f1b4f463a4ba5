"""Put a publication on a shelf: as the first of its series, or as the next, which says why.

What was published is never written again: a correction is a package of its own, with the number after
that of the one that it replaces. Publishing the same files again changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty
from steelyard.kernel.hashes import tagged
from steelyard.papers.package import package_files
from steelyard.publication.documents import RegisterList
from steelyard.publication.downloads import download_files
from steelyard.publication.json_schema import ASSESSMENT_JSON_SCHEMA
from steelyard.publication.package import Head, Package, package_bytes
from steelyard.publication.region_map import RegionMap, map_files
from steelyard.publication.register_files import register_downloads
from steelyard.publication.registers import registers_files
from steelyard.publication.results import (
    Titles,
    assessment_bytes,
    assessment_document,
    read_assessment,
)
from steelyard.publication.scope import Scope
from steelyard.publication.shelf import read_shelf
from steelyard.publication.signing import Key
from steelyard.records.announced import Announced
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.tables.write import write_whole
from steelyard.weighing.result import Result


def assessment_files(
    result: Result,
    scope: Scope,
    *,
    records: Mapping[str, int] | None = None,
    announced: Sequence[Announced] = (),
    material: Titles | None = None,
    region_map: RegionMap | None = None,
) -> dict[str, bytes]:
    """Every file of a publication of an assessment.

    ``region_map`` is there only where the region has one that was reviewed.
    """
    document = assessment_document(
        result, scope, records=records, announced=announced, material=material
    )
    can_be_replayed = scope.replay and result.scheme.family == "points"
    replay = package_files(result) if can_be_replayed else {}
    return {
        "assessment.json": assessment_bytes(document),
        "assessment.schema.json": _pretty(ASSESSMENT_JSON_SCHEMA),
        **(map_files(region_map) if region_map else {}),
        **download_files(read_assessment(document), replay),
    }


def snapshot_files(snapshot: Snapshot, plans: RegisterList) -> dict[str, bytes]:
    """Every file of a publication of registers."""
    documents = registers_files(snapshot, plans)
    return {
        **{name: _json(document) for name, document in documents.items()},
        **register_downloads(documents),
    }


def publish(
    shelf: Path,
    head: Head,
    files: Mapping[str, bytes],
    key: Key,
    *,
    reason: Text | None = None,
) -> Package:
    """Put files on a shelf under the series of ``head``, whose number and predecessor are filled in.

    Returns the package; the one that is there, if it holds the same files.

    Raises:
        Faulty: it corrects an earlier one and no reason is given, or the folder cannot be written.
    """
    shelf.mkdir(parents=True, exist_ok=True)
    before = _latest(shelf, head.series, key)
    if before and before.hashes == {name: tagged(content) for name, content in files.items()}:
        return before
    if before:
        if not reason:
            raise Faulty([_no_reason(before)])
        head = replace(
            head, number=before.head.number + 1, replaces=before.identifier, reason=reason
        )
    path = shelf / head.file_name
    write_whole(path, package_bytes(head, files, key))
    return Package.open(path, [key.public])


def _latest(shelf: Path, series: str, key: Key) -> Package | None:
    found = [one for one in read_shelf(shelf, [key.public]).packages if one.head.series == series]
    return found[-1] if found else None


def moment_of(moment: datetime) -> datetime:
    """A moment to the minute, which is how exactly publications say theirs."""
    return moment.replace(second=0, microsecond=0)


def _pretty(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _no_reason(before: Package) -> Fault:
    head = before.head
    return Fault(
        "correction-without-reason",
        Text(f"“{head.series}”已有第{head.number}次发布，更正须写明理由",
             f"{head.series} was published {head.number} times; a correction says why"),
        Text("用 --reason 写明", "say it with --reason"),
    )  # fmt: skip

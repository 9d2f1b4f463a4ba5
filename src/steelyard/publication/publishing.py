"""Put a publication on a shelf: as the first of its series, or as the next, which says why.

What was published is never written again: a correction is a package of its own, with the number after
that of the one that it replaces, and holds its difference from it (``difference.json``). Publishing the
same files again changes nothing. Publishers of one shelf wait for each other; a package appears whole.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where, raise_if_any
from steelyard.kernel.hashes import tagged
from steelyard.papers.package import package_files
from steelyard.publication.differences import DIFFERENCE, difference, difference_bytes
from steelyard.publication.downloads import download_files
from steelyard.publication.package import Head, Package, package_bytes
from steelyard.publication.registers import RegisterList, registers_files
from steelyard.publication.results import assessment_bytes, assessment_document, read_assessment
from steelyard.publication.scope import Scope
from steelyard.publication.shelf import Shelf, is_overtaken, read_shelf
from steelyard.publication.signing import Key
from steelyard.records.announced import Announced
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.tables.write import write_whole
from steelyard.weighing.result import Result

LOCK = ".publishing.lock"
"""The file of a shelf that whoever publishes there holds; it says nothing itself."""


def assessment_files(
    result: Result,
    scope: Scope,
    *,
    records: Mapping[str, int] | None = None,
    announced: Sequence[Announced] = (),
) -> dict[str, bytes]:
    """Every file of a publication of an assessment."""
    document = assessment_document(result, scope, records=records, announced=announced)
    can_be_replayed = scope.replay and result.scheme.family == "points"
    replay = package_files(result) if can_be_replayed else {}
    return {
        "assessment.json": assessment_bytes(document),
        **download_files(read_assessment(document), replay),
    }


def snapshot_files(snapshot: Snapshot, plans: RegisterList) -> dict[str, bytes]:
    """Every file of a publication of registers."""
    documents = registers_files(snapshot, plans)
    return {name: _json(document) for name, document in documents.items()}


def publish(
    shelf: Path,
    head: Head,
    files: Mapping[str, bytes],
    key: Key,
    *,
    reason: Text | None = None,
    trusted: Sequence[str] = (),
) -> Package:
    """Put files on a shelf under the series of ``head``, whose number and predecessor are filled in.

    Packages signed by ``key``, or by one of the ``trusted`` keys, are the ones before. A correction
    of what is still under embargo stays under it. Returns the package; the one that is there, if it
    holds the same files.

    Raises:
        Faulty: with everything against it: it corrects an earlier one and no reason is given, it would
            be shown before the minute that was promised, the series is of another kind, its place is
            taken; or the folder cannot be written.
    """
    head = _to_the_minute(head)
    shelf.mkdir(parents=True, exist_ok=True)
    with _alone(shelf):
        there = read_shelf(shelf, [key.public, *trusted])
        before = [one for one in there.packages if one.head.series == head.series]
        if before and _holds(before[-1], files):
            raise_if_any(list(_other_embargo(before[-1], head)))
            return before[-1]
        head = _next(head, before, reason)
        path = shelf / head.file_name
        raise_if_any([*_reasons_against(head, before), *_taken(path)])
        write_whole(path, package_bytes(head, _with_difference(head, files, before), key))
        return Package.open(path, [key.public])


def _to_the_minute(head: Head) -> Head:
    """Publications say their moments to the minute; an embargo ends no second early."""
    until = head.embargo_until
    return replace(
        head,
        published_at=moment_of(head.published_at),
        embargo_until=moment_of(until + timedelta(seconds=59, microseconds=999_999))
        if until
        else None,
    )


def _next(head: Head, before: Sequence[Package], reason: Text | None) -> Head:
    """The head with its number, and what it replaces: the one that is shown until then."""
    if not before:
        return head
    last = before[-1].head
    at = max(head.published_at, last.published_at)  # another publisher's clock may be ahead
    head = replace(head, number=last.number + 1, reason=reason or Text(), published_at=at)
    if head.embargo_until is None and last.shown_from > head.published_at:
        head = replace(head, embargo_until=last.shown_from)
    shown = _shown_before(head, before)
    return replace(head, replaces=shown.identifier if shown else "")


def _shown_before(head: Head, before: Sequence[Package]) -> Package | None:
    """What the public reads, or will have read, of the series until ``head`` takes its place."""
    shown = Shelf(tuple(before)).shown_at(head.shown_from).get(head.series, ())
    return next((one for one in shown if not is_overtaken(one.head, head)), None)


def _with_difference(
    head: Head, files: Mapping[str, bytes], before: Sequence[Package]
) -> Mapping[str, bytes]:
    """The files, with the difference from what was shown. Of what never was there is none to tell."""
    shown = _shown_before(head, before)
    if shown is None:
        return files
    return {**files, DIFFERENCE: difference_bytes(difference(shown, head, files))}


def _holds(package: Package, files: Mapping[str, bytes]) -> bool:
    """Whether it holds just these files, its own difference aside."""
    held = {name: tag for name, tag in package.hashes.items() if name != DIFFERENCE}
    return held == {name: tagged(content) for name, content in files.items()}


def moment_of(moment: datetime) -> datetime:
    """A moment to the minute, which is how exactly publications say theirs."""
    return moment.replace(second=0, microsecond=0)


@contextmanager
def _alone(shelf: Path) -> Iterator[None]:
    """Nobody else publishes on the shelf meanwhile; what a killed one left half written is gone."""
    with (shelf / LOCK).open("a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for half in shelf.glob(".steelyard-*.part"):
            with contextlib.suppress(OSError):
                half.unlink()
        yield


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _reasons_against(head: Head, before: Sequence[Package]) -> Iterator[Fault]:
    if head.embargo_until and head.embargo_until <= head.published_at:
        yield _over(head.embargo_until)
    if not before:
        return
    last = before[-1].head
    if last.kind != head.kind:
        yield _other_kind(last, head)
    if head.replaces and not head.reason:
        yield _no_reason(last)
    if last.shown_from > head.published_at and head.shown_from < last.shown_from:
        yield _too_early(last)


def _taken(path: Path) -> Iterator[Fault]:
    if path.exists():
        yield Fault(
            "publication-is-there",
            Text("此处已有发布包，签名的公钥不在可信清单内；已发布的不改写",
                 "there is a publication already, signed by no key that counts here; what was published is"
                 " not written again"),
            Text("用 --trusted 给出以前用过的公钥，或者换一个发布文件夹",
                 "name the keys used before with --trusted, or publish into another folder"),
            Where(file=str(path)),
        )  # fmt: skip


def _other_embargo(there: Package, head: Head) -> Iterator[Fault]:
    wanted = head.embargo_until
    if wanted and wanted != there.head.embargo_until and wanted > head.published_at:
        number, shown_from = there.head.number, _said(there.head.shown_from)
        yield Fault(
            "published-already",
            Text(f"内容与第{number}次发布相同，公布时刻已定为{shown_from}",
                 f"number {number} holds the same files, to be shown from {shown_from} on"),
            Text("尚未公布的，移走该文件后重新发布；已公布的，撤不回来",
                 "if that is to come, take its file away and publish again; what was shown stays shown"),
            Where(file=there.path.name),
        )  # fmt: skip


def _no_reason(before: Head) -> Fault:
    return Fault(
        "correction-without-reason",
        Text(f"“{before.series}”已有{before.number}次发布，更正须写明理由",
             f"{before.series} was published before, as number {before.number}; a correction says why"),
        Text("用 --reason-zh 和 --reason-en 写明", "say it with --reason-zh and --reason-en"),
    )  # fmt: skip


def _over(until: datetime) -> Fault:
    return Fault(
        "embargo-over",
        Text(f"公布时刻{_said(until)}已过", f"the embargo would have ended at {_said(until)}"),
        Text("请给出今后的时刻，或者不写 --embargo", "name a minute to come, or leave --embargo out"),
    )  # fmt: skip


def _too_early(before: Head) -> Fault:
    return Fault(
        "embargo-broken",
        Text(f"第{before.number}次发布定于{_said(before.shown_from)}公布，更正不得更早",
             f"number {before.number} is under embargo until {_said(before.shown_from)}; its correction may"
             " not be shown earlier"),
        Text("请给出不早于该时刻的 --embargo，或者不写", "name no earlier minute, or leave --embargo out"),
    )  # fmt: skip


def _other_kind(before: Head, head: Head) -> Fault:
    return Fault(
        "series-of-another-kind",
        Text(f"“{head.series}”此前发布的是{before.kind}，不是{head.kind}",
             f"{head.series} was published as {before.kind}, not as {head.kind}"),
        Text("请换一个系列名", "name another series"),
    )  # fmt: skip


def _said(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")

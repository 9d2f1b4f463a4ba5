"""Which publications are shown at a moment? The newest of each series whose minute has come.

A shelf is a folder of packages. One that cannot be opened, is not as it was published, or that nobody
trusted signed, is not shown and is named among the faults; the others are shown all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.publication.package import Head, Kind, Package, Trusted

Stamp = tuple[tuple[str, int, int, int], ...]
"""Of every package of a shelf its name, size and times."""


@dataclass(frozen=True)
class Shelf:
    """The packages of a folder by series and number, and what is wrong with the others."""

    packages: tuple[Package, ...] = ()
    faults: tuple[Fault, ...] = ()

    def shown_at(self, now: datetime) -> Mapping[str, tuple[Package, ...]]:
        """Of each series what may be shown, the newest first; series of which nothing may are absent.

        One that was replaced before its own minute came was never shown, and never is.
        """
        found: dict[str, tuple[Package, ...]] = {}
        for one in reversed(self.packages):
            newer = found.get(one.head.series, ())
            was_overtaken = any(is_overtaken(one.head, other.head) for other in newer)
            if one.head.shown_from <= now and not was_overtaken:
                found[one.head.series] = (*newer, one)
        return dict(sorted(found.items()))

    def current(self, now: datetime, kind: Kind) -> tuple[Package, ...]:
        """The newest of every series of a kind."""
        shown = self.shown_at(now).values()
        return tuple(versions[0] for versions in shown if versions[0].head.kind == kind)

    def next_change(self, now: datetime) -> datetime | None:
        """The next minute at which something more is shown by itself."""
        later = [one.head.shown_from for one in self.packages if one.head.shown_from > now]
        return min(later, default=None)


def is_overtaken(one: Head, by: Head) -> bool:
    """Whether a later publication took the place of ``one`` before the public could read it."""
    return by.published_at < one.shown_from and by.shown_from <= one.shown_from


def read_shelf(folder: Path, trusted: Trusted) -> Shelf:
    """Every package in a folder, each of whose bytes is as it was published."""
    packages: list[Package] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.zip")):
        try:
            package = Package.open(path, trusted)
            package.verify()
            packages.append(package)
        except Faulty as error:
            faults += error.faults
    packages.sort(key=lambda one: (one.head.series, one.head.number))
    faults += _doubled(packages)
    return Shelf(tuple(_first_of_each(packages)), tuple(faults))


def stamp_of(folder: Path) -> Stamp:
    """What tells one state of the shelf from another."""
    found = []
    for path in sorted(folder.glob("*.zip")):
        with suppress(FileNotFoundError):  # taken away just now
            stat = path.stat()
            found.append((path.name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))
    return tuple(found)


def _doubled(packages: Sequence[Package]) -> Iterator[Fault]:
    """Two files that claim the same number of a series and differ: the first by name is shown."""
    for _, group in groupby(packages, _place):
        first, *others = group
        yield from (
            _claims(other, first) for other in others if other.identifier != first.identifier
        )


def _first_of_each(packages: Sequence[Package]) -> Iterator[Package]:
    for _, group in groupby(packages, _place):
        yield next(group)


def _place(one: Package) -> tuple[str, int]:
    return one.head.series, one.head.number


def _claims(other: Package, first: Package) -> Fault:
    head = other.head
    return Fault(
        "number-taken",
        Text(
            f"与{first.path.name}同为“{head.series}”的第{head.number}次发布，内容却不同",
            f"it claims to be number {head.number} of {head.series}, as {first.path.name} does, and differs",
        ),
        Text(
            "请核对哪一个是真的，移走另一个",
            "find out which is the true one and take the other away",
        ),
        Where(file=other.path.name),
    )

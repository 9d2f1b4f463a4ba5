"""What does the public site show at a moment? Read from the shelf, and kept until the shelf changes.

``site_at(now)`` is asked by every view. It looks at the names, sizes and times of the packages (one look into
a folder); only when they changed, or an embargo has passed, is anything read again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Faulty
from steelyard.publication.briefings import BRIEFING, Briefing, read_briefing
from steelyard.publication.differences import DIFFERENCE
from steelyard.publication.package import Package
from steelyard.publication.prose import ProsePage, read_prose
from steelyard.publication.results import Assessment, read_assessment
from steelyard.publication.shelf import Shelf, Stamp, read_shelf, stamp_of
from steelyard.website.register import Register
from steelyard.website.sums import Statistic

if TYPE_CHECKING:
    from steelyard.website.addresses import Address

log = logging.getLogger(__name__)

Made = TypeVar("Made")


@dataclass(frozen=True)
class PublishedAssessment:
    """An assessment with the package that it came in, and those that it corrected, the newest first."""

    assessment: Assessment
    package: Package
    earlier: tuple[Package, ...]

    @cached_property
    def publications(self) -> tuple[Package, ...]:
        """All of the series that were ever shown, the newest first."""
        return (self.package, *self.earlier)

    @cached_property
    def difference(self) -> Mapping[str, Any] | None:
        """What it changed of the one before, if it is a correction."""
        return difference_in(self.package)

    def once(self, name: str, lang: Lang, make: Callable[[], Made]) -> Made:
        """A part of its pages that is the same for every reader: a package never changes, so it is made once."""
        if (name, lang) not in self._made:
            self._made[name, lang] = make()
        made: Made = self._made[name, lang]
        return made

    @cached_property
    def _made(self) -> dict[tuple[str, Lang], Any]:
        return {}


@dataclass(frozen=True)
class PublishedBriefing:
    """A briefing with the package that it came in, and those that it corrected, the newest first."""

    briefing: Briefing
    package: Package
    earlier: tuple[Package, ...]

    @cached_property
    def first_published(self) -> datetime:
        return (self.package, *self.earlier)[-1].head.shown_from


@dataclass(frozen=True)
class Site:
    """Everything that is shown at a moment. ``changes_at``: when something more is shown by itself."""

    shelf: Shelf
    now: datetime
    stamp: Stamp

    @cached_property
    def changes_at(self) -> datetime | None:
        return self.shelf.next_change(self.now)

    def holds_at(self, now: datetime) -> bool:
        """Whether just this is shown at another moment; a clock that was set back shows less again."""
        return self.now <= now and (self.changes_at is None or now < self.changes_at)

    @cached_property
    def assessments(self) -> Mapping[str, PublishedAssessment]:
        """By series; the latest period first."""
        found = []
        for newest, *earlier in self.shelf.shown_at(self.now).values():
            if newest.head.kind == "assessment":
                document = newest.document("assessment.json")
                found.append(PublishedAssessment(read_assessment(document), newest, tuple(earlier)))
        found.sort(key=lambda one: (one.assessment.period, one.assessment.series), reverse=True)
        return {one.assessment.series: one for one in found}

    @cached_property
    def briefings(self) -> Mapping[str, PublishedBriefing]:
        """By series, the latest first. One that is not in order is left out."""
        found = []
        for newest, *earlier in self.shelf.shown_at(self.now).values():
            if newest.head.kind == "briefing":
                try:
                    briefing = read_briefing(newest.document(BRIEFING))
                except (Faulty, KeyError) as error:
                    log.error("%s: %s", newest.path.name, error)
                    continue
                found.append(PublishedBriefing(briefing, newest, tuple(earlier)))
        found.sort(key=lambda one: one.package.head.series)
        found.sort(key=lambda one: one.first_published, reverse=True)
        return {one.package.head.series: one for one in found}

    @cached_property
    def registers(self) -> Mapping[tuple[str, str], Mapping[str, Any]]:
        """Every register's document by area and code."""
        return self._documents("registers/")

    @cached_property
    def statistics(self) -> Mapping[tuple[str, str], Mapping[str, Any]]:
        """Every statistic's document by area and code."""
        return self._documents("statistics/")

    @cached_property
    def places(self) -> Mapping[str, Text]:
        found: dict[str, Text] = {}
        for package in self.shelf.current(self.now, "registers"):
            for code, one in package.document("places.json").items():
                found[code] = Text(one["zh"], one["en"])
        return found

    @cached_property
    def books(self) -> Mapping[tuple[str, str], Register]:
        """Every register, ready to be read, by area and code."""
        return {
            key: Register(document, self.places, self._series[key])
            for key, document in self.registers.items()
        }

    @cached_property
    def book_of_table(self) -> Mapping[str, Register]:
        """Table → the register that publishes its rows."""
        return {one.document["table"]: one for one in self.books.values()}

    @cached_property
    def sums(self) -> Mapping[tuple[str, str], Statistic]:
        """Every statistic, ready to be read, by area and code."""
        return {
            key: Statistic(document, self._series[key]) for key, document in self.statistics.items()
        }

    @cached_property
    def _series(self) -> Mapping[tuple[str, str], str]:
        """Area and code → the series that its register or statistic comes in."""
        return {
            (area, name.removesuffix(".json")): package.head.series
            for package in self.shelf.current(self.now, "registers")
            for path in package.files
            if path.startswith(("registers/", "statistics/"))
            for _, area, name in [path.split("/", 2)]
        }

    @cached_property
    def prose(self) -> Mapping[tuple[str, str], ProsePage]:
        """Every page of prose by language and address. A page that is not in order is left out."""
        found: dict[tuple[str, str], ProsePage] = {}
        for package in self.shelf.current(self.now, "prose"):
            for name in package.files:
                if name.startswith("prose/"):
                    try:
                        page = read_prose(name, package.document(name))
                    except Faulty as error:
                        log.error("%s: %s", package.path.name, error)
                        continue
                    found[page.lang, page.path] = page
        return found

    @cached_property
    def prose_files(self) -> Mapping[str, Package]:
        """The package that has a picture or document of prose, by its name."""
        return {
            name.removeprefix("files/"): package
            for package in self.shelf.current(self.now, "prose")
            for name in package.files
            if name.startswith("files/")
        }

    @cached_property
    def messages(self) -> tuple[Mapping[str, Any], ...]:
        """How messages of the public were dealt with, and answers that were published."""
        return tuple(
            package.document("messages.json")
            for package in self.shelf.current(self.now, "prose")
            if "messages.json" in package.hashes
        )

    @property
    def has_news(self) -> bool:
        return any(one.kind == "article" for one in self.prose.values())

    def news(self, lang: str) -> list[ProsePage]:
        """The articles of a language, the latest first."""
        found = [one for key, one in self.prose.items() if key[0] == lang and one.kind == "article"]
        return sorted(found, key=lambda one: (one.day, one.path), reverse=True)

    @cached_property
    def addresses(self) -> Mapping[str, Address]:
        """Every page by its path below a language."""
        from steelyard.website.addresses import addresses_of

        return addresses_of(self)

    def _documents(self, folder: str) -> Mapping[tuple[str, str], Mapping[str, Any]]:
        found = {}
        for package in self.shelf.current(self.now, "registers"):
            for name in package.files:
                if name.startswith(folder):
                    document = package.document(name)
                    found[document["area"], document["code"]] = document
        return found


def difference_in(package: Package) -> Mapping[str, Any] | None:
    """The difference that a correction says of itself."""
    return package.document(DIFFERENCE) if DIFFERENCE in package.files else None


_kept: list[Site] = []
_lock = Lock()


def site_at(now: datetime) -> Site:
    """The site at a moment: the one kept, if nothing changed since."""
    folder = Path(settings.PUBLICATIONS)
    stamp = stamp_of(folder)
    with _lock:
        kept = _kept[0] if _kept else None
        if kept and kept.stamp == stamp and kept.holds_at(now):
            return kept
        site = Site(read_shelf(folder, settings.PUBLICATION_KEYS), now, stamp)
        if kept is None or kept.shelf.faults != site.shelf.faults:
            _log_refused(site.shelf)
        _kept[:] = [site]
        return site


def _log_refused(shelf: Shelf) -> None:
    """Whoever runs the site learns which packages are not shown, and why."""
    for fault in shelf.faults:
        log.error("not shown: %s", fault.say("en"))

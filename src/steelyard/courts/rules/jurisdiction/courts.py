"""Which court of the region is meant by a kind of court, at a place, on a day?

Read from a region's ``courts.toml``. Where the list of basic courts was not read, the court is
described, not named.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from steelyard.courts.rules.jurisdiction.levels import Threshold, read_threshold
from steelyard.courts.rules.jurisdiction.places import Place, Places
from steelyard.courts.rules.jurisdiction.setting import PlaceKind, Role, as_role, holds_on
from steelyard.kernel.bilingual import Text

SURE: Mapping[str, Text] = {
    "read": Text("读到原文或者官方网页", "read in the text or an official page"),
    "seen": Text("见于真实案件", "seen in a real case"),
    "reported": Text("见于报道或者转述，名单原文未读到", "reported; the list itself was not read"),
    "described": Text(
        "名单未读到，只说明是哪一级", "described by its level; the list was not read"
    ),
}


@dataclass(frozen=True, slots=True)
class Court:
    """A court. ``code`` is that of case numbers, "" where it is not known; ``sure`` how we know."""

    role: Role
    name: Text
    code: str = ""
    sure: str = "read"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A court of the list, for its places (codes), in force between two days.

    ``matters`` None: of any matter that no other court of the place is listed for.
    """

    court: Court
    places: tuple[str, ...]
    starts: date
    ends: date | None
    matters: tuple[str, ...] | None = None

    def serves(self, place: Place, day: date, matter: str) -> bool:
        return (
            bool({place.code, place.city} & set(self.places))
            and holds_on(self.starts, self.ends, day)
            and (self.matters is None or matter in self.matters)
        )


@dataclass(frozen=True, slots=True)
class Note:
    """What to look at beside an answer that names a basic or an intermediate court."""

    places: tuple[str, ...]
    matters: tuple[str, ...]
    relations: tuple[str, ...]
    starts: date
    ends: date | None
    text: Text


@dataclass(frozen=True)
class Region:
    """The courts of a region: ``seat`` is the city of its IP court, ``carve_out`` the cities
    outside that court's reach, ``points`` where it sits or takes filings elsewhere.

    ``designated_administrative``: from which day the list of basic courts is of administrative
    cases too; before, whichever basic court hears those of the place did.
    """

    places: Places
    province: str
    seat: str
    carve_out: frozenset[str]
    listed: tuple[Listed, ...]
    thresholds: tuple[Threshold, ...]
    points: Mapping[str, Text]
    designated_administrative: date
    notes: tuple[Note, ...] = ()

    def kind_of(self, place: Place) -> PlaceKind:
        """The seat, a city outside the IP court's reach, the rest of the region, or elsewhere."""
        if place.province != self.province:
            return "elsewhere"
        if place.city == self.seat:
            return "seat"
        return "carve_out" if place.city in self.carve_out else "rest"

    def court(
        self, role: Role, place: Place, day: date, *, track: str = "civil", matter: str = ""
    ) -> Court:
        """The court of a kind that serves a place on a day, for cases of a track and matter."""
        if role == "basic" and track == "administrative" and day < self.designated_administrative:
            return self._any_basic(place)
        listed = self._listed(role, place, day, matter)
        if listed is not None:
            return listed
        if role == "intermediate":
            return self._intermediate(place)
        if role == "basic":
            return self._basic(place)
        return self._high(place)

    def is_yet_to_open(self, role: Role, day: date) -> bool:
        """Whether the list knows the one court of a kind, and it opened after a day."""
        opened = [one.starts for one in self.listed if one.court.role == role]
        return role != "basic" and bool(opened) and day < min(opened)

    def notes_on(self, place: Place, day: date, *, matter: str, relation: str) -> tuple[Text, ...]:
        """What to look at beside an answer that names a basic or an intermediate court."""
        return tuple(
            one.text
            for one in self.notes
            if {place.code, place.city} & set(one.places)
            and holds_on(one.starts, one.ends, day)
            and matter in one.matters
            and relation in one.relations
        )

    def _listed(self, role: Role, place: Place, day: date, matter: str) -> Court | None:
        if role == "high" and place.province != self.province:
            return None
        rows = [one for one in self.listed if one.court.role == role]
        if role == "basic":
            rows = [one for one in rows if one.serves(place, day, matter)]
            rows.sort(key=lambda one: one.matters is None)
        return rows[0].court if rows else None

    def _intermediate(self, place: Place) -> Court:
        if not place.city:
            return _described(
                "intermediate", self._where(place), "中级人民法院", "intermediate court"
            )
        city = self._city(place)
        name = Text(
            f"{self._province_name(place).zh}{city.zh}中级人民法院",
            f"Intermediate People's Court of {city.en}",
        )
        return Court("intermediate", name)

    def _basic(self, place: Place) -> Court:
        return _described("basic", self._where(place), "基层人民法院", "basic court")

    def _any_basic(self, place: Place) -> Court:
        where = self._where(place)
        name = Text(f"{where.zh}有管辖权的基层人民法院", f"the competent basic court of {where.en}")
        return Court("basic", name, sure="described")

    def _high(self, place: Place) -> Court:
        province = self._province_name(place)
        name = Text(f"{province.zh}高级人民法院", f"High People's Court of {province.en}")
        return Court("high", name)

    def _where(self, place: Place) -> Text:
        return self._city(place) if place.city else self._province_name(place)

    def _city(self, place: Place) -> Text:
        return self.places.at(place.city).name

    def _province_name(self, place: Place) -> Text:
        return self.places.at(place.province).name if place.province else place.name


def _described(role: Role, where: Text, zh: str, en: str) -> Court:
    name = Text(f"{where.zh}由最高人民法院确定的{zh}", f"the {en} designated for {where.en}")
    return Court(role, name, sure="described")


def read_region(text: str, *, places: Places, groups: Mapping[str, tuple[str, ...]]) -> Region:
    """The region from the text of its ``courts.toml``; ``groups`` are those of the table."""
    document = tomllib.loads(text)
    region = document["region"]
    return Region(
        places,
        region["province"],
        region["seat"],
        frozenset(region["carve_out"]),
        tuple(_listed(row) for row in document["courts"]),
        tuple(read_threshold(row, groups) for row in document["thresholds"]),
        {row["place"]: Text(row["zh"], row["en"]) for row in document["points"]},
        region["designated_administrative"],
        tuple(_note(row) for row in document.get("notes", ())),
    )


def _listed(row: Mapping[str, Any]) -> Listed:
    court = Court(
        as_role(row["role"]), Text(row["zh"], row["en"]), row["code"], row["sure"], row["source"]
    )
    return Listed(court, tuple(row.get("places", ())), row["from"], row.get("to"), _matters(row))


def _matters(row: Mapping[str, Any]) -> tuple[str, ...] | None:
    return tuple(row["matters"]) if "matters" in row else None


def _note(row: Mapping[str, Any]) -> Note:
    return Note(
        tuple(row["places"]),
        tuple(row["matters"]),
        tuple(row["relations"]),
        row["from"],
        row.get("to"),
        Text(row["zh"], row["en"]),
    )

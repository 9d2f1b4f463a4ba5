"""Which place do the words of a person at the counter name?

Read from a region's table of cities and districts and from the country's table of provinces.
Inside the region a place is known down to its district; elsewhere its province is enough, since
only whether a court lies in the region is asked. Towns, streets and house numbers are not known:
they may follow the name of a place that is.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from steelyard.courts.rules.unreadable import BY_THE_PROVENANCE
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Unreadable, Where, raise_if_any

UNREADABLE = Unreadable(
    "unreadable-place", Text("这一行地点", "this row of places"), BY_THE_PROVENANCE
)

Kind = Literal["city", "district", "county_city", "county", "province", "abroad"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_ABROAD = {"境外", "国外", "外国", "海外", "abroad", "overseas", "foreign", "outsidechina"}
_NO_MAINLAND = {"710000", "810000", "820000"}
_LEVEL = re.compile(r"(?:(?:[一-龥]族)+自治县|市|区|县)$")
_COUNTRY = re.compile(r"^(?:中华人民共和国|中国)")
_NO_PLACE_NAME = re.compile(r"大道|大街|路|街(?!道)|镇|乡|村")
_BETWEEN_PLACES = re.compile(r"[;、/]")
_TOWN = re.compile(r"镇|街道|乡|村|社区|新区|开发区|高新区|园区")
_ENGLISH_FILLER = re.compile(
    r"\b(?:province|city|district|county|municipality|prefecture|of|p ?r ?china|china)\b"
)


@dataclass(frozen=True)
class Place:
    """A place, by its code of GB/T 2260.

    ``city`` is the code of its prefecture-level city, "" where none was named; ``province`` that of
    its province. Both are "" abroad, as is ``code``. ``also`` holds short and former names.
    """

    code: str
    name: Text
    kind: Kind
    city: str
    province: str
    is_in_region: bool
    also: tuple[str, ...] = ()

    @property
    def is_in_mainland(self) -> bool:
        """Whether it lies in the mainland: Hong Kong, Macao, Taiwan and abroad do not."""
        return bool(self.province) and self.province not in _NO_MAINLAND

    @property
    def has_district(self) -> bool:
        """Whether a district, county or county-level city was named."""
        return self.kind in {"district", "county_city", "county"}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Its Chinese names, the full one first."""
        return (self.name.zh, *self.also)


ABROAD = Place("", Text("境外", "abroad"), "abroad", "", "", is_in_region=False)
"""A place outside China. Hong Kong, Macao and Taiwan are named by themselves."""


@dataclass(frozen=True)
class Places:
    """The provinces of the country, and the cities and districts of one region."""

    rows: tuple[Place, ...]

    def find(self, words: str) -> Place:
        """The place that ``words`` name, as deep as they go.

        By code; by name in full or short, with or without the places above it; before a town or a
        street, after a name in full; in English with commas, in either order.

        Raises:
            Faulty: ``place-unknown``; ``place-ambiguous``, with the places of that name;
                ``place-mismatch``, where a district is named under a city that it is not in;
                ``place-several``, where more than one place is named.
        """
        plain = _COUNTRY.sub("", unicodedata.normalize("NFKC", words).strip().replace("’", "'"))
        if self._names_several(plain):
            raise Faulty([_several(words)])
        squeezed = re.sub(r"\s" if plain.isascii() else r"[\s,]", "", plain)
        if squeezed.casefold() in _ABROAD:
            return ABROAD
        found = [row for row in self.rows if row.code == squeezed]
        found = found or (self._english(plain) if plain.isascii() else self._chinese(squeezed))
        if not found:
            raise Faulty([self._mismatch(words, squeezed) or _unknown(words)])
        if len(found) > 1:
            raise Faulty([_ambiguous(words, [self.in_full(row) for row in found])])
        return found[0]

    def at(self, code: str) -> Place:
        """The place of a code.

        Raises:
            KeyError: the tables have no such code.
        """
        return self._by_code[code]

    def above(self, place: Place) -> tuple[Place, ...]:
        """The places that hold this one, the largest first."""
        codes = [code for code in (place.province, place.city) if code and code != place.code]
        return tuple(self._by_code[code] for code in codes)

    def in_full(self, place: Place) -> Text:
        """The name with those above it.

        ``广东省江门市江海区``; ``Jianghai, Jiangmen, Guangdong``.
        """
        chain = (*self.above(place), place)
        return Text(
            "".join(one.name.zh for one in chain), ", ".join(one.name.en for one in chain[::-1])
        )

    @cached_property
    def _by_code(self) -> Mapping[str, Place]:
        return {row.code: row for row in self.rows}

    @cached_property
    def _below(self) -> Mapping[str, tuple[Place, ...]]:
        return {
            place.code: tuple(row for row in self.rows if place in self.above(row))
            for place in self.rows
        }

    def _names_several(self, words: str) -> bool:
        """Whether more than one place is named, with 、 or the like between them."""
        parts = [part for part in _BETWEEN_PLACES.split(words) if part.strip()]
        named = [part for part in parts if self._names_one(part)] if len(parts) > 1 else []
        return len(named) > 1

    def _names_one(self, words: str) -> bool:
        try:
            self.find(words)
        except Faulty as error:
            return error.faults[0].code == "place-ambiguous"
        return True

    def _chinese(self, words: str) -> list[Place]:
        """The places that the words begin with, each as deep as the words go."""
        starts = _longest(self.rows, words)
        ends = [self._deepest(place, name, words[len(name) :]) for place, name in starts]
        return [end for end in ends if end]

    def _deepest(self, place: Place, name: str, rest: str) -> Place | None:
        """The place at or below ``place`` that ``rest`` leads to, None if it leads nowhere."""
        if not rest:
            return place
        deeper = [
            self._deepest(below, found, rest[len(found) :])
            for below, found in _longest(self._below[place.code], rest)
        ]
        if any(deeper):
            return deeper[0]
        return (
            place
            if _may_be_followed(place, name, rest) and not self._elsewhere(place, rest)
            else None
        )

    def _elsewhere(self, place: Place, rest: str) -> Place | None:
        """The place, not below ``place``, whose full name ``rest`` begins with."""
        if place.kind != "city":
            return None
        others = (row for row in self.rows if row not in self._below[place.code])
        return next((row for row in others if rest.startswith(row.name.zh) and row.also), None)

    def _english(self, words: str) -> list[Place]:
        """The places that English words name: every known part is the place or lies above it."""
        parts = [_letters(part) for part in words.split(",")]
        if len(parts) == 1 and not self._called(parts[0]):
            parts = [_letters(part) for part in words.split()]
            if not all(self._called(part) for part in parts if part):
                return []
        known = [called for part in parts if (called := self._called(part))]
        elsewhere = [row for called in known for row in called if not row.is_in_region]
        return elsewhere or [
            row
            for row in {row.code: row for called in known for row in called}.values()
            if all({row, *self.above(row)} & set(called) for called in known)
        ]

    def _called(self, letters: str) -> list[Place]:
        """The places of an English name; Baoan is Bao'an, but Yunan is not Yun'an."""
        same = [row for row in self.rows if letters and _letters(row.name.en) == letters]
        bare = letters.replace("'", "")
        return same or [row for row in self.rows if bare and _bare(row) == bare]

    def _mismatch(self, words: str, squeezed: str) -> Fault | None:
        for place, name in _longest(self.rows, squeezed):
            other = self._elsewhere(place, squeezed[len(name) :])
            if other:
                return _elsewhere_fault(words, other, self.in_full(other))
        return None


def _longest(places: Iterable[Place], words: str) -> list[tuple[Place, str]]:
    """The places whose name begins the words, and that name: those of the longest name alone."""
    found = [(place, name) for place in places for name in _beginnings(place, words)]
    most = max((len(name) for _, name in found), default=0)
    return [(place, name) for place, name in found if len(name) == most]


def _beginnings(place: Place, words: str) -> Iterator[str]:
    for name in place.names:
        rest = words.removeprefix(name)
        if words.startswith(name) and (name == place.name.zh or not _NO_PLACE_NAME.match(rest)):
            yield name


def _may_be_followed(place: Place, name: str, rest: str) -> bool:
    """Whether words that name no place known here may stand after the name of ``place``.

    Every city of the region is known, so none may follow its province. After a short name they
    must tell that a place is meant: 中山大学 is not in Zhongshan for its name.
    """
    if not place.is_in_region:
        return True
    if place.kind == "province":
        return False
    return name == place.name.zh or bool(_TOWN.search(rest))


def _letters(words: str) -> str:
    """English words without kinds of places, points and case: ``Bao'an District`` is bao'an."""
    plain = re.sub(r"[^\w\s']", "", words.casefold())
    return re.sub(r"\s", "", _ENGLISH_FILLER.sub("", plain))


def _bare(place: Place) -> str:
    return _letters(place.name.en).replace("'", "")


def read_places(
    places: Iterable[str], provinces: Iterable[str], *, file: str, provinces_file: str
) -> Places:
    """The places from the rows of a region's ``divisions.csv`` and of ``provinces.csv``.

    Raises:
        Faulty: a row cannot be read, a code stands there twice, a city or province is not there.
    """
    faults: list[Fault] = []
    below = _rows(places, _division, faults, file)
    home = {row.province for row in below}
    above = _rows(provinces, lambda row: _province(row, home), faults, provinces_file)
    rows = (*above, *below)
    faults.extend(_astray(rows, file))
    raise_if_any(faults)
    return Places(rows)


def _rows(
    lines: Iterable[str],
    place_of: Callable[[Mapping[str, str]], Place],
    faults: list[Fault],
    file: str,
) -> list[Place]:
    places: list[Place] = []
    for number, row in enumerate(csv.DictReader(lines), start=2):
        try:
            places.append(place_of(row))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            faults.append(UNREADABLE.at(Where(file=file, row=number), error))
    return places


def _province(row: Mapping[str, str], home: set[str]) -> Place:
    code = _code(row)
    name = Text(row["zh"], row["en"])
    return Place(code, name, "province", "", code, code in home, (row["short"],))


def _division(row: Mapping[str, str]) -> Place:
    code, name = _code(row), Text(row["zh"], row["en"])
    short = _LEVEL.sub("", name.zh)
    also = (short, *row["also"].split(";")) if len(short) > 1 else tuple(row["also"].split(";"))
    return Place(
        code,
        name,
        _kind(row["kind"]),
        row["city"],
        f"{code[:2]}0000",
        is_in_region=True,
        also=tuple(dict.fromkeys(one for one in also if one)),
    )


def _code(row: Mapping[str, str]) -> str:
    if not re.fullmatch(r"[0-9]{6}", row["code"]):
        raise ValueError(f"code {row['code']!r}")
    return row["code"]


def _kind(text: str) -> Kind:
    if text not in KINDS:
        raise ValueError(f"kind {text!r}")
    return text


def _astray(rows: Iterable[Place], file: str) -> Iterator[Fault]:
    """Faults of codes that stand there twice, and of places in a city that is not there."""
    rows = tuple(rows)
    codes = [row.code for row in rows]
    for row in rows:
        where = Where(file=file, key=row.code)
        if codes.count(row.code) > 1:
            yield UNREADABLE.at(where, "twice")
        if row.province not in codes or row.city not in {"", *codes}:
            yield UNREADABLE.at(where, f"city {row.city!r}, province {row.province!r}")


def _unknown(words: str) -> Fault:
    return Fault(
        "place-unknown",
        Text(f"认不出地点“{words}”", f"no place is known as {words!r}"),
        Text(
            "请写到省、市、区，例如“江门市江海区”；外省的写明省名，国外的写“境外”",
            "name province, city and district, as in 'Jianghai, Jiangmen'; "
            "for other provinces the province, for other countries 'abroad'",
        ),
    )


def _ambiguous(words: str, names: list[Text]) -> Fault:
    zh, en = "、".join(name.zh for name in names), "; ".join(name.en for name in names)
    return Fault(
        "place-ambiguous",
        Text(f"叫“{words}”的不止一处：{zh}", f"more than one place is called {words!r}: {en}"),
        Text("请写明所在的市", "name its city too"),
    )


def _several(words: str) -> Fault:
    return Fault(
        "place-several",
        Text(f"“{words}”写了不止一处地点", f"{words!r} names more than one place"),
        Text("请只写据以起诉的一处；几处都可以起诉的，分别查询",
             "name the one where the suit would be filed; of several, ask for each"),
    )  # fmt: skip


def _elsewhere_fault(words: str, other: Place, full: Text) -> Fault:
    return Fault(
        "place-mismatch",
        Text(
            f"“{words}”前后不符：{other.name.zh}是{full.zh}",
            f"{words!r} contradicts itself: {other.name.en} is {full.en}",
        ),
        Text("请核对所在的市", "check the city"),
    )

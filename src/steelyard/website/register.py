"""A published register, ready to be read: its entries by key, what is searched, how it is sorted.

Made once for a publication and kept with the site. Pages ask it; it knows neither requests nor pages.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.name_order import Order, by_code, name_order

PLACE = "places.code"
MOST_CHOICES = 80
"""Values of a column that are offered as a list; by more nobody chooses."""
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")
LONGEST = 200
"""Characters of a search; what is longer is cut."""

Row = Sequence[Any]


def address_of(key: Iterable[object]) -> str:
    """A key as one step of an address: letters, digits, "-" and "_" as they are, all else in hexadecimal.

    Different keys have different addresses, and a key has the same one for ever.

    >>> address_of(["SAMPLE-1"]), address_of(["a/b", ""]), address_of(["凉"])
    ('SAMPLE-1', 'a~2Fb~~~-', '~E5~87~89')
    """
    return "~~".join(_step(str(part)) for part in key)


def _step(part: str) -> str:
    if _PLAIN.fullmatch(part):
        return part
    said = (
        chr(byte) if re.fullmatch(r"[A-Za-z0-9_-]", chr(byte)) else f"~{byte:02X}"
        for byte in part.encode("utf-8", "surrogatepass")
    )
    return "".join(said) or "~-"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see of a register: words, a value of some columns, an order.

    ``lang``: in which language places are sorted by their names.
    """

    words: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    lang: Lang = "zh"

    @property
    def is_down(self) -> bool:
        return self.sort.startswith("-")

    @property
    def sort_column(self) -> str:
        return self.sort.removeprefix("-")


@dataclass(frozen=True)
class Register:
    """One register with what its places are called. ``series``: the publication that it came in."""

    document: Mapping[str, Any]
    places: Mapping[str, Text]
    series: str = ""

    @property
    def area(self) -> str:
        return str(self.document["area"])

    @property
    def code(self) -> str:
        return str(self.document["code"])

    @property
    def title(self) -> Text:
        return Text(**self.document["title"])

    @property
    def is_sample(self) -> bool:
        return bool(self.document["sample"])

    @cached_property
    def is_mixed(self) -> bool:
        """Whether some entries are samples and others are not."""
        return len({one["sample"] for one in self.document.get("came_in", {}).values()}) > 1

    @property
    def rows(self) -> Sequence[Row]:
        return self.document["rows"]  # type: ignore[no-any-return]

    @property
    def fields(self) -> Sequence[Mapping[str, Any]]:
        return self.document["fields"]  # type: ignore[no-any-return]

    @cached_property
    def at(self) -> Mapping[str, int]:
        """Column → where it stands in a row."""
        return {one["code"]: number for number, one in enumerate(self.fields)}

    @cached_property
    def field(self) -> Mapping[str, Mapping[str, Any]]:
        return {one["code"]: one for one in self.fields}

    @cached_property
    def filters(self) -> tuple[str, ...]:
        return tuple(code for code in self.document["filters"] if code in self.at)

    def key(self, row: Row) -> tuple[str, ...]:
        return tuple(str(row[self.at[code]]) for code in self.document["key"] if code in self.at)

    @cached_property
    def addresses(self) -> Mapping[str, int]:
        """Every entry's last step of its address → its row."""
        return {address_of(self.key(row)): number for number, row in enumerate(self.rows)}

    def titled(self, row: Row) -> str:
        """What an entry is called: its title, else its key."""
        column = self.document["title_column"]
        named = row[self.at[column]] if column in self.at else None
        return str(named or " ".join(self.key(row)))

    def cell(self, row: Row, column: str) -> Any:
        return row[self.at[column]] if column in self.at else None

    def in_words(self, column: str, value: Any) -> Text:
        """A value as people say it: what a code means, what a place is called."""
        head = self.field[column]
        if value is None:
            return Text()
        if head["codes"]:
            return Text(**head["codes"].get(value, {"zh": str(value), "en": str(value)}))
        if head["refers_to"] == PLACE:
            return self.places.get(str(value), Text(str(value), str(value)))
        return Text(str(value), str(value))

    @cached_property
    def _haystacks(self) -> Sequence[str]:
        """Every entry's text, as words are looked for in it."""
        plain = [
            (number, one["code"], bool(one["codes"]) or one["refers_to"] == PLACE)
            for number, one in enumerate(self.fields)
        ]
        return [folded("\n".join(self._texts(row, plain))) for row in self.rows]

    def _texts(self, row: Row, columns: Sequence[tuple[int, str, bool]]) -> Iterator[str]:
        for number, code, has_words in columns:
            value = row[number]
            if value is None or isinstance(value, bool):
                continue
            yield str(value)
            if has_words:
                words = self.in_words(code, value)
                yield f"{words.zh}\n{words.en}"

    def text_of(self, number: int) -> Text:
        """An entry in words, for the search of the whole site."""
        row = self.rows[number]
        said = [
            (self.in_words(one["code"], cell), Text(**one["title"]))
            for one, cell in zip(self.fields, row, strict=True)
            if cell is not None and not isinstance(cell, bool)
        ]
        return Text(
            "；".join(f"{title.zh}：{words.say('zh')}" for words, title in said),
            "; ".join(f"{title.say('en')}: {words.say('en')}" for words, title in said),
        )

    def asked_by(self, query: Mapping[str, str], lang: Lang = "zh") -> Asked:
        """What an address asks for; what no register could be asked is passed over."""
        words = query.get("q", "").replace("\0", " ")[:LONGEST].strip()
        chosen = {code: query[code] for code in self.filters if query.get(code)}
        sort = query.get("sort", "")
        known = sort.removeprefix("-") in self.at
        return Asked(words, chosen, sort if known else "", lang)

    def numbers(self, asked: Asked) -> Sequence[int]:
        """The rows that are asked for, in the order asked for."""
        found: Iterable[int] = range(len(self.rows))
        for column, value in asked.chosen.items():
            of_value = self.having(column)
            chosen = of_value.get(value, frozenset())
            found = [number for number in found if number in chosen]
        for word in folded(asked.words).split():
            found = [number for number in found if word in self._haystacks[number]]
        if not asked.sort:
            return list(found)
        ranks, sign = self._ranks(asked.sort_column, asked.lang), -1 if asked.is_down else 1
        return sorted(
            found, key=lambda number: (ranks[number] is None, sign * (ranks[number] or 0))
        )

    @cached_property
    def _having(self) -> dict[str, Mapping[str, frozenset[int]]]:
        return {}

    def having(self, column: str) -> Mapping[str, frozenset[int]]:
        """Value of a column → the rows that have it."""
        if column not in self._having:
            found: dict[str, list[int]] = {}
            for number, row in enumerate(self.rows):
                value = row[self.at[column]]
                if value is not None:
                    found.setdefault(written(value), []).append(number)
            self._having[column] = {value: frozenset(rows) for value, rows in found.items()}
        return self._having[column]

    @cached_property
    def _orders(self) -> dict[tuple[str, Lang], Sequence[int | None]]:
        return {}

    def _ranks(self, column: str, lang: Lang) -> Sequence[int | None]:
        """Row → its place when sorted by a column; equals share one, what is empty has none."""
        if (column, lang) not in self._orders:
            where = self.at[column]
            keys = [self._sort_key(column, row[where], lang) for row in self.rows]
            places = {
                key: number for number, key in enumerate(sorted({one for one in keys if one}))
            }
            self._orders[column, lang] = [places[key] if key else None for key in keys]
        return self._orders[column, lang]

    def _sort_key(self, column: str, value: Any, lang: Lang) -> tuple[Any, ...]:
        if value is not None and self.field[column]["refers_to"] == PLACE:
            return self.place_order(str(value), lang)
        return _sort_key(value, self.field[column])

    def place_order(self, code: str, lang: Lang) -> Order:
        """Where a place stands in a list: by its name, as it is read."""
        name = self.places.get(code, Text(code, code))
        return name_order(name, lang, is_read_as_english=True)

    def counts(self, column: str) -> Mapping[str, int]:
        """How many entries have each value of a column: in the order of its codes, else of the values."""
        counted = Counter({value: len(rows) for value, rows in self.having(column).items()})
        codes = list(self.field[column]["codes"])
        known = [code for code in codes if code in counted]
        others = sorted(set(counted) - set(known), key=natural)
        return {value: counted[value] for value in (*known, *others)}

    def choices(self, column: str, lang: Lang = "zh") -> Sequence[tuple[str, Text, int]]:
        """What may be chosen of a column, with how many have it; nothing if there are too many to choose.

        Places stand in the order of their names, codes in their own.
        """
        head = self.field[column]
        if head["refers_to"] not in ("", PLACE) and not head["codes"]:
            return ()
        counts = self.counts(column)
        if len(counts) > MOST_CHOICES:
            return ()
        values = list(counts)
        if head["refers_to"] == PLACE:
            values.sort(key=lambda code: self.place_order(code, lang))
        return [(value, self.in_words(column, value), counts[value]) for value in values]


def written(value: Any) -> str:
    """A cell as it stands in an address.

    >>> written(True), written(1), written("440100")
    ('true', '1', '440100')
    """
    return str(value).lower() if isinstance(value, bool) else str(value)


def folded(text: str) -> str:
    """Text as it is compared: full width is half width, capitals are small."""
    return unicodedata.normalize("NFKC", text).casefold()


def natural(text: str) -> tuple[tuple[int, int, bytes], ...]:
    """Numbers in a text in the order of numbers, Chinese in that of its pronunciation.

    >>> sorted(["措施10", "措施2"], key=natural), sorted(["质量", "版权", "海关"], key=natural)
    (['措施2', '措施10'], ['版权', '海关', '质量'])
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    return tuple(
        (0, int(one), b"") if one.isascii() and one.isdigit() else (1, 0, by_code(one))
        for one in parts
    )


def _sort_key(value: Any, head: Mapping[str, Any]) -> tuple[Any, ...]:
    """Empty for what is empty."""
    if value is None:
        return ()
    if head["codes"]:
        codes = list(head["codes"])
        return (codes.index(value) if value in codes else len(codes),)
    if head["type"] in ("number", "money", "whole"):
        return (float(value),)
    return natural(written(value)) or ((0, 0, b""),)

"""Which counts may be published? A named rule: small ones could point to a person or a firm.

``small-counts-5``: a count from 1 to 4 of records of a *protected* table is published as "fewer than 5"; 0
is published, for it points to nobody. Counts of *open* tables (registers, meetings, announced figures)
are published as they are. Totals next to their parts could give a hidden count away: who publishes both
hides a second part as well (:meth:`Rule.hidden_among`), or leaves the total out.

Briefs are for publication and follow it. The report, the workbook, ``result.json`` and listings are the
assessing office's own papers: they give every count, and whoever publishes them decides about that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from steelyard.kernel.bilingual import Text
from steelyard.records.catalogue.model import Catalogue


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which parts of a total are hidden, and whether the total is."""

    parts: frozenset[str]
    total: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A disclosure rule: counts of protected records below ``least`` are hidden, 0 is not."""

    name: str
    least: int

    def hides(self, count: int, tables: Iterable[str], catalogue: Catalogue) -> bool:
        """Whether a count of records of these tables may not be published as it is."""
        is_small = 0 < count < self.least
        return is_small and any(
            catalogue.tables[table].disclosure == "protected" for table in tables
        )

    def hidden_among(self, counts: Mapping[str, int]) -> Hidden:
        """What of the parts of one total may not be shown beside it.

        Where a small count is hidden, so is the smallest of those that are at least twice ``least``:
        whatever the small ones were, from 1 to ``least`` - 1, the other could make up for it and would
        still be no small count. If there is no such part, the total is not shown.

        >>> USUAL.hidden_among({"a": 3, "b": 40, "c": 12, "d": 7})
        Hidden(parts=frozenset({'a', 'c'}), total=False)
        >>> USUAL.hidden_among({"a": 3, "b": 7})
        Hidden(parts=frozenset({'a'}), total=True)
        """
        small = {name for name, count in counts.items() if 0 < count < self.least}
        if not small:
            return Hidden(frozenset(), total=False)
        ample = sorted((count, name) for name, count in counts.items() if count >= 2 * self.least)
        if not ample:
            return Hidden(frozenset(small), total=True)
        return Hidden(frozenset(small | {ample[0][1]}), total=False)

    @property
    def instead(self) -> Text:
        """What is published in its place."""
        return Text(f"少于{self.least}", f"fewer than {self.least}")


RULES: Mapping[str, Rule] = {
    rule.name: rule for rule in (Rule("small-counts-5", 5), Rule("none", 0))
}
USUAL = RULES["small-counts-5"]

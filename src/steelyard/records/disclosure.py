"""Which counts may be published? A named rule: small ones could point to a person or a firm.

``small-counts-5``: a count from 1 to 4 of records of a *protected* table is published as "fewer than 5"; 0
is published, for it points to nobody. Counts of *open* tables (registers, meetings, announced figures)
are published as they are. Totals next to their parts could give a hidden count away: who publishes both
hides a second part as well (:meth:`Rule.hidden_among`) and adds up only what is shown.

Briefs are for publication and follow it. The report, the workbook, ``result.json`` and listings are the
assessing office's own papers: they give every count, and whoever publishes them decides about that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from steelyard.kernel.bilingual import Text
from steelyard.records.catalogue.model import Catalogue


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

    def hidden_among(self, counts: Mapping[str, int]) -> frozenset[str]:
        """Which parts of one whole may not be shown, so that none follows from the whole either.

        The small ones; and where only one is small, the next that is not 0, so that whoever learns the
        whole elsewhere learns at most what two parts are together. Which is hidden depends on where the
        small counts are, never on what they are.

        >>> sorted(USUAL.hidden_among({"a": 30, "b": 2, "c": 0, "d": 7}))
        ['b', 'd']
        >>> sorted(USUAL.hidden_among({"a": 1, "b": 2, "c": 12})), sorted(USUAL.hidden_among({"a": 3}))
        (['a', 'b'], ['a'])
        """
        names = list(counts)
        small = [name for name in names if 0 < counts[name] < self.least]
        if len(small) != 1:
            return frozenset(small)
        at = names.index(small[0])
        following = (name for name in (*names[at + 1 :], *names[:at]) if counts[name])
        return frozenset([*small, *list(following)[:1]])

    @property
    def instead(self) -> Text:
        """What is published in its place."""
        return Text(f"少于{self.least}", f"fewer than {self.least}")


RULES: Mapping[str, Rule] = {
    rule.name: rule for rule in (Rule("small-counts-5", 5), Rule("none", 0))
}
USUAL = RULES["small-counts-5"]

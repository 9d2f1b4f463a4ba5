"""What was met on the way: faults, notes, and what cannot be gone on with.

A step that refuses an indicator goes on with the others, so that all faults are told at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.method import ImputeBy, MissingBy
from steelyard.weighing.index.called import listed
from steelyard.weighing.index.columns import Names


@dataclass
class Log:
    """``broken`` are the items that have a fault: nothing is computed from them. ``policies`` are those
    for missing data that were applied, in order."""

    names: Names
    faults: list[Fault] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    policies: dict[ImputeBy | MissingBy, None] = field(default_factory=dict)

    def refuse(self, item: str, code: str, what: Text, mend: Text, key: str = "") -> None:
        """A fault of an item, or of the method as a whole if ``item`` is empty."""
        path = ".".join(part for part in (f"items.{item}" if item else "method", key) if part)
        self.faults.append(Fault(code, what, mend, Where(key=path)))
        self.broken.add(item)

    def note(self, zh: str, en: str) -> None:
        self.notes.append(Text(zh, en))

    def applied(self, policy: ImputeBy | MissingBy) -> None:
        self.policies.setdefault(policy)

    def stop_if_faulty(self) -> None:
        if self.faults:
            raise Faulty(self.faults)

    def title(self, item: str) -> Text:
        title = self.names.item(item)
        return Text(title.say("zh"), title.say("en"))

    def units(self, rows: Iterable[int], most: int = 5) -> Text:
        """Some units by name, and how many more."""
        return listed([self.names.unit(int(row)) for row in rows], most)

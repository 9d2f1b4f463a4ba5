"""What is wrong with a draft, and with which of its members?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.assessment.rules.drafting.rows import Document, listed
from steelyard.kernel.faults import Fault
from steelyard.scheme.locate import path_of
from steelyard.scheme.read import check_document


@dataclass(frozen=True, slots=True)
class Faults:
    """What the check finds: at each item and input by its key, and what belongs to none."""

    items: Mapping[str, tuple[Fault, ...]]
    inputs: Mapping[str, tuple[Fault, ...]]
    rest: tuple[Fault, ...]
    is_sound: bool

    @property
    def errors(self) -> int:
        every = [*self.rest]
        for told in (self.items, self.inputs):
            every += [fault for faults in told.values() for fault in faults]
        return sum(fault.level == "error" for fault in every)


def faults_of(document: Document) -> Faults:
    """Everything that the check finds in a draft, each at the member that it is about."""
    checked = check_document(document)
    found: dict[str, dict[str, list[Fault]]] = {"items": {}, "inputs": {}}
    rest = []
    keys = {section: [row.key for row in listed(document, section)] for section in found}
    for fault in checked.faults:
        path = path_of(fault.where.key)
        at = path[1] if len(path) > 1 and path[0] in found else None
        if isinstance(at, int) and at < len(keys[str(path[0])]):
            section = str(path[0])
            found[section].setdefault(keys[section][at], []).append(fault)
        else:
            rest.append(fault)
    as_told = {
        section: {key: tuple(faults) for key, faults in told.items()}
        for section, told in found.items()
    }
    return Faults(as_told["items"], as_told["inputs"], tuple(rest), checked.scheme is not None)

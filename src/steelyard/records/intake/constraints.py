"""Is every constraint of a catalogue a plain condition on its own row?

Constraints come with region packs, that is from files; they pass the same gate as an indicator's query.
"""

from __future__ import annotations

from steelyard.kernel.faults import Fault, Where, raise_if_any
from steelyard.records.catalogue.model import Catalogue


def check_constraints(catalogue: Catalogue) -> None:
    """
    Raises:
        Faulty: with every fault of every constraint.
    """
    from steelyard.records.query.gate import passed

    faults: list[Fault] = []
    for table in catalogue.tables.values():
        own = Catalogue({table.code: table}, catalogue.codes)
        for number, constraint in enumerate(table.constraints):
            query = f"SELECT {table.key[0]} FROM {table.code} WHERE ({constraint.rule})"
            where = Where(key=f"tables.{table.code}.constraints[{number + 1}]")
            _, found = passed(query, own, (), where)
            faults += found
    raise_if_any(faults)

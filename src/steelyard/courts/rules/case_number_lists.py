"""Which numbers does a cell or a line hold, that names several at once?

Courts write ``（2016）粤0304民初18775-18778号`` or ``（2026）粤07民终1521、1522号`` for cases that were
heard together; each case still has a number of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from steelyard.courts.rules import case_number_faults as faulty
from steelyard.courts.rules.case_number_codes import Codes
from steelyard.courts.rules.case_numbers import CaseNumber, OldNumber, read_number
from steelyard.kernel.faults import Fault, Faulty, raise_if_any

MOST = 2000
"""More numbers than this in one text are a typing error."""

_DASH = "[-—–~～至]"
_RUN = rf"[0-9]+(?:{_DASH}[0-9]+)?"
_GROUP = re.compile(
    r"(?P<before>[（(][0-9]{4}[）)](?:(?!号)[一-龥()（）])+(?:[0-9]{1,4}(?:(?!号)[一-龥])+)?)"
    rf"(?P<runs>{_RUN}(?:[、,，]{_RUN})*)号(?P<document>之[一二三四五六七八九十]+)?"
)
_BETWEEN = re.compile(r"[、,，；;和及]*")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９－", "0123456789-")


def read_numbers(text: str, codes: Codes) -> tuple[CaseNumber | OldNumber, ...]:
    """Every number that a text names, in its order, runs and lists written out.

    Raises:
        Faulty: a number is none or breaks the rules; a run ends below its start; there are too
            many. All that is wrong is said.
    """
    numbers: list[CaseNumber | OldNumber] = []
    faults: list[Fault] = []
    for one in _each("".join(text.split()).translate(_HALF_WIDTH), faults):
        try:
            numbers.append(read_number(one, codes))
        except Faulty as refused:
            faults += refused.faults
    raise_if_any(faults)
    return tuple(numbers)


def _each(plain: str, faults: list[Fault]) -> Iterator[str]:
    """Each number on its own; what is none is passed on to be refused by name."""
    at = many = 0
    for found in _GROUP.finditer(plain):
        if not _BETWEEN.fullmatch(plain, at, found.start()):
            yield plain[at : found.start()]
        at = found.end()
        for serial in _serials(found["runs"], faults):
            many += 1
            if many > MOST:
                faults.append(faulty.too_many(MOST))
                return
            yield f"{found['before']}{serial}号{found['document'] or ''}"
    if not at or not _BETWEEN.fullmatch(plain, at):
        yield plain[at:]


def _serials(runs: str, faults: list[Fault]) -> Iterator[str]:
    for run in re.split("[、,，]", runs):
        first, *rest = re.split(_DASH, run)
        last = rest[0] if rest else first
        if int(last) < int(first):
            faults.append(faulty.range_backwards(first, last))
            continue
        for serial in range(int(first), min(int(last), int(first) + MOST) + 1):
            yield str(serial).zfill(len(first))

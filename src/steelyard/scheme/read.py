"""Read a scheme: the one way in, for a file and for plain data.

source → document → fields (faults) → scheme → checks (faults). A scheme that exists is sound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from steelyard.kernel.faults import Fault, Faulty, errors
from steelyard.scheme.checks import check_scheme
from steelyard.scheme.model import Scheme
from steelyard.scheme.reading.fields import Faults
from steelyard.scheme.reading.source import load
from steelyard.scheme.reading.whole import read_whole


@dataclass(frozen=True)
class Checked:
    """A scheme file as checked: the scheme, unless there are errors, and every fault."""

    scheme: Scheme | None
    faults: tuple[Fault, ...]


def check_file(path: str | Path, *, within: str | None = None) -> Checked:
    """Read and check a scheme file: all faults, warnings too."""
    try:
        source = load(Path(path))
    except Faulty as error:
        return Checked(None, error.faults)
    if within is not None:
        source.document["within"] = within
    document = cast("dict[str, object]", as_plain(source.document))
    faults = Faults(source.faults)
    scheme = _scheme(document, faults)
    placed = source.located(faults)
    return Checked(None if errors(placed) else scheme, placed)


def located(path: str | Path, faults: list[Fault]) -> tuple[Fault, ...]:
    """Faults found later about keys of a scheme file, with file and line."""
    return load(Path(path)).located(faults)


def read_scheme(path: str | Path, *, within: str | None = None) -> Scheme:
    checked = check_file(path, within=within)
    if checked.scheme is None:
        raise Faulty(errors(checked.faults))
    return checked.scheme


def scheme_from_document(document: Mapping[str, object]) -> Scheme:
    faults = Faults()
    scheme = _scheme(cast("dict[str, object]", as_plain(document)), faults)
    if scheme is None or errors(faults):
        raise Faulty(errors(faults))
    return scheme


def check_document(document: Mapping[str, object]) -> Checked:
    """A document as checked: all faults, warnings too, at their keys (``items[3].rule``)."""
    faults = Faults()
    scheme = _scheme(cast("dict[str, object]", as_plain(document)), faults)
    return Checked(None if errors(faults) else scheme, tuple(faults))


def _scheme(document: dict[str, object], faults: Faults) -> Scheme | None:
    """The scheme, if it can be put together at all; checks need a whole tree to stand on."""
    before = len(faults)
    scheme = read_whole(document, faults)
    if not errors(faults[before:]):
        check_scheme(scheme, faults)
        return scheme
    check_scheme(scheme, faults, only_structure=True)
    return None


def as_plain(value: object) -> object:
    """The document with days as text: what JSON can hold."""
    match value:
        case Mapping():
            return {str(key): as_plain(inner) for key, inner in value.items()}
        case list():
            return [as_plain(inner) for inner in value]
        case date():
            return value.isoformat()
        case _:
            return value

"""Which regions ship with Steelyard, and where their files are.

A region is data, not code: a scheme, tables of values with their sources, the tiles of places
that are not assessed, and a ``PROVENANCE.md``. Nothing is read here; callers read what they need.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Region:
    """A bundled region. ``folder`` names its report; ``tiles`` are the places not assessed."""

    folder: str
    scheme: Path
    data: Path
    tiles: Path | None


def bundled() -> Region:
    """The region that is weighed when none is named: the provinces of China, a sample."""
    return region("china_provinces")


def region(name: str) -> Region:
    """A bundled region by its name.

    >>> region("china_provinces").folder
    'sample-china-provinces'

    Raises:
        KeyError: no region of this name ships.
    """
    if name not in REGIONS:
        raise KeyError(
            f"no region {name!r} ships; there are {', '.join(REGIONS)}: name one of them"
        )
    return REGIONS[name]


def _at(place: str, *, folder: str, tiles: bool = False) -> Region:
    home = _HERE / place
    return Region(
        folder=folder,
        scheme=home / "sample_scheme.toml",
        data=home / "data",
        tiles=home / "tiles.csv" if tiles else None,
    )


REGIONS = {
    "china_provinces": _at("china_provinces", folder="sample-china-provinces", tiles=True),
    "zhongshan_towns_2016": _at(
        "guangdong/zhongshan_towns_2016", folder="sample-zhongshan-towns-2016"
    ),
}

"""Which regions ship with Steelyard, and where their files are.

A region is data, not code: a scheme with its side tables, tables of values with their sources,
and a ``PROVENANCE.md``. Nothing is read here; callers read what they need.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Region:
    """A bundled region: its scheme, its tables, and the folder that its report is named after."""

    folder: str
    scheme: Path
    data: Path


@dataclass(frozen=True, slots=True)
class SampledRegion:
    """A bundled region that is weighed from records: real ones, and a sample generated from its mixes."""

    folder: str
    home: Path
    scheme: Path
    real: Path


SAMPLED = {"guangdong": _HERE / "guangdong"}
"""Regions with real records, a scheme over records, and the mixes of a generated sample."""


def sampled(name: str) -> SampledRegion:
    """A region that is weighed from records, by its name.

    Raises:
        KeyError: no sample of this region ships.
    """
    home = SAMPLED[name]
    return SampledRegion(f"sample-{name}", home, home / "sample_scheme.toml", home / "records")


POLICIES = _HERE / "china" / "policies.csv"
"""What documents in force nation-wide forbid an assessment to count, or discourage."""

HOLIDAYS = _HERE / "china" / "holidays.csv"
"""Days off and make-up working days, by the State Council's notices of each year."""

TIME_LIMITS = _HERE / "china" / "time_limits.csv"
"""The time limits of civil and administrative procedure, each row with its article."""

COURT_FEES = _HERE / "china" / "court_fees.toml"
"""The fees of litigation, each entry with its article."""

GUANGDONG_COURT_FEES = _HERE / "guangdong" / "court_fees.toml"
"""What Guangdong fixed where the law leaves a range of fees."""

CASE_NUMBER_CODES = _HERE / "china" / "case_number_codes.toml"
"""The codes that case numbers are made of: courts, special trials, types of case."""

FILING_MATERIALS = _HERE / "china" / "filing_materials.toml"
"""The papers that a suit needs, by kind of case, each with its article."""


JURISDICTION = _HERE / "china" / "jurisdiction.toml"
"""Which kind of court hears what, each row with its days and articles."""

GUANGDONG_COURTS = _HERE / "guangdong" / "courts.toml"
"""Guangdong's courts, their places, and from which amount each level hears a case."""

GUANGDONG_WEBSITE = _HERE / "guangdong" / "website.toml"
"""What the public site of Guangdong promises of its own accord."""

CAUSES = _HERE / "china" / "causes.csv"
"""The causes of action of intellectual-property cases, and what each is about."""

PROVINCES = _HERE / "china" / "provinces.csv"
"""The places of the provincial level."""

GUANGDONG_PLACES = _HERE / "guangdong" / "divisions.csv"
"""The cities of Guangdong with their districts, county-level cities and counties."""


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


def _at(place: str, *, folder: str) -> Region:
    home = _HERE / place
    return Region(
        folder=folder,
        scheme=home / "sample_scheme.toml",
        data=home / "data",
    )


REGIONS = {
    "china_provinces": _at("china_provinces", folder="sample-china-provinces"),
    "zhongshan_towns_2016": _at(
        "guangdong/zhongshan_towns_2016", folder="sample-zhongshan-towns-2016"
    ),
}

"""All 2,676 published totals of Hospital VBP FY2021 come out of the published domain scores.

Inputs and totals are printed to twelve decimals. Each is off by up to half of the last one, so two
exact computations from them differ by no more than 10⁻¹².
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from runpy import run_path

from steelyard.kernel.exact import rounded
from tests.examples.shipped import FOLDER, rows, weighed

NAME = "hospital_vbp_2021"
TOLERANCE = Fraction(1, 10**12)
DOMAINS = ("clinical", "engagement", "safety", "efficiency")
PUBLISHED = {row["unit"]: row for row in rows(FOLDER / NAME / "published.csv")}


def _total(unit: str) -> Fraction:
    score = weighed(NAME).standing[unit].score
    assert isinstance(score, Fraction)
    return score


def _weighted(unit: str) -> dict[str, Fraction]:
    """The domain scores that the unit has, each over their number."""
    got = {domain: weighed(NAME).items[domain][unit].points for domain in DOMAINS}
    reported = {domain: points for domain, points in got.items() if points is not None}
    return {domain: points / len(reported) for domain, points in reported.items()}


def test_every_total_is_the_published_one() -> None:
    assert len(PUBLISHED) == len(weighed(NAME).standings) == 2676
    far = {
        unit: (_total(unit), row["total"])
        for unit, row in PUBLISHED.items()
        if abs(_total(unit) - Fraction(row["total"])) > TOLERANCE
    }
    assert far == {}


def test_every_weighted_domain_score_is_the_published_one() -> None:
    for unit, row in PUBLISHED.items():
        printed = {domain: Fraction(row[domain]) for domain in DOMAINS if row[domain] != "n/a"}
        got = _weighted(unit)
        assert got.keys() == printed.keys()
        assert all(abs(got[domain] - printed[domain]) <= TOLERANCE for domain in printed)


def test_hospitals_with_a_missing_domain_are_those_of_the_source() -> None:
    assert Counter(len(_weighted(unit)) for unit in PUBLISHED) == {4: 2115, 3: 561}
    missing = Counter(
        domain for unit in PUBLISHED for domain in set(DOMAINS) - set(_weighted(unit))
    )
    assert missing == {"safety": 507, "clinical": 47, "engagement": 6, "efficiency": 1}


def test_mean_of_all_totals_is_the_known_one() -> None:
    mean = sum((_total(unit) for unit in PUBLISHED), Fraction(0)) / len(PUBLISHED)
    assert rounded(mean, 3) == Fraction("33.906")


def test_first_three_and_last_are_the_known_ones() -> None:
    standings = weighed(NAME).standings
    ends = [(one.unit.code, rounded(_total(one.unit.code), 4)) for one in standings]
    assert ends[:3] == [
        ("420102", Fraction("92.6667")),
        ("340187", Fraction(90)),
        ("240059", Fraction("78.1111")),
    ]
    assert ends[-1] == ("050776", Fraction(6))


def test_hospitals_that_share_a_printed_total_are_as_many_as_known() -> None:
    printed = Counter(row["total"] for row in PUBLISHED.values())
    assert sum(count for count in printed.values() if count > 1) == 2360


def test_tables_are_cut_from_the_published_one_without_a_change(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    whole = tmp_path / "hvbp_tps.csv"
    _write_as_published(whole, units=("010001", "010007"))
    convert = run_path(str(FOLDER / NAME / "convert.py"))
    convert["main"](str(whole), tmp_path)
    for name in ("units.csv", "data/domain_scores.csv", "published.csv"):
        shipped = (FOLDER / NAME / name).read_text(encoding="utf-8").splitlines()
        head, *lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
        assert head == shipped[0]
        assert lines == [line for line in shipped if line.startswith(("010001", "010007"))]


def _write_as_published(path: Path, units: Collection[str]) -> None:
    """The columns of the agency's table that matter, with its headings and its words."""
    headings = {
        "clinical": "Normalized Clinical Outcomes Domain Score",
        "engagement": "Person and Community Engagement Domain Score",
        "safety": "Normalized Safety Domain Score",
        "efficiency": "Normalized Efficiency and Cost Reduction Domain Score",
    }
    unweighted = {f"Unweighted {heading}": domain for domain, heading in headings.items()}
    weighted = {
        f"Weighted {heading if domain == 'clinical' else heading.removeprefix('Normalized ')}": domain
        for domain, heading in headings.items()
    }
    scores = {row["unit"]: row for row in rows(FOLDER / NAME / "data" / "domain_scores.csv")}
    named = {row["code"]: row for row in rows(FOLDER / NAME / "units.csv")}
    table = [
        {"Facility ID": unit, "Facility Name": named[unit]["title"], "State": named[unit]["group"]}
        | {heading: scores[unit][domain] for heading, domain in unweighted.items()}
        | {heading: PUBLISHED[unit][domain] for heading, domain in weighted.items()}
        | {"Total Performance Score": PUBLISHED[unit]["total"]}
        for unit in units
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows(
            {key: "Not Available" if cell == "n/a" else cell for key, cell in row.items()}
            for row in table
        )


def test_ranks_follow_the_published_totals() -> None:
    """Whoever is printed clearly above stands above."""
    standings = weighed(NAME).standings
    printed = [Fraction(PUBLISHED[one.unit.code]["total"]) for one in standings]
    falls = [later - earlier for earlier, later in pairwise(printed)]
    assert max(falls) <= 2 * TOLERANCE

"""Cut the published table of FY2021 scores into units, values and expected results.

``python convert.py hvbp_tps.csv`` writes ``units.csv``, ``data/domain_scores.csv`` and ``published.csv``
beside itself. Figures are copied as text; "Not Available" becomes ``n/a``, and nothing else is changed.
"""

import csv
import sys
from pathlib import Path

HERE = Path(__file__).parent
DOMAINS = {
    "clinical": "Clinical Outcomes Domain Score",
    "engagement": "Person and Community Engagement Domain Score",
    "safety": "Safety Domain Score",
    "efficiency": "Efficiency and Cost Reduction Domain Score",
}


def main(table: str, folder: Path = HERE) -> None:
    with Path(table).open(encoding="utf-8-sig", newline="") as file:
        hospitals = list(csv.DictReader(file))
    write(folder / "units.csv", [unit(row) for row in hospitals])
    write(folder / "data/domain_scores.csv", [scores(row) for row in hospitals])
    write(folder / "published.csv", [published(row) for row in hospitals])


def unit(row: dict[str, str]) -> dict[str, str]:
    return {"code": row["Facility ID"], "title": row["Facility Name"], "group": row["State"]}


def scores(row: dict[str, str]) -> dict[str, str]:
    values = {domain: printed(row, "Unweighted", domain) for domain in DOMAINS}
    return {"unit": row["Facility ID"]} | values


def published(row: dict[str, str]) -> dict[str, str]:
    weighted = {domain: printed(row, "Weighted", domain) for domain in DOMAINS}
    return {"unit": row["Facility ID"]} | weighted | {"total": row["Total Performance Score"]}


def printed(row: dict[str, str], kind: str, domain: str) -> str:
    """The one column of that kind and domain, as printed. (Headings differ in "Normalized".)"""
    (heading,) = [n for n in row if n.startswith(f"{kind} ") and n.endswith(DOMAINS[domain])]
    return row[heading].replace("Not Available", "n/a")


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(sys.argv[1])

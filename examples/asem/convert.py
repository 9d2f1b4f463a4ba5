"""Cut the published stages of the ASEM index into the expected results of this folder.

``python convert.py FOLDER`` reads ``ASEM_COIN_*.csv`` in FOLDER and writes ``published/``. Figures are
copied as text. Of the denominated stage only the indicators that have a denominator are kept, of the
imputed and treated stages only the cells that differ from the stage before; the rest is the same.
"""

import csv
import sys
from pathlib import Path

HERE = Path(__file__).parent
NODES = (
    "Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin",
    "Conn", "Sust", "Index",
)  # fmt: skip
Table = dict[str, dict[str, str]]


def main(folder: str, to: Path = HERE / "published") -> None:
    stage = {name: read(Path(folder), name) for name in STAGES}
    divided = [
        row["IndCode"] for row in rows(Path(folder), "IndMeta") if row["Denominator"] != "NA"
    ]
    every = [row["IndCode"] for row in rows(Path(folder), "IndMeta")]
    write(to / "denominated.csv", columns(stage["Denominated"], divided))
    write(to / "imputed.csv", changed(stage["Denominated"], stage["Imputed"], every))
    write(to / "treated.csv", changed(stage["Imputed"], stage["Treated"], every))
    write(to / "normalised.csv", columns(stage["Normalised"], every))
    write(to / "aggregated.csv", columns(stage["Aggregated"], NODES))
    write(to / "treatment.csv", treatment(rows(Path(folder), "TreatSummary")))
    write(to / "scores.csv", columns(read(Path(folder), "Results_Score"), NODES))
    write(to / "ranks.csv", columns(read(Path(folder), "Results_Rank"), NODES))


STAGES = ("Denominated", "Imputed", "Treated", "Normalised", "Aggregated")


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"ASEM_COIN_{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read(folder: Path, name: str) -> Table:
    return {row["UnitCode"]: row for row in rows(folder, name)}


def columns(table: Table, codes: list[str] | tuple[str, ...]) -> list[dict[str, str]]:
    """Some columns; NA, which is missing, becomes blank."""
    return [
        {"unit": unit} | {code: "" if row[code] == "NA" else row[code] for code in codes}
        for unit, row in table.items()
    ]


def changed(before: Table, after: Table, codes: list[str]) -> list[dict[str, str]]:
    return [
        {"unit": unit, "indicator": code, "value": row[code]}
        for unit, row in after.items()
        for code in codes
        if row[code] != before[unit][code]
    ]


def treatment(summary: list[dict[str, str]]) -> list[dict[str, str]]:
    return [
        {"indicator": row["IndCode"], "low": row["Low"], "high": row["High"]} for row in summary
    ]


def write(path: Path, table: list[dict[str, str]]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    main(sys.argv[1])

"""A region's court cases in any number, made by arithmetic alone, and the questions asked of them.

Run as a program it does one thing in a process of its own, so that its memory can be told apart:

    python -m bench.synthetic_cases make|freeze|copy|tally|bare FOLDER ROWS
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import duckdb

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.records.catalogue.read import shipped
from steelyard.records.intake.staged import hash_of
from steelyard.records.query.engine import Limits, settings
from steelyard.records.snapshot.freeze import freeze
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.records.tally.tally import tally
from steelyard.scheme.model import Scheme

MEMORY = "3GB"
CITIES = [f"44{number:02}00" for number in (*range(1, 10), *range(12, 21), *range(51, 54))]
INDICATORS = {
    "cases": ("count", "SELECT place AS unit, case_number AS record FROM cases{within}"),
    "amount": (
        "sum",
        "SELECT place AS unit, case_number AS record, amount_cny AS value FROM cases{within}",
    ),
    "mean_damages": (
        "mean",
        "SELECT place AS unit, case_number AS record, damages_awarded_cny AS value FROM cases{within}"
        " AND damages_awarded_cny > 0",
    ),
    "settled": (
        "share",
        "SELECT place AS unit, case_number AS record, outcome = 'settled' AS value FROM cases{closed}",
    ),
    "appealed": (
        "share",
        "SELECT place AS unit, case_number AS record, is_appealed AS value FROM cases{closed}",
    ),
    "in_time": (
        "share",
        "SELECT place AS unit, case_number AS record,"
        " date_diff('day', filed_on, closed_on) <= 180 AS value FROM cases{closed}",
    ),
    "days": (
        "mean",
        "SELECT place AS unit, case_number AS record, date_diff('day', filed_on, closed_on) AS value"
        " FROM cases{closed}",
    ),
    "median_days": (
        "median",
        "SELECT place AS unit, case_number AS record, date_diff('day', filed_on, closed_on) AS value"
        " FROM cases{closed}",
    ),
    "upheld": (
        "ratio",
        "SELECT place AS unit, case_number AS record, damages_awarded_cny AS numerator,"
        " amount_cny AS denominator FROM cases{closed}",
    ),
    "punitive": (
        "count",
        "SELECT place AS unit, case_number AS record FROM cases{within} AND is_punitive",
    ),
}
_WITHIN = " WHERE filed_on >= :from AND filed_on < :to"
_CLOSED = " WHERE closed_on >= :from AND closed_on < :to"
BARE = {
    "count": "count(*)", "sum": "sum(value)", "mean": "sum(value), count(value)",
    "median": "median(value)", "share": "sum(CAST(value AS INT)), count(value)",
    "ratio": "sum(numerator), sum(denominator)",
}  # fmt: skip


def make(folder: Path, rows: int) -> None:
    """A delivery of ``rows`` cases, unsorted, as Parquet, and one of the places."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["code,title_zh,level,parent", "440000,广东,province,"]
    lines += [f"{city},{city},city,440000" for city in CITIES]
    (folder / "places.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    listed = ", ".join(f"'{city}'" for city in CITIES)
    with duckdb.connect(config=settings(Limits(memory=MEMORY), spill=folder)) as connection:
        connection.execute(
            f"""COPY (SELECT
                printf('（2021）粤%04d民初%d号', i % 97, (i * 7919) % {rows}) AS case_number,
                '法院' || (i % 97) AS court, 'civil' AS kind,
                ['copyright', 'trademark', 'patent'][1 + (i * 7) % 3] AS cause_,
                'first' AS instance_, [{listed}][1 + (i * 31) % 21] AS place,
                DATE '2021-01-01' + CAST((i * 37) % 300 AS INT) AS filed_on,
                DATE '2021-11-01' + CAST((i * 41) % 60 AS INT) AS closed_on,
                ['judgment', 'settled', 'withdrawn'][1 + (i * 11) % 3] AS outcome_,
                CAST((i * 13) % 1000000 AS DECIMAL(18, 2)) AS amount_cny,
                CAST((i * 17) % 100000 AS DECIMAL(18, 2)) AS damages_awarded_cny,
                i % 101 = 0 AS is_punitive, i % 53 = 0 AS is_foreign_related,
                i % 9 = 0 AS is_appealed, i % 90 = 0 AS is_overturned
            FROM range({rows}) AS t(i)) TO '{folder}/raw.parquet' (FORMAT parquet)"""
        )
        _as_delivered(connection, folder)
    _write_cover(folder, rows)


def _as_delivered(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """The codes that the table's lists have, in place of ours."""
    table = shipped().tables["cases"]
    lists = {name: list(shipped().codes[table.field[name].codes]) for name in ("cause", "instance")}
    outcomes = list(shipped().codes[table.field["outcome"].codes])
    kinds = list(shipped().codes[table.field["kind"].codes])
    settled = "settled" if "settled" in outcomes else outcomes[0]
    connection.execute(
        f"""COPY (SELECT case_number, court, '{kinds[0]}' AS kind,
            CASE cause_ WHEN 'copyright' THEN '{lists["cause"][0]}'
                WHEN 'trademark' THEN '{lists["cause"][1]}' ELSE '{lists["cause"][2]}' END AS cause,
            '{lists["instance"][0]}' AS instance, place, filed_on, closed_on,
            CASE outcome_ WHEN 'settled' THEN '{settled}' ELSE '{outcomes[0]}' END AS outcome,
            amount_cny, damages_awarded_cny, is_punitive, is_foreign_related, is_appealed,
            is_overturned
        FROM read_parquet('{folder}/raw.parquet')) TO '{folder}/cases.parquet' (FORMAT parquet)"""
    )
    (folder / "raw.parquet").unlink()


def _write_cover(folder: Path, rows: int) -> None:
    counts = {"places.csv": len(CITIES) + 1, "cases.parquet": rows}
    parts = [
        f'[[deliveries]]\nid = "{file.partition(".")[0]}-2021"\nbody = "sample"\n'
        f'table = "{file.partition(".")[0]}"\nperiod = "2021"\ncut_off = 2022-01-31\n'
        f'signer = "sample"\nsigned_on = 2022-02-01\nfile = "{file}"\nrows = {count}\n'
        f'hash = "{hash_of(folder / file)}"\nsample = true\n'
        for file, count in counts.items()
    ]
    (folder / "deliveries.toml").write_text("\n".join(parts), encoding="utf-8")


def frozen(folder: Path) -> Path:
    return folder / "snapshot"


def freeze_it(folder: Path) -> None:
    shutil.rmtree(frozen(folder), ignore_errors=True)
    freeze(
        [folder], frozen(folder), period="2021", catalogue=shipped(), limits=Limits(memory=MEMORY),
        title=Text("样本", "Sample"),
    )  # fmt: skip


def hash_it(folder: Path) -> None:
    """What freezing hashes: the delivered file once, the frozen one once."""
    hash_of(folder / "cases.parquet")
    hash_of(frozen(folder) / "tables/cases.parquet")


def copy_it(folder: Path) -> None:
    """The bare work: sort by key, write Parquet of the same kind."""
    with duckdb.connect(config=settings(Limits(memory=MEMORY), spill=folder)) as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_parquet('{folder}/cases.parquet') ORDER BY case_number)"
            f" TO '{folder}/bare.parquet'"
            " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
        )


def scheme() -> Scheme:
    """A points scheme whose every item is an indicator of the cases."""
    queries = {code: (of, _filled_in(query)) for code, (of, query) in INDICATORS.items()}
    return Scheme.from_document(
        {
            "format": "steelyard-scheme/1", "code": "bench", "version": "1", "title": "sample",
            "label": "sample", "family": "points",
            "period": {"starts": "2021-01-01", "ends": "2022-01-01"},
            "units": [{"code": city} for city in CITIES],
            "inputs": [
                {"code": code, "records": query, "tally": of} for code, (of, query) in queries.items()
            ],
            "items": [
                {"code": f"A_{code}", "title": code, "points": 10,
                 "rule": {"points": f"min(full, abs({code}))"}}
                for code in queries
            ],
        }
    )  # fmt: skip


def _filled_in(query: str) -> str:
    return query.format(within=_WITHIN, closed=_CLOSED)


def tally_it(folder: Path) -> None:
    tally(scheme(), Snapshot.open(frozen(folder)), limits=Limits(memory=MEMORY))


def bare_sql(folder: Path) -> None:
    """The same questions in DuckDB alone, one after the other."""
    with duckdb.connect(config=settings(Limits(memory=MEMORY))) as connection:
        connection.execute(
            f"CREATE VIEW cases AS SELECT * FROM read_parquet('{frozen(folder)}/tables/cases.parquet')"
        )
        for of, query in INDICATORS.values():
            sql = _filled_in(query).replace(":from", "DATE '2021-01-01'")
            sql = sql.replace(":to", "DATE '2022-01-01'")
            connection.execute(f"SELECT unit, {BARE[of]} FROM ({sql}) GROUP BY unit").fetchall()


ACTS = {
    "freeze": freeze_it, "hash": hash_it, "copy": copy_it, "tally": tally_it, "bare": bare_sql
}  # fmt: skip


def main() -> None:
    act, folder = sys.argv[1], Path(sys.argv[2])
    try:
        if act == "make":
            make(folder, int(float(sys.argv[3])))
        else:
            ACTS[act](folder)
    except Faulty as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()

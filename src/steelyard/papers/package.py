"""The points package: what a journalist needs to compute a published ranking again, and no more.

``replay.py`` with the scheme, the values, the lists and the published ranking, in files that any
program reads. Text that a spreadsheet would run carries an apostrophe in front (``tables.neutral``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import cast

from steelyard.kernel.exact import plain
from steelyard.kernel.hashes import tagged
from steelyard.papers.words import Words
from steelyard.scheme.model import Scheme
from steelyard.tables.write import csv_bytes, write_whole
from steelyard.weighing.document import show_score
from steelyard.weighing.result import Result, Standing
from steelyard.weighing.values import written

_VALUES = ("unit", "input", "period", "value", "status", "source")
_RANKING = (
    "rank", "unit", "title_zh", "title_en", "group", "group_rank", "score", "shown", "grade", "vetoes",
)  # fmt: skip


def write_package(result: Result, directory: Path) -> list[Path]:
    """Write the package of a points scheme into a folder.

    Raises:
        ValueError: the result is that of an index scheme, which ``replay.py`` cannot compute.
    """
    written_to = []
    for name, content in package_files(result).items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
        written_to.append(path)
    return written_to


def package_files(result: Result) -> Mapping[str, bytes]:
    """Every file of the package by its name, the README with their hashes last."""
    if result.scheme.family != "points":
        raise ValueError("only a points scheme can be replayed: an index is computed in floats")
    found = {
        "replay.py": files("steelyard.weighing").joinpath("replay.py").read_bytes(),
        "scheme.json": _json(scheme_document(result)),
        "values.csv": csv_bytes(_VALUES, _values(result)),
        "ranking.csv": csv_bytes(_RANKING, [_ranked(result, one) for one in result.standings]),
    }
    for name in sorted(result.scheme.lists):
        found[f"lists/{name}.csv"] = _list(result, name)
    return found | {"README.txt": _readme(result, found)}


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def scheme_document(result: Result) -> dict[str, object]:
    """The scheme with what a reader of formulas would otherwise have to infer written out.

    The label and the earlier periods, the type of every input, the columns of every list.
    """
    scheme = result.scheme
    document = {key: value for key, value in scheme.document.items() if key != "tables"}
    if not scheme.within:
        document.pop("within", None)
    period = dict(cast("Mapping[str, object]", scheme.document["period"]))
    period |= {"label": scheme.period_label, "earlier": list(scheme.earlier)}
    return document | {
        "label": result.label,
        "period": period,
        "inputs": _inputs(scheme),
        "lists": {name: dict(columns) for name, columns in scheme.lists.items()},
    }


def _inputs(scheme: Scheme) -> list[dict[str, object]]:
    """Every input that a formula uses, declared or not, with its type."""
    rows = cast("Sequence[Mapping[str, object]]", scheme.document.get("inputs", ()))
    declared = {str(row["code"]): row for row in rows}
    return [
        {"code": code, **declared.get(code, {}), "type": found.type}
        for code, found in scheme.inputs.items()
    ]


def _values(result: Result) -> Iterator[Sequence[str | None]]:
    """Every cell, then the statuses of whole items, which stand where an input's code would."""
    for unit, code, period, cell in result.values.rows():
        yield unit, code, period, written(cell.value), cell.status, cell.source.say("en")
    for item, of_units in sorted(result.values.item_statuses.items()):
        for unit, status in sorted(of_units.items()):
            yield unit, item, result.scheme.period_label, None, status, None


def _list(result: Result, name: str) -> bytes:
    """The rows of one list; a list that has none has its headings all the same."""
    columns = list(result.scheme.lists[name])
    return csv_bytes(["unit", "period", *columns], _list_rows(result, name, columns))


def _list_rows(result: Result, name: str, columns: Iterable[str]) -> Iterator[Sequence[str | None]]:
    for (listed, period), of_units in sorted(result.values.lists.items()):
        if listed == name:
            for unit in sorted(of_units):
                for row in of_units[unit]:
                    yield unit, period, *(written(row.get(column)) for column in columns)


def _ranked(result: Result, standing: Standing) -> Sequence[str | None]:
    unit, score = standing.unit, standing.score
    return (
        None if standing.rank is None else plain(standing.rank),
        unit.code, unit.title.zh, unit.title.en, unit.group,
        None if standing.group_rank is None else plain(standing.group_rank),
        plain(score) if isinstance(score, Fraction) else None,
        show_score(score, result.scheme.total.places),
        standing.grade, " ".join(standing.vetoes),
    )  # fmt: skip


def _readme(result: Result, found: Mapping[str, bytes]) -> bytes:
    """What this is and how to run it, in both languages, with the hash of every file."""
    said = [_said(result, Words.of(result, lang)) for lang in ("zh", "en")]
    hashes = "\n".join(f"{tagged(content)}  {name}" for name, content in found.items())
    return ("\n\n".join([*said, hashes]) + "\n").encode("utf-8-sig")


def _said(result: Result, words: Words) -> str:
    scheme = result.scheme
    head = [words.title(scheme), words.dated(scheme), f"{scheme.code} {scheme.version}"]
    lines = [" ".join(filter(None, head))]
    lines += [words("sample_says")] if words.is_sample else []
    lines += [words("package_is"), words("package_run"), "    python3 replay.py --check"]
    return "\n".join([*lines, words("package_holds"), *_holds(words)])


def _holds(words: Words) -> list[str]:
    names = ("scheme.json", "values.csv", "lists/", "ranking.csv", "replay.py")
    return [
        f"    {name:<12} {words('file_' + name.partition('.')[0].strip('/'))}" for name in names
    ]

"""A result as plain data, which ``result.json`` holds, and a result from it again.

The document carries the whole scheme and all values, so that anyone can weigh again: for a points
scheme the document is then the same byte for byte, for an index scheme to 12 significant digits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

from steelyard import __version__
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain, shown
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.kernel.hashes import canonical, tagged
from steelyard.scheme.model import Scheme
from steelyard.weighing.points.board import ItemScore
from steelyard.weighing.result import Result, Score, Standing
from steelyard.weighing.uncertainty.document import doubts_document
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh

FORMAT = "steelyard-result/1"
_LARGEST_BYTES = 500_000_000
_DIGITS = 12


def result_document(result: Result) -> dict[str, object]:
    """The result as plain data: recipe, hashes, every intermediate table, the ranking, its doubts."""
    scheme, values = dict(result.scheme.document), result.values.document()
    return {
        "format": FORMAT,
        "label": result.label,
        "recipe": _recipe(result, scheme, values),
        "ranking": [_standing(result, standing) for standing in result.standings],
        "items": {
            code: {unit: _item_score(score) for unit, score in scores.items()}
            for code, scores in result.items.items()
        },
        "steps": {} if result.composed is None else result.composed.document(),
        **doubts_document(result),
        "scheme": scheme,
        "values": values,
    }


def result_bytes(result: Result) -> bytes:
    """The bytes of ``result.json``: keys in a fixed order, one ranking row a line of its own."""
    text = json.dumps(result_document(result), ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode()


def _recipe(
    result: Result, scheme: Mapping[str, object], values: Mapping[str, object]
) -> dict[str, object]:
    """What went in and what was used, so that the same comes out again."""
    snapshot = {"snapshot": result.values.snapshot} if result.values.snapshot else {}
    return {
        "steelyard": __version__,
        "scheme": {"code": result.scheme.code, "version": result.scheme.version},
        "family": result.scheme.family,
        "period": str(result.scheme.period),
        "within": result.scheme.within,
        "stage": result.values.stage,
        "arithmetic": "exact fractions" if result.scheme.family == "points" else "binary64",
        "hashes": {
            "scheme": tagged(canonical(scheme)),
            "values": tagged(canonical(values)),
            **snapshot,
        },
    }


def _standing(result: Result, standing: Standing) -> dict[str, object]:
    places = result.scheme.total.places
    return {
        "rank": _place(standing.rank),
        "unit": standing.unit.code,
        "title": {"zh": standing.unit.title.zh, "en": standing.unit.title.en},
        "group": standing.unit.group,
        "group_rank": _place(standing.group_rank),
        "score": _exact(standing.score),
        "shown": show_score(standing.score, places),
        "before_vetoes": _exact(standing.before),
        "grade": standing.grade,
        "vetoes": list(standing.vetoes),
    }


def _place(rank: Fraction | None) -> int | str | None:
    if rank is None:
        return None
    return int(rank) if rank.denominator == 1 else plain(rank)


def _exact(score: Score | None) -> str | float | None:
    """An exact score as text, a float as a number; neither is rounded."""
    return plain(score) if isinstance(score, Fraction) else score


def show_score(score: Score | None, places: int) -> str:
    """The score as people see it: rounded last, and only here.

    >>> show_score(Fraction(5, 3), 2), show_score(None, 2)
    ('1.67', '')
    """
    if score is None:
        return ""
    return shown(score if isinstance(score, Fraction) else Fraction(score), places)


def _item_score(score: ItemScore) -> dict[str, object]:
    document: dict[str, object] = {
        "points": None if score.points is None else plain(score.points),
        "possible": plain(score.possible),
    }
    return document | ({"why": score.why} if score.why else {})


DOUBTS = ("how_sure", "sensitivity", "audit")


def read_result(path: Path, *, left_behind: Callable[[list[str]], None] | None = None) -> Result:
    """Weigh again what ``result.json`` holds, and confirm what it says.

    Its doubts (``DOUBTS``) are not read: ask for them again, with the seed that stands there, and they
    come out the same. ``left_behind`` is told which there are.

    Raises:
        Faulty: it is not a result, or does not say what its own scheme and values give.
    """
    document = _load(path)
    try:
        scheme = Scheme.from_document(cast("Mapping[str, object]", document["scheme"]))
        values = Values.from_document(scheme, cast("Mapping[str, object]", document["values"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, Faulty):
            raise
        raise _not_a_result(
            path, Text("缺少细则或数据", "its scheme or values are missing")
        ) from error
    result = weigh(scheme, values)
    if not _alike(result_document(result)["ranking"], document.get("ranking")):
        raise Faulty([_altered(path)])
    held = [name for name in DOUBTS if name in document]
    if held and left_behind is not None:
        left_behind(held)
    return result


def how_it_was_asked(path: Path) -> tuple[int, int] | None:
    """How many replications a result's doubts rest on, and their seed; None if it has none."""
    held = _load(path).get("how_sure")
    return None if held is None else (int(held["replications"]), int(held["seed"]))


def _load(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise _not_a_result(path, Text("文件太大", "it is too large"))
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise _not_a_result(
            path, Text("文件无法打开", f"cannot be opened: {error.strerror}")
        ) from error
    except (ValueError, RecursionError) as error:
        raise _not_a_result(path, Text("不是JSON", "it is not JSON")) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _not_a_result(path, Text("格式不符", f"its format is not {FORMAT!r}"))
    return document


def _not_a_result(path: Path, why: Text) -> Faulty:
    what = Text(f"这不是考核结果文件：{why.zh}", f"this is no result: {why.en}")
    mend = Text("请给出weigh写出的result.json", "give the result.json that weigh wrote")
    return Faulty([Fault("not-a-result", what, mend, Where(file=path.name))])


def _altered(path: Path) -> Fault:
    return Fault(
        "result-altered",
        Text("文件所载的排名与其中的细则和数据算出的不一致",
             "its ranking is not what its own scheme and values give"),
        Text("文件可能被改动过，请用原始文件重新计算", "it may have been altered: weigh the originals again"),
        Where(file=path.name),
    )  # fmt: skip


def _alike(one: object, other: object) -> bool:
    """Equal, floats to 12 significant digits."""
    match one, other:
        case (float(), float() | int()) | (int(), float()):
            return f"{one:.{_DIGITS}g}" == f"{other:.{_DIGITS}g}"
        case dict(), dict():
            return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
        case list(), list():
            return len(one) == len(other) and all(map(_alike, one, other))
        case _:
            return one == other

"""What is looked for in a type of case file, and what does each defect cost? A checklist is data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact


@dataclass(frozen=True, slots=True)
class Defect:
    """``points`` each time, at most ``cap`` in a file. A fatal one costs all that the file has."""

    code: str
    title: Text
    points: Fraction
    cap: Fraction
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of case file, and what is looked for in it.

    ``records``: SQL that gives the files there are. ``case_type``: its code in the records.
    A file is defective if it lost more than ``defective_above``, and if it is missing.
    """

    code: str
    title: Text
    table: str
    case_type: str
    records: str
    possible: Fraction
    defective_above: Fraction
    defects: tuple[Defect, ...]
    sample: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.defects)

    def title_of(self, defect: str) -> Text:
        return next(one.title for one in self.defects if one.code == defect)


def read_types(document: Mapping[str, Any]) -> dict[str, FileType]:
    """The types of a file such as ``regions/guangdong/file_review.toml``.

    Raises:
        ValueError: with the first that is wrong in it.
    """
    is_sample = bool(document.get("sample"))
    found = [read_type({"sample": is_sample, **told}) for told in document["types"]]
    _distinct("type", [one.code for one in found])
    return {one.code: one for one in found}


def read_type(told: Mapping[str, Any]) -> FileType:
    """One type, from its table in that file or from the copy that a draw keeps.

    Raises:
        ValueError: with the first that is wrong in it.
    """
    possible = _points(told["possible"])
    defects = tuple(_defect(one, possible) for one in told["defects"])
    _distinct("defect", [one.code for one in defects])
    found = FileType(
        told["code"], _text(told["title"]), told["table"], told["case_type"], told["records"], possible,
        _points(told["defective_above"]), defects, bool(told.get("sample")),
    )  # fmt: skip
    if not 0 <= found.defective_above < possible:
        raise ValueError(f"{found.code}: defective_above lies outside of the points there are")
    return found


def _defect(told: Mapping[str, Any], possible: Fraction) -> Defect:
    fatal = bool(told.get("fatal"))
    points = possible if fatal else _points(told["points"])
    cap = possible if fatal else _points(told.get("cap", told["points"]))
    if not 0 < points <= cap <= possible:
        raise ValueError(
            f"{told['code']}: points are above 0 and at most the cap, which is at most {possible}"
        )
    return Defect(told["code"], _text(told["title"]), points, cap, fatal)


def _points(told: object) -> Fraction:
    if isinstance(told, bool) or not isinstance(told, int | str):
        raise ValueError(f'{told!r}: points are written as whole numbers or as text, such as "2.5"')
    return exact(told)


def _text(told: Mapping[str, str]) -> Text:
    return Text(told["zh"], told.get("en", ""))


def _distinct(what: str, codes: Sequence[str]) -> None:
    twice = sorted({one for one in codes if codes.count(one) > 1})
    if twice:
        raise ValueError(f"{what} {', '.join(twice)} stands there twice")

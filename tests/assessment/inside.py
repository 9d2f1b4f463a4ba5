"""The addresses inside an assessment, with everything filled in that they can name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product

from django.db import models

from steelyard.assessment.models import (
    Comment,
    Difference,
    Draw,
    DrawnFile,
    FileReview,
    Finding,
    Lead,
    MaterialUse,
    Objection,
    Sheet,
    Submission,
    Suspicion,
    Visit,
    Weighing,
)
from steelyard.assessment.queries.papers.seen import WHOLE
from steelyard.assessment.rules.papers.kinds import PAPERS, Format, PaperKind

INSIDE = "assessments/<slug:code>"


def is_inside(pattern: str) -> bool:
    """Whether an address, of a page or for programs, lies inside an assessment."""
    return pattern.removeprefix("api/").startswith(INSIDE)


NUMBERS: Mapping[str, type[models.Model]] = {
    "submissions": Submission,
    "objections": Objection,
    "differences": Difference,
    "suspicions": Suspicion,
    "draws": Draw,
    "files": DrawnFile,
    "mine": FileReview,
    "comments": Comment,
    "sheets": Sheet,
    "visits": Visit,
    "leads": Lead,
    "weighings": Weighing,
    "use": MaterialUse,
    "finding": Finding,
}
"""Of what the number in an address is: by what stands before it, or by its name."""

UNITS = ("440100", "440700")
NAMES: Mapping[str, tuple[str, ...]] = {
    "item": ("A1", "A2", "B2"),
    "unit": UNITS,
    "input_code": ("trained", "closed_in_time"),
    "items": ("A1",),
    "inputs": ("trained",),
    "versions": ("1",),
    "figure": ("trained",),
    "move": ("uphold", "confirm", "receive"),
    "way": ("up",),
    "subject": ("scheme",),
    "at": ("0",),
    "name": ("result.json", "none"),
    "kind": tuple(PaperKind),
    "lang": ("zh",),
    "form": tuple(Format),
    "<slug:form>": ("1",),
    "section": ("items",),
    "<section>": ("A1",),
}
"""What else an address can name: items, inputs and units of the sample scheme, steps, papers; before the
number of a version of a template stands its form, before the key of a row the section of a draft."""

Rows = Callable[[type[models.Model]], Iterable[int]]

OF_PAPERS: Mapping[PaperKind, tuple[str, ...] | type[models.Model]] = {
    PaperKind.NOTICE: (WHOLE,),
    PaperKind.UNIT_ITEMS: UNITS,
    PaperKind.ITEM_UNITS: ("A1", "B2"),
    PaperKind.DIFFERENCES: UNITS,
    PaperKind.SUPPLIED: ("market",),
    PaperKind.VISIT: Visit,
    PaperKind.FORGERY: Suspicion,
}
"""Of what there is a paper of each kind: of nothing else for anybody, see test_hidden.py."""

A_LETTER, A_SHEET = PaperKind.NOTICE, PaperKind.UNIT_ITEMS
"""One kind of template stands for all like it, but for the preview, which each kind fills."""


def of_papers(kind: str, rows: Rows) -> list[str]:
    found = OF_PAPERS[PaperKind(kind)]
    return [str(one) for one in (rows(found) if isinstance(found, type) else found)]


def all_rows(model: type[models.Model]) -> Iterable[int]:
    return model._default_manager.order_by("pk").values_list("pk", flat=True)


def filled_in(
    pattern: str, code: str, rows: Rows = all_rows, names: Mapping[str, tuple[str, ...]] = NAMES
) -> Iterator[str]:
    """Every address that a pattern makes of an assessment and these rows.

    Raises:
        LookupError: nobody said what one of its parameters can be.
    """
    parameters = re.findall(r"<[^>]+>", pattern)
    for values in product(*(_values(pattern, one, code, rows, names) for one in parameters)):
        if not _is_made(pattern, parameters, values, rows):
            continue
        address = pattern
        for written, value in zip(parameters, values, strict=True):
            address = address.replace(written, value, 1)
        yield f"/{address}"


def _is_made(pattern: str, parameters: Sequence[str], values: Sequence[str], rows: Rows) -> bool:
    """Whether Steelyard makes such a paper or template: no letter as Excel, no notice of a unit."""
    told = dict(zip(parameters, values, strict=True))
    kind, form = told.get("<slug:kind>"), told.get("<slug:form>")
    if kind is None or form is None:
        return True
    if form not in PAPERS[PaperKind(kind)].formats:
        return False
    if "<str:of>" in told:
        return told["<str:of>"] in of_papers(kind, rows)
    return pattern.endswith("/preview/") or kind in (A_LETTER, A_SHEET)


def _values(
    pattern: str, written: str, code: str, rows: Rows, names: Mapping[str, tuple[str, ...]]
) -> list[str]:
    name = written.strip("<>").split(":")[-1]
    if name == "code":
        return [code]
    if name == "of":
        return list(dict.fromkeys(one for kind in PaperKind for one in of_papers(kind, rows)))
    before = pattern.split(written)[0].rstrip("/").split("/")[-1]
    for said in (name, before) if name not in ("number", "key", "version") else (before,):
        if said in NUMBERS:
            return [str(number) for number in rows(NUMBERS[said])]
        if said in names:
            return list(names[said])
    raise LookupError(f"what can {written} be in the address {pattern}?")

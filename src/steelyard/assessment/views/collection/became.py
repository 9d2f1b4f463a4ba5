"""What became of a contested record, and what of the figures that it stands behind, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from steelyard.assessment.models import Objection, SchemeVersion
from steelyard.assessment.queries.assessments import scheme_of
from steelyard.assessment.queries.collection.corrected_rows import RowChange, load_row_change
from steelyard.assessment.queries.collection.corrections import Correction
from steelyard.assessment.queries.figures.corrected import load_as_corrected
from steelyard.assessment.rules.collection.corrections import OUTCOMES, Outcome
from steelyard.assessment.rules.figures import said_figure
from steelyard.look.language import say
from steelyard.scheme.model import Input
from steelyard.weighing.values import Cell, written


@dataclass(frozen=True, slots=True)
class Became:
    """``row``: what the accepted correction changes in the record, None before; ``before``, ``after``: the figure
    when the objection was upheld, and as it is counted with the correction, None as long as that is not frozen."""

    correction: Correction
    title: str
    colour: str
    row: RowChange | None
    before: str
    after: str | None


COLOURS = {Outcome.LATE: "bad", Outcome.COUNTED: "good", Outcome.GIVEN_UP: "past"}


def shown(one: Objection, found: Correction, inputs: Mapping[str, Input]) -> Became | None:
    if found.outcome is Outcome.NOTHING:
        return None
    wanted = inputs.get(one.input_code, Input(one.input_code))
    return Became(
        found, say(OUTCOMES[found.outcome]), COLOURS.get(found.outcome, "warn"),
        load_row_change(one, found), say(said_figure(found.before, wanted)),
        None if found.after is None else say(said_figure(found.after, wanted)),
    )  # fmt: skip


def as_corrected(
    one: Objection, version: SchemeVersion | None, found: Correction, on: date
) -> str | None:
    """The figure as it will be counted with the accepted correction, as long as that is not frozen."""
    if version is None or found.outcome is not Outcome.ACCEPTED:
        return None
    cells = load_as_corrected(one.assessment, version, one.unit.code, on)
    return said_cell(cells.get(one.input_code), scheme_of(version).inputs[one.input_code])


def said_cell(cell: Cell | None, wanted: Input) -> str | None:
    """A computed figure as people read it; None if there is none."""
    said = written(cell.value) if cell else None
    return say(said_figure(said, wanted)) if said else None

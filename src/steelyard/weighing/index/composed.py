"""An index with every step that led to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import ROOT
from steelyard.weighing.index.columns import Array, Flags
from steelyard.weighing.index.treat import Treated

Step = Mapping[str, Array]
Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Composed:
    """An index, step by step.

    ``steps`` are the tables raw, denominated, transformed, imputed, treated and normalised, a column
    an indicator. ``scores``, ``ranks`` and ``group_ranks`` hold every node, the root under ``""``.
    ``kept`` says which units were not screened out: those that were are NaN from the second table
    on. ``imputed`` flags the cells that were filled, ``treated`` says what was done to each
    indicator. ``given`` are the scheme's weights by group and child, ``weights`` those used; both sum
    to 1. ``notes`` say in sentences who and what was left out, filled or changed.
    """

    units: tuple[str, ...]
    kept: Flags
    dropped: tuple[str, ...]
    steps: Mapping[str, Step]
    imputed: Mapping[str, Flags]
    treated: Mapping[str, Treated]
    given: Weights
    weights: Weights
    scores: Step
    ranks: Step
    group_ranks: Step
    notes: tuple[Text, ...]

    @cached_property
    def _row(self) -> Mapping[str, int]:
        return {unit: row for row, unit in enumerate(self.units)}

    def total(self, unit: str) -> float | None:
        """The index of a unit; None if it has none."""
        return self.score(ROOT, unit)

    def score(self, code: str, unit: str) -> float | None:
        """The score of a node for a unit; None if it has none."""
        return _or_none(self.scores[code][self._row[unit]]) if code in self.scores else None

    def leaf_scores(self) -> dict[str, dict[str, float | None]]:
        """The normalised score of every indicator and unit."""
        return {
            code: {unit: _or_none(column[i]) for i, unit in enumerate(self.units)}
            for code, column in self.steps["normalised"].items()
        }

    def document(self) -> dict[str, object]:
        """Every intermediate table as plain data; missing is null."""
        return {
            "units": list(self.units),
            "kept": [bool(one) for one in self.kept],
            "dropped": list(self.dropped),
            "notes": [{"zh": note.zh, "en": note.en} for note in self.notes],
            "imputed": {
                code: [self.units[int(row)] for row in np.flatnonzero(cells)]
                for code, cells in self.imputed.items()
                if cells.any()
            },
            "treated": {code: _treatment(one) for code, one in self.treated.items()},
            "given_weights": {group: dict(weights) for group, weights in self.given.items()},
            "weights": {group: dict(weights) for group, weights in self.weights.items()},
            "tables": {name: _plain(step) for name, step in self.steps.items()},
            "scores": _plain(self.scores),
            "ranks": _plain(self.ranks),
            "group_ranks": _plain(self.group_ranks),
        }


def _treatment(one: Treated) -> dict[str, object]:
    return {
        "low": one.low,
        "high": one.high,
        "transformed": one.transformed,
        "open": one.open,
        "skewness": list(one.before[:1] + one.after[:1]),
        "kurtosis": list(one.before[1:] + one.after[1:]),
    }


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _plain(step: Step) -> dict[str, list[float | None]]:
    return {code: [_or_none(value) for value in column] for code, column in step.items()}

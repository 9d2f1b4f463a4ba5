"""A points scheme as a function of chance: rows of numbers in, scores, ranks and grades out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import ROOT
from steelyard.scheme.uncertainty import EVERY_LEAF, Uncertainty
from steelyard.weighing.batch.board import Batch, Versions
from steelyard.weighing.batch.standings import outcomes
from steelyard.weighing.batch.vectors import rounded
from steelyard.weighing.points.board import Board
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.errors import error_title, sampled
from steelyard.weighing.uncertainty.factors import columns_by_factor, left_out_title
from steelyard.weighing.uncertainty.model import Array, Factor, Outcomes, Whole
from steelyard.weighing.uncertainty.points import panels
from steelyard.weighing.uncertainty.points.spread import factors, varied_groups


class PointsModel:
    """The model of a points scheme's result, in floating point.

    What no choice touches comes from the exact engine; see ADR 0005. A number that is drawn for a count
    is not rounded to a whole one.
    """

    def __init__(self, result: Result) -> None:
        self._scheme, self._values = result.scheme, result.values
        self._varied = result.scheme.uncertainty or Uncertainty()
        self._board = Board(result.scheme, result.values)
        self._groups = varied_groups(self._scheme, self._varied.spread)
        self._left_out = tuple(
            leaf.code
            for leaf in self._scheme.leaves
            if EVERY_LEAF in self._varied.leave_out or leaf.code in self._varied.leave_out
        )
        self._panels = tuple(panels.drawn(self._board, panel) for panel in self._varied.panels)
        self._errors = tuple(sampled(self._board, error) for error in self._varied.errors)
        for item in self._scheme.in_order:  # before threads ask for them
            self._board.item(item.code)

    @property
    def units(self) -> tuple[str, ...]:
        return self._board.units

    # --- what varies -------------------------------------------------------------------------------

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        return tuple(factor for factor in self._all_factors() if factor.columns)

    def _all_factors(self) -> Iterator[Factor]:
        spread = self._varied.spread
        if spread is not None:
            share = "" if spread.within is None else f"{float(100 * spread.within):g}%"
            title = (
                Text(
                    f"各项分值上下浮动{share}，再折算为原合计",
                    f"points up to {share} more or less, then brought back to their sum",
                )
                if share
                else Text("任意分值", "any points at all")
            )
            yield Factor("points", title, sum(map(len, self._groups)))
        many = len(self._left_out)
        yield Factor("leave_out", left_out_title(many), int(many > 0))
        for panel in self._panels:
            said = Text(
                f"“{panel.list}”的评委另行抽取",
                f"the members of the panel {panel.list} drawn again",
            )
            yield Factor(f"panel:{panel.list}", said, panel.columns)
        for one in self._errors:
            title = error_title(self._scheme.inputs[one.input], one.rows.size, len(self.units))
            yield Factor(f"error:{one.input}", title, one.rows.size)

    # --- replications --------------------------------------------------------------------------------

    def outcomes(self, rows: Array) -> Outcomes:
        batch = Batch(self._scheme, self._values, self._versions(rows), board=self._board)
        return outcomes(batch, self._totals(batch, len(rows)), lambda code: _of(batch, code))

    def _versions(self, rows: Array) -> Versions:
        own = columns_by_factor(self.factors, rows)
        spread = self._varied.spread
        scaled = (
            factors(self._scheme, spread, self._groups, own["points"])
            if spread is not None and "points" in own
            else {}
        )
        out = {}
        if "leave_out" in own:
            choice = (own["leave_out"] * (len(self._left_out) + 1)).astype(np.intp)
            out = {code: choice == place + 1 for place, code in enumerate(self._left_out)}
        times = {
            panel.list: panel.times(own[f"panel:{panel.list}"])
            for panel in self._panels
            if f"panel:{panel.list}" in own
        }
        inputs = {
            one.input: self._spread_out(one.rows, one.drawn(own[f"error:{one.input}"]))
            for one in self._errors
            if f"error:{one.input}" in own
        }
        return Versions(inputs, scaled, out, times)

    def _spread_out(self, places: Whole, drawn: Array) -> Array:
        """Over all units; NaN for those whose value does not vary."""
        found = np.full((len(drawn), len(self.units)), np.nan)
        found[:, places] = drawn
        return found

    def _totals(self, batch: Batch, replications: int) -> Array:
        """The total as the scheme reads it, NaN where there is none."""
        root = batch.item(ROOT)
        totals = np.where(root.refused, np.nan, root.points)
        if self._scheme.total.as_ == "percent":
            none = root.possible == 0
            totals = np.where(none, np.nan, 100 * totals / np.where(none, 1.0, root.possible))
        if self._scheme.total.rounded_to is not None:
            totals = rounded(totals, self._scheme.total.rounded_to)
        return np.array(np.broadcast_to(totals, (replications, len(self.units))))


def _of(batch: Batch, code: str) -> tuple[Array, Array]:
    scores = batch.item(code)
    return scores.points, scores.possible

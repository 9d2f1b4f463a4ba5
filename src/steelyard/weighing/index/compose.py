"""The steps of a composite index in order, each keeping its table.

    composed = compose(spec)

A spec holds columns by indicator, the tree, and the method; what comes back holds every
intermediate table, the weights used and a sentence for whatever was left out, filled or changed.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.scheme.method import FAVOURS
from steelyard.scheme.model import ROOT
from steelyard.weighing.index import leaves
from steelyard.weighing.index.checks import check
from steelyard.weighing.index.columns import Array, Columns, Flags
from steelyard.weighing.index.composed import Composed
from steelyard.weighing.index.log import Log
from steelyard.weighing.index.rank import ranked, ranked_within
from steelyard.weighing.index.screen import availability, screened
from steelyard.weighing.index.spec import Spec
from steelyard.weighing.index.tree import Joined, join

__all__ = ["Composed", "Spec", "compose"]


def compose(spec: Spec) -> Composed:
    """Make the index.

    Raises:
        Faulty: every fault of the method, and every value that a step cannot take or that the
            method refuses, by unit and item.
    """
    kept, dropped, enough = screened(spec.columns, spec.method.screen)
    whole = Log(spec.names)
    _note_screened(spec, whole, kept, dropped, enough)
    _something_is_left(spec, whole, kept, enough)
    inner = spec.only(kept, enough)
    log = Log(inner.names, notes=whole.notes)
    with np.errstate(all="ignore"):  # what overflows is refused by name
        return _composed(spec, inner, log, dropped, enough)


def _composed(
    spec: Spec, inner: Spec, log: Log, dropped: tuple[str, ...], enough: Flags
) -> Composed:
    check(inner, log)
    if "" in log.broken:
        log.stop_if_faulty()
    leaves.check_sizes(inner, log)
    denominated = leaves.denominated_all(inner, log, inner.columns)
    transformed = leaves.transformed_all(inner, log, denominated)
    imputed = leaves.imputed_all(inner, log, transformed)
    treated = leaves.treated_all(inner, log, imputed)
    tamed = {code: one.column for code, one in treated.items()}
    normalised = leaves.normalised_all(inner, log, tamed)
    joined = join(inner, log, normalised)
    log.stop_if_faulty()
    log.notes.extend(FAVOURS[policy] for policy in log.policies)
    _note_without_score(log, joined)
    steps = {
        "denominated": denominated, "transformed": transformed, "imputed": imputed,
        "treated": tamed, "normalised": normalised,
    }  # fmt: skip
    return Composed(
        units=spec.units,
        kept=enough,
        dropped=dropped,
        steps={"raw": dict(spec.columns)} | {n: _spread(one, enough) for n, one in steps.items()},
        imputed=_flags(leaves.filled_cells(transformed, imputed), enough),
        treated=treated,
        given=joined.given,
        weights=joined.weights,
        scores=_spread(joined.scores, enough),
        ranks=_spread(_ranks(inner, joined), enough),
        group_ranks=_spread(_group_ranks(inner, joined), enough),
        notes=tuple(log.notes),
    )


def _ranks(spec: Spec, joined: Joined) -> dict[str, Array]:
    return {code: ranked(column, spec.tolerance) for code, column in joined.scores.items()}


def _group_ranks(spec: Spec, joined: Joined) -> dict[str, Array]:
    labels = spec.groups.get("", [""] * len(spec.units))
    return {
        code: ranked_within(column, labels, spec.tolerance)
        for code, column in joined.scores.items()
    }


def _spread(columns: Columns, enough: Flags) -> dict[str, Array]:
    """The columns over all units: those screened out are missing."""
    return {code: _over_all(column, enough) for code, column in columns.items()}


def _over_all(column: Array, enough: Flags) -> Array:
    whole = np.full(enough.shape, np.nan)
    whole[enough] = column
    return whole


def _flags(cells: Mapping[str, Flags], enough: Flags) -> dict[str, Flags]:
    return {code: _over_all(flags.astype(float), enough) == 1 for code, flags in cells.items()}


# --- what is told --------------------------------------------------------------------------------


def _note_screened(
    spec: Spec, log: Log, kept: tuple[str, ...], dropped: tuple[str, ...], enough: Flags
) -> None:
    for code in dropped:
        title = log.title(code)
        share = 100 * float(np.mean(~np.isnan(spec.columns[code])))
        log.note(f"指标“{title.zh}”只有{share:.1f}%的单位有数据，未计入",
                 f"{title.en} is left out: {share:.1f}% of the units have a value")  # fmt: skip
    there = availability({code: spec.columns[code] for code in kept}, len(spec.units))
    for row in np.flatnonzero(~enough):
        unit, share = spec.names.unit(int(row)), 100 * float(there[row])
        log.note(f"{unit.say('zh')}只有{share:.1f}%的指标有数据，不排名",
                 f"{unit.say('en')} is not ranked: {share:.1f}% of its indicators are known")  # fmt: skip


def _something_is_left(spec: Spec, log: Log, kept: tuple[str, ...], enough: Flags) -> None:
    if spec.columns and (not kept or not enough.any()):
        log.refuse(
            "", "nothing-left",
            Text("筛选后没有剩下指标或单位", "no indicator or no unit is left after screening"),
            Text("请降低screen的要求，或补报数据", "lower the bounds of screen, or deliver the data"),
            "screen",
        )  # fmt: skip
        log.stop_if_faulty()


def _note_without_score(log: Log, joined: Joined) -> None:
    rows = np.flatnonzero(np.isnan(joined.scores[ROOT]))
    if rows.size:
        who = log.units(rows)
        log.note(f"没有总分和名次：{who.zh}", f"without a score and a rank: {who.en}")

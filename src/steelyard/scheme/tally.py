"""How does an indicator become a figure? Its records (SQL) and its tally, as values.

An input of a scheme may say which records count and how they are tallied; what then comes out is
computed by :mod:`steelyard.records.tally`. Here stand only the words of it, so that reading a scheme
stays quick. Reference: ``docs/reference/tallies.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from steelyard.kernel.bilingual import Text

TallyKind = Literal[
    "count", "sum", "mean", "share", "ratio", "median", "latest", "survey_mean", "defect_rate"
]
Give = Literal["value", "standard_error", "sample", "low", "high"]
TALLY_KINDS: tuple[TallyKind, ...] = get_args(TallyKind)
GIVES: tuple[Give, ...] = get_args(Give)

TITLES: dict[TallyKind, Text] = {
    "count": Text("计数", "count"), "sum": Text("求和", "sum"), "mean": Text("平均", "mean"),
    "share": Text("占比", "share"), "ratio": Text("比值", "ratio"), "median": Text("中位数", "median"),
    "latest": Text("最新值", "latest"), "survey_mean": Text("调查加权平均", "weighted survey mean"),
    "defect_rate": Text("案卷缺陷率", "defect rate of a file review"),
}  # fmt: skip
GIVE_TITLES: dict[Give, Text] = {
    "value": Text("数值", "value"), "standard_error": Text("标准误", "standard error"),
    "sample": Text("样本量", "sample size"), "low": Text("区间下限", "lower end of the interval"),
    "high": Text("区间上限", "upper end of the interval"),
}  # fmt: skip

COLUMNS: dict[TallyKind, tuple[frozenset[str], ...]] = {
    "count": (frozenset(),),
    "sum": (frozenset({"value"}),),
    "mean": (frozenset({"value"}),),
    "median": (frozenset({"value"}),),
    "share": (frozenset({"numerator", "denominator"}), frozenset({"value"})),
    "ratio": (frozenset({"numerator", "denominator"}),),
    "latest": (frozenset({"value", "day"}),),
    "survey_mean": (frozenset({"value", "weight"}),),
    "defect_rate": (frozenset({"numerator", "denominator"}), frozenset({"value"})),
}
"""What the query must give beside ``unit`` and ``record``; the first alternative that it has counts."""

OPTIONAL: dict[TallyKind, frozenset[str]] = {"survey_mean": frozenset({"stratum"})}
USUAL_CONFIDENCE = Fraction(95, 100)
SAMPLED: frozenset[TallyKind] = frozenset({"survey_mean", "defect_rate"})
"""Tallies of a sample, which have a sampling error or an interval to give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How rows become one figure.

    ``per`` divides by another input of the unit, times ``times`` (per 10,000 people). ``growth`` is
    the change on the period before, as a share of it. ``give`` is what of a sample is asked for;
    ``confidence`` belongs to its interval.
    """

    of: TallyKind
    per: str = ""
    times: Fraction = Fraction(1)
    growth: bool = False
    give: Give = "value"
    confidence: Fraction = USUAL_CONFIDENCE

"""The steps of a composite index in order, each keeping its table.

    composed = compose(spec)

A spec holds columns by indicator, the tree, and the method; what comes back holds every
intermediate table, the weights used and a sentence for whatever was left out, filled or changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty
from steelyard.scheme.method import Aggregate, ItemMethod, Method
from steelyard.scheme.model import ROOT
from steelyard.weighing.index import denominate, impute, screen, transform, treat
from steelyard.weighing.index.aggregate import CannotAggregate, aggregated
from steelyard.weighing.index.columns import Array, Columns, Flags, Names, refused
from steelyard.weighing.index.normalise import Aims, CannotNormalise, normalised
from steelyard.weighing.index.rank import ranked
from steelyard.weighing.index.weigh import CannotWeigh, weights_of

_NO_METHOD = ItemMethod()
Step = Mapping[str, Array]


@dataclass(frozen=True)
class Spec:
    """What is composed.

    ``columns`` by indicator and ``denominators`` by name hold one float a unit, NaN for missing;
    ``previous`` the same of the period before. ``children`` is the tree by group (the root is
    ``""``), ``weights`` the given weight of each node, ``items`` what a node says for itself.
    ``groups`` are the labels of each unit by name, the peer group under ``""``.
    """

    units: tuple[str, ...]
    columns: Columns
    children: Mapping[str, tuple[str, ...]]
    method: Method
    names: Names
    items: Mapping[str, ItemMethod] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    denominators: Columns = field(default_factory=dict)
    previous: Columns = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tolerance: float = 1e-9

    def item(self, code: str) -> ItemMethod:
        return self.items.get(code, _NO_METHOD)


@dataclass(frozen=True)
class Composed:
    """An index, step by step. ``scores`` and ``ranks`` hold every node, the root under ``""``.

    ``weights`` are those used, by group and child, summing to 1. ``kept`` says which units were
    not screened out; those that were have no score.
    """

    units: tuple[str, ...]
    kept: Flags
    steps: Mapping[str, Step]
    treated: Mapping[str, treat.Treated]
    weights: Mapping[str, Mapping[str, float]]
    scores: Step
    ranks: Step
    notes: tuple[Text, ...]

    def total(self, unit: str) -> float | None:
        """The index of a unit; None if it has none."""
        return _or_none(self.scores[ROOT][self.units.index(unit)])

    def score(self, code: str, unit: str) -> float | None:
        """The score of a node for a unit; None if it has none."""
        return _or_none(self.scores[code][self.units.index(unit)]) if code in self.scores else None

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
            "notes": [{"zh": note.zh, "en": note.en} for note in self.notes],
            "treated": {
                code: {"low": one.low, "high": one.high, "transformed": one.transformed, "open": one.open}
                for code, one in self.treated.items()
            },
            "weights": {group: dict(weights) for group, weights in self.weights.items()},
            "tables": {name: _plain(step) for name, step in self.steps.items()},
            "scores": _plain(self.scores),
            "ranks": _plain(self.ranks),
        }  # fmt: skip


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _plain(step: Step) -> dict[str, list[float | None]]:
    return {code: [_or_none(value) for value in column] for code, column in step.items()}


def compose(spec: Spec) -> Composed:
    """Make the index.

    Raises:
        Faulty: every value that a step cannot take, or that the method refuses, by unit and item.
    """
    work = _Work(spec)
    raw = dict(spec.columns)
    kept, dropped, enough = screen.screened(raw, spec.method.screen)
    work.note_screened(dropped, enough)
    steps: dict[str, Step] = {"raw": raw}
    steps["denominated"] = work.each("denominated", {code: raw[code] for code in kept}, enough)
    steps["transformed"] = work.each("transformed", steps["denominated"], enough)
    steps["imputed"] = work.each("imputed", steps["transformed"], enough)
    treated = work.treated(steps["imputed"])
    steps["treated"] = {code: one.column for code, one in treated.items()}
    steps["normalised"] = work.each("normalised", steps["treated"], enough)
    work.stop_if_faulty()
    scores, weights = work.joined(steps["normalised"])
    work.stop_if_faulty()
    ranks = {code: ranked(column, spec.tolerance) for code, column in scores.items()}
    return Composed(spec.units, enough, steps, treated, weights, scores, ranks, tuple(work.notes))


@dataclass
class _Work:
    """The faults and notes met on the way."""

    spec: Spec
    faults: list[Fault] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)

    def stop_if_faulty(self) -> None:
        if self.faults:
            raise Faulty(self.faults)

    def fault(self, code: str, item: str, what: Text, mend: Text) -> None:
        self.faults.append(refused(code, item, what, mend))

    def note(self, zh: str, en: str) -> None:
        self.notes.append(Text(zh, en))

    def title(self, item: str) -> Text:
        return self.spec.names.items.get(item, Text(item, item))

    def named(self, indices: Sequence[int], most: int = 5) -> Text:
        """Some units by name, and how many more."""
        names = [self.spec.names.unit(int(index)) for index in indices]
        zh, en = (
            "、".join(n.say("zh") for n in names[:most]),
            ", ".join(n.say("en") for n in names[:most]),
        )
        more = len(names) - most
        return Text(f"{zh}等{len(names)}个", f"{en} and {more} more") if more > 0 else Text(zh, en)

    # --- screen ----------------------------------------------------------------------------

    def note_screened(self, dropped: tuple[str, ...], enough: Flags) -> None:
        for code in dropped:
            title = self.title(code)
            self.note(f"指标“{title.say('zh')}”可用数据不足，未计入",
                      f"{title.say('en')} is left out: too few units have a value")  # fmt: skip
        for index in np.flatnonzero(np.logical_not(enough)):
            unit = self.spec.names.unit(int(index))
            self.note(f"{unit.say('zh')}可用数据不足，不排名",
                      f"{unit.say('en')} is not ranked: too few of its values are known")  # fmt: skip

    # --- steps on one indicator at a time ----------------------------------------------------

    def each(self, step: str, columns: Columns, enough: Flags) -> dict[str, Array]:
        """One step on every indicator. Units screened out take no part and stay missing."""
        act = {
            "denominated": self._denominated, "transformed": self._transformed,
            "imputed": self._imputed, "normalised": self._normalised,
        }[step]  # fmt: skip
        return {
            code: act(code, np.where(enough, column, np.nan)) for code, column in columns.items()
        }

    def _denominated(self, code: str, column: Array) -> Array:
        item = self.spec.item(code)
        if not item.denominator:
            return column
        by = self.spec.denominators[item.denominator]
        zero = denominate.zero_denominators(column, by).astype(int)
        if zero.size:
            who, title = self.named(zero.tolist()), self.title(code)
            self.fault(
                "zero-denominator", code,
                Text(f"“{title.say('zh')}”的分母{item.denominator}为0：{who.zh}",
                     f"{title.say('en')} is divided by {item.denominator}, which is 0 for {who.en}"),
                Text("请核对分母；没有数据请留空", "check the denominator; leave it blank if unknown"),
            )  # fmt: skip
        return denominate.denominated(column, by, float(item.per))

    def _transformed(self, code: str, column: Array) -> Array:
        how = self.spec.item(code).transform
        if how is None:
            return column
        bad = np.flatnonzero(transform.outside_domain(column, how))
        if bad.size:
            who, title = self.named(bad.tolist()), self.title(code)
            self.fault(
                "outside-domain", code,
                Text(f"“{title.say('zh')}”的{how}要求数值大于0：{who.zh}",
                     f"the {how} of {title.say('en')} needs values above 0, unlike that of {who.en}"),
                Text("请核对数据，或去掉transform", "check the data, or remove the transform"),
            )  # fmt: skip
            return np.full_like(column, np.nan)
        return transform.transformed(column, how)

    def _imputed(self, code: str, column: Array) -> Array:
        how = self.spec.item(code).impute or self.spec.method.impute
        groups = self.spec.groups.get(how.group, [""] * len(self.spec.units))
        filled = impute.imputed(
            column, how.by, groups=groups, previous=self.spec.previous.get(code)
        )
        count = int(np.sum(np.isnan(column) & ~np.isnan(filled)))
        if count:
            title = self.title(code)
            self.note(f"“{title.say('zh')}”有{count}个缺失值以{how.by}填补",
                      f"{count} missing values of {title.say('en')} are filled by {how.by}")  # fmt: skip
        return filled

    def treated(self, columns: Columns) -> dict[str, treat.Treated]:
        found = {}
        for code, column in columns.items():
            found[code] = treat.treated(
                column, self.spec.item(code).treat or self.spec.method.treat
            )
            self._note_treated(code, found[code])
        return found

    def _note_treated(self, code: str, one: treat.Treated) -> None:
        title = self.title(code)
        if one.low + one.high:
            self.note(f"“{title.say('zh')}”缩尾{one.low + one.high}个点（低端{one.low}，高端{one.high}）",
                      f"{one.low + one.high} points of {title.say('en')} are winsorised "
                      f"({one.low} low, {one.high} high)")  # fmt: skip
        if one.transformed != "none":
            self.note(
                f"“{title.say('zh')}”作{one.transformed}变换",
                f"{title.say('en')}: {one.transformed}",
            )
        if one.open:
            self.note(
                f"“{title.say('zh')}”处理后仍有异常值", f"{title.say('en')} still has outliers"
            )

    def _normalised(self, code: str, column: Array) -> Array:
        item = self.spec.item(code)
        how = item.normalise or self.spec.method.normalise
        posts = (
            None if item.goalposts is None else (float(item.goalposts[0]), float(item.goalposts[1]))
        )
        target = None if item.target is None else float(item.target)
        try:
            return normalised(column, how, Aims(item.direction, posts, target, self.spec.units))
        except CannotNormalise as error:
            title = self.title(code)
            self.fault(
                "cannot-normalise", code,
                Text(f"“{title.say('zh')}”不能按{how.by}标准化（{error}）",
                     f"{title.say('en')} cannot be normalised by {how.by}: {error}"),
                Text("请换一种方法，或去掉这项指标", "choose another method, or leave the indicator out"),
            )  # fmt: skip
            return np.full_like(column, np.nan)

    # --- up the tree -------------------------------------------------------------------------

    def joined(self, leaves: Columns) -> tuple[dict[str, Array], dict[str, dict[str, float]]]:
        """Scores of every node, from the leaves up, and the weights used in each group."""
        scores: dict[str, Array] = dict(leaves)
        weights: dict[str, dict[str, float]] = {}
        for group in self._groups_from_below(ROOT):
            children = [code for code in self.spec.children[group] if code in scores]
            if not children:
                continue
            table = np.column_stack([scores[code] for code in children])
            used = self._weights(group, children, table)
            weights[group] = dict(zip(children, (float(one) for one in used), strict=True))
            scores[group] = self._aggregated(group, children, table, used)
        return scores, weights

    def _groups_from_below(self, group: str) -> list[str]:
        below = [
            deeper
            for child in self.spec.children[group]
            if self.spec.children[child]
            for deeper in self._groups_from_below(child)
        ]
        return [*below, group]

    def _weights(self, group: str, children: list[str], table: Array) -> Array:
        given = np.array([self.spec.weights.get(code, 1.0) for code in children])
        judged = self.spec.item(group).judgements
        matrix = np.array([[float(one) for one in row] for row in judged]) if judged else None
        try:
            return weights_of(table, given, self.spec.method.weigh, matrix)
        except CannotWeigh as error:
            title = self.title(group)
            self.fault(
                "cannot-weigh", group,
                Text(f"“{title.say('zh')}”的下级不能按{self.spec.method.weigh.by}赋权（{error}）",
                     f"the children of {title.say('en')} cannot be weighed by "
                     f"{self.spec.method.weigh.by}: {error}"),
                Text("请换一种方法，或补齐所需内容", "choose another method, or supply what it needs"),
            )  # fmt: skip
            return np.full(len(children), 1 / len(children))

    def how(self, group: str) -> Aggregate:
        """The group's own method, or the one of its level, counted from the leaves up."""
        own = self.spec.item(group).aggregate
        levels = self.spec.method.aggregate
        return own or levels[min(self._level(group), len(levels)) - 1]

    def _level(self, group: str) -> int:
        return 1 + max(
            (
                self._level(child)
                for child in self.spec.children[group]
                if self.spec.children[child]
            ),
            default=0,
        )

    def _aggregated(self, group: str, children: list[str], table: Array, weights: Array) -> Array:
        how = self.how(group)
        try:
            return aggregated(table, weights, how)
        except CannotAggregate as error:
            self._cannot_aggregate(group, children, table, how, error)
            return np.full(table.shape[0], np.nan)

    def _cannot_aggregate(
        self, group: str, children: list[str], table: Array, how: Aggregate, error: CannotAggregate
    ) -> None:
        mean = _CALLED[how.by]
        for row, column in error.cells:
            unit, item = self.spec.names.unit(row), children[column]
            if error.why == "missing":
                self.fault(
                    "value-missing", item,
                    Text(f"{mean.zh}不接受缺项：{unit.say('zh')}缺{item}",
                         f"{mean.en} takes no missing value: {unit.say('en')} has none on {item}"),
                    Text("请补报，或选用插补方法，或写 missing = \"missing\"",
                         'deliver it, impute it, or write missing = "missing"'),
                )  # fmt: skip
            else:
                value = f"{table[row, column]:g}"
                self.fault(
                    "not-above-zero", item,
                    Text(f"{mean.zh}要求得分都大于0：{unit.say('zh')}在{item}上为{value}",
                         f"{mean.en} needs every score above 0: {unit.say('en')} has {value} on {item}"),
                    Text("请先标准化到1–100", "rescale to 1–100 first"),
                )  # fmt: skip
        if not error.cells:
            self.fault(
                "cannot-aggregate", group,
                Text(f"{mean.zh}无法计算：{error.why}", f"{mean.en} cannot be computed: {error.why}"),
                Text("请核对method.aggregate", "check method.aggregate"),
            )  # fmt: skip


_CALLED = {
    "arithmetic": Text("算术平均", "the arithmetic mean"),
    "geometric": Text("几何平均", "the geometric mean"),
    "harmonic": Text("调和平均", "the harmonic mean"),
    "generalised": Text("广义平均", "the generalised mean"),
    "owa": Text("有序加权平均", "the ordered weighted average"),
    "copeland": Text("Copeland法", "Copeland's method"),
    "mazziotta_pareto": Text("Mazziotta–Pareto指数", "the Mazziotta–Pareto index"),
    "adjusted_mazziotta_pareto": Text(
        "调整Mazziotta–Pareto指数", "the adjusted Mazziotta–Pareto index"
    ),
    "benefit_of_the_doubt": Text("疑中获益法", "the benefit of the doubt"),
}

"""Up the tree: the weights of each group's children, and the group's score from theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.scheme.method import Aggregate
from steelyard.weighing.index import called
from steelyard.weighing.index.aggregate import (
    CannotAggregate,
    Obstacle,
    aggregated,
    obstacles,
)
from steelyard.weighing.index.columns import Array, Columns
from steelyard.weighing.index.log import Log
from steelyard.weighing.index.spec import Spec
from steelyard.weighing.index.weigh import CannotWeigh, influences, shares, weights_of


@dataclass
class Joined:
    """The scores of every node, and by group the weights given and used; both sum to 1."""

    scores: dict[str, Array]
    given: dict[str, dict[str, float]] = field(default_factory=dict)
    weights: dict[str, dict[str, float]] = field(default_factory=dict)


def join(spec: Spec, log: Log, leaves: Columns) -> Joined:
    """Scores of every node, from the leaves up.

    Children that were screened out are not there; a group with a broken child is broken.
    """
    joined = Joined(dict(leaves))
    for group in spec.groups_from_below():
        children = [code for code in spec.children[group] if code in joined.scores]
        if children and not log.broken.intersection(children):
            _join_group(spec, log, joined, group, children)
        elif log.broken.intersection(children):
            log.broken.add(group)
    return joined


def _join_group(spec: Spec, log: Log, joined: Joined, group: str, children: list[str]) -> None:
    table = np.column_stack([joined.scores[code] for code in children])
    try:
        given = shares(np.array([spec.weights.get(code, 1.0) for code in children]))
        used = weights_of(table, given, spec.method.weigh, _judgements(spec, group))
        _note_influence(spec, log, group, table, used)
        joined.scores[group] = _aggregated(spec, log, group, children, table, used)
    except CannotWeigh as error:
        _refuse_weights(spec, log, group, error)
        return
    joined.given[group] = _by_child(children, given)
    joined.weights[group] = _by_child(children, used)


def _by_child(children: list[str], weights: Array) -> dict[str, float]:
    return dict(zip(children, (float(one) for one in weights), strict=True))


def _judgements(spec: Spec, group: str) -> Array | None:
    judged = spec.item(group).judgements
    return np.array([[float(one) for one in row] for row in judged]) if judged else None


def _refuse_weights(spec: Spec, log: Log, group: str, error: CannotWeigh) -> None:
    title, by = log.title(group), called.WEIGH[spec.method.weigh.by]
    log.refuse(
        group, "cannot-weigh",
        Text(f"“{title.zh}”的下级不能按{by.zh}赋权：{error.why.zh}",
             f"the children of {title.en} cannot be weighted by {by.en}: {error.why.en}"),
        error.mend,
    )  # fmt: skip


def _note_influence(spec: Spec, log: Log, group: str, table: Array, used: Array) -> None:
    """Equal influence may be out of reach with weights from 0 up: then say how near it is."""
    if spec.method.weigh.by != "equal_influence" or len(used) == 1:
        return
    found = influences(table[~np.isnan(table).any(axis=1)], used)
    if np.ptp(found) > 1e-3:
        title, span = log.title(group), f"{found.min():.3f}–{found.max():.3f}"
        log.note(f"“{title.zh}”的下级影响力无法完全相等（{span}）",
                 f"{title.en}: its children's influence cannot be made equal ({span})")  # fmt: skip


# --- aggregate -----------------------------------------------------------------------------------


def _aggregated(
    spec: Spec, log: Log, group: str, children: list[str], table: Array, weights: Array
) -> Array:
    how = spec.aggregate(group)
    in_the_way = obstacles(table, weights, how)
    for one in in_the_way:
        _refuse(log, group, children, table, how, one)
    if in_the_way:
        log.broken.add(group)
        return np.full(len(table), np.nan)
    _note_missing(log, group, children, table, how)
    try:
        scores = aggregated(table, weights, how)
    except CannotAggregate as error:
        _refuse_method(log, group, how, error)
        return np.full(len(table), np.nan)
    _refuse_infinite(log, group, scores)
    return scores


def _refuse(
    log: Log, group: str, children: list[str], table: Array, how: Aggregate, one: Obstacle
) -> None:
    said = called.AGGREGATE[how.by]
    item = group if one.column is None else children[one.column]
    unit = log.names.unit(one.row)
    value = "" if one.column is None else f"{table[one.row, one.column]:g}"
    words = _OBSTACLES[one.why]
    blanks = {"item": item or log.title(item).zh, "value": value}
    log.refuse(
        item, _CODES.get(one.why, one.why.replace("_", "-")),
        Text(words[0].zh.format(how=said.zh, unit=unit.say("zh"), **blanks),
             words[0].en.format(how=said.en, unit=unit.say("en"), **blanks)),
        words[1],
    )  # fmt: skip


_CODES = {"missing": "value-missing", "cannot_reweight": "value-missing"}
_OBSTACLES: Mapping[str, tuple[Text, Text]] = {
    "missing": (
        Text("{how}不接受缺项：{unit}缺{item}", "{how} takes no missing value: {unit} has none on {item}"),
        Text("请补报，或写明impute，或写 missing = \"reweight\"、\"missing\"或\"worst\"",
             'deliver it, impute it, or write missing = "reweight", "missing" or "worst"'),
    ),
    "cannot_reweight": (
        Text("{how}不能按已有各项重新赋权：{unit}缺{item}",
             "{how} cannot weigh the others anew, and takes no missing value: {unit} has none on {item}"),
        Text("请补报，或写明impute，或写 missing = \"missing\"或\"worst\"",
             'deliver it, impute it, or write missing = "missing" or "worst"'),
    ),
    "not_above_zero": (
        Text("{how}要求得分都大于0：{unit}在{item}上为{value}",
             "{how} needs every score above 0: {unit} has {value} on {item}"),
        Text("请先标准化到1–100", "rescale to 1–100 first"),
    ),
    "below_zero": (
        Text("{how}要求得分都不小于0：{unit}在{item}上为{value}",
             "{how} needs every score from 0 up: {unit} has {value} on {item}"),
        Text("请先标准化到0–100", "rescale to 0–100 first"),
    ),
    "mean_not_above_zero": (
        Text("{how}除以各项的均值，均值须大于0：{unit}在{item}上不大于0",
             "{how} divides by the mean of the children, which is not above 0 for {unit} on {item}"),
        Text("请先标准化：z_score的 onto = [100, 10]，或goalposts的 onto = [70, 130]",
             "normalise first: z_score onto = [100, 10], or goalposts onto = [70, 130]"),
    ),
}  # fmt: skip


def _refuse_method(log: Log, group: str, how: Aggregate, error: CannotAggregate) -> None:
    title, said = log.title(group), called.AGGREGATE[how.by]
    log.refuse(
        group, "cannot-aggregate",
        Text(f"“{title.zh}”：{said.zh}无法计算，{error.why.zh}",
             f"{title.en}: {said.en} cannot be computed, since {error.why.en}"),
        error.mend,
    )  # fmt: skip


def _refuse_infinite(log: Log, group: str, scores: Array) -> None:
    infinite = np.flatnonzero(np.isinf(scores))
    if infinite.size:
        who, title = log.units(infinite), log.title(group)
        log.refuse(
            group, "too-large",
            Text(f"“{title.zh}”的合成结果超出可计算的范围：{who.zh}",
                 f"the score of {title.en} is too large to compute: {who.en}"),
            Text("请先标准化", "normalise first"),
        )  # fmt: skip


def _note_missing(log: Log, group: str, children: list[str], table: Array, how: Aggregate) -> None:
    """Who lacks a child, and what the policy makes of it."""
    rows = np.flatnonzero(np.isnan(table).any(axis=1))
    if not rows.size:
        return
    log.applied(how.missing)
    title, who = log.title(group), log.units(rows)
    lacked = [
        child for child, column in zip(children, table.T, strict=True) if np.isnan(column).any()
    ]
    codes = called.listed([Text(code) for code in lacked])
    log.note(f"“{title.zh}”有缺项（{codes.zh}），按{how.missing}处理：{who.zh}",
             f"{title.en}: children missing ({codes.en}), policy {how.missing!r}: {who.en}")  # fmt: skip

"""Builders with defaults, so that a test shows only what matters to it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh

JIANGMEN = {"code": "jm", "title": {"zh": "江门", "en": "Jiangmen"}}
ZHONGSHAN = {"code": "zs", "title": {"zh": "中山", "en": "Zhongshan"}}
ZHUHAI = {"code": "zh", "title": {"zh": "珠海", "en": "Zhuhai"}}


def document(**changes: Any) -> dict[str, Any]:
    """A sound points scheme with one item; ``changes`` replace its top keys."""
    return {
        "format": "steelyard-scheme/1",
        "code": "test",
        "version": "1",
        "title": {"zh": "考核", "en": "Assessment"},
        "label": "sample",
        "family": "points",
        "period": {"starts": "2021-01-01", "ends": "2022-01-01"},
        "units": [JIANGMEN, ZHONGSHAN],
        "items": [item("A", 10, {"points": "a"})],
    } | changes


def item(code: str, points: Any = None, rule: Any = None, **more: Any) -> dict[str, Any]:
    given = {"code": code, "title": {"zh": f"指标{code}", "en": f"Item {code}"}}
    given |= {} if points is None else {"points": points}
    return given | ({} if rule is None else {"rule": rule}) | more


def scheme(**changes: Any) -> Scheme:
    return Scheme.from_document(document(**changes))


def weighed(values: Mapping[str, Mapping[str, object]], **changes: Any) -> Result:
    """Weigh ``values`` by a scheme; ``earlier`` and ``lists`` go to the values."""
    beside = {name: changes.pop(name) for name in ("earlier", "lists") if name in changes}
    made = scheme(**changes)
    return weigh(made, Values.of(made, values, **beside))


def points_of(rule: Any, values: Mapping[str, object], full: Any = 10, **changes: Any) -> Fraction:
    """What one item with this rule gives Jiangmen, with no bounds of the item in the way."""
    bare = item("A", full, rule, cap="none", floor="none", gap={"points": full, "note": "-"})
    beside = {
        name: {place: {"jm": content} for place, content in changes.pop(name).items()}
        for name in ("earlier", "lists")
        if name in changes
    }
    result = weighed({"jm": values}, units=[JIANGMEN], items=[bare], **changes, **beside)
    got = result.items["A"]["jm"].points
    assert got is not None
    return got

"""A field of units with columns, and what a stress test finds of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.weighing.stress.findings import Finding, Stress
from steelyard.weighing.stress.fitness import stress
from steelyard.weighing.stress.policies import Policy
from steelyard.weighing.values import Values
from tests.builders import item, scheme

Columns = Mapping[str, Sequence[object]]
LADDER = {"ladder": "rate", "steps": [[">= 90%", 10], ["[80%, 90%)", 5], ["< 80%", 0]]}

VETO = [
    {"code": "v", "title": {"zh": "否决", "en": "Fraud"}, "when": "fraud", "then": {"rank": "last"}}
]


def units(count: int) -> list[dict[str, Any]]:
    """单位1, 单位2, … with codes u1, u2, …"""
    return [
        {"code": f"u{n}", "title": {"zh": f"单位{n}", "en": f"Unit {n}"}}
        for n in range(1, count + 1)
    ]


def stressed(*items: dict[str, Any], columns: Columns | None = None, **changes: Any) -> Stress:
    """The stress test of a scheme of these items, with one value a unit in each column.

    ``policies``, ``size`` and ``seed`` go to the test, ``lists`` and ``earlier`` to the values, all else to
    the scheme.
    """
    asked = {name: changes.pop(name) for name in ("policies", "size", "seed") if name in changes}
    beside = {name: changes.pop(name) for name in ("lists", "earlier") if name in changes}
    count = len(next(iter(columns.values()))) if columns else 2
    made = scheme(items=list(items), **({"units": units(count)} | changes))
    if columns is None:
        return stress(made, **asked)
    values = {
        f"u{n + 1}": {name: column[n] for name, column in columns.items()} for n in range(count)
    }
    return stress(made, Values.of(made, values, **beside), **asked)


def found(test: Stress, code: str) -> Finding | None:
    """The finding of that code, if there is one."""
    return next((finding for finding in test.findings if finding.code == code), None)


def must_find(test: Stress, code: str) -> Finding:
    one = found(test, code)
    assert one is not None, f"not found; found were {[finding.code for finding in test.findings]}"
    return one


def proved(code: str, points: Any = None, rule: Any = None, **more: Any) -> dict[str, Any]:
    """An item whose points can be verified."""
    return item(code, points, rule, **({"material": {"zh": "材料", "en": "Papers"}} | more))


def policy(**changes: Any) -> Policy:
    """A policy against counts of applications, in force in 2021."""
    given: dict[str, Any] = {
        "code": "applications",
        "effect": "forbids",
        "says": Text("不得考核申请量", "no counts of applications"),
        "words": ("申请量", "applications"),
        "not_words": ("非正常", "abnormal"),
        "only_rewards": True,
        "only_counts": True,
        "starts": date(2021, 1, 1),
        "ends": None,
        "source": "样本通知〔2021〕1号",
        "sure": "read",
        "mend": Text("改看质量", "look at quality"),
    }
    return Policy(**(given | changes))


def cases(finding: Finding) -> str:
    return " ".join(case.en for case in finding.cases)


def grades(line: object, **quota: object) -> list[dict[str, Any]]:
    best = {"code": "best", "title": {"zh": "优秀", "en": "Excellent"}, "at_least": line}
    return [
        best | ({"quota": quota} if quota else {}),
        {"code": "rest", "title": {"zh": "合格", "en": "Pass"}},
    ]


def said(test: Stress, words: str) -> list[str]:
    """What was sound or waits for data, of those that hold these words."""
    return [one.en for one in (*test.sound, *test.waits) if words in one.en]

"""The checks as ``site_check.toml`` has them: their sources, terms and first days; and what comes of one."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, Literal

from steelyard.kernel.bilingual import Text
from steelyard.website.rules.site_check.seen import Seen

Weight = Literal["veto", "practical"]
State = Literal["passed", "failed", "not_seen"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check as ``site_check.toml`` has it."""

    code: str
    weight: Weight
    first_day: date
    title: Text
    source: Text
    sure: str
    terms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong: in words, and where."""

    what: Text
    where: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a check."""

    check: Check
    state: State
    wrong: tuple[Wrong, ...] = ()


Look = Callable[[Seen, Check], Sequence[Wrong] | None]
"""What is wrong, ``[]`` if nothing is; None where the run could not see it."""


def read_checks() -> tuple[Check, ...]:
    """The checks in their order."""
    text = (
        files("steelyard.website.rules.site_check")
        .joinpath("site_check.toml")
        .read_text(encoding="utf-8")
    )
    document = tomllib.loads(text)
    sources = {code: Text(**one) for code, one in document["sources"].items()}
    return tuple(_check(one, sources) for one in document["checks"])


def _check(one: Mapping[str, Any], sources: Mapping[str, Text]) -> Check:
    said = ("code", "weight", "from", "title", "source", "sure")
    return Check(
        one["code"],
        one["weight"],
        one["from"],
        Text(**one["title"]),
        sources[one["source"]],
        one["sure"],
        {name: value for name, value in one.items() if name not in said},
    )


def fails(found: Sequence[Finding], weight: Weight) -> list[Finding]:
    return [one for one in found if one.state == "failed" and one.check.weight == weight]

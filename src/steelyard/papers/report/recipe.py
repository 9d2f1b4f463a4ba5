"""How the result was made, so that anyone can make it again."""

from __future__ import annotations

from typing import Any, cast

from steelyard.papers.report.doubts import doubt_recipe
from steelyard.papers.report.facts import Fact
from steelyard.papers.words import WORDS, Words
from steelyard.weighing.document import result_document
from steelyard.weighing.result import Result


def recipe(result: Result, words: Words) -> list[Fact]:
    """What went in, and the hashes by which to know it again."""
    made = recipe_document(result)
    said = [
        Fact(words("scheme"), f"{made['scheme']['code']} {made['scheme']['version']}"),
        Fact(words("family"), words(f"family_{made['family']}")),
        Fact(words("arithmetic"), words(f"arithmetic_{made['family']}")),
        Fact(words("stage"), words(f"stage_{made['stage']}")),
        Fact(words("within"), made["within"]),
        Fact(words("program"), f"Steelyard {made['steelyard']}"),
    ]
    said += doubt_recipe(result, words)
    hashes = [Fact(_hashed(name, words), code) for name, code in made["hashes"].items()]
    return [fact for fact in [*said, *hashes] if fact.value]


def _hashed(name: str, words: Words) -> str:
    key = f"hash_{name}"
    return words(key) if key in WORDS else name


def recipe_document(result: Result) -> dict[str, Any]:
    """The recipe as it stands in ``result.json``."""
    return cast("dict[str, Any]", result_document(result)["recipe"])

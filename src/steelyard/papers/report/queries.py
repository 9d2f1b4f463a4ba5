"""The queries of a scheme's computed inputs, as the report prints them."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.kernel.exact import plain
from steelyard.papers.words import Words
from steelyard.scheme.model import Input, Scheme


@dataclass(frozen=True, slots=True)
class Query:
    """One computed input: what it is, how its rows are tallied, and the SQL that finds them."""

    code: str
    title: str
    tally: str
    sql: str


def queries(scheme: Scheme, words: Words) -> list[Query]:
    return [_query(one, words) for one in scheme.inputs.values() if one.tally is not None]


def _query(one: Input, words: Words) -> Query:
    assert one.tally is not None
    tally = one.tally
    said: list[str] = [tally.of]
    said += ["growth"] if tally.growth else []
    said += (
        [f"per {tally.per}" + (f" × {plain(tally.times)}" if tally.times != 1 else "")]
        if (tally.per)
        else []
    )
    said += [f"give {tally.give}"] if tally.give != "value" else []
    return Query(one.code, one.title.say(words.lang), ", ".join(said), one.records)

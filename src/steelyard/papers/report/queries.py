"""The queries of a scheme's computed inputs, as the report prints them."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.papers.words import Words
from steelyard.scheme.model import Input, Scheme
from steelyard.scheme.tally import GIVE_TITLES, TITLES


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
    return Query(one.code, one.title.say(words.lang), _tallied(one).say(words.lang), one.records)


def _tallied(one: Input) -> Text:
    """How the rows become a figure: the share, its growth, per what, and what of a sample is asked for."""
    assert one.tally is not None
    tally, said = one.tally, TITLES[one.tally.of]
    if tally.growth:
        said = Text(f"{said.zh}，较上期增长", f"{said.en}, growth on the period before")
    if tally.per:
        times = "" if tally.times == 1 else f" × {plain(tally.times)}"
        said = Text(f"{said.zh} ÷ {tally.per}{times}", f"{said.en} ÷ {tally.per}{times}")
    if tally.give != "value":
        give = GIVE_TITLES[tally.give]
        said = Text(f"{said.zh}：{give.zh}", f"{said.en}: {give.en}")
    return said

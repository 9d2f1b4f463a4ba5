"""What is a person told? One shape for every job, as text for a terminal and as JSON.

The JSON has the same keys for every job; ``result`` alone differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from fractions import Fraction

from steelyard.courts.desk.facts import Facts
from steelyard.courts.rules.counting import Excluded
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import plain
from steelyard.kernel.faults import Fault

FORMAT = "steelyard-court-answer/1"

Cell = Text | str | date | Fraction | None
"""What an answer puts into a cell of a sheet. An amount of yuan is a fraction."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rules say, and by what.

    ``settled``: a rule answers. Else a person must decide, or what was asked about is incomplete
    or wrong. ``lines`` is the working, one step a line; ``cells`` what goes into a sheet, one a
    column of the job; ``result`` what a program reads.
    """

    settled: bool
    headline: Text
    lines: tuple[Text, ...] = ()
    articles: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    warnings: tuple[Text, ...] = ()
    cells: tuple[Cell, ...] = ()
    result: Mapping[str, object] = field(default_factory=dict)


_BY = Text("依据", "By")
_NOTES = Text("说明", "Note")
_WARNINGS = Text("注意", "Mind")


def told(answer: Answer, lang: Lang) -> str:
    """The answer as a person reads it in a terminal: the result, the working, the articles."""
    said = [_capital(answer.headline.say(lang))]
    said += [f"  {line.say(lang)}" for line in answer.lines]
    for name, texts in (
        (_BY, answer.articles),
        (_NOTES, answer.notes),
        (_WARNINGS, answer.warnings),
    ):
        said += _under(name, texts, lang)
    return "\n".join(said)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _under(name: Text, texts: Iterable[Text], lang: Lang) -> list[str]:
    head = f"{name.zh}：" if lang == "zh" else f"{name.en}: "
    return [f"{head}{text.say(lang)}" for text in texts]


def as_data(job: str, facts: Facts, answer: Answer) -> dict[str, object]:
    """The answer as JSON: days as ``2023-11-01``, amounts of yuan as exact decimals in text."""
    return {
        "format": FORMAT,
        "job": job,
        "settled": answer.settled,
        "facts": {code: _plain(value) for code, value in facts.values.items()},
        "headline": both(answer.headline),
        "working": [both(line) for line in answer.lines],
        "articles": [both(one) for one in answer.articles],
        "notes": [both(one) for one in answer.notes],
        "warnings": [both(one) for one in answer.warnings],
        "result": dict(answer.result),
    }


def both(text: Text) -> dict[str, str]:
    return {"zh": text.say("zh"), "en": text.say("en")}


def _plain(value: object) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case Fraction():
            return plain(value)
        case Excluded():
            return {"first": str(value.first), "last": str(value.last), "why": both(value.why)}
        case tuple():
            return [_plain(one) for one in value]
    raise TypeError(f"{value!r} has no writing in JSON")


def refused(headline: Text, faults: Iterable[Fault]) -> Answer:
    """What was asked about is wrong: every reason is a line."""
    lines = tuple(
        Text(f"{one.what.zh}；{one.mend.zh}", f"{one.what.en}; {one.mend.en}") for one in faults
    )
    return Answer(False, headline, lines)


def joined(texts: Iterable[Text]) -> Text:
    """Several texts as one cell, one a line."""
    listed = list(texts)
    return Text(
        "\n".join(one.say("zh") for one in listed), "\n".join(one.say("en") for one in listed)
    )


_SCHEMA_TEXT = {
    "type": "object",
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
    "required": ["zh", "en"],
    "additionalProperties": False,
}
_SCHEMA_TEXTS = {"type": "array", "items": _SCHEMA_TEXT}

JSON_SCHEMA: Mapping[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "An answer of `steelyard court … --json`",
    "type": "object",
    "properties": {
        "format": {"const": FORMAT},
        "job": {"enum": ["which", "days", "fee", "number", "filing"]},
        "settled": {
            "type": "boolean",
            "description": "A rule answers; else a person must decide, or it is incomplete or wrong.",
        },
        "facts": {"type": "object", "description": "What was known, by the code of the question."},
        "headline": _SCHEMA_TEXT,
        "working": _SCHEMA_TEXTS,
        "articles": _SCHEMA_TEXTS,
        "notes": _SCHEMA_TEXTS,
        "warnings": _SCHEMA_TEXTS,
        "result": {"type": "object", "description": "What differs by job."},
    },
    "required": [
        "format", "job", "settled", "facts", "headline", "working", "articles", "notes",
        "warnings", "result",
    ],
    "additionalProperties": False,
}  # fmt: skip
"""What a program may rely on."""

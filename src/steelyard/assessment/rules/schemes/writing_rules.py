"""A rule as a person writes it on a page: in words, as offices do, or in the notation of a scheme.

Words that are not wholly understood are refused with what was not understood, and why. What the words
need (an input that is not there yet) is added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from steelyard.assessment.rules.drafting import as_text, listed
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.refusals import Refusal
from steelyard.scheme.notation import read_notation, why_not
from steelyard.scheme.wording import item_in_words, rule_from_words
from steelyard.scheme.wording.own_figures import own_figures
from steelyard.scheme.wording.recognise import Leftover
from steelyard.scheme.wording.say_item import group_in_words
from steelyard.scheme.write import NotTOML, scheme_toml

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Written:
    """What was read: keys of the item, inputs that it needs besides; readings to confirm."""

    keys: Mapping[str, Any] = field(default_factory=dict)
    inputs: Sequence[Mapping[str, Any]] = ()
    readings: Sequence[Text] = ()
    refusals: Sequence[Refusal] = ()


def from_words(
    words: str, document: Document, *, points: object, title: str, kind: str, was: object = None
) -> Written:
    """The rule that words say, with the conditions that they set beside it. ``was``: the rule in whose place
    they stand."""
    names = _names(document)
    read = rule_from_words(
        words,
        points,
        title=title,
        kind=kind or "item",
        names=names,
        types=_types(document),
        own=own_figures(was, document),
    )
    if not read.is_whole:
        return Written(refusals=[_not_understood(one) for one in read.leftovers])
    if read.vetoes or (read.rule is None and not read.beside):
        return Written(refusals=[NO_RULE])
    rule = {} if read.rule is None else {"rule": read.rule}
    new = [one.as_row() for one in read.inputs if one.code not in names]
    return Written({**read.beside, **rule}, new, read.readings)


NO_RULE = Refusal("no_rule", Text("这句话不是计分规则", "this says nothing about points"), "words")


def _not_understood(one: Leftover) -> Refusal:
    said = Text(
        f"没有读懂“{one.text}”：{one.why.zh}", f"“{one.text}” is not understood: {one.why.en}"
    )
    return Refusal("not_understood", said, "words")


def _names(document: Document) -> dict[str, Text]:
    """Whatever a rule may name: its code → its title."""
    sections = ("inputs", "quantities", "figures")
    return {row.code: row.title for one in sections for row in listed(document, one) if row.code}


def _types(document: Document) -> dict[str, str]:
    """The figures that are typed in: their code → their type."""
    return {
        row.code: str(row.told.get("type", "number"))
        for row in listed(document, "inputs")
        if "records" not in row.told
    }


def from_notation(text: str, name: str, mark: str = "") -> tuple[Any, tuple[Refusal, ...]]:
    """A value in TOML: ``{ points = "full" }``; or lines of a file. ``mark``: the field that it stands in."""
    try:
        return read_notation(text), ()
    except (ValueError, RecursionError):
        why = why_not(text)
        said = Text(f"写法有误：{why.zh}", f"this is not in the notation: {why.en}")
        return None, (Refusal("not_toml", said, mark or name),)


def in_notation(value: Any) -> str:
    """A rule as it stands in a scheme file; "" for none.

    >>> in_notation({"each": "0.5", "deduct": "missing"})
    '{ deduct = "missing", each = 0.5 }'
    """
    if value is None or value == "":
        return ""
    try:
        return scheme_toml({"rule": value}).strip().removeprefix("rule = ")
    except NotTOML:
        return ""


def in_words(item: Document, document: Document, lang: Lang, *, is_group: bool = False) -> str:
    """The rule in words; "" where there is none, or it has faults that cannot be put into words."""
    say = group_in_words if is_group else item_in_words
    try:
        return say(item, document, lang)
    except Exception:
        return ""


def rule_words(item: Document, document: Document, lang: Lang) -> str:
    """The words of what :func:`from_words` may read back: the rule and its conditions."""
    kept = ("code", "title", "points", "kind", "rule", "zero_if", "full_if", "not_applicable_if")
    told = {name: item[name] for name in (*kept, "cap", "floor", "on") if name in item}
    return in_words(told, document, lang) if "rule" in item else ""


def number_or_text(written: str) -> Any:
    """
    >>> number_or_text("10"), number_or_text("0.5")
    (10, '0.5')
    """
    text = written.strip()
    return int(text) if text.isascii() and text.lstrip("-").isdigit() else text


def bodies_of(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [str(one) for one in cast("list[object]", value)] if isinstance(value, list) else []


def title_of(document: Document) -> Text:
    return as_text(document.get("title"))

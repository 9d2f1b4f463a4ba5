"""What would a document that is read in change in the draft whose place it takes?

Either may have any fault: they are compared as they are written, item by item by code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from steelyard.assessment.rules.drafting import Document, Row, as_text, tree
from steelyard.assessment.rules.drafting.naming import NAMES
from steelyard.assessment.rules.writing_rules import bodies_of, in_words
from steelyard.kernel.bilingual import LANGS, Text

_BESIDE_ITEMS = ("bodies", "inputs", "grades", "vetoes", "units", "ranking", "on", "quantities")
"""Parts that a person fills by hand besides the items; how many stand in each is said."""


@dataclass(frozen=True, slots=True)
class Differs:
    """One item, or one part of the document: what is in the draft, and what would be."""

    code: str
    title: Text
    what: Text
    before: Text
    after: Text


def holds_something(document: Document) -> bool:
    """Whether a person would miss it: a draft that was only begun holds nothing but its units."""
    return any(document.get(name) for name in ("items", "inputs", "bodies", "grades", "vetoes"))


def replaced(before: Document, after: Document) -> tuple[Differs, ...]:
    """Everything that differs, in the order of the new document; what is gone comes last."""
    old, new = ({row.code or row.key: row for row in tree(one)} for one in (before, after))
    found = [
        one
        for code in (*new, *(code for code in old if code not in new))
        for one in _of_an_item(code, old.get(code), new.get(code), before, after)
    ]
    return (*found, *_of_parts(before, after))


def _of_an_item(
    code: str, was: Row | None, now: Row | None, before: Document, after: Document
) -> Iterator[Differs]:
    row = now or was
    assert row is not None
    if was is None or now is None:
        there = Text(row.title.zh or row.title.en, row.title.en or row.title.zh)
        if was is None:
            yield Differs(code, row.title, _NEW, Text(), there)
        else:
            yield Differs(code, row.title, _GONE, there, Text())
        return
    told = (_said(was, before), _said(now, after))
    for what, text in told[0].items():
        if text != told[1][what]:
            yield Differs(code, row.title, NAMES[what], text, told[1][what])


_NEW = Text("新增", "new")
_GONE = Text("删除", "gone")
_HOW_MANY = Text("条数", "how many")


def _said(row: Row, document: Document) -> Mapping[str, Text]:
    words = {lang: in_words(row.told, document, lang, is_group=row.is_group) for lang in LANGS}
    points = str(row.told.get("points", "") or "")
    return {
        "title": row.title,
        "points": Text(points, points),
        "rule": Text(words["zh"], words["en"]),
        "supplying_body": _bodies(row.told.get("supplying_body"), document),
        "scoring_body": _bodies(row.told.get("scoring_body"), document),
        "material": as_text(row.told.get("material")),
    }


def _bodies(value: object, document: Document) -> Text:
    told = document.get("bodies")
    known = told if isinstance(told, Mapping) else {}
    titles = [as_text(known.get(code)) or Text(code, code) for code in bodies_of(value)]
    return Text(
        "、".join(one.zh or one.en for one in titles), ", ".join(one.en or one.zh for one in titles)
    )


def _of_parts(before: Document, after: Document) -> Iterator[Differs]:
    for name in _BESIDE_ITEMS:
        if (before.get(name) or None) != (after.get(name) or None):
            counts = [_count(one.get(name)) for one in (before, after)]
            same = Text("内容不同", "other content") if counts[0] == counts[1] else Text()
            told = [Text(count, count) for count in counts]
            yield Differs("", NAMES[name], _HOW_MANY, told[0], same or told[1])


def _count(part: object) -> str:
    return str(len(part)) if isinstance(part, list | dict) else ("1" if part else "0")

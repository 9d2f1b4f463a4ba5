"""What would a document that is read in change in the draft whose place it takes?

Either may have any fault: they are compared as they are written, item by item by code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from steelyard.assessment.rules.drafting import Document, Row, as_text, tree
from steelyard.assessment.rules.drafting.naming import NAMES
from steelyard.assessment.rules.schemes.parts_compared import GONE, NEW, Differs, parts_compared
from steelyard.assessment.rules.schemes.writing_rules import bodies_of, in_words
from steelyard.kernel.bilingual import LANGS, Text


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
    return (*found, *parts_compared(before, after))


def _of_an_item(
    code: str, was: Row | None, now: Row | None, before: Document, after: Document
) -> Iterator[Differs]:
    row = now or was
    assert row is not None
    if was is None or now is None:
        there = Text(row.title.zh or row.title.en, row.title.en or row.title.zh)
        if was is None:
            yield Differs(code, row.title, NEW, Text(), there)
        else:
            yield Differs(code, row.title, GONE, there, Text())
        return
    told = (_said(was, before), _said(now, after))
    for what, text in told[0].items():
        if text != told[1][what]:
            yield Differs(code, row.title, NAMES[what], text, told[1][what])


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

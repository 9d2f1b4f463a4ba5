"""With what does a draft begin? With nothing but whose it is, or with what was imported."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from steelyard.assessment.rules.drafting.changes import copied
from steelyard.assessment.rules.drafting.rows import Document, listed
from steelyard.kernel.bilingual import Text


def begun(code: str, title: Text, starts: str, ends: str, *, sample: bool) -> dict[str, Any]:
    """A scheme of which nothing stands yet but whose it is."""
    return {
        "format": "steelyard-scheme/1", "code": code, "version": "1", "title": told_text(title),
        "label": "sample" if sample else "official", "family": "points",
        "period": {"starts": starts, "ends": ends}, "units": [], "bodies": {}, "inputs": [],
        "items": [],
    }  # fmt: skip


def told_text(text: Text) -> dict[str, str]:
    """
    >>> told_text(Text("甲", "")), told_text(Text("甲", "A"))
    ({'zh': '甲'}, {'zh': '甲', 'en': 'A'})
    """
    return {"zh": text.zh, **({"en": text.en} if text.en else {})}


def fitted(
    document: Document, frame: Document, units: Sequence[tuple[str, Text]]
) -> dict[str, Any]:
    """A document that was imported, as a draft of an assessment: its code and period are those of the
    assessment, and a sample stays one. If it lists no units, or none that may be assessed here, they are
    ``units``: a city takes the scheme of the province for its own districts. The office's table names a
    supplying body beside an item: its figures come from there."""
    made = copied(document)
    made.pop("tables", None)
    for name in ("format", "version", "title", "family"):
        made.setdefault(name, frame[name])
    had = made.get("period")
    days = frame["period"]
    is_same = isinstance(had, Mapping) and all(str(had.get(one)) == days[one] for one in days)
    made["period"] = {**had, **days} if isinstance(had, Mapping) and is_same else days
    made["code"] = frame["code"]
    if made.get("label") != "sample":
        made["label"] = frame["label"]
    possible = {code for code, _ in units}
    if not made.get("units") or (possible and not possible & codes_of_units(made)):
        made["units"] = [{"code": code, "title": told_text(title)} for code, title in units]
    return _with_suppliers(made)


def codes_of_units(document: Document) -> set[str]:
    return {row.code for row in listed(document, "units")}


def _is_told(member: Mapping[str, Any]) -> bool:
    """Whether it says itself where it comes from."""
    return any(member.get(name) for name in ("supplying_body", "records", "judged"))


def _with_suppliers(document: dict[str, Any]) -> dict[str, Any]:
    """A figure that names no supplying body comes from that of the one item whose rule names it."""
    for member in document.get("inputs") or []:
        if not isinstance(member, dict) or _is_told(member):
            continue
        named = re.compile(rf"(?<!\w){re.escape(str(member.get('code', '')))}(?!\w)")
        bodies = [
            item["supplying_body"]
            for item in document.get("items") or []
            if isinstance(item, dict) and item.get("supplying_body")
            and named.search(f"{item.get('rule')} {item.get('zero_if')} {item.get('full_if')}")
        ]  # fmt: skip
        if bodies and all(one == bodies[0] for one in bodies):
            member["supplying_body"] = bodies[0]
    return document

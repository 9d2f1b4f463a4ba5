"""The page of scoring as it is sent: many rows, of which only those that say something new count."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from django import forms
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.queries.scoring import ItemPage, ScoreRow
from steelyard.assessment.rules.judging import Typed
from steelyard.people.forms import OfWhatWasSeen
from steelyard.trail.side_by_side import version_of

MOST_LETTERS = 20_000


@dataclass(frozen=True, slots=True)
class RowSent:
    """A row as it came: what was typed, from which version, whether it says something new; ``rests``: the
    figures that stood behind it on the page, ``beside``: the mark of what stood beside it."""

    typed: Typed
    seen: int
    is_new: bool
    rests: Mapping[str, str] | None = None
    beside: str = ""


def prefix_of(row: ScoreRow) -> str:
    return f"s{row.score.pk}-"


def mark_of(typed: Typed) -> str:
    """A short mark of what a row says, so that rows that nobody touched are told from others."""
    judged = sorted((code, text.strip()) for code, text in typed.judged.items() if text.strip())
    said = (judged, typed.status, typed.claim, typed.deductions.split(), typed.reason.split())
    return sha256(repr(said).encode()).hexdigest()[:16]


def sent_rows(page: ItemPage, sent: Mapping[str, str]) -> dict[int, RowSent]:
    """Score → its row, of the rows that the form held."""
    confirms_all = "all" in sent
    found: dict[int, RowSent] = {}
    for row in page.rows:
        prefix = prefix_of(row)
        if f"{prefix}seen" not in sent:
            continue
        typed = typed_in(page, prefix, sent)
        touched = mark_of(typed) != sent.get(f"{prefix}was", "")
        ticked = f"{prefix}ok" in sent or (
            confirms_all
            and not waits_for_an_answer(row, typed)
            and not waits_for_files(page, typed)
        )
        confirmed = not row.is_scored and ticked
        is_new = touched or confirmed
        seen = version_of(sent, f"{prefix}seen")
        rests, beside = _rests(sent.get(f"{prefix}rests", "")), sent.get(f"{prefix}beside", "")
        found[row.score.pk] = RowSent(typed, seen, is_new, rests, beside[:MOST_LETTERS])
    return found


def waits_for_an_answer(row: ScoreRow, typed: Typed) -> bool:
    """Whether the unit claims what nobody answered: such a row is not confirmed along with all others."""
    return bool(row.facts.claimed) and not row.is_scored and not typed.claim


def waits_for_files(page: ItemPage, typed: Typed) -> bool:
    """Whether case files are still to give what is judged: nor is such a row confirmed along with all others."""
    return may_confirm_all(page) and any(
        not typed.judged.get(one.code, "").strip() for one in page.of.judged
    )


def may_confirm_all(page: ItemPage) -> bool:
    """Nothing is judged, or all of it is given by case files that others reviewed."""
    return all(one.case_files for one in page.of.judged)


def rests_of(page: ItemPage, row: ScoreRow) -> str:
    """The figures behind a row, as the form carries them; "" where there are none."""
    found = page.basis(row.facts.unit)
    return json.dumps(found, ensure_ascii=False) if found else ""


def _rests(text: str) -> Mapping[str, str] | None:
    """What the form carried; what is no such thing was seen by nobody."""
    if not text:
        return None
    try:
        found = json.loads(text[:MOST_LETTERS])
    except ValueError:
        return {}
    return (
        {str(code): str(value) for code, value in found.items()} if isinstance(found, dict) else {}
    )


def typed_in(page: ItemPage, prefix: str, sent: Mapping[str, str]) -> Typed:
    def said(name: str) -> str:
        return sent.get(f"{prefix}{name}", "")[:MOST_LETTERS].replace("\x00", "")

    judged = {one.code: said(f"f-{one.code}") for one in page.of.judged}
    return Typed(judged, said("status"), said("claim"), said("deductions"), said("reason"))


def filled_down(
    page: ItemPage, rows: Mapping[int, RowSent], sent: Mapping[str, str]
) -> dict[int, RowSent]:
    """What was typed down a column, one line a unit, put into the rows that may be scored."""
    found = dict(rows)
    for one in page.of.judged:
        lines = sent.get(f"column-{one.code}", "")[:MOST_LETTERS].replace("\x00", "").splitlines()
        for row, line in zip(page.rows_of(rows), lines, strict=False):
            if line.strip():
                before = found[row.score.pk]
                typed = replace(
                    before.typed, judged={**before.typed.judged, one.code: line.strip()}
                )
                found[row.score.pk] = replace(before, typed=typed, is_new=True)
    return found


class ReopenForm(OfWhatWasSeen):
    why = forms.CharField(
        label=_("Why it is scored again"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )

"""What has changed since somebody signed or decided: the scheme behind it, or the records under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from steelyard.assessment.models import (
    Assessment,
    SchemeVersion,
    SheetVersion,
    Submission,
    Weighing,
)
from steelyard.assessment.queries.assessments import issued, newest_snapshot, scheme_of
from steelyard.assessment.queries.collection import questions_of
from steelyard.assessment.rules.amendments import Change, differences
from steelyard.assessment.rules.collection.answers import Question
from steelyard.assessment.rules.drafting import find, listed
from steelyard.assessment.rules.schemes.division import inputs_of
from steelyard.assessment.rules.schemes.parts_compared import parts_compared
from steelyard.assessment.rules.states import SchemeState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.scheme.model import Scheme
from steelyard.supply.models import Snapshot

IN_FORCE = (SchemeState.ISSUED, SchemeState.REPLACED)


@dataclass(frozen=True, slots=True)
class AmendedSince:
    """The ``items`` of which the scheme says otherwise since a submission was signed, and the ``figures`` that are
    defined otherwise, each with the items that need it. ``then`` and ``now``: the version that was signed under and
    the one in force, None if they are one. ``asked``: what the unit is asked by the one in force."""

    items: tuple[str, ...] = ()
    figures: tuple[tuple[Text, tuple[str, ...]], ...] = ()
    then: SchemeVersion | None = None
    now: SchemeVersion | None = None
    asked: tuple[Question, ...] = ()

    def most_in_force(self, signed: Question) -> str | None:
        """Full points by the scheme in force, "" without a bound; None if they are what was signed, or the item
        is gone."""
        found = next((one for one in self.asked if one.item.code == signed.item.code), None)
        if found is None or found.most == signed.most:
            return None
        return "" if found.most is None else plain(found.most)


def amended_since(found: Submission) -> AmendedSince:
    then, now = _then_and_now(found)
    if then is None or now is None:
        return AmendedSince()
    items = tuple(one.code for one in differences(scheme_of(then), scheme_of(now)))
    unit = found.unit.code
    return AmendedSince(
        items, tuple(_figures_amended(then, now, unit)), then, now, tuple(questions_of(now, unit))
    )


def changes_of_item(since: AmendedSince, item: str) -> tuple[Change, ...]:
    """What the scheme in force says otherwise of an item and of the figures that it needs, old and new in words."""
    if since.then is None or since.now is None:
        return ()
    before, after = scheme_of(since.then), scheme_of(since.now)
    changed = next((one for one in differences(before, after) if one.code == item), None)
    return (*(changed.changes if changed else ()), *_changes_of_figures(before, after, item))


def _changes_of_figures(before: Scheme, after: Scheme, item: str) -> Iterator[Change]:
    codes = {
        code
        for scheme in (before, after)
        if item in scheme.item
        for code in inputs_of(scheme, scheme.item[item])
    }
    was, now = (
        {**after.document, "inputs": [row for row in _inputs(one) if row.get("code") in codes]}
        for one in (before, after)
    )
    for one in parts_compared(was, now):
        what = Text(
            f"{one.title.say('zh')}：{one.what.zh}", f"{one.title.say('en')}: {one.what.en}"
        )
        yield Change(what, one.before, one.after)


def _inputs(scheme: Scheme) -> list[dict[str, object]]:
    rows = scheme.document.get("inputs")
    return list(rows) if isinstance(rows, list) else []


def _then_and_now(found: Submission) -> tuple[SchemeVersion | None, SchemeVersion | None]:
    """The version that a submission was signed under and the one in force; None if it says the same."""
    now = issued(found.assessment)
    if found.scheme_id is None or now is None or found.scheme_id == now.pk:
        return None, None
    return SchemeVersion.objects.get(pk=found.scheme_id), now


def _figures_amended(
    then: SchemeVersion, now: SchemeVersion, unit: str
) -> Iterator[tuple[Text, tuple[str, ...]]]:
    """Of those that an item of the unit needs, in the order of the scheme in force."""
    needing = {
        code: tuple(
            q.item.code for q in questions_of(now, unit) if code in {i.code for i in q.inputs}
        )
        for code in scheme_of(now).inputs
    }
    for code, source in scheme_of(now).inputs.items():
        if needing[code] and _is_told_otherwise(then, now, code):
            yield (
                Text(source.title.zh or code, source.title.en or source.title.zh or code),
                needing[code],
            )


def figure_amended_since(assessment: Assessment, signed: SheetVersion | None, code: str) -> bool:
    """Whether the scheme says otherwise of a figure since its sheet was signed."""
    if signed is None:
        return False
    then, now = _in_force_at(assessment, signed.signed_at), issued(assessment)
    if then is None or now is None or then.pk == now.pk:
        return False
    return _is_told_otherwise(then, now, code)


def _is_told_otherwise(then: SchemeVersion, now: SchemeVersion, code: str) -> bool:
    was, said = (find(listed(one.document, "inputs"), code) for one in (then, now))
    return (was and was.told) != (said and said.told)


def _in_force_at(assessment: Assessment, at: datetime) -> SchemeVersion | None:
    issued_then = assessment.schemes.filter(state__in=IN_FORCE, issued_at__lte=at)
    return issued_then.order_by("-issued_at").first()


def frozen_since(found: Weighing) -> Snapshot | None:
    """Records of the same period that were frozen after those that were weighed."""
    newest = newest_snapshot(found.assessment)
    weighed = found.snapshot_id
    return newest if newest is not None and weighed is not None and newest.pk > weighed else None

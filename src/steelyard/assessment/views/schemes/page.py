"""The scheme: its versions, where it stands, the tree with every rule in words, how the work is divided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from steelyard.assessment.forms.schemes import TYPES
from steelyard.assessment.models import Assessment, Comment, SchemeVersion
from steelyard.assessment.queries.approvals import standings_of_scheme
from steelyard.assessment.queries.schemes import (
    against_the_division,
    bodies_to_match,
    versions_seen_by,
)
from steelyard.assessment.queries.schemes.amendments import checked_amendment
from steelyard.assessment.queries.schemes.comments import comments_due, is_insider, not_carried_out
from steelyard.assessment.rules import drafting
from steelyard.assessment.rules.amendments import AMENDABLE
from steelyard.assessment.rules.drafting import as_text, assessed, listed, tree
from steelyard.assessment.rules.schemes import imported
from steelyard.assessment.rules.schemes.division import (
    OUTSIDE,
    UNKNOWN,
    Division,
    Way,
    division,
    how_it_comes,
    used_inputs,
)
from steelyard.assessment.rules.schemes.verdicts import grades_said, outcomes_said, vetoes_said
from steelyard.assessment.rules.schemes.writing_rules import bodies_of, in_words
from steelyard.assessment.rules.states import SCHEME, SchemeMove, SchemeState, Stage
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.schemes.finding import find_version, is_in_hand, runs
from steelyard.assessment.views.schemes.since_out import since_out
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault
from steelyard.look.language import lang, say
from steelyard.people.models import Organisation
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import check_document


@dataclass(frozen=True, slots=True)
class Line:
    """An item as it stands in the table of the page."""

    key: str
    code: str
    title: str
    depth: int
    is_group: bool
    kind: str
    points: str
    words: str
    supplies: str
    scores: str
    material: str
    faults: tuple[Fault, ...]
    unread: tuple[str, ...]
    comments: int
    left: tuple[Comment, ...]
    """Adopted comments that the draft does not show."""


@dataclass(frozen=True, slots=True)
class InputLine:
    key: str
    code: str
    title: str
    type: str
    unit: str
    way: str
    body: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What one body has to do: how many figures it supplies, how many items it scores and judges."""

    title: str
    code: str
    supplies: int
    judges: int
    scores: int


@require_safe
def scheme(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    found = find(request, code)
    version = find_version(request, found, number)
    return shown(request, found, version)


def _is_amendable(found: Assessment, versions: Sequence[SchemeVersion]) -> bool:
    """Whether an amendment can be begun: a scheme is in force, none is under way, nothing is frozen."""
    states = {SchemeState(one.state) for one in versions}
    return (
        Stage(found.stage) in AMENDABLE
        and SchemeState.ISSUED in states
        and not states & {SchemeState.DRAFT, SchemeState.OUT, SchemeState.CHECKED}
    )


def shown(
    request: HttpRequest, found: Assessment, version: SchemeVersion | None,
    refusals: Sequence[str] = (), status: int = 200,
) -> HttpResponse:  # fmt: skip
    does_run = runs(request, found)
    versions = list(versions_seen_by(request.held, found, request.today))
    context = {
        "assessment": found,
        "version": version,
        "versions": versions,
        "may_propose": does_run and _is_amendable(found, versions),
        "runs": does_run,
        "edits": does_run and is_in_hand(version),
        "is_insider": is_insider(request.held, found, request.today),
        "refusals": refusals,
    }
    if version is not None:
        context |= _about(request, found, version, is_insider=context["is_insider"])
    return render(request, "assessment/scheme/scheme.html", context, status=status)


def _about(
    request: HttpRequest, found: Assessment, version: SchemeVersion, *, is_insider: bool
) -> dict[str, object]:
    document = version.document
    checks = is_insider and version.state in ("draft", "out", "checked")
    faults = drafting.faults_of(document) if checks else drafting.Faults({}, {}, (), is_sound=True)
    cells = imported.cells(version.unread)
    sound = check_document(document).scheme if faults.is_sound else None
    keys = {row.key for row in tree(document)}
    left = not_carried_out(version) if is_insider and version.state in ("draft", "out") else []
    context: dict[str, object] = {
        "states": _states(version),
        "state": say(SCHEME.states[SchemeState(version.state)]),
        "lines": _lines(version, faults, cells, _said_of(version) if is_insider else {}, left),
        "left_of_the_whole": [one for one in left if not one.item],
        "said_grades": grades_said(document),
        "said_vetoes": vetoes_said(document),
        "said_outcomes": outcomes_said(document),
        "said_note": say(as_text(document.get("note"))),
        "inputs": _inputs(document, sound, faults),
        "rest": faults.rest,
        "errors": faults.errors,
        "checks": checks,
        "cells": [(at, one) for at, one in enumerate(cells)],
        "cells_without_item": [(at, one) for at, one in enumerate(cells) if one.item not in keys],
        "readings": imported.by_kind(version.readings) if checks else [],
        "to_confirm": len(version.readings),
        "scheme_title": say(as_text(document.get("title"))),
        "full": sound.full[""] if sound is not None and sound.family == "points" else None,
        "shares": _shares(sound) if sound is not None else [],
        "undivided": [],
        "units": assessed(document),
        "comments_due": comments_due(version) if version.state == SchemeState.OUT else None,
    }
    if checks:
        context["strangers"] = bodies_to_match(found, document, request.today).open
    if checks and sound is not None:
        against = against_the_division(sound, found, request.today)
        strangers = (UNKNOWN, OUTSIDE)
        context["undivided"] = [say(one.text) for one in against if one.code not in strangers]
    if checks:
        context["since_out"] = since_out(version)
        context["was_mine"] = any(
            one.has_changed_since and one.given is not None and one.given.by == request.user.pk
            for one in standings_of_scheme(version)
        )
    if version.based_on_id and version.state in ("draft", "checked") and is_insider:
        checked = checked_amendment(found, version, request.today)
        context["amendment_refusals"] = [say(one.text) for one in checked.refusals]
        context["amendment_moves"] = [
            (move, say(SCHEME.moves[move]))
            for move in SCHEME.moves_from(SchemeState(version.state))
            if move not in (SchemeMove.EDIT, SchemeMove.SEND_OUT)
        ]
    return context


def _states(version: SchemeVersion) -> list[tuple[str, str]]:
    """The way of a version, with where it stands: past, here or ahead."""
    order = [SchemeState.DRAFT, SchemeState.OUT, SchemeState.CHECKED, SchemeState.ISSUED]
    if version.based_on_id:
        order.remove(SchemeState.OUT)
    state = SchemeState(version.state)
    if state in (SchemeState.REPLACED, SchemeState.DROPPED):
        order = [*order, state] if state is SchemeState.REPLACED else [SchemeState.DRAFT, state]
    here = order.index(state)
    places = [
        "past" if at < here else "here" if at == here else "ahead" for at in range(len(order))
    ]
    return [(say(SCHEME.states[one]), place) for one, place in zip(order, places, strict=True)]


def _said_of(version: SchemeVersion) -> Mapping[str, int]:
    """Item → how many comments there are."""
    found: dict[str, int] = {}
    said = Comment.objects.filter(scheme=version).exclude(state="withdrawn")
    for item in said.values_list("item", flat=True):
        found[item] = found.get(item, 0) + 1
    return found


def _lines(
    version: SchemeVersion, faults: drafting.Faults, cells: Sequence[imported.Cell],
    comments: Mapping[str, int], left: Sequence[Comment],
) -> list[Line]:  # fmt: skip
    document = version.document
    bodies = titles_of_bodies(document)
    unread: dict[str, list[str]] = {}
    for cell in cells:
        unread.setdefault(cell.item, []).append(
            f"{say(cell.where)} “{cell.text}” — {say(cell.why)}"
        )
    return [
        Line(
            row.key, row.code, say(row.title), min(row.depth, 5), row.is_group,
            str(row.told.get("kind", "") or ""), str(row.told.get("points", "")),
            in_words(row.told, document, lang(), is_group=row.is_group),
            _named(row.told.get("supplying_body"), bodies),
            _named(row.told.get("scoring_body"), bodies),
            say(as_text(row.told.get("material"))), faults.items.get(row.key, ()),
            tuple(unread.get(row.code, ())) if row.code else (), comments.get(row.code, 0),
            tuple(one for one in left if row.code and one.item == row.code),
        )
        for row in tree(document)
    ]  # fmt: skip


def titles_of_bodies(document: Mapping[str, object]) -> dict[str, str]:
    told = document.get("bodies")
    return {
        str(code): say(as_text(title)) or str(code)
        for code, title in (told.items() if isinstance(told, Mapping) else ())
    }


def _named(value: object, bodies: Mapping[str, str]) -> str:
    between = Text("、", ", ").say(lang())
    return between.join(bodies.get(code, code) for code in bodies_of(value))


def _inputs(
    document: Mapping[str, object], sound: Scheme | None, faults: drafting.Faults
) -> list[InputLine]:
    bodies = titles_of_bodies(document)
    divided = division(sound) if sound is not None else None
    ways = divided.way if divided is not None else {}
    used = used_inputs(sound) if sound is not None else None
    sources = sound.inputs if sound is not None else {}
    return [
        InputLine(
            row.key, row.code, say(row.title),
            str(TYPES.get(str(row.told.get("type", "number")), "")),
            say(as_text(row.told.get("unit_of_measure"))),
            say(how_it_comes(sources[row.code], ways, used)) if row.code in sources else "",
            _named(_from_whom(row, divided), bodies), faults.inputs.get(row.key, ()),
        )
        for row in listed(document, "inputs")
    ]  # fmt: skip


def _from_whom(row: drafting.Row, divided: Division | None) -> object:
    """Who supplies a figure, or judges it."""
    is_judged = divided is not None and divided.way.get(row.code) is Way.JUDGED
    return divided.body[row.code] if divided and is_judged else row.told.get("supplying_body")


def _shares(sound: Scheme) -> list[Share]:
    found = division(sound)
    codes = {duty.scoring_body for duty in found.duties} | set(found.body.values())
    known = {
        one.code: say(one.name)
        for one in Organisation.objects.filter(code__in=sorted(codes - {""}))
    }
    return [
        Share(
            known.get(code) or say(sound.bodies.get(code, Text(code, code))), code,
            sum(found.body[one] == code for one in found.inputs(Way.SHEET)),
            sum(found.body[one] == code for one in found.inputs(Way.JUDGED)),
            sum(duty.scoring_body == code for duty in found.duties),
        )
        for code in sorted(codes - {""})
    ]  # fmt: skip

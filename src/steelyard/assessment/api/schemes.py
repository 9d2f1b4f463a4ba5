"""The scheme of an assessment: its versions, one as its document, its approval; amendments of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Path, Router, Schema
from pydantic import Field

from steelyard.assessment.actions.schemes import approve
from steelyard.assessment.actions.schemes.amendments import move_amendment, propose
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    SeenIn,
    TextOut,
    Words,
    name,
    one_of,
    read,
    text,
)
from steelyard.assessment.api.steps import DecideIn, StepOut, steps_out
from steelyard.assessment.forms.schemes import ProposeForm
from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.approvals import standings_of_scheme
from steelyard.assessment.queries.assessments import issued, under_way
from steelyard.assessment.queries.schemes import versions_seen_by
from steelyard.assessment.queries.schemes.comments import is_insider
from steelyard.assessment.rules.amendments import KINDS, ItemChange, beside, differences
from steelyard.assessment.rules.approvals import next_step
from steelyard.assessment.rules.states import SchemeState
from steelyard.assessment.views.finding import find, find_for
from steelyard.assessment.views.schemes.amendments import MOVES
from steelyard.assessment.views.schemes.finding import find_version
from steelyard.people.refused import answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import who_and_when
from steelyard.scheme.read import check_document

router = Router()

VersionNumber = Annotated[int, Path(ge=1, le=2**31 - 1, description="of the version")]


class SchemeVersionOut(Schema):
    """A version of the scheme. ``content_hash``: of its document, and goes back as ``seen_hash`` with
    a decision; ``version`` goes back as ``seen`` with a move. ``based_on``: the number of the version
    that it amends, and ``why``. ``rounds``: how often it was out for comments; ``held_round``: the
    latest of them that was held to its end, 0 if none was; ``unheard_why``: settled without one, why."""

    number: int
    state: SchemeState
    content_hash: str
    rounds: int
    held_round: int
    unheard_why: str
    unheard_by: str
    unheard_at: datetime | None
    based_on: int | None
    why: str
    made_by: str
    made_at: datetime
    issued_by: str
    issued_at: datetime | None
    version: int


class SchemeOut(SchemeVersionOut):
    """``document``: the scheme as ``docs/reference/scheme.schema.json`` says it."""

    document: dict[str, Any]


class SchemeChangeOut(Schema):
    """One thing of an item, before and after, in words."""

    what: TextOut
    before: TextOut
    after: TextOut


class SchemeItemChangeOut(Schema):
    """An item that is new, gone or other than it was."""

    kind: Annotated[str, Field(json_schema_extra={"enum": sorted(KINDS)})]
    code: str
    title: TextOut
    changes: list[SchemeChangeOut]


class SchemeDifferencesOut(Schema):
    """``rest``: the other parts of the document that differ. Nothing of a document with faults."""

    is_sound: bool
    items: list[SchemeItemChangeOut]
    rest: list[str]


class SchemeApprovalOut(Schema):
    """``is_approved``: by every step, as the version now stands."""

    number: int
    state: SchemeState
    content_hash: str
    is_approved: bool
    steps: list[StepOut]


class AmendIn(Schema):
    why: Words


AmendmentMove = Annotated[Literal["check", "draft_again", "drop", "issue"], Path()]


@router.get("/{slug:code}/scheme", response=SchemeOut)
def read_scheme(request: HttpRequest, code: Code) -> dict[str, Any]:
    """The scheme in force."""
    return version_out(one_of(issued(find(request, code))))


@router.get("/{slug:code}/scheme/versions", response=list[SchemeVersionOut])
def list_versions(request: HttpRequest, code: Code) -> list[dict[str, Any]]:
    """The newest first: all for the office, for others those that are out, settled or in force."""
    found = versions_seen_by(request.held, find(request, code), request.today)
    return [_out(one) for one in found.defer("document")]


@router.get("/{slug:code}/scheme/versions/{version}", response=SchemeOut)
def read_version(request: HttpRequest, code: Code, version: VersionNumber) -> dict[str, Any]:
    return version_out(_find(request, code, version))


@router.get("/{slug:code}/scheme/versions/{version}/differences", response=SchemeDifferencesOut)
def read_differences(request: HttpRequest, code: Code, version: VersionNumber) -> dict[str, Any]:
    """An amendment beside the version that it amends, item by item."""
    amendment = _find(request, code, version)
    if amendment.based_on is None:
        raise Http404
    before, after = (check_document(one.document).scheme for one in (amendment.based_on, amendment))
    found = differences(before, after) if before and after else ()
    return {
        "is_sound": bool(before and after),
        "items": [_changed(one) for one in found],
        "rest": list(beside(before, after)) if before and after else [],
    }


@router.get("/{slug:code}/scheme/approval", response=SchemeApprovalOut)
def read_approval(request: HttpRequest, code: Code) -> dict[str, Any]:
    """How every step stands for the version under way, else for that in force. For the office."""
    return _approval(request, find(request, code))


@router.post("/{slug:code}/scheme/approval", response={200: SchemeApprovalOut, **WRITTEN})
def decide(request: HttpRequest, code: Code, said: DecideIn) -> dict[str, Any]:
    """Approve the version under way at the next step, or return it to be drafted again."""
    found = find(request, code)
    if not is_insider(request.held, found, request.today):
        raise Http404
    answered(lambda: approve(
        assessment=found.pk, seen_hash=said.seen_hash, decision=said.decision, reason=said.reason,
        **who_and_when(request)))  # fmt: skip
    return _approval(request, found)


@router.post("/{slug:code}/scheme/amendment", response={200: SchemeVersionOut, **WRITTEN})
def amend(request: HttpRequest, code: Code, said: AmendIn) -> dict[str, Any]:
    """Begin an amendment of the scheme in force: a draft that says the same, and why it is to change."""
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    told = read(ProposeForm(said.dict()))
    return _out(answered(lambda: propose(assessment=found.pk, **told, **who_and_when(request))))


@router.post("/{slug:code}/scheme/amendment/{move}", response={200: SchemeVersionOut, **WRITTEN})
def move(request: HttpRequest, code: Code, move: AmendmentMove, said: SeenIn) -> dict[str, Any]:
    """Put an amendment up for approval, take it back, drop it, or issue it."""
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    return _out(answered(lambda: move_amendment(
        assessment=found.pk, move=MOVES[move], seen=said.seen, **who_and_when(request))))  # fmt: skip


# --- as it is told ----------------------------------------------------------------------------


def _find(request: HttpRequest, code: str, number: int) -> SchemeVersion:
    """
    Raises:
        Http404: there is none of the number for this person.
    """
    return one_of(find_version(request, find(request, code), number))


def _out(one: SchemeVersion) -> dict[str, Any]:
    return {
        "number": one.number, "state": one.state, "content_hash": one.content_hash,
        "rounds": one.rounds, "held_round": one.held_round, "unheard_why": one.unheard_why,
        "unheard_by": name(one.unheard_by), "unheard_at": one.unheard_at,
        "based_on": one.based_on.number if one.based_on else None,
        "why": one.why, "made_by": name(one.made_by), "made_at": one.made_at,
        "issued_by": name(one.issued_by), "issued_at": one.issued_at, "version": one.version,
    }  # fmt: skip


def version_out(one: SchemeVersion) -> dict[str, Any]:
    return {**_out(one), "document": one.document}


def _changed(one: ItemChange) -> dict[str, Any]:
    return {
        "kind": one.kind, "code": one.code, "title": text(one.title),
        "changes": [
            {"what": text(each.what), "before": text(each.before), "after": text(each.after)}
            for each in one.changes
        ],
    }  # fmt: skip


def _approval(request: HttpRequest, found: Assessment) -> dict[str, Any]:
    if not is_insider(request.held, found, request.today):
        raise Http404
    version = one_of(under_way(found) or issued(found))
    standings = standings_of_scheme(version)
    return {
        "number": version.number, "state": version.state, "content_hash": version.content_hash,
        "is_approved": bool(standings) and next_step(standings) is None,
        "steps": steps_out(standings, version.pk),
    }  # fmt: skip

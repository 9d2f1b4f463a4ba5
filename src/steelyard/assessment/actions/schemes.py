"""Draft the scheme, send it out, settle it, issue it; amend an issued one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from steelyard.assessment.actions.approvals import decide
from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.models import Approval, ApprovalStep, Assessment, SchemeVersion
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.approvals import standings_of_scheme
from steelyard.assessment.queries.assessments import under_way
from steelyard.assessment.rules.approvals import Decision, next_step
from steelyard.assessment.rules.states import SCHEME, SchemeMove, SchemeState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.hashes import canonical, tagged
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.scheme.read import as_plain
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed

Document = Mapping[str, Any]


def draft(
    *, assessment: int, document: Document, by: int, now: datetime, source_name: str = "",
    unread: Sequence[str] = (), seen: int | None = None,
) -> SchemeVersion:  # fmt: skip
    """Put a document in place of the draft under way, or begin one.

    Raises:
        Refused: who asks may not, or the version under way is a draft no longer.
        ChangedMeanwhile: somebody saved the draft since it was seen.
    """
    today = timezone.localdate(now)
    with acting("draft_scheme", by=by):
        found = held_still(assessment)
        held = load_held(by, today)
        refuse_if_any(may_not(held, Action.RUN_ASSESSMENT, found.office_id, today))
        version = under_way(found) or _new(found, by, now)
        refuse_if_any(SCHEME.against(SchemeState(version.state), SchemeMove.EDIT))
        plain = as_plain(document)
        refuse_if_changed(version, seen, document=plain)
        version.document, version.content_hash = plain, tagged(canonical(plain))
        version.unread, version.source_name = list(unread), source_name or version.source_name
        is_new = version.pk is None
        version.save()
        version.version += 0 if is_new else 1
        return version


def _new(assessment: Assessment, by: int, now: datetime) -> SchemeVersion:
    last = assessment.schemes.values_list("number", flat=True).first() or 0
    return SchemeVersion(assessment=assessment, number=last + 1, made_by_id=by, made_at=now)


# --- what the stages bring with them: called inside their transaction -------------------------


def send_out(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    _move(found, SchemeMove.SEND_OUT)


def draft_again(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    _move(found, SchemeMove.DRAFT_AGAIN)


def settle(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    _move(found, SchemeMove.CHECK)


def issue(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    version = under_way(found)
    version.issued_by_id, version.issued_at = by, now
    _moved(version, SchemeMove.ISSUE)


def _move(found: Assessment, move: SchemeMove) -> None:
    _moved(under_way(found), move)


def _moved(version: SchemeVersion, move: SchemeMove) -> None:
    leads_to = SCHEME.after(SchemeState(version.state), move)
    refuse_if_any(SCHEME.against(SchemeState(version.state), move))
    version.state = leads_to
    version.save()


def approve(
    *, assessment: int, seen_hash: str, by: int, now: datetime,
    decision: Decision = Decision.APPROVED, reason: str = "",
) -> Approval:  # fmt: skip
    """Take the next step of the approval of the version under way, or return it to be drafted again.

    Raises:
        Refused: the step is not for ``by``, or with everything that stands against it.
    """
    with acting("approve_scheme", by=by):
        found = held_still(assessment)
        version = under_way(found)
        refuse_if_any(_not_up_for_approval(version))
        standings = standings_of_scheme(version)
        step = next_step(standings) or standings[-1].step
        return decide(
            step=ApprovalStep.objects.select_related("assessment").get(pk=step.number),
            subject_id=version.pk, unit=found.office_id, found=standings,
            content_hash=version.content_hash, seen_hash=seen_hash, decision=decision,
            reason=reason, by=by, now=now,
        )  # fmt: skip


def _not_up_for_approval(version: SchemeVersion | None) -> tuple[Refusal, ...]:
    if version is not None and version.state == SchemeState.CHECKED:
        return ()
    said = Text("没有待审签的细则", "no scheme is up for approval")
    return (Refusal("nothing_to_approve", said),)

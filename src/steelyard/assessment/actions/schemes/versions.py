"""Draft the scheme, send it out, settle it, approve it, issue it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from steelyard.assessment.actions.approvals import decide
from steelyard.assessment.actions.assessments import held_for_the_office, held_still
from steelyard.assessment.actions.schemes.comments import ask_for_comments, end_the_round
from steelyard.assessment.models import Approval, ApprovalStep, Assessment, SchemeVersion
from steelyard.assessment.queries.approvals import given_just_now, standings_of_scheme
from steelyard.assessment.queries.assessments import issued, under_way
from steelyard.assessment.rules.approvals import Decision, Subject, next_step
from steelyard.assessment.rules.drafting import Change
from steelyard.assessment.rules.schemes.imported import still_to_confirm
from steelyard.assessment.rules.states import SCHEME, SchemeMove, SchemeState, Stage
from steelyard.assessment.telling.schemes import (
    tell_all,
    tell_of_vacant_steps,
    tell_the_next,
    tell_the_office,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.hashes import canonical, tagged
from steelyard.kernel.refusals import Refusal, Refused, refuse_if_any
from steelyard.notices.rules.texts import Kind
from steelyard.scheme.read import as_plain
from steelyard.trail.acting import A_CLICK, acting
from steelyard.trail.versions import refuse_if_changed

Document = Mapping[str, Any]


def draft(
    *, assessment: int, document: Document, by: int, now: datetime, source_name: str = "",
    unread: Sequence[Mapping[str, str]] = (), readings: Sequence[Mapping[str, str]] = (),
    seen: int | None = None,
) -> SchemeVersion:  # fmt: skip
    """Put a document in place of the draft under way, or begin one. It may have faults. Begun with the
    same again at once by the same person, it is the first.

    ``unread``, ``readings``: see :mod:`steelyard.assessment.rules.schemes.imported`.

    Raises:
        Refused: who asks may not, or the version under way is a draft no longer.
        ChangedMeanwhile: somebody saved the draft since it was seen.
    """
    with acting("draft_scheme", by=by):
        found = held_for_the_office(assessment, by, now)
        version = under_way(found)
        if version is None:
            refuse_if_any(_begun_too_late(found))
            version = _new(found, by, now)
        refuse_if_any(SCHEME.against(SchemeState(version.state), SchemeMove.EDIT))
        plain = as_plain(document)
        if _is_just_that(version, plain, by, now):
            return version
        refuse_if_changed(version, seen, document=plain)
        version.unread, version.readings = list(unread), list(readings)
        version.source_name = source_name or version.source_name
        return as_kept(version, plain)


def _is_just_that(version: SchemeVersion, plain: Document, by: int, now: datetime) -> bool:
    is_ours = version.pk is not None and version.made_by_id == by
    return is_ours and version.made_at > now - A_CLICK and version.document == plain


def edit(
    *, assessment: int, change: Change, by: int, now: datetime, seen: int, mends: str = "",
    readings: Sequence[Mapping[str, str]] = (),
) -> SchemeVersion:  # fmt: skip
    """Change one thing of the draft. ``mends``: the item whose cells are read now; ``readings``: what was
    read into the words of its new rule. Where it says just that already, nothing is written: the same, sent
    again.

    Raises:
        Refused: who asks may not, or there is no draft to change.
        ChangedMeanwhile: somebody saved the draft since it was seen.
    """
    with acting("edit_scheme", by=by):
        version = _draft_of(held_for_the_office(assessment, by, now))
        plain = as_plain(change(version.document))
        cells_to_read = bool(mends) and any(one.get("item") == mends for one in version.unread)
        if plain == version.document and not cells_to_read:
            return version
        refuse_if_changed(version, seen, document=plain)
        if mends:
            version.unread = [one for one in version.unread if one.get("item") != mends]
        version.readings = still_to_confirm(version.readings, readings, version.document, plain)
        return as_kept(version, plain)


def tick_off(
    *, assessment: int, cells: Sequence[int] = (), readings: Sequence[int] = (), by: int, now: datetime,
    seen: int,
) -> SchemeVersion:  # fmt: skip
    """Cells of the imported table, by their place in the list, that a person has dealt with; ``readings``
    of its words that a person has confirmed, or mended since. Each leaves a trace of its own.

    Raises:
        Refused: who asks may not, or there is no draft to change.
        ChangedMeanwhile: somebody saved the draft since it was seen.
    """
    with acting("edit_scheme", by=by):
        version = _draft_of(held_for_the_office(assessment, by, now))
        refuse_if_changed(version, seen)
        for column, places in (("unread", cells), ("readings", readings)):
            for at in sorted(set(places), reverse=True):
                kept = getattr(version, column)
                setattr(version, column, [*kept[:at], *kept[at + 1 :]])
                version.save(update_fields=[column])
                version.version += 1
        return version


def _draft_of(found: Assessment) -> SchemeVersion:
    version = under_way(found)
    if version is None:
        said = Text("没有正在拟订的细则", "no scheme is being drafted")
        refuse_if_any([Refusal("no_draft", said)])
        raise AssertionError
    refuse_if_any(SCHEME.against(SchemeState(version.state), SchemeMove.EDIT))
    return version


def as_kept(version: SchemeVersion, plain: Any) -> SchemeVersion:
    """A draft with this document. Part of the actions that write one."""
    content = _written(plain)
    version.document, version.content_hash = plain, tagged(content)
    is_new = version.pk is None
    version.save()
    version.version += 0 if is_new else 1
    return version


LARGEST = 4_000_000
"""Bytes of a scheme. Longer ones no page shows."""


def _written(plain: Any) -> bytes:
    try:
        content = canonical(plain)
    except (TypeError, ValueError) as error:
        said = Text("内容中有不能保存的值", "it holds a value that cannot be kept")
        raise Refused([Refusal("not_kept", said)]) from error
    if b"\\u0000" in content or len(content) > LARGEST:
        said = Text(
            "内容过大，或者含有不能保存的字符",
            "it is too large, or has a character that cannot be kept",
        )
        raise Refused([Refusal("not_kept", said)])
    return content


def _new(assessment: Assessment, by: int, now: datetime) -> SchemeVersion:
    last = assessment.schemes.values_list("number", flat=True).first() or 0
    return SchemeVersion(assessment=assessment, number=last + 1, made_by_id=by, made_at=now)


def _begun_too_late(found: Assessment) -> tuple[Refusal, ...]:
    if found.stage == Stage.DRAFTING:
        return ()
    said = Text(
        "细则已经印发；要改请提出修订", "the scheme is issued; propose an amendment to change it"
    )
    return (Refusal("issued_already", said),)


# --- what the stages bring with them: called inside their transaction -------------------------


def send_out(found: Assessment, terms: Any, by: int, now: datetime) -> None:
    version = under_way(found)
    version.rounds, version.sent = version.rounds + 1, version.document
    move_version(version, SchemeMove.SEND_OUT)
    if terms.days_to_comment:
        ask_for_comments(
            found=found, version=version, working_days=terms.days_to_comment, by=by, now=now
        )


def draft_again(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    version = under_way(found)
    end_the_round(version=version, by=by, now=now)
    _taken_back(version)


def _taken_back(version: SchemeVersion) -> None:
    """A draft once more. That it was to be settled unheard was decided of what it was: it is decided anew."""
    version.unheard_why, version.unheard_by_id, version.unheard_at = "", None, None
    move_version(version, SchemeMove.DRAFT_AGAIN)


def settle(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    _settled(under_way(found), by, now)


def _settled(version: SchemeVersion, by: int, now: datetime) -> None:
    end_the_round(version=version, by=by, now=now)
    move_version(version, SchemeMove.CHECK)
    tell_the_next(version, next_step(standings_of_scheme(version)), by=by, now=now)
    tell_of_vacant_steps(version, now=now)


def settle_unheard(found: Assessment, terms: Any, by: int, now: datetime) -> None:
    """Without a round of comments, for a reason: whoever approves the scheme sees it, and who decided so."""
    version = under_way(found)
    version.unheard_why, version.unheard_by_id, version.unheard_at = terms.reason.strip(), by, now
    _settled(version, by, now)


def issue(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    version = under_way(found)
    version.issued_by_id, version.issued_at = by, now
    move_version(version, SchemeMove.ISSUE)
    tell_all(Kind.SCHEME_ISSUED, version, now=now)


def drop(found: Assessment, terms: Any, by: int, now: datetime) -> None:  # noqa: ARG001
    """The assessment is withdrawn: nobody drafts it any more. A scheme that was issued stays as it was,
    and those who were to work by it are told."""
    version = under_way(found)
    if version is not None:
        move_version(version, SchemeMove.DROP)
    in_force = issued(found)
    if in_force is not None:
        tell_all(Kind.ASSESSMENT_WITHDRAWN, in_force, reason=terms.reason.strip(), now=now)


def move_version(version: SchemeVersion, move: SchemeMove) -> None:
    """Part of the actions that lead a version on.

    Raises:
        Refused: the move does not exist from where it stands.
    """
    leads_to = SCHEME.after(SchemeState(version.state), move)
    refuse_if_any(SCHEME.against(SchemeState(version.state), move))
    version.state = leads_to
    version.save()


# --- its approval ------------------------------------------------------------------------------


def approve(
    *, assessment: int, seen_hash: str, by: int, now: datetime,
    decision: Decision = Decision.APPROVED, reason: str = "",
) -> Approval:  # fmt: skip
    """Take the next step of the approval of the version under way, or return it to be drafted again.
    Said again at once, it is the first.

    Raises:
        Refused: the step is not for ``by``, or with everything that stands against it.
    """
    with acting("approve_scheme", by=by):
        found = held_still(assessment)
        version = under_way(found)
        there = version and given_just_now(Subject.SCHEME, version.pk, by, seen_hash, decision, now)
        if there:
            return there
        refuse_if_any(_not_up_for_approval(version))
        standings = standings_of_scheme(version)
        refuse_if_any(_nobody_approves(standings))
        step = next_step(standings) or standings[-1].step
        given = decide(
            step=ApprovalStep.objects.select_related("assessment").get(pk=step.number),
            subject_id=version.pk, unit=found.office_id, found=standings,
            content_hash=version.content_hash, seen_hash=seen_hash, decision=decision,
            reason=reason, by=by, now=now,
        )  # fmt: skip
        if decision is Decision.RETURNED:
            _returned(found, version)
            tell_the_office(Kind.SCHEME_RETURNED, version, by=by, reason=given.reason, now=now)
        else:
            tell_the_next(version, next_step(standings_of_scheme(version)), by=by, now=now)
        return given


def _returned(found: Assessment, version: SchemeVersion) -> None:
    """It is a draft again; while the scheme is not issued yet, so is the assessment's stage."""
    _taken_back(version)
    if found.stage == Stage.CHECKED:
        found.stage = Stage.DRAFTING
        found.save()


def _not_up_for_approval(version: SchemeVersion | None) -> tuple[Refusal, ...]:
    if version is not None and version.state == SchemeState.CHECKED:
        return ()
    said = Text("没有待审签的细则", "no scheme is up for approval")
    return (Refusal("nothing_to_approve", said),)


def _nobody_approves(standings: Sequence[object]) -> tuple[Refusal, ...]:
    if standings:
        return ()
    return (Refusal("no_steps", Text("没有设置审签步骤", "no steps of approval are set")),)

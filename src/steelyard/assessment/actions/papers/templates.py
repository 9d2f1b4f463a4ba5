"""Put another template of a paper to use, or go back to the one that comes with Steelyard."""

from __future__ import annotations

import hashlib
import io
from datetime import date, datetime

from django.utils import timezone

from steelyard.assessment.models import PaperTemplate
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.papers.templates import faults_of, newest
from steelyard.assessment.rules.papers.kinds import Design
from steelyard.assessment.rules.papers.versions import (
    against_going_back,
    against_note,
    against_version,
)
from steelyard.files.actions import attach_file, send_file
from steelyard.files.rules.marks import Mark
from steelyard.kernel.faults import Faulty
from steelyard.kernel.names import against_names
from steelyard.kernel.refusals import refuse_if_any
from steelyard.people.models import Organisation
from steelyard.people.queries import load_held
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting

PURPOSE = "template"


def use_template(
    *, office: int, design: Design, name: str, content: bytes, note: str = "", seen: int, by: int,
    now: datetime,
) -> PaperTemplate:  # fmt: skip
    """Use a file as the template of a paper from now on. Sent again by the same person, it is the first.

    Raises:
        Faulty: with every fault of the file at its place; nothing was taken.
        Refused: who asks may not, or somebody put another one there since.
    """
    with acting("use_paper_template", by=by):
        held, there = _held_still(office, design, by, now)
        if there is not None and _is_the_same(there, content, by):
            return there
        number = there.number if there else 0
        refuse_if_any(against_version(seen=seen, newest=number))
        refuse_if_any((*against_note(note), *against_names(note=note)))
        faults = faults_of(design, content)
        if faults:
            raise Faulty(faults)
        file = send_file(
            by=by, organisation=_kept_for(held, office, timezone.localdate(now)), name=name,
            mark=Mark.CONFIDENTIAL, content=io.BytesIO(content), now=now,
        )  # fmt: skip
        made = _next(office, design, number, by, now, file=file, note=note.strip())
        attach_file(by=by, file=file, to=made, purpose=PURPOSE, now=now)
        return made


def use_default(*, office: int, design: Design, seen: int, by: int, now: datetime) -> PaperTemplate:
    """Go back to the template that comes with Steelyard; the earlier ones stay.

    Raises:
        Refused: who asks may not, it is in use already, or somebody put another one there since.
    """
    with acting("use_default_template", by=by):
        _held, there = _held_still(office, design, by, now)
        number = there.number if there else 0
        refuse_if_any(against_version(seen=seen, newest=number))
        refuse_if_any(against_going_back(is_default=there is None or there.is_default))
        return _next(office, design, number, by, now)


def _held_still(
    office: int, design: Design, by: int, now: datetime
) -> tuple[tuple[Held, ...], PaperTemplate | None]:
    """The newest version, nobody else putting one there until the transaction ends."""
    Organisation.objects.select_for_update().get(pk=office)
    today = timezone.localdate(now)
    held = load_held(by, today) or ()
    refuse_if_any(may_not(held, Action.RUN_ASSESSMENT, office, today))
    return held, newest(office, design)


def _is_the_same(there: PaperTemplate, content: bytes, by: int) -> bool:
    if there.file is None or there.made_by_id != by:
        return False
    return there.file.content.sha256 == f"sha256:{hashlib.sha256(content).hexdigest()}"


def _kept_for(held: tuple[Held, ...], office: int, on: date) -> int:
    """Whose file it is: the office's, or, of somebody who runs it from above, their own organisation's."""
    own = {one.organisation for one in held if one.is_held_on(on)}
    if office in own:
        return office
    runs = reach(held, Action.RUN_ASSESSMENT, on)
    return min(own & runs)


def _next(
    office: int, design: Design, number: int, by: int, now: datetime, **told: object
) -> PaperTemplate:
    return PaperTemplate.objects.create(
        office_id=office, kind=design.kind, lang=design.lang, format=design.format,
        number=number + 1, made_by_id=by, made_at=now, **told,
    )  # fmt: skip

"""Which template of a paper is in use, what was before it, and what is wrong with another one?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from steelyard.assessment.models import PaperTemplate
from steelyard.assessment.queries.papers.letterheads import named
from steelyard.assessment.rules.papers.defaults import default_template
from steelyard.assessment.rules.papers.fields import FIELDS
from steelyard.assessment.rules.papers.kinds import Design, Format
from steelyard.files.actions import the_store
from steelyard.kernel.faults import Fault
from steelyard.papers.templates import Field, fill_sheet, fill_word, sheet_faults, word_faults
from steelyard.papers.templates.fields import sample
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action


def versions_of(office: int, design: Design) -> QuerySet[PaperTemplate]:
    """Every version, the one in use first."""
    found = PaperTemplate.objects.filter(
        office=office, kind=design.kind, lang=design.lang, format=design.format
    )
    return found.select_related("file__content", "made_by").order_by("-number")


def newest(office: int, design: Design) -> PaperTemplate | None:
    return versions_of(office, design).first()


def in_use(office: int) -> dict[tuple[str, str, str], PaperTemplate]:
    """Kind, language, format → its newest version, of those that the office ever changed. One query."""
    found = PaperTemplate.objects.filter(office=office).select_related("file__content", "made_by")
    return {one.key: one for one in found.order_by("number")}


def default_of(office: Organisation, design: Design) -> bytes:
    """The template that comes with Steelyard, its red mark as large as the office's name allows."""
    return default_template(design, named(office).name.say(design.lang))


def content_of(found: PaperTemplate | None, office: Organisation, design: Design) -> bytes:
    """The bytes of a version; of none, or of one without a file, those that come with Steelyard."""
    own = own_content(found)
    return default_of(office, design) if own is None else own


def own_content(found: PaperTemplate | None) -> bytes | None:
    """The bytes of a version that the office made; None where the one that comes with Steelyard is in use.

    Raises:
        Missing, Changed: the store has not got them as they were sent.
    """
    if found is None or found.file is None:
        return None
    return the_store().read(found.file.content.sha256)


def faults_of(design: Design, content: bytes) -> tuple[Fault, ...]:
    """Everything that keeps a file from being the template of a paper, each at its place."""
    check = word_faults if design.format is Format.WORD else sheet_faults
    return check(content, FIELDS[design.kind])


def lists_left_out(design: Design, content: bytes) -> tuple[Field, ...]:
    """Lists for which a sound template has no row, though the one that comes with Steelyard has: the paper
    then says nothing of them."""
    ours = default_template(design)
    return tuple(
        one
        for one in FIELDS[design.kind]
        if one.is_list and _prints(design, ours, one) and not _prints(design, content, one)
    )


def _prints(design: Design, content: bytes, of: Field) -> bool:
    """Whether one row more of a list makes another paper."""
    fields = FIELDS[design.kind]
    fill = fill_word if design.format is Format.WORD else fill_sheet
    one, two = (
        fill(content, fields, {**sample(fields, 1), of.name: [sample(of.of, 1)] * rows})
        for rows in (1, 2)
    )
    return one != two


def sees_templates(_: int, held: tuple[Held, ...], on: date, rows: Iterable[int]) -> frozenset[int]:
    """Which of these versions a person may fetch, asked by the area of files: who runs the office's assessments."""
    offices = reach(held, Action.RUN_ASSESSMENT, on)
    found = PaperTemplate.objects.filter(pk__in=rows, office__in=offices)
    return frozenset(found.values_list("pk", flat=True))

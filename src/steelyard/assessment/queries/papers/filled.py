"""The paper as a file: its values, put into the template in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from steelyard.assessment.queries.papers.items import item_units, unit_items
from steelyard.assessment.queries.papers.letters import differences, forgery, supplied
from steelyard.assessment.queries.papers.notice import notice
from steelyard.assessment.queries.papers.saying import Paper
from steelyard.assessment.queries.papers.templates import newest, own_content
from steelyard.assessment.queries.papers.visits import visit
from steelyard.assessment.rules.papers.defaults import default_template
from steelyard.assessment.rules.papers.fields import FIELDS
from steelyard.assessment.rules.papers.kinds import Design, Format, PaperKind
from steelyard.papers.templates import fill_sheet, fill_word
from steelyard.papers.templates.fields import Values

SAYS: Mapping[PaperKind, Callable[[Paper], Values]] = {
    PaperKind.NOTICE: notice,
    PaperKind.UNIT_ITEMS: unit_items,
    PaperKind.ITEM_UNITS: item_units,
    PaperKind.DIFFERENCES: differences,
    PaperKind.SUPPLIED: supplied,
    PaperKind.VISIT: visit,
    PaperKind.FORGERY: forgery,
}


def paper_file(paper: Paper, design: Design) -> bytes:
    """A paper of an assessment, from the template in use."""
    values = SAYS[design.kind](paper)
    own = own_content(newest(paper.found.office_id, design))
    template = default_template(design, str(values["office"])) if own is None else own
    return filled(template, design, values)


def filled(template: bytes, design: Design, values: Values) -> bytes:
    fill = fill_word if design.format is Format.WORD else fill_sheet
    return fill(template, FIELDS[design.kind], values)

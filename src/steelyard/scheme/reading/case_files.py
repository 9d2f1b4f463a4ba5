"""Read the ``case_files`` of an input: a word, or a table that names types of file too."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.kernel.bilingual import Text
from steelyard.scheme.case_files import CASE_FIGURES, TITLES, TYPE_OF, CaseFiles
from steelyard.scheme.reading.fields import Fields


def read_case_files(fields: Fields, *, type_: str, comes_from_reviews: bool) -> CaseFiles | None:
    """``comes_from_reviews``: it is judged, or computed from records; a body that supplies it on a sheet
    would give another figure beside that of the files."""
    value = fields.raw("case_files")
    if value is None:
        return None
    table = value if isinstance(value, Mapping) else {"give": value}
    own = Fields(table, fields.path("case_files"), fields.faults)
    own.require("give")
    before = len(fields.faults)
    found = CaseFiles(own.choice("give", CASE_FIGURES, "mean_points"), own.texts("types"))
    own.done()
    if len(fields.faults) == before and own.has("give"):
        _fits(found, fields, type_=type_, comes_from_reviews=comes_from_reviews)
    return found


def _fits(found: CaseFiles, fields: Fields, *, type_: str, comes_from_reviews: bool) -> None:
    title, wanted = TITLES[found.give], TYPE_OF[found.give]
    if type_ != wanted:
        fields.wrong(
            "case_files", "wrong-type",
            Text(f"{title.zh}是{wanted}，这一数据项的类型是{type_}",
                 f"the {title.en} is a {wanted}, but the type of this input is {type_}"),
            Text(f'请写type = "{wanted}"', f'write type = "{wanted}"'),
        )  # fmt: skip
    if not comes_from_reviews:
        fields.wrong(
            "case_files", "two-ways",
            Text(f"{title.zh}由案卷评查得出，不由数据来源单位报送",
                 f"the {title.en} comes from the review of the files, and on no sheet"),
            Text("请写judged = true，并删去supplying_body；或者删去case_files",
                 "write judged = true and remove supplying_body; or remove case_files"),
        )  # fmt: skip

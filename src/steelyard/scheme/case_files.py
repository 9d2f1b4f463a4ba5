"""Which figure do reviewed case files 案卷评查 give an input? As values; read by :mod:`.reading.case_files`.

Also the words of a scoring table that mean such a figure. They are read once, where a table or a rule in
words becomes a scheme; from then on the scheme's own field says it, and nothing else does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from steelyard.kernel.bilingual import Text

CaseFigure = Literal["mean_points", "defect_rate"]
CASE_FIGURES: tuple[CaseFigure, ...] = get_args(CaseFigure)
TITLES: Mapping[CaseFigure, Text] = {
    "mean_points": Text("案卷平均分", "mean points of the case files"),
    "defect_rate": Text("案卷缺陷率", "defect rate of the case files"),
}
TYPE_OF: Mapping[CaseFigure, str] = {"mean_points": "number", "defect_rate": "share"}
"""What type of input holds each."""

_FILES = re.compile(r"案卷|卷宗|case[ -]?files?\b|file reviews?\b|files? reviewed", re.IGNORECASE)
_WORDS: Mapping[CaseFigure, re.Pattern[str]] = {
    "mean_points": re.compile(r"平均得?分|mean (?:points|score)|average (?:points|score)", re.IGNORECASE),
    "defect_rate": re.compile(
        r"缺陷率|缺陷案卷(?:率|比例|占比)|defect rate|(?:rate|share) of defect", re.IGNORECASE
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """The figure, and the types of case file that it is of; without any, of all that are drawn for it."""

    give: CaseFigure
    types: tuple[str, ...] = ()

    def takes(self, file_type: str) -> bool:
        return not self.types or file_type in self.types

    def overlaps(self, other: CaseFiles) -> bool:
        """Whether one drawn file may belong to both, in the same figure."""
        share = not self.types or not other.types or bool(set(self.types) & set(other.types))
        return self.give == other.give and share

    def keeps(self, other: CaseFiles) -> bool:
        """Whether files that were drawn for the other feed this one in the same way."""
        types = not self.types or (bool(other.types) and set(other.types) <= set(self.types))
        return self.give == other.give and types

    @property
    def said(self) -> Text:
        title = TITLES[self.give]
        if not self.types:
            return title
        return Text(
            f"{title.zh}（{'、'.join(self.types)}）", f"{title.en} ({', '.join(self.types)})"
        )


def case_files_in(told: object) -> CaseFiles | None:
    """What a document says, where it is sound; faults of it are told where a scheme is read.

    >>> case_files_in({"give": "mean_points", "types": ["trademark"]})
    CaseFiles(give='mean_points', types=('trademark',))
    >>> case_files_in("median")
    """
    table = told if isinstance(told, Mapping) else {"give": told}
    types = table.get("types", ())
    listed = [types] if isinstance(types, str) else types
    give = next((one for one in CASE_FIGURES if one == table.get("give")), None)
    if give is None or not isinstance(listed, list | tuple):
        return None
    return CaseFiles(give, tuple(map(str, listed)))


def speaks_of_files(words: str) -> bool:
    """
    >>> speaks_of_files("案卷质量"), speaks_of_files("Organised leadership")
    (True, False)
    """
    return bool(_FILES.search(words))


def figure_in(words: str, type_: str) -> CaseFigure | None:
    """The figure of case files that words name, if an input of this type can hold it.

    A share of files *in order* 合格率 is none: reviews give the share of those that are not.

    >>> figure_in("案卷评查平均分", "number"), figure_in("案卷缺陷率", "share")
    ('mean_points', 'defect_rate')
    >>> figure_in("案卷合格率", "share"), figure_in("问卷平均分", "number")
    (None, None)
    """
    if not speaks_of_files(words):
        return None
    named = (one for one in CASE_FIGURES if _WORDS[one].search(words) and TYPE_OF[one] == type_)
    return next(named, None)

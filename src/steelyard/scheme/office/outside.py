"""The text around the table: paragraphs of a Word document, the rows above the headings of a sheet.

What stands there as it could stand in a row of the table (vetoes, grades, quotas) is read alike; what else
speaks of points, grades, vetoes or limits is kept as a note, and named. Before the table the rest (to whom it
goes, what it is for) is no part of a scheme; after it all is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from steelyard.scheme.office import asides
from steelyard.scheme.office.lines import Line, LineKind, Table, is_title_of_vetoes, says_a_veto
from steelyard.scheme.office.sheets import OUTSIDE, Sheet
from steelyard.scheme.office.vetoes import MARK, is_head, starts_with_a_veto
from steelyard.scheme.wording.plain_text import plain_chinese

_SPEAKS = re.compile(
    r"\d分(?!之)|[得扣加减计赋评打]分|满分|总分|等次|等级|档次|优秀|良好|不合格|否决|不超过|不高于|不低于|不少于"
    "|上限|下限|封顶|最[高多低少]|名额|不得|不予|不能|取消|权重"
)
_BETWEEN_SENTENCES = re.compile(rf"(?<=。)(?![”）)])\s*(?!{MARK})|\n+")
_A_CASE = re.compile(rf"^\s*{MARK}|的[，,；;。]?$|的，")
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Outside:
    """The lines around the table, each read as what it is."""

    before: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()

    @property
    def vetoes(self) -> tuple[tuple[Line, ...], ...]:
        """Those before and those after the table: what a head says holds as far as its part goes."""
        return tuple(
            tuple(one for one in lines if one.kind in ("veto", "section"))
            for lines in (self.before, self.after)
        )

    @property
    def notes(self) -> tuple[Line, ...]:
        """Notes, and what says who gets which grade."""
        return tuple(one for one in (*self.before, *self.after) if one.kind in ("note", "grades"))

    @property
    def paper(self) -> tuple[Line, ...]:
        return tuple(one for one in (*self.before, *self.after) if one.kind == "paper")


def outside_of(table: Table, sheets: Sequence[Sheet]) -> Outside:
    """The text of the whole file that stands in no table, but for the title."""
    parts = [place for place, one in enumerate(sheets) if one in table.parts]
    is_a_document = any(sheet.before or sheet.after for sheet in sheets)
    if is_a_document:
        before = [text for sheet in sheets[: parts[0] + 1] for text in sheet.before]
        before += _rows_above(table)
        after = [text for sheet in sheets[parts[0] :] for text in sheet.after]
    else:
        before, after = _rows_above(table), list(table.below)
    titles = {asides.plain(one) for one in table.above if _is_title(one)}
    told = [
        line
        for line in _lines(table.sheet, before)
        if line.kind in ("veto", "section", "grades")
        or (_speaks(line.text) and asides.plain(line.text) not in titles)
    ]
    rest = [text for text in after if asides.plain(text) not in titles]
    return Outside(tuple(told), tuple(_lines(table.sheet, rest)))


def _speaks(text: str) -> bool:
    """Whether it says something of points, grades, vetoes or limits; a heading alone says nothing.

    >>> _speaks("三、等次评定"), _speaks("三、加分不超过5分"), _speaks("各市人民政府：")
    (False, True, False)
    """
    is_heading = asides.is_part(text) and not re.search("[\\d：:，,。；;]", text)
    return bool(_SPEAKS.search(plain_chinese(text))) and not is_heading


def _rows_above(table: Table) -> list[str]:
    return list(table.above[len(table.parts[0].before) :])


def _is_title(text: str) -> bool:
    """
    >>> _is_title("2025年度考核细则（满分100分）"), _is_title("总分100分，由各市自评，省局复核。")
    (True, False)
    """
    plain = asides.plain(text)
    return (
        len(plain) <= _LONGEST_TITLE
        and not re.search("[。；;，,]", text)
        and not asides.is_part(text)
    )


def _lines(sheet: Sheet, texts: Iterable[str]) -> Iterator[Line]:
    in_vetoes = False
    for text in texts:
        for sentence, kind in _joined(_sentences(text), in_vetoes=in_vetoes):
            in_vetoes = kind in ("veto", "section")
            if not asides.is_page_mark(sentence):
                section = "veto" if in_vetoes else "item"
                yield Line(kind, sheet, OUTSIDE, sentence, section)  # type: ignore[arg-type]


def _sentences(text: str) -> list[str]:
    """
    >>> _sentences("有下列情形之一的，一票否决：1.弄虚作假的。2.发生事故的。优秀不超过3个。")
    ['有下列情形之一的，一票否决：1.弄虚作假的。2.发生事故的。', '优秀不超过3个。']
    """
    return [one.strip() for one in _BETWEEN_SENTENCES.split(text) if one.strip()]


def _joined(sentences: Sequence[str], *, in_vetoes: bool) -> Iterator[tuple[str, LineKind]]:
    """The sentences of a paragraph with what each is; neighbours that are notes, or grades, together."""
    told: list[tuple[str, LineKind]] = []
    for one in sentences:
        kind = _kind(one, in_vetoes=in_vetoes)
        in_vetoes = kind in ("veto", "section")
        if told and told[-1][1] == kind and kind in ("note", "grades"):
            told[-1] = (told[-1][0] + one, kind)
        else:
            told.append((one, kind))
    yield from told


def _kind(text: str, *, in_vetoes: bool) -> LineKind:
    if asides.is_to_be_signed([text]):
        return "paper"
    if is_title_of_vetoes(text):
        return "section"
    if starts_with_a_veto(text):
        return "veto"
    if asides.speaks_of_grades(text):
        return "grades"
    if asides.is_note(text):
        return "note"
    if says_a_veto(text) or (is_head(text) and _SPEAKS.search(text)):
        return "veto"
    return "veto" if in_vetoes and _A_CASE.search(text) and not asides.is_part(text) else "note"


def says_of_a_scheme(text: str) -> bool:
    """Whether a row of another table says what a scheme says: a grade, a veto, points for something.

    >>> [says_of_a_scheme(one) for one in ("优秀：90分以上", "发生事故的，一票否决", "张三：13800000000")]
    [True, True, False]
    """
    is_points = re.search(r"[得扣加减计]\d+(?:\.\d+)?分(?!之)", plain_chinese(text))
    return asides.speaks_of_grades(text) or asides.speaks_of_a_veto(text) or bool(is_points)

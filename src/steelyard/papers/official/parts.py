"""The parts of a paper, from the top: head, title, addressee, body, signature, end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from steelyard.papers.official.footnotes import Footnotes
from steelyard.papers.official.layout import (
    AREA_WIDTH,
    FACES,
    ISSUER_TOP,
    LEFT,
    LETTER_RULE,
    PAGE_WIDTH,
    RED,
    RIGHT,
    SEAL_CHARACTERS,
    UNDER_RULE_PT,
    Type,
    type_of,
)
from steelyard.papers.official.numbering import numbered
from steelyard.papers.official.paper import Note, Paper, Paragraph
from steelyard.papers.official.tables import official_table, table_look
from steelyard.papers.official.width import is_template, text_width, widest
from steelyard.papers.official.words import WORDS
from steelyard.papers.official.xml import (
    aligned,
    element,
    indented,
    off_grid,
    paragraph,
    rule_below,
    run,
    run_properties,
    spacing,
    tab,
)
from steelyard.papers.periods import day_text

_BLOCK, _DAY = 20, 7.5
"""Characters: the block in which a template is signed, as wide as the names of most offices, and 2026年11月6日."""


class Parts:
    """Writes the parts of one paper as paragraphs of WordprocessingML."""

    def __init__(self, paper: Paper, footnotes: Footnotes) -> None:
        self.paper, self.footnotes = paper, footnotes
        self.type: Type = type_of(paper)
        self.faces = FACES[paper.lang]

    def all(self) -> Iterator[Any]:
        yield from self.letter_head() if self.paper.form == "letter" else self.head()
        yield from self.title()
        yield from self.body()
        yield from self.signature()
        yield from self.end()

    # --- head

    def head(self) -> Iterator[Any]:
        """Copy number, secrecy, urgency; the red mark; number and signer over the red rule."""
        head, corner = self.paper.head, list(self._corner())
        yield from corner
        if head.issuer:
            yield self._issuer(head.issuer, ISSUER_TOP - len(corner) * self.type.pitch)
        if head.number or head.signer:
            yield self._number()

    def _corner(self) -> Iterator[Any]:
        head = self.paper.head
        if head.copy_number:
            yield paragraph("", [run(head.copy_number)])
        for text in (head.secrecy, head.urgency):
            if text:
                yield paragraph("", [run(text, run_properties(self.faces["head"]))])

    def _issuer(self, name: str, before: int) -> Any:
        size = mark_size(self.paper.head.measured or name, _most(self.paper))
        looks = run_properties(self.faces["title"], size, colour=RED)
        return paragraph(
            "", [run(name, looks)], off_grid(), spacing(before=max(before, 0)), aligned("center")
        )

    def _number(self) -> Any:
        """Alone in the middle; with a signer at the left, the signer at the right, a character in."""
        head = self.paper.head
        rule = rule_below("single", 12, UNDER_RULE_PT, RED)
        room = spacing(before=2 * self.type.pitch, line=self.type.pitch)
        if not head.signer:
            return paragraph("", [run(head.number)], rule, room, aligned("center"))
        one = self.type.body * 10
        tabs = element("w:tabs", None, element("w:tab", {"val": "right", "pos": AREA_WIDTH - one}))
        signed = [
            run(WORDS["signer"].say(self.paper.lang)),
            run(head.signer, run_properties(self.faces["sub"])),
        ]
        runs = [run("\u3000" + head.number), tab(), *signed]
        return paragraph("", runs, rule, tabs, room, aligned("left"))

    def letter_head(self) -> Iterator[Any]:
        """Under the red double rule, which stands in the page's header: corner at left, number at right."""
        yield from self._corner()
        if self.paper.head.number:
            room = spacing(before=round(self.type.body * 10 * 7 / 8), line=self.type.pitch)
            yield paragraph("", [run(self.paper.head.number)], room, aligned("right"))

    def letter_mark(self) -> Any:
        """The organ's full name in red, the double rule 4 mm below it and 170 mm long."""
        name = organ_of(self.paper)
        looks = run_properties(self.faces["title"], letter_mark_size(self.paper), colour=RED)
        rule = rule_below("thickThinSmallGap", 24, UNDER_RULE_PT, RED)
        return paragraph(
            "Header", [run(name, looks)], rule, spacing(after=120), *_across(), aligned("center")
        )

    def letter_foot(self) -> Any:
        """The other double rule, 20 mm from the page's foot."""
        rule = rule_below("thinThickSmallGap", 24, 0, RED)
        return paragraph("Footer", [], rule, spacing(line=20), *_across())

    # --- main part

    def title(self) -> Iterator[Any]:
        """Two lines below the head, if there is one."""
        is_headed = any((self.paper.head.issuer, self.paper.head.number))
        before = 2 * self.type.pitch if is_headed and self.paper.form == "document" else 0
        before = self.type.pitch if self.paper.form == "letter" else before
        room = spacing(before=before, after=self.type.pitch, line=self.title_pitch)
        yield paragraph("Title", [run(self.paper.full_title)], room)
        if self.paper.addressee:
            colon = "：" if self.paper.lang == "zh" else ":"
            yield paragraph("", [run(self.paper.addressee + colon)])

    @property
    def title_pitch(self) -> int:
        """The grid's own where the type fits into it, so that a page still has its lines."""
        return max(self.type.pitch, round(self.type.title * 12))

    def body(self) -> Iterator[Any]:
        last = len(self.paper.paragraphs) - 1
        for place, (number, one) in enumerate(numbered(self.paper.paragraphs, self.paper.lang)):
            style = f"Heading{one.level}" if one.level else "Body"
            yield paragraph(style, list(self._runs(number, one)), *self._stays(one, place == last))
            if one.table is not None:
                yield official_table(one.table, AREA_WIDTH, table_look(self.type, self.faces))
                yield paragraph("", [], spacing(line=self.type.pitch // 2))
        yield from self._attachments()

    def _stays(self, one: Paragraph, is_last: bool) -> Iterator[Any]:
        """A text with its table, a little above it; the last text with the signature, which never
        stands alone on a page."""
        if one.table is not None:
            yield element("w:keepNext")
            yield spacing(after=self.type.pitch // 4, line=self.type.pitch)
        elif is_last and self.paper.signature:
            yield element("w:keepNext")

    def _runs(self, number: str, one: Paragraph) -> Iterator[Any]:
        if number:
            yield run(number)
        if one.lead:
            yield run(one.lead, run_properties(self.faces["head"]))
        for piece in one.pieces:
            if isinstance(piece, Note):
                yield from self.footnotes.mention(piece)
            else:
                yield run(piece)

    def _attachments(self) -> Iterator[Any]:
        """附件说明: a line below the text, numbered if there are several."""
        titles, lang = self.paper.attachments, self.paper.lang
        for place, title in enumerate(titles):
            lead = WORDS["attachment"].say(lang) if not place else ""
            number = f"{place + 1}. " if len(titles) > 1 else ""
            room = spacing(before=0 if place else self.type.pitch, line=self.type.pitch)
            more = text_width(WORDS["attachment"].say(lang)) if place else 0
            indent = self.type.indent + round(more * self.type.body * 10)
            keep = [element("w:keepNext")] if self.paper.signature else []
            said = [run(lead + number + title)]
            yield paragraph("", said, *keep, room, indented(left=indent))

    def signature(self) -> Iterator[Any]:
        """The organ centred over the date, the date four characters from the right, for the seal."""
        signed, on = self.paper.signature, self.paper.issued_on
        dated = day_text(on, self.paper.lang) if isinstance(on, date) else on or ""
        for place, text in enumerate(filter(None, (signed, dated))):
            before = 0 if place else self.type.pitch
            room = spacing(before=before, line=self.type.pitch)
            goes_on = (text == signed and dated) or self.paper.remark
            keep = [element("w:keepNext")] if goes_on else []
            yield paragraph("", [run(text)], *keep, room, *self._signed_at(text, dated or text))
        if self.paper.remark:
            marks = "（）" if self.paper.lang == "zh" else "()"
            remark = marks[0] + self.paper.remark + marks[1]
            yield paragraph("Body", [run(remark)])

    def _signed_at(self, text: str, dated: str) -> tuple[Any, Any]:
        if is_template(self.paper.signature + dated):
            return self._amid_block()
        return indented(right=self._from_right(text, dated)), aligned("right")

    def _amid_block(self) -> tuple[Any, Any]:
        """In a template: centred in a block at the right, in which a day of usual length has its place."""
        one = self.type.body * 10
        right = round((SEAL_CHARACTERS - (_BLOCK - _DAY) / 2) * one)
        left = AREA_WIDTH - right - _BLOCK * one
        return indented(left=left, right=right), aligned("center")

    def _from_right(self, text: str, dated: str) -> int:
        characters = SEAL_CHARACTERS + (text_width(dated) - text_width(text)) / 2
        return round(max(characters, 0) * self.type.body * 10)

    # --- end

    def end(self) -> Iterator[Any]:
        """At the foot of the last page, between rules; a letter has its copies alone, without rules.

        The standard wants the foot of an *even* page; how many pages there will be only Word knows. A
        floating table and no frame: LibreOffice draws no rule between the lines of a frame. Its left is
        counted from the page: LibreOffice lets no table float that is as wide as the text it is counted from.
        """
        rows = list(self._end_rows())
        if rows:
            yield self._end_table(rows)
            yield paragraph("", [], spacing(line=20))

    def _end_rows(self) -> Iterator[list[Any]]:
        end, lang = self.paper.end, self.paper.lang
        looks = run_properties(self.faces["body"], self.type.small)
        if end.copies:
            stop = "。" if lang == "zh" else "."
            yield [run(WORDS["copies"].say(lang) + end.copies + stop, looks)]
        if self.paper.form == "document" and (end.office or end.printed_on):
            on = end.printed_on
            printed = day_text(on, lang) if isinstance(on, date) else on or ""
            said = WORDS["printed"].say(lang).format(day=printed) if printed else ""
            yield [run(end.office, looks), tab(), run(said, looks)]

    def _end_table(self, rows: list[list[Any]]) -> Any:
        foot = {"vertAnchor": "margin", "horzAnchor": "page", "tblpX": LEFT}
        properties = element(
            "w:tblPr", None,
            element("w:tblpPr", foot | {"tblpYSpec": "bottom"}),
            element("w:tblW", {"w": AREA_WIDTH, "type": "dxa"}),
            self._end_rules(),
            element("w:tblLayout", {"type": "fixed"}),
            element("w:tblCellMar", None, *_nothing_beside()),
        )  # fmt: skip
        grid = element("w:tblGrid", None, element("w:gridCol", {"w": AREA_WIDTH}))
        last = len(rows) - 1
        made = (self._end_row(runs, stays=at < last) for at, runs in enumerate(rows))
        return element("w:tbl", None, properties, grid, *made)

    def _end_rules(self) -> Any:
        """0.35 mm above and below, 0.25 mm between."""
        if self.paper.form == "letter":
            return None
        thick, thin = (
            {"val": "single", "sz": size, "space": 0, "color": "auto"} for size in (8, 6)
        )
        rules = (("top", thick), ("bottom", thick), ("insideH", thin))
        return element("w:tblBorders", None, *(element(f"w:{at}", of) for at, of in rules))

    def _end_row(self, runs: list[Any], *, stays: bool) -> Any:
        """``stays``: on one page with the row below."""
        one = self.type.small * 10
        tabs = element("w:tabs", None, element("w:tab", {"val": "right", "pos": AREA_WIDTH - one}))
        keep = [element("w:keepNext")] if stays else []
        said = paragraph("", runs, *keep, tabs, indented(left=one, right=one), aligned("left"))
        width = element("w:tcW", {"w": AREA_WIDTH, "type": "dxa"})
        cell = element("w:tcPr", None, width, element("w:tcMar", None, *_nothing_beside()))
        return element("w:tr", None, element("w:tc", None, cell, said))


def organ_of(paper: Paper) -> str:
    """Whose letter it is."""
    return paper.head.issuer or paper.signature


def letter_mark_size(paper: Paper) -> int:
    return mark_size(paper.head.measured or organ_of(paper), _most(paper) * 3 // 4)


def _most(paper: Paper) -> int:
    """How large the red mark may be, in half points."""
    return 96 if paper.lang == "zh" else 60


def mark_size(name: str, most: int = 96) -> int:
    """The red mark's type in half points: as large as fits the type area, at most ``most``.

    >>> mark_size("样例市人民政府"), mark_size("样例市知识产权保护工作联席会议办公室", 72)
    (96, 48)
    """
    room = AREA_WIDTH / 10  # in half points
    return min(most, int(room / max(text_width(widest(name)), 1) / 1.02) // 2 * 2)


def _nothing_beside() -> list[Any]:
    return [element(f"w:{side}", {"w": 0, "type": "dxa"}) for side in ("left", "right")]


def _across() -> tuple[Any, ...]:
    """Out of the type area on both sides, to the 170 mm of the letter's rules, amid the page."""
    beside = (PAGE_WIDTH - LETTER_RULE) // 2
    return (indented(left=beside - LEFT, right=beside - RIGHT),)

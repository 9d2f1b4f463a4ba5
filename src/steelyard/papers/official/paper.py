"""What does an official paper say? Values alone; where each stands is in :mod:`.layout`.

The words are those of GB/T 9704-2012: the head 版头, the main part 主体, the end 版记.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from steelyard.kernel.bilingual import Lang

Form = Literal["document", "letter"]
Level = Literal[0, 1, 2, 3, 4]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote. The same note twice is one footnote, to which the second place refers."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its share of the width, and where its cells stand."""

    heading: str
    share: int = 1
    how: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as wide as the text. ``each`` (``row in units``) makes its rows those of a template.

    The row of headings stands on every page that the table reaches.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    each: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the main part.

    ``level`` 0 is body text; 1 to 4 are headings, numbered 一、（一）1.（1） as they come, or with the
    ``number`` that is given (in a template, where a loop repeats them). ``lead`` is what stands in bold
    at its beginning. Pieces follow one another without a space. A ``table`` stands below it.
    """

    pieces: tuple[str | Note, ...]
    level: Level = 0
    lead: str = ""
    number: str | None = None
    table: Table | None = None

    @property
    def text(self) -> str:
        """As it is read, without its footnotes."""
        return self.lead + "".join(piece for piece in self.pieces if isinstance(piece, str))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """版头: what stands above the red rule. What is empty is not printed.

    ``issuer`` is the red mark 发文机关标志; in a letter the full name of the organ, without 文件. In a
    template ``measured`` is what it will say, if that is known: the mark is as large as it allows.
    ``signer`` belongs to papers that go upwards.
    """

    issuer: str = ""
    measured: str = ""
    number: str = ""
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """版记: who has copies, which office printed it and when; in a template a text, as ``issued_on`` is."""

    copies: str = ""
    office: str = ""
    printed_on: date | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper. A sample says so in its title, which :mod:`.write` sees to.

    ``attachments`` are the titles of what is attached 附件说明; ``remark`` is the 附注 in brackets.
    ``issued_on`` is a text in a template, as every text of it may hold ``{{ … }}``.
    ``is_close`` sets smaller type in closer lines, for what has to go on one page.
    """

    lang: Lang
    title: str
    paragraphs: tuple[Paragraph, ...]
    form: Form = "document"
    is_sample: bool = False
    is_close: bool = False
    head: Head = field(default_factory=Head)
    addressee: str = ""
    attachments: tuple[str, ...] = ()
    signature: str = ""
    issued_on: date | str | None = None
    remark: str = ""
    end: End = field(default_factory=End)

    @property
    def full_title(self) -> str:
        """The title, with the mark of a sample.

        >>> Paper(lang="en", title="Notice", paragraphs=(), is_sample=True).full_title
        'Notice (sample)'
        """
        mark = "（样本）" if self.lang == "zh" else " (sample)"
        return self.title + mark if self.is_sample else self.title

    @property
    def notes(self) -> tuple[Note, ...]:
        """The footnotes in the order of their first mention."""
        pieces = (piece for paragraph in self.paragraphs for piece in paragraph.pieces)
        return tuple(dict.fromkeys(piece for piece in pieces if isinstance(piece, Note)))

"""The tables of a Word document, cells merged in either direction whole; and the text around them.

The XML is walked directly: python-docx looks every merged cell up from the top of its column again,
and leaves out what was inserted while changes were tracked. Insertions count, deletions do not.
Source: ECMA-376 (Office Open XML), Part 1, 17.4 (tables).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.office.sheets import CELL_LIMIT, Cell, Sheet, block, too_many_cells

UNPACKED_LIMIT = 200 * 1024 * 1024
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_GONE = (f"{_WORD}del", f"{_WORD}moveFrom")


def sheets_of(content: bytes, file: str) -> Iterator[Sheet]:
    """
    Raises:
        Faulty: the document is locked, damaged, or unpacks to too much.
    """
    body = _body(content, file)
    blocks = list(_blocks(body))
    places = [place for place, one in enumerate(blocks) if one.tag == f"{_WORD}tbl"]
    for number, place in enumerate(places, 1):
        yield Sheet(
            file, f"表{number}", _cells(blocks[place], file, f"表{number}"),
            before=_lines(blocks[places[number - 2] + 1 if number > 1 else 0 : place]),
            after=_lines(blocks[place + 1 : places[number] if number < len(places) else None]),
        )  # fmt: skip


def _body(content: bytes, file: str) -> Any:
    import docx

    if content.startswith(_OLE):
        raise Faulty([_locked(file)])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
        if unpacked <= UNPACKED_LIMIT:
            return docx.Document(io.BytesIO(content)).element.body
    except Exception as error:  # zipfile, lxml and python-docx raise what a broken file makes them
        raise Faulty([_broken(file)]) from error
    raise Faulty([_unpacks_to_too_much(file)])


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those inside content controls too, not those inside tables."""
    for element in body:
        if element.tag in (f"{_WORD}p", f"{_WORD}tbl"):
            yield element
        elif element.tag in (
            f"{_WORD}sdt",
            f"{_WORD}sdtContent",
            f"{_WORD}ins",
            f"{_WORD}customXml",
        ):
            yield from _blocks(element)


def _lines(blocks: list[Any]) -> tuple[str, ...]:
    return tuple(text for one in blocks if (text := _text(one).strip()))


def _text(element: Any) -> str:
    """The text of a paragraph as it stands now."""
    pieces: list[str] = []
    for one in element.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}noBreakHyphen"):
        if not any(above.tag in _GONE for above in one.iterancestors()):
            pieces.append(_AS_TEXT.get(one.tag) or one.text or "")
    return "".join(pieces)


_AS_TEXT = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}noBreakHyphen": "-"}


@dataclass(slots=True)
class _Growing:
    """A block that cells below may still continue."""

    text: str
    top: int
    left: int
    bottom: int
    right: int


def _cells(table: Any, file: str, name: str) -> dict[tuple[int, int], Cell]:
    growing: list[_Growing] = []
    open_: dict[int, _Growing] = {}
    area = 0
    for number, row in enumerate(_rows(table)):
        open_ = _row_blocks(number, row, open_, growing)
        area += 1 + max((one.right for one in open_.values()), default=0)
        if area > CELL_LIMIT:
            raise Faulty([too_many_cells(file, name)])
    cells: dict[tuple[int, int], Cell] = {}
    for one in growing:
        cells |= block(one.text, one.top, one.left, one.bottom, one.right)
    return cells


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if element.tag == f"{_WORD}tr":
            if element.find(f"{_WORD}trPr/{_WORD}del") is None:
                yield element
        elif element.tag in (f"{_WORD}sdt", f"{_WORD}sdtContent", f"{_WORD}customXml"):
            yield from _rows(element)


def _row_blocks(
    number: int, row: Any, open_: dict[int, _Growing], growing: list[_Growing]
) -> dict[int, _Growing]:
    """The blocks of one row by their first column; those that go on are lengthened."""
    here: dict[int, _Growing] = {}
    column = _whole(row.find(f"{_WORD}trPr/{_WORD}gridBefore"), 0)
    for cell in _row_cells(row):
        properties = cell.find(f"{_WORD}tcPr")
        width = _whole(None if properties is None else properties.find(f"{_WORD}gridSpan"), 1)
        above = open_.get(column)
        if _goes_on(properties) and above is not None:
            above.bottom = number
            here[column] = above
        else:
            text = "\n".join(_text(one) for one in cell.iter(f"{_WORD}p"))
            here[column] = _Growing(text, number, column, number, column + width - 1)
            growing.append(here[column])
        column += width
    return here


def _row_cells(row: Any) -> Iterator[Any]:
    for element in row:
        if element.tag == f"{_WORD}tc":
            yield element
        elif element.tag in (f"{_WORD}sdt", f"{_WORD}sdtContent", f"{_WORD}customXml"):
            yield from _row_cells(element)


def _goes_on(properties: Any) -> bool:
    merge = None if properties is None else properties.find(f"{_WORD}vMerge")
    return merge is not None and merge.get(f"{_WORD}val", "continue") == "continue"


def _whole(element: Any, otherwise: int) -> int:
    """A count that the file gives; not so large that it could fill the memory."""
    written = "" if element is None else str(element.get(f"{_WORD}val", ""))
    if not (written.isascii() and written.isdigit()):
        return otherwise
    return min(int(written[:9]), CELL_LIMIT + 1) or otherwise


def _locked(file: str) -> Fault:
    return Fault(
        "locked-document",
        Text(
            "文档是旧格式（.doc），或有打开密码", "the document is in the old format, or is locked"
        ),
        Text("请去掉密码，另存为.docx", "save it as .docx, without a password"),
        Where(file=file),
    )


def _broken(file: str) -> Fault:
    return Fault(
        "broken-document",
        Text("文档已损坏，或不是.docx文件", "the document is damaged, or is no .docx file"),
        Text(
            "请在Word或WPS中打开，确认无误后另存为.docx",
            "open it in Word, check it, save it as .docx",
        ),
        Where(file=file),
    )


def _unpacks_to_too_much(file: str) -> Fault:
    return Fault(
        "too-large",
        Text("文档解压后太大", "the document unpacks to too much"),
        Text("请删去图片和无关的内容", "remove pictures and what does not belong to it"),
        Where(file=file),
    )

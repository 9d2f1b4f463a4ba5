"""What is in an .xlsx file besides the values? What the library that reads the values leaves out.

python-calamine gives values, and takes an error such as #REF! and a formula without a cached
value for an empty cell; neither may be lost in silence. It also sets out a sheet as one dense
block, so that a stray cell in the last row would fill the memory. So the parts of the package are
unpacked here under a limit, every sheet is scanned once, and only what was scanned is handed on.

Source: ECMA-376 (Office Open XML), Part 1, 18.3.1 (worksheets), 18.8.30 (number formats).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal
from xml.etree import ElementTree
from xml.parsers import expat

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_STRINGS = "xl/sharedStrings.xml"
_SHARED = (
    "[Content_Types].xml",
    "_rels/.rels",
    _WORKBOOK,
    _RELATIONS,
    _STYLES,
    _STRINGS,
)
_HEAD_OF_STRINGS = re.compile(rb"<(?:[\w.-]+:)?sst\b[^>]*>")
_CLAIMED_COUNT = re.compile(rb"""\s(?:uniqueCount|count)\s*=\s*("[^"]*"|'[^']*')""")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384

Position = tuple[int, int]
"""Row and column, both counted from 0."""

Notation = Literal["percent"] | int
"""How a number is written: as a percentage, or with leading zeros up to so many digits."""


class NotAWorkbook(ValueError):
    """The package lacks what a workbook must have, or contradicts itself."""


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of the workbook: its name, and where in the package it is."""

    name: str
    path: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Package:
    """The unpacked XML parts of a workbook, by path."""

    parts: dict[str, bytes]
    sheets: tuple[Part, ...]
    notations: dict[str, Notation]
    """By the number that a cell gives for its style."""


@dataclass(slots=True)
class Scan:
    """What one sheet holds that its values do not tell. Positions are in the file's order."""

    rows: int = 0
    columns: int = 0
    formulas_without_value: list[Position] = field(default_factory=list)
    error_values: dict[Position, str] = field(default_factory=dict)
    notations: dict[Position, Notation] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.rows


def unpacked_size(content: bytes) -> int:
    """Bytes of the package when unpacked, as it declares them; no part gives more than it says."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return sum(entry.file_size for entry in packed.infolist())


def unpack(content: bytes) -> Package:
    """The package of a workbook.

    Raises:
        NotAWorkbook: a part that every workbook has is missing.
        Exception: whatever zipfile and the XML parser raise on broken bytes.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = [name for name in packed.namelist() if name.endswith((".xml", ".rels"))]
        parts = {name: packed.read(name) for name in names}
    sheets = tuple(_sheets(parts))
    if not sheets or len({part.name for part in sheets}) < len(sheets):
        raise NotAWorkbook("the workbook has no sheets, or two of one name")
    return Package(parts, sheets, _notations(parts.get(_STYLES)))


def repacked(package: Package, names: Collection[str]) -> io.BytesIO:
    """The package again with the sheets ``names``, and without compression.

    So a reader gets at no sheet that was not scanned, and no part that unpacks to more.
    """
    wanted = {part.path for part in package.sheets if part.name in names} | set(_SHARED)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        for path in sorted(wanted & package.parts.keys()):
            part = package.parts[path]
            target.writestr(zipfile.ZipInfo(path), _uncounted(part) if path == _STRINGS else part)
    packed.seek(0)
    return packed


def _uncounted(strings: bytes) -> bytes:
    """The shared strings without the claim how many there are.

    python-calamine reserves memory for as many as are claimed, and ends the whole program if that
    is too much.
    """
    head = _HEAD_OF_STRINGS.search(strings)
    if head is None:
        return strings
    return strings[: head.start()] + _CLAIMED_COUNT.sub(b"", head[0]) + strings[head.end() :]


def _sheets(parts: dict[str, bytes]) -> Iterator[Part]:
    targets = dict(_targets(_tree(parts, _RELATIONS)))
    for element in _tree(parts, _WORKBOOK).iter():
        if _local(element.tag) != "sheet":
            continue
        path = targets.get(_relation(element), "")
        if path in parts:
            is_hidden = element.get("state", "visible") != "visible"
            yield Part(element.get("name", ""), path, is_hidden)


def _targets(relations: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Worksheets by the id of their relation; chart sheets and the like hold no cells."""
    for relation in relations:
        if relation.get("Type", "").endswith("/worksheet"):
            path = posixpath.normpath(posixpath.join("/xl", relation.get("Target", "")))
            yield relation.get("Id", ""), path.lstrip("/")


def _relation(sheet: ElementTree.Element) -> str:
    ids = (value for key, value in sheet.attrib.items() if key.endswith("}id"))
    return next(ids, "")


def _tree(parts: dict[str, bytes], path: str) -> ElementTree.Element:
    if path not in parts:
        raise NotAWorkbook(f"the package has no {path}")
    return ElementTree.fromstring(parts[path])


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _notations(styles: bytes | None) -> dict[str, Notation]:
    if styles is None:
        return {}
    tree = ElementTree.fromstring(styles)
    codes = {"9": "0%", "10": "0.00%"} | dict(_custom_formats(tree))
    kinds = {number: kind for number, code in codes.items() if (kind := _notation(code))}
    used = (element for element in tree.iter() if _local(element.tag) == "cellXfs")
    formats = [style.get("numFmtId", "") for style in next(used, ())]
    return {str(at): kinds[number] for at, number in enumerate(formats) if number in kinds}


def _custom_formats(styles: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for element in styles.iter():
        if _local(element.tag) == "numFmt":
            yield element.get("numFmtId", ""), element.get("formatCode", "")


def _notation(code: str) -> Notation | None:
    """
    >>> _notation("0.0%"), _notation("000000"), _notation('0.0"%"')
    ('percent', 6, None)
    """
    positive = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code).partition(";")[0]
    if "%" in positive:
        return "percent"
    return len(positive) if re.fullmatch("0{2,20}", positive) else None


def scanned(part: bytes, notations: dict[str, Notation]) -> Scan:
    """
    Raises:
        NotAWorkbook: a cell stands outside of any sheet, or the part declares a document type.
        expat.ExpatError: the part is not XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    scanner = _Scanner(parser, notations)
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.Parse(part, True)
    return scanner.scan


def _refuse_document_type(*_: object) -> None:
    raise NotAWorkbook("a part declares a document type")


class _Scanner:
    """Follows the rows and cells of one sheet part as the parser meets them.

    It is called for every cell: a tag costs one look-up, and text is gathered only where it
    matters, in the value of a formula or an error.
    """

    def __init__(self, parser: expat.XMLParserType, notations: dict[str, Notation]) -> None:
        self.scan = Scan()
        self._parser = parser
        self._notations = notations
        self._row, self._column = -1, -1
        self._kind = self._style = self._text = ""
        self._has_formula = self._has_value = False
        parser.StartElementHandler = self._start_root

    def _start_root(self, name: str, _: dict[str, str]) -> None:
        """The root tells the prefix, if any, that the tags of the sheet have."""
        prefix = name[: name.find(":") + 1]
        starts = {
            "row": self._start_row,
            "c": self._start_cell,
            "f": self._start_formula,
            "v": self._start_value,
            "is": self._start_value,
        }
        self._starts = {prefix + tag: step for tag, step in starts.items()}
        self._cell = prefix + "c"
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        step = self._starts.get(name)
        if step:
            step(attributes)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 2)) - 1
        self._column = -1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            self._row, self._column = position(attributes["r"])
        else:
            self._column += 1
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._has_formula = self._has_value = False
        self._text = ""

    def _start_formula(self, _: dict[str, str]) -> None:
        self._has_formula = True

    def _start_value(self, _: dict[str, str]) -> None:
        self._has_value = True
        if self._has_formula or self._kind == "e":
            self._parser.CharacterDataHandler = self._gather

    def _gather(self, text: str) -> None:
        self._text += text

    def _end(self, name: str) -> None:
        if name == self._cell:
            self._parser.CharacterDataHandler = None
            if self._has_value or self._has_formula:
                self._end_cell()

    def _end_cell(self) -> None:
        self._widen_to(self._row, self._column)
        at = self._row, self._column
        if self._has_formula and not self._is_computed():
            self.scan.formulas_without_value.append(at)
        elif self._kind == "e":
            self.scan.error_values[at] = self._text.strip()
        elif self._kind == "n" and self._style in self._notations:
            self.scan.notations[at] = self._notations[self._style]

    def _is_computed(self) -> bool:
        """A formula whose value is the empty text has one: ``t="str"`` and an empty ``<v>``."""
        return bool(self._text.strip()) or (self._has_value and self._kind == "str")

    def _widen_to(self, row: int, column: int) -> None:
        if not (0 <= row < _LAST_ROW and 0 <= column < _LAST_COLUMN):
            raise NotAWorkbook(f"no sheet has row {row + 1}, column {column + 1}")
        if row >= self.scan.rows:
            self.scan.rows = row + 1
        if column >= self.scan.columns:
            self.scan.columns = column + 1


def position(reference: str) -> Position:
    """
    >>> position("A1"), position("AB7")
    ((0, 0), (6, 27))

    Raises:
        NotAWorkbook: ``reference`` names no cell.
    """
    column = reference.rstrip("0123456789")
    row = reference[len(column) :]
    if not row or len(row) > len(str(_LAST_ROW)):
        raise NotAWorkbook(f"{reference[:20]!r} names no cell")
    return int(row) - 1, _column_index(column)


@lru_cache(maxsize=2 * _LAST_COLUMN)
def _column_index(column: str) -> int:
    if not re.fullmatch("[A-Za-z]{1,3}", column):
        raise NotAWorkbook(f"{column[:20]!r} names no column")
    index = 0
    for letter in column.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1

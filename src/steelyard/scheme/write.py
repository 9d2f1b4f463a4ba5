"""Write a scheme document as TOML that a person likes to read.

The layout is that of ``docs/guides/write_a_scheme.md``: the head, then the tables in its order;
short rows stand as inline tables, one a line, long ones get a header of their own. Reading the text
with ``tomllib.loads(text, parse_float=str)`` gives the same document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import cast

WIDTH = 100
"""Characters of a line, a Chinese one counting for two: what an editor shows without wrapping."""

_HEAD = ("format", "code", "version", "title", "label", "family", "period", "legal_basis", "issuer",
         "note", "tables", "within")  # fmt: skip
_SECTIONS = ("units", "groups", "bodies", "inputs", "figures", "quantities", "items", "total", "on",
             "ranking", "grades", "vetoes", "method", "uncertainty")  # fmt: skip
_ROW = (
    "code", "parent", "kind", "title", "points", "weight", "type", "unit_of_measure", "least",
    "most", "value", "dated", "formula", "combine", "not_applicable", "applies_to",
    "not_applicable_if", "zero_if", "full_if", "cap", "floor", "on", "at_least", "above", "requires", "floors", "quota",
    "when", "then", "rule", "adjust", "gap", "supplying_body", "judged", "case_files", "scoring_body", "material",
    "source", "note",
)  # fmt: skip
_PART = (
    "points", "ladder", "table", "matrix", "add", "deduct", "proportion", "sum", "best", "worst",
    "first", "for_each", "target", "steps", "rows", "columns", "cells", "each", "per", "count",
    "score", "keep", "trim", "where", "once_per", "when", "otherwise", "times", "at_most", "at_least",
    "say",
)  # fmt: skip
_LONG = ("rule", "adjust", "on", "gap", "quota", "then", "floors", "dated")
_NUMERIC = frozenset(
    {"points", "weight", "value", "least", "most", "each", "per", "otherwise", "times", "at_most",
     "at_least", "cap", "floor", "above", "steps", "cells", "rows", "target"}
)  # fmt: skip
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)\.\d+")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What TOML forbids, what some programs take for the end of a line, and what XML cannot hold."""

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}

Document = Mapping[str, object]


class NotTOML(ValueError):
    """TOML has no such value: nothing at all, a float, half a surrogate pair."""


def scheme_toml(document: Document) -> str:
    """The document as TOML, the head first, then the tables in the order of the guide.

    >>> print(scheme_toml({"code": "a", "format": "steelyard-scheme/1",
    ...                    "items": [{"code": "A", "points": "0.5", "rule": {"points": "full"}}]}))
    format = "steelyard-scheme/1"
    code = "a"
    <BLANKLINE>
    [[items]]
    code = "A"
    points = 0.5
    rule = { points = "full" }
    <BLANKLINE>

    Raises:
        NotTOML: a value that TOML cannot hold.
    """
    top = [*_HEAD, *(key for key in document if key not in _HEAD + _SECTIONS)]
    written = [key for key in top if key in document]
    head = [line for key in written for line in _assignment(key, document[key])]
    blocks = list(_sections(document, head))
    return "\n\n".join(["\n".join(head), *blocks] if head else blocks) + "\n"


def _sections(document: Document, head: list[str]) -> Iterator[str]:
    """The blocks below the head; what has no block of its own goes up into the head."""
    for key in _SECTIONS:
        if key not in document:
            continue
        value = document[key]
        if _is_rows(value):
            rows = cast("Sequence[Document]", value)
            if all(_fits(_inline_row(row)) and not set(row) & set(_LONG) for row in rows):
                head.extend(["", *_array(key, [_inline_row(row) for row in rows])])
            else:
                yield "\n\n".join(_row_block(key, row) for row in rows)
        elif isinstance(value, Mapping):
            yield "\n".join(_table_block(f"[{key}]", key, value))
        else:
            head.extend(_assignment(key, value))


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _inline_row(row: Document) -> str:
    return _inline_table(_in_order(row, _ROW), "")


def _row_block(section: str, row: Document) -> str:
    return "\n".join(_table_block(f"[[{section}]]", section, _in_order(row, _ROW)))


def _table_block(header: str, path: str, table: Document) -> Iterator[str]:
    """A header and its keys; tables inside that are too long for a line follow under their own."""
    yield header
    below: list[tuple[str, Document]] = []
    for key, value in table.items():
        ordered = _ordered(key, value)
        if isinstance(ordered, Mapping) and not _fits(f"{_key(key)} = {inline(ordered, key)}"):
            below.append((key, ordered))
        else:
            yield from _assignment(key, ordered)
    for key, inner in below:
        inner_path = f"{path}.{_key(key)}"
        yield ""
        yield from _table_block(f"[{inner_path}]", inner_path, inner)


def _assignment(key: str, value: object) -> Iterator[str]:
    """``key = value``, a long list over several lines."""
    if isinstance(value, str) and "\n" in value.strip("\n") and _is_plain_block(value):
        yield from f'{_key(key)} = """\n{value}"""'.split("\n")
        return
    ordered = _ordered(key, value)
    line = f"{_key(key)} = {inline(ordered, key)}"
    many_tables = _is_rows(ordered) and len(cast("list[object]", ordered)) > 1
    if isinstance(ordered, list) and ordered and (many_tables or not _fits(line)):
        yield from _array(key, [inline(member, key) for member in ordered])
    else:
        yield line


def _array(key: str, members: Iterable[str]) -> Iterator[str]:
    yield f"{_key(key)} = ["
    yield from (f"  {member}," for member in members)
    yield "]"


def _ordered(key: str, value: object) -> object:
    """Rules and what is in them, with their keys in the order of the guide."""
    if isinstance(value, list):
        return [_ordered(key, member) for member in value]
    if isinstance(value, Mapping) and key in (*_PART, "rule", "adjust"):
        order = () if key == "rows" else _PART
        return {name: _ordered(name, inner) for name, inner in _in_order(value, order).items()}
    return value


def _in_order(table: Document, order: Sequence[str]) -> dict[str, object]:
    known = [key for key in order if key in table]
    return {key: table[key] for key in [*known, *(k for k in table if k not in order)]}


def _fits(line: str) -> bool:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in line) <= WIDTH


def inline(value: object, key: str = "", *, quoted: bool = False) -> str:
    """One value on one line. ``key`` is the key that it stands under: some hold numbers.

    With ``quoted`` every key and every text is in double quotes.

    >>> inline({"deduct": "missing", "each": "0.5"})
    '{ deduct = "missing", each = 0.5 }'

    Raises:
        NotTOML: as for :func:`scheme_toml`.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return value if _is_decimal(value, key) else _string(value, quoted=quoted)
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return _inline_table(value, key, quoted=quoted)
        case list() | tuple():
            return f"[{', '.join(inline(member, key, quoted=quoted) for member in value)}]"
    raise NotTOML(f"TOML cannot hold {value!r} (at {key!r})")


def _inline_table(table: Document, key: str, *, quoted: bool = False) -> str:
    if not table:
        return "{}"
    pairs = (
        f"{_key(name, quoted=quoted)} = {inline(value, _meant(name, key), quoted=quoted)}"
        for name, value in table.items()
    )
    return f"{{ {', '.join(pairs)} }}"


def _meant(name: str, outer: str) -> str:
    """The rows of a look-up table are named by data, and hold numbers."""
    return outer if outer == "rows" else name


def _is_decimal(text: str, key: str) -> bool:
    return key in _NUMERIC and _DECIMAL.fullmatch(text) is not None


def _key(name: str, *, quoted: bool = False) -> str:
    return name if _BARE_KEY.fullmatch(name) and not quoted else _string(name, quoted=quoted)


def _string(text: str, *, quoted: bool = False) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotTOML(f"TOML cannot hold the text {text!r}") from error
    if '"' in text and not quoted and _is_literal(text):
        return f"'{text}'"
    return f'"{"".join(_escaped(letter) for letter in text)}"'


def _is_literal(text: str) -> bool:
    return "'" not in text and not _UNSAFE.search(text)


def _is_plain_block(text: str) -> bool:
    """Whether it can stand between triple quotation marks as it is: several lines, as a query has."""
    lines = text.split("\n")
    return not any('"' in line or "\\" in line or _UNSAFE.search(line) for line in lines)


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    return f"\\u{ord(letter):04x}" if _UNSAFE.match(letter) else letter

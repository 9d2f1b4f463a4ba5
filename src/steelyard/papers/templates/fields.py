"""What may a template of one kind ask, and what is put there?

A field is a text (or a yes and no, for ``{% if %}``), or a list of rows that have fields in turn.
The values of one paper are checked against the fields here, so that a template never meets a gap.
"""

from __future__ import annotations

import difflib
import keyword
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from steelyard.kernel.bilingual import Text

Value = str | bool | Sequence[Mapping[str, Any]]
Values = Mapping[str, Value]
"""Texts are as the paper shows them, in its language; a row is a mapping of the same kind."""

RESERVED = frozenset({"loop", "self", "super", "caller", "true", "false", "none", "p", "r"})
"""Names that the language of templates has itself."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a template may ask. With ``of`` it is a list of rows with those fields.

    Raises:
        ValueError: the name cannot be asked for, or two fields of a row bear one name.
    """

    name: str
    meaning: Text
    of: tuple[Field, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.isidentifier() or keyword.iskeyword(self.name) or self.name[0] == "_":
            raise ValueError(f"{self.name!r} cannot be the name of a field")
        if self.name.lower() in RESERVED:
            raise ValueError(f"{self.name!r} is a word of the language of templates")
        if len({one.name for one in self.of}) < len(self.of):
            raise ValueError(f"two fields of {self.name!r} bear one name")

    @property
    def is_list(self) -> bool:
        return bool(self.of)


class Row(dict[str, "str | bool | tuple[Row, ...]"]):
    """The checked values of one row, or of the whole paper."""


def checked(fields: Iterable[Field], values: Values) -> Row:
    """The values as a template may have them: every field, nothing else, every letter printable.

    Raises:
        ValueError: a value is missing, too many, or of the wrong kind. Whoever gives them has a
            fault then, never the template.
    """
    named = {field.name: field for field in fields}
    if named.keys() != values.keys():
        odd = sorted(named.keys() ^ values.keys())
        raise ValueError(f"fields and values are not the same: {', '.join(odd)}")
    return Row((name, _checked(field, values[name])) for name, field in named.items())


def _checked(field: Field, value: Value) -> str | bool | tuple[Row, ...]:
    if field.is_list:
        if isinstance(value, str | bool):
            raise ValueError(f"{field.name!r} is a list of rows")
        return tuple(checked(field.of, row) for row in value)
    if isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise ValueError(f"{field.name!r} is a text, and was given {type(value).__name__}")
    return printable(value)


def sample(fields: Iterable[Field], rows: int) -> Values:
    """Values to try a template with: every text the name of its field, every list so many rows."""
    return {
        field.name: [sample(field.of, rows)] * rows if field.is_list else field.name
        for field in fields
    }


def shown(value: str | bool) -> str:
    """A value as it is printed: a yes is ticked, a no is left blank."""
    if isinstance(value, bool):
        return "√" if value else ""
    return value


def printable(text: str) -> str:
    """The text without what XML 1.0 cannot hold; every end of a line is a new line.

    >>> printable("a\\r\\nb\\x00\\x0cc\\td")
    'a\\nbc\\td'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if _is_in_xml(ord(letter)))


def _is_in_xml(code: int) -> bool:
    """Source: XML 1.0, 2.2, Char."""
    return (
        code in (0x9, 0xA) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x1_0000
    )


NEAR = 0.7
"""How alike two names are to be taken for one that was mistyped: as “titel” and “title”, not as “nope” and
“opened”."""


def nearest(name: str, known: Iterable[str]) -> Text:
    """What to do about a name that is not known: the nearest one, or all there are."""
    names = list(known)
    near = difflib.get_close_matches(name.lower(), names, n=1, cutoff=NEAR)
    if near:
        return Text(f"是否想写“{near[0]}”", f"did you mean “{near[0]}”?")
    listed = ", ".join(names)
    return Text(f"可用字段：{listed}", f"there are: {listed}")

"""Is what a body sends a table at all, and of which kind? Its content says so, and its name follows."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from steelyard.files.rules.kinds import KINDS, Kind, kind_of
from steelyard.kernel.bilingual import Text
from steelyard.kernel.file_names import kept_name
from steelyard.kernel.names import against_names
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

TABLES: Mapping[Kind, tuple[str, ...]] = {
    Kind.XLSX: ("xlsx",),
    Kind.PARQUET: ("parquet",),
    Kind.TEXT: ("csv", "tsv", "txt"),
}
"""Kinds that hold tables, and the endings under which each is read; the first is given to others."""


def judged(name: str, content: bytes) -> str | tuple[Refusal, ...]:
    """The name under which the file is read, or all that speaks against it.

    >>> judged("培训2021", b"a,b"), judged("a.xlsx", b"a,b"), judged("a.TXT", b"a,b")
    ('培训2021.csv', 'a.csv', 'a.txt')
    >>> [one.code for one in judged("a.csv", b"%PDF-1.7 %%EOF")]
    ['not_a_table']
    """
    found = against_names(content=name)
    if found:
        return found
    kind = kind_of(BytesIO(content))
    if not isinstance(kind, Kind):
        return tuple(Refusal(one.code, one.text, "content") for one in kind)
    if kind not in TABLES:
        return (_no_table(kind),)
    return kept_name(name, TABLES[kind])


def _no_table(kind: Kind) -> Refusal:
    return refusal(
        "not_a_table",
        Text(
            f"这是{KINDS[kind].zh}，不是表格",
            f"this is no table; it is of the kind: {KINDS[kind].en}",
        ),
        Text("请上传 Excel（.xlsx）、CSV 或者 Parquet", "send Excel (.xlsx), CSV or Parquet"),
        "content",
    )

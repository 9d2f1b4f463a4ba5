"""A policy list: what documents in force forbid an assessment to count, or discourage.

Region data, one row a policy, in a table that an office can edit. Read here, matched by
:mod:`steelyard.weighing.stress.policy`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast, get_args

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.tables.read import read_sheet
from steelyard.tables.sheet import Row, Sheet

Effect = Literal["forbids", "discourages"]
Sure = Literal["read", "in_part", "reported"]
HEADINGS = (
    "code", "effect", "says_zh", "says_en", "words", "not_words", "only_rewards", "only_counts",
    "starts", "ends", "source", "sure", "mend_zh", "mend_en",
)  # fmt: skip
_APART = re.compile(r"[;；]")


@dataclass(frozen=True, slots=True)
class Policy:
    """One thing that a document says.

    ``words`` are looked for in titles and formulas; ``not_words`` beside them acquit. With
    ``only_rewards`` a deduction is no offence, with ``only_counts`` only a bare count is. It holds from
    ``starts`` up to ``ends``, which does not belong. ``sure``: the clause itself was ``read``, the
    document was read ``in_part``, or the clause is only ``reported`` by others.
    """

    code: str
    effect: Effect
    says: Text
    words: tuple[str, ...]
    not_words: tuple[str, ...]
    only_rewards: bool
    only_counts: bool
    starts: date
    ends: date | None
    source: str
    sure: Sure
    mend: Text

    def holds_in(self, first: date, end: date) -> bool:
        """Whether it is in force on some day from ``first`` up to ``end``."""
        return self.starts < end and (self.ends is None or self.ends > first)


def read_policies(path: str | Path) -> tuple[Policy, ...]:
    """Read a policy list.

    Raises:
        Faulty: every row that cannot be read, and headings that are missing.
    """
    sheet = read_sheet(path)
    missing = [heading for heading in HEADINGS if heading not in sheet]
    if missing:
        raise Faulty([_no_heading(sheet, heading) for heading in missing])
    found: list[Policy] = []
    faults: list[Fault] = []
    for row in sheet.rows:
        wrong = list(_wrong(row))
        faults.extend(wrong)
        if not wrong:
            found.append(_policy(row))
    if faults:
        raise Faulty(faults)
    return tuple(found)


def _no_heading(sheet: Sheet, heading: str) -> Fault:
    return Fault(
        "no-column",
        Text(f"政策清单缺少“{heading}”列", f"the policy list has no column {heading!r}"),
        Text("请照自带的清单补上这一列", "add it as in the list that ships"),
        sheet.where,
    )


def _wrong(row: Row) -> Iterator[Fault]:
    for heading in ("code", "words", "source"):
        if not row[heading].text.strip():
            yield _fault(row, heading, Text("不能为空", "must not be blank"))
    for heading, known in (
        ("effect", get_args(Effect)), ("sure", get_args(Sure)),
        ("only_rewards", ("yes", "no")), ("only_counts", ("yes", "no")),
    ):  # fmt: skip
        if row[heading].text.strip() not in known:
            yield _fault(
                row,
                heading,
                Text(f"应为{'、'.join(known)}之一", f"must be one of {', '.join(known)}"),
            )
    for heading, may_be_blank in (("starts", False), ("ends", True)):
        if _day(row[heading].text) is None and (row[heading].text.strip() or not may_be_blank):
            yield _fault(
                row, heading, Text("应写日期，如2021-07-15", "must be a day, such as 2021-07-15")
            )
    if not (row["says_zh"].text.strip() or row["says_en"].text.strip()):
        yield _fault(row, "says_zh", Text("要写明政策说了什么", "must say what the policy says"))


def _fault(row: Row, heading: str, what: Text) -> Fault:
    cell = row[heading]
    named = Text(f"“{heading}”{what.zh}", f"{heading} {what.en}")
    where: Where = cell.where
    return Fault("wrong-policy", named, Text("请改正这一格", "mend this cell"), where)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _policy(row: Row) -> Policy:
    def said(heading: str) -> str:
        return row[heading].text.strip()

    starts = _day(said("starts"))
    assert starts is not None, "checked before"
    return Policy(
        said("code"), cast("Effect", said("effect")), Text(said("says_zh"), said("says_en")),
        _words(said("words")), _words(said("not_words")),
        said("only_rewards") == "yes", said("only_counts") == "yes",
        starts, _day(said("ends")), said("source"), cast("Sure", said("sure")),
        Text(said("mend_zh"), said("mend_en")),
    )  # fmt: skip


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in _APART.split(text) if word.strip())

"""The answers of a unit as a sheet, out and back in: a row for each item, and below it one for each
figure that the unit reports itself.

What is brought back is read by the very rules of the form, and every fault stands at its cell. An
item that is not on the sheet stays as it is; an empty cell says "not said".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from steelyard.assessment.rules.collection.answers import FIGURE, Question, Said, Typed, read
from steelyard.assessment.rules.collection.claims import CLAIMS, Claim
from steelyard.assessment.rules.figures import YES_NO, as_typed
from steelyard.assessment.rules.supplied.origin import (
    ASSESSMENT,
    UNIT,
    against_name,
    against_origin,
)
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import exact, plain
from steelyard.kernel.faults import Fault
from steelyard.people.rules.sheets import (
    Column,
    Entry,
    any_text,
    at_most,
    entries,
    headings_of,
    matching,
    unknown_headings,
)
from steelyard.tables import cells
from steelyard.tables.cells import Absent
from steelyard.tables.plain_workbook import DropDown
from steelyard.tables.sheet import Cell, Sheet, heading_key, trimmed

LONGEST_CODE = 60
MOST_DIGITS = 15
"""Of a number that Excel keeps; a longer one is written as text."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is said of an item now, in which version (0: nothing yet), and whether it is theirs."""

    said: Said = field(default_factory=Said)
    version: int = 0
    is_theirs: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """An item that the sheet changes, and what it says then."""

    item: str
    said: Said


def _number(cell: Cell) -> str | Absent:
    """As it is written; a blank and a dash are nothing."""
    absent = cells.absent(cell)
    return absent if absent is Absent.MISSING else trimmed(cell.text)


_code = matching(
    r"\S+", Text("不是编号", "is no code"), Text("请照取出的表格填写", "write it as the sheet had it"),
    longest=LONGEST_CODE,
)  # fmt: skip
_NONE = frozenset({"无", "没有", "none", "no", "否"})


def _claim(cell: Cell) -> str | Absent | Fault:
    """By its code or its title; 不适用 is a claim here, not an absent value."""
    said = heading_key(trimmed(cell.text)).casefold()
    if said in _NONE or cells.absent(cell) is Absent.MISSING:
        return Absent.MISSING
    for claim, title in CLAIMS.items():
        if said in (claim.value, title.zh, title.en.casefold()):
            return claim.value
    what = Text(f"没有“{cell.text[:40]}”这种申请", f"there is no claim “{cell.text[:40]}”")
    known = Text(
        f"可填：{'、'.join(one.zh for one in CLAIMS.values())}",
        f"it may be: {', '.join(one.en for one in CLAIMS.values())}",
    )
    return Fault("unknown_claim", what, known, cell.where)


def _version(cell: Cell) -> int | Absent | Fault:
    number = cells.number(cell)
    if isinstance(number, Absent | Fault):
        return number
    return int(number) if number.denominator == 1 else -1


_CLAIMED = Text("不适用、加分、免责", "not applicable, bonus, exemption")
_GROUNDS = Text("有申请时必填", "needed with a claim")
COLUMNS: tuple[Column, ...] = (
    Column("item", Text("项目编号", "item"), Text("不要改动", "leave it"), _code),
    Column("input", Text("数据编号", "figure"), Text("不要改动", "leave it"), _code, required=False),
    Column("title", Text("名称", "title"), Text("供查看", "to be read"), any_text, required=False),
    Column("points", Text("满分", "points"), Text("供查看", "to be read"), any_text, required=False),
    Column("rule", Text("评分标准", "rule"), Text("供查看", "to be read"), any_text, required=False),
    Column("self_score", Text("自评分", "self-score"), Text("0到满分", "0 to the points"), _number, required=False),
    Column("own", Text("自报数", "own figure"), Text("填在数据行", "in the rows of figures"), _number, required=False),
    Column("statement", Text("自评说明", "statement"), Text("文字", "text"), any_text, required=False),
    Column("claim", Text("申请", "claim"), _CLAIMED, _claim, required=False),
    Column("grounds", Text("申请理由", "grounds"), _GROUNDS, any_text, required=False),
    Column("version", Text("版次", "version"), Text("不要改动", "leave it"), _version, required=False),
    ASSESSMENT,
    UNIT,
)  # fmt: skip
OF_ITEMS = ("self_score", "statement", "claim", "grounds")
_MEND = Text("请改正后重新上传", "put it right and upload the sheet again")


def headings(lang: Lang) -> list[str]:
    return headings_of(COLUMNS, lang)


@dataclass(frozen=True, slots=True)
class Whose:
    """The assessment and the unit that a sheet is of."""

    assessment: str
    unit: str


def rows(
    asked: Sequence[Question], known: Mapping[str, Known], lang: Lang, whose: Whose,
    rules: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[list[Any]]:  # fmt: skip
    """The sheet as it is taken out. ``rules``: of each item, in words."""
    last = (whose.assessment, whose.unit)
    for question in asked:
        now = known.get(question.item.code, Known())
        said = now.said
        yield [
            question.item.code, None, question.item.title.say(lang), _figure_cell(question.most),
            rules.get(question.item.code) or None,
            said.self_score, None, said.statement or None,
            CLAIMS[Claim(said.claim)].say(lang) if said.claim else None, said.grounds or None,
            now.version, *last,
        ]  # fmt: skip
        for one in question.inputs:
            unit = one.unit_of_measure.say(lang)
            title = one.title.say(lang)
            yield [
                question.item.code, one.code, f"{title}（{unit}）" if unit else title, None, None, None,
                _number_or_text(as_typed(said.figures.get(one.code, ""), one, lang)),
                None, None, None, now.version, *last,
            ]  # fmt: skip


def drop_downs(asked: Sequence[Question], lang: Lang) -> Iterator[DropDown]:
    """What the cells of :func:`rows` offer: the claims, and yes and no."""
    keys = [column.key for column in COLUMNS]
    claims = tuple(title.say(lang) for title in CLAIMS.values())
    yes_no = tuple(word.say(lang) for word in YES_NO.values())
    row = 0
    for question in asked:
        row += 1
        yield DropDown(row, keys.index("claim"), claims)
        for one in question.inputs:
            row += 1
            if one.type == "yes_no":
                yield DropDown(row, keys.index("own"), yes_no)


def _figure_cell(most: Fraction | None) -> Any:
    return None if most is None else _number_or_text(plain(most))


def _number_or_text(text: str) -> Any:
    """A decimal as a number, anything else as it is written."""
    try:
        found = Decimal(text)
    except ArithmeticError:
        return text or None
    is_plain = found.is_finite() and plain(exact(found)) == text
    return found if is_plain and len(text) <= MOST_DIGITS else text


def plan(
    sheet: Sheet, asked: Sequence[Question], known: Mapping[str, Known], whose: Whose
) -> tuple[list[Change], list[Fault]]:
    """What the sheet changes, or everything that is wrong with it."""
    read_rows, faults = entries(sheet, COLUMNS)
    faults += unknown_headings(sheet, COLUMNS, (*OF_ITEMS, "own"))
    if faults and not read_rows:
        return [], at_most(faults)
    faults += against_origin(read_rows, {"assessment": whose.assessment, "unit": whose.unit})
    by_code = {one.item.code: one for one in asked}
    titles = {code: one.item.title for code, one in by_code.items()}
    of_item: dict[str, _Lines] = {}
    for entry in read_rows:
        faults += [] if entry["input"] else against_name(entry, "item", "title", titles)
        faults += _put(entry, by_code, known, of_item)
    changes = []
    for code, lines in of_item.items():
        said, wrong = lines.answer(by_code[code], known.get(code, Known()))
        faults += wrong
        if said is not None and said != known.get(code, Known()).said:
            changes.append(Change(code, said))
    return changes, at_most(faults)


@dataclass
class _Lines:
    """The row of an item and those of its figures, as far as they are on the sheet."""

    item: Entry | None
    figures: dict[str, Entry]

    def answer(self, question: Question, now: Known) -> tuple[Said | None, list[Fault]]:
        """What the sheet says of the item, or what is wrong with that."""
        found = read(question, self._typed(now.said))
        if isinstance(found, tuple):
            return None, [
                self._at(one.field).fault(self._column(one.field), one.code, one.text, _MEND)
                for one in found
                if not self._is_told(one.field)
            ]
        if self._has_faults():
            return None, []
        return (None, [fault]) if (fault := self._against_version(found, now)) else (found, [])

    def _typed(self, said: Said) -> Typed:
        row = self.item.values if self.item else {}
        before = Typed(
            self_score="" if said.self_score is None else plain(exact(said.self_score)),
            figures=said.figures, statement=said.statement, claim=said.claim, grounds=said.grounds,
        )  # fmt: skip
        own = {code: entry["own"] or "" for code, entry in self.figures.items()}
        return Typed(
            figures={**before.figures, **own},
            **{
                key: (row[key] or "")
                if self.item and key in self.item.cells
                else getattr(before, key)
                for key in OF_ITEMS
            },
        )

    def _has_faults(self) -> bool:
        of_rows = [*self.figures.values(), *([self.item] if self.item else [])]
        return any(entry.wrong for entry in of_rows)

    def _is_told(self, name: str) -> bool:
        """The cell could not be read; and what a claim asks for hangs on the claim."""
        wrong = self._at(name).wrong
        return self._column(name) in wrong or (name == "grounds" and "claim" in wrong)

    def _at(self, name: str) -> Entry:
        code = name.removeprefix(FIGURE)
        if name.startswith(FIGURE) and code in self.figures:
            return self.figures[code]
        return self.item or next(iter(self.figures.values()))

    @staticmethod
    def _column(name: str) -> str:
        return "own" if name.startswith(FIGURE) else name

    def _against_version(self, said: Said, now: Known) -> Fault | None:
        """Somebody saved the item since the sheet was taken out."""
        row = self.item or next(iter(self.figures.values()))
        if said == now.said or (row["version"] or 0) == now.version:
            return None
        points = "—" if now.said.self_score is None else plain(exact(now.said.self_score))
        return row.fault(
            "version", "changed_meanwhile",
            Text(
                f"取走表格后有人改过这一项（现在自评分{points}，第{now.version}版）",
                f"the item was saved since the sheet was taken out"
                f" (self-score now {points}, version {now.version})",
            ),
            Text(
                "请查看现在的内容，再取一份新表填写",
                "look at it as it is now, and take the sheet out anew",
            ),
        )  # fmt: skip


def _put(
    entry: Entry, asked: Mapping[str, Question], known: Mapping[str, Known],
    of_item: dict[str, _Lines],
) -> list[Fault]:  # fmt: skip
    """Put a row to its item; what is wrong with its place."""
    code = entry["item"]
    if code is None or "input" in entry.wrong:
        return []
    if code not in asked or not known.get(code, Known()).is_theirs:
        what = Text(f"没有要您填报的项目“{code}”", f"there is no item {code!r} for you to fill in")
        return [
            entry.fault("item", "no_such_item", what, Text("请删去这一行", "take this row away"))
        ]
    lines = of_item.setdefault(code, _Lines(None, {}))
    return _put_figure(entry, asked[code], lines) if entry["input"] else _put_item(entry, lines)


def _put_item(entry: Entry, lines: _Lines) -> list[Fault]:
    if lines.item is not None:
        return [_twice(entry, "item")]
    lines.item = entry
    return [_not_here(entry, "own")] if entry["own"] else []


def _put_figure(entry: Entry, question: Question, lines: _Lines) -> list[Fault]:
    code = entry["input"]
    if code not in {one.code for one in question.inputs}:
        what = Text(f"项目没有数据“{code}”", f"the item has no figure {code!r}")
        return [
            entry.fault("input", "no_such_figure", what, Text("请删去这一行", "take this row away"))
        ]
    if code in lines.figures:
        return [_twice(entry, "input")]
    lines.figures[code] = entry
    return [_not_here(entry, key) for key in OF_ITEMS if entry[key]]


def _twice(entry: Entry, key: str) -> Fault:
    what = Text("这一行重复出现", "this row comes twice")
    return entry.fault(key, "twice", what, Text("请只留一行", "leave one of them"))


def _not_here(entry: Entry, key: str) -> Fault:
    what = Text("这一行不填这一列", "this column is not for this row")
    mend = Text(
        "自评分、说明、申请填在项目行，自报数填在数据行",
        "points, statement and claim go into the row of the item, figures into their own rows",
    )
    return entry.fault(key, "not_here", what, mend)

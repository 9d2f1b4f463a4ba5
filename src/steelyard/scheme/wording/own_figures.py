"""Which figures does the rule of an item read now? Words that name none mean the one that fits.

A rule that is worded anew is still about what it was about: its figure may be computed from records, and
must not silently become another one that a body is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from steelyard.kernel.bilingual import Text
from steelyard.scheme.formula import Name, NotAFormula, parse, walk
from steelyard.scheme.wording.kinds import is_of_things
from steelyard.scheme.wording.speech import rows_of
from steelyard.scheme.wording.units import are_one_unit

_NUMBERS = frozenset({"number", "count"})
_PLACE = "名"
"""第1名 is a rank, and no number of anything that the item counts."""
_COMPUTED = Text("由记录计算", "computed from records")
_SUPPLIED = Text("不由记录计算", "not computed from records")


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """A figure of the item: ``kind`` is the type of an input; a quantity of the scheme has none."""

    code: str
    title: Text
    kind: str = ""
    unit: Text = field(default_factory=Text)
    is_computed: bool = False
    is_judged: bool = False

    def fits(self, kind: str, unit: str) -> bool:
        """Whether words that ask for a figure of this kind, in this unit, may mean it; points that a person
        gives are no number of anything."""
        if self.is_judged:
            return False
        is_of_the_kind = not self.kind or self.kind == kind or {self.kind, kind} <= _NUMBERS
        return is_of_the_kind and self._is_in(unit)

    def _is_in(self, unit: str) -> bool:
        own = (self.unit.zh, self.unit.en)
        if not unit or not any(own) or any(are_one_unit(one, unit) for one in own if one):
            return True
        things = (unit, self.unit.zh or self.unit.en)
        return _PLACE not in things and all(is_of_things("", one) for one in things)

    def may_be_called(self, words: str, title: str) -> bool:
        """Whether words leave the figure unnamed: nothing said, or a part of its title or the item's."""
        return (
            not words
            or words in title
            or any(words in one for one in (self.title.zh, self.title.en))
        )

    @property
    def told(self) -> Text:
        """Its title, and that it is computed, if it is."""
        zh, en = self.title.zh or self.title.en, self.title.en or self.title.zh
        if not self.is_computed:
            return Text(f"“{zh}”", f"“{en}”")
        return Text(f"“{zh}”（{_COMPUTED.zh}）", f"“{en}” ({_COMPUTED.en})")


def own_figures(rule: object, document: Mapping[str, object]) -> tuple[OwnFigure, ...]:
    """What a rule names, of the inputs and quantities of its scheme, in their order.

    >>> scheme = {"inputs": [{"code": "cases", "title": "Cases", "type": "count"}, {"code": "late"}]}
    >>> [one.code for one in own_figures([{"add": "cases - 4", "each": 2}], scheme)]
    ['cases']
    """
    named = frozenset(names_in(rule))
    return tuple(
        OwnFigure(
            code, _text(row.get("title")) or Text(code, code),
            str(row.get("type") or "number") if section == "inputs" else "",
            _text(row.get("unit_of_measure")), bool(row.get("records")), row.get("judged") is True,
        )
        for section in ("inputs", "quantities")
        for row in rows_of(document, section)
        if (code := str(row.get("code", ""))) and code in named
    )  # fmt: skip


def names_in(value: object) -> Iterator[str]:
    """The names that the formulas of a rule use, or of any other part of an item."""
    if isinstance(value, Mapping):
        for key, inner in cast("Mapping[str, object]", value).items():
            yield from names_in(inner) if key != "say" else ()
    elif isinstance(value, list):
        for inner in cast("list[object]", value):
            yield from names_in(inner)
    elif isinstance(value, str):
        try:
            yield from (one.code for one in walk(parse(value)) if isinstance(one, Name))
        except NotAFormula:
            return


def in_place_of(gone: Sequence[OwnFigure], new: Sequence[str]) -> Text:
    """That an item reads other figures than it did, for a person to confirm."""
    zh, en = ("、".join(one.told.zh for one in gone), ", ".join(one.told.en for one in gone))
    now_zh, now_en = ("、".join(f"“{one}”" for one in new), ", ".join(f"“{one}”" for one in new))
    name = gone[0].title
    computed = any(one.is_computed for one in gone)
    supplied = Text(f"（{_SUPPLIED.zh}）", f" ({_SUPPLIED.en})") if computed else Text()
    return Text(
        f"本项原来使用的数据项{zh}不再使用，改用新的数据项{now_zh}{supplied.zh}；"
        f"如仍指原来的数据项，请在文字中写出它的名称“{name.zh or name.en}”",
        f"the item no longer reads {en}, but the new {now_en}{supplied.en}; "
        f"if the former is meant, name it in the words: “{name.en or name.zh}”",
    )


def meant(words: str, figure: OwnFigure) -> Text:
    """That words which name no figure of the scheme were taken for the item's own."""
    said = (
        Text(f"“{words}”", f"“{words}”")
        if words
        else Text("没有写明的数据项", "the figure, not named,")
    )
    return Text(
        f"{said.zh}按本项原来使用的数据项{figure.told.zh}读",
        f"{said.en} is taken for the item's own figure {figure.told.en}",
    )


def _text(value: object) -> Text:
    if isinstance(value, Mapping):
        sides = cast("Mapping[str, object]", value)
        return Text(str(sides.get("zh") or ""), str(sides.get("en") or ""))
    return Text(str(value), str(value)) if value else Text()

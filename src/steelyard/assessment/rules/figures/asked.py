"""What does a figure ask of whoever fills it in: which unit of measure, what may stand there?"""

from __future__ import annotations

from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import percent, plain
from steelyard.scheme.model import Input, InputType

_KINDS: dict[InputType, Text] = {
    "number": Text("数值", "a number"),
    "count": Text("整数", "a whole number"),
    "share": Text("比例，写成85.5%或0.855", "a share, as 85.5% or 0.855"),
    "yes_no": Text("填“是”或“否”", "yes or no"),
    "text": Text("文字", "text"),
    "date": Text("日期，如2021-03-01", "a day, as 2021-03-01"),
}


def said_asked(wanted: Input) -> Text:
    """In a line: the unit of measure, the kind of figure, the range.

    >>> files = Input("a", unit_of_measure=Text("件", "cases"), type="count", least=Fraction(0))
    >>> said_asked(files).zh, said_asked(files).en
    ('单位：件；整数，不小于0', 'unit: cases; a whole number, not below 0')
    >>> said_asked(Input("a", type="share", least=Fraction(0), most=Fraction(1))).zh
    '比例，写成85.5%或0.855；0%—100%'
    >>> said_asked(Input("a", least=Fraction(0), most=Fraction(100))).en
    'a number, 0–100'
    """
    kind, range_ = _KINDS[wanted.type], said_range(wanted)
    parts = [_joined(kind, range_, wanted.type)] if range_ else [kind]
    unit = wanted.unit_of_measure
    if unit.zh or unit.en:
        parts.insert(0, Text(f"单位：{unit.say('zh')}", f"unit: {unit.say('en')}"))
    return Text("；".join(one.zh for one in parts), "; ".join(one.en for one in parts))


def _joined(kind: Text, range_: Text, type_: InputType) -> Text:
    """A kind that already has a comma is parted from its range by more than one."""
    zh, en = ("；", "; ") if type_ == "share" else ("，", ", ")
    return Text(f"{kind.zh}{zh}{range_.zh}", f"{kind.en}{en}{range_.en}")


def said_range(wanted: Input) -> Text:
    """Between what a number may lie; "" where nothing bounds it, and of what is no number."""
    if wanted.type not in ("number", "count", "share"):
        return Text()
    least, most = (_edge(one, wanted) for one in (wanted.least, wanted.most))
    if least and most:
        return Text(f"{least}—{most}", f"{least}–{most}")
    if least:
        return Text(f"不小于{least}", f"not below {least}")
    return Text(f"不大于{most}", f"not above {most}") if most else Text()


def _edge(bound: Fraction | None, wanted: Input) -> str:
    if bound is None:
        return ""
    return percent(bound) if wanted.type == "share" else plain(bound)

"""One cell as the value that an input may hold, or its faults."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import is_in_range, percent, plain
from steelyard.kernel.faults import Fault
from steelyard.scheme.model import Input, InputType
from steelyard.tables import cells
from steelyard.tables.sheet import Cell, Column, Head, Row
from steelyard.weighing.values import Day, Value

Answer = Fraction | datetime.date | bool | str | cells.Absent | Fault


def typed_cell(
    cell: Cell, wanted: Input, *, declared: bool = True
) -> tuple[Value | None, tuple[Fault, ...]]:
    """The cell's value (None if it has none), and what is wrong with it.

    ``declared`` says whether the scheme declares the input: if not, its type is our inference,
    and the fault says how to state it.
    """
    answer = _QUESTIONS[wanted.type](cell)
    if wanted.type == "count":
        answer = _whole(answer, cell, wanted)
    if isinstance(answer, cells.Absent):
        return None, ()
    if isinstance(answer, Fault):
        return None, (answer if declared else _undeclared(answer),)
    value = Day.of(answer) if isinstance(answer, datetime.date) else answer
    return value, _out_of_bounds(cell, value, wanted)


def typed_by_hand(cell: Cell, wanted: Input) -> tuple[Value | None, tuple[Fault, ...]]:
    """The same of what a person fills in: a share above 1 says that it is one, for 3 may be meant as 3%."""
    value, faults = typed_cell(cell, wanted)
    is_bare = wanted.type == "share" and not set(cell.text) & set("%％‰/")
    if faults or not is_bare or not isinstance(value, Fraction) or abs(value) <= 1:
        return value, faults
    what = Text(
        f"“{cell.text}”是比例，没有写“%”", f"{cell.text!r} is a share, and has no per cent sign"
    )
    mend = Text(
        f"请写明：{cell.text}%，或{percent(value)}", f"write {cell.text}%, or {percent(value)}"
    )
    return None, (Fault("unmarked-share", what, mend, cell.where),)


def typed_in_words(text: str, wanted: Input) -> tuple[Value | None, tuple[Fault, ...]]:
    """The same of a text that stands in no sheet: an option of a command, a call of a program.

    >>> share = Input("rate", type="share", least=Fraction(0), most=Fraction(1))
    >>> typed_in_words("75%", share)[0], [one.code for one in typed_in_words("75", share)[1]]
    (Fraction(3, 4), ['out-of-bounds'])
    """
    column = Column("", "")
    return typed_by_hand(
        Cell(text.strip(), column, Row(1, (text,), Head("", "", 1, (column,), {"": 0}))), wanted
    )


def _whole(answer: Answer, cell: Cell, wanted: Input) -> Answer:
    if isinstance(answer, Fraction) and answer.denominator != 1:
        return Fault(
            "not-whole",
            Text(f"“{cell.text}”不是整数", f"{cell.text!r} is not a whole number"),
            _counts_in(wanted.unit_of_measure),
            cell.where,
        )
    return answer


def _counts_in(unit: Text) -> Text:
    """What a count counts, in its own unit of measure."""
    if not unit:
        return Text("数量应为整数", "a count is a whole number")
    return Text(
        f"以“{unit.say('zh')}”计的数量应为整数",
        f"it is counted in {unit.say('en')!r} and is a whole number",
    )


_QUESTIONS: Mapping[InputType, Callable[[Cell], Answer]] = {
    "number": cells.number,
    "count": cells.number,  # and whole
    "share": cells.number,  # its bounds are those of the input, 0 and 1 unless the scheme says other
    "yes_no": cells.yes_no,
    "text": cells.text,
    "date": cells.date,
}


def _undeclared(fault: Fault) -> Fault:
    mend = Text(
        f"{fault.mend.zh}；若本不是这种数据，请在细则的[[inputs]]中写明type",
        f"{fault.mend.en}; if it is something else, give its type in the scheme's [[inputs]]",
    )
    return Fault(fault.code, fault.what, mend, fault.where)


def _out_of_bounds(cell: Cell, value: Value, wanted: Input) -> tuple[Fault, ...]:
    if not isinstance(value, Fraction):
        return ()
    if not is_in_range(value):
        return (_beyond(cell, wanted, Fraction(10**30), Text("超出", "beyond")),)
    if wanted.least is not None and value < wanted.least:
        return (_beyond(cell, wanted, wanted.least, Text("小于", "below")),)
    if wanted.most is not None and value > wanted.most:
        return (_beyond(cell, wanted, wanted.most, Text("大于", "above")),)
    return ()


def _beyond(cell: Cell, wanted: Input, bound: Fraction, side: Text) -> Fault:
    edge = percent(bound) if wanted.type == "share" else plain(bound)
    mend = Text("请核对数值和计量单位", "check the figure and its unit of measure")
    if wanted.type == "share":
        mend = Text("比率请写成92.3%或0.923", "write a share as 92.3% or 0.923")
    what = Text(f"{cell.text}{side.zh}允许的{edge}", f"{cell.text} is {side.en} the allowed {edge}")
    return Fault("out-of-bounds", what, mend, cell.where)

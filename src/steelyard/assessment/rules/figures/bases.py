"""Whom will the scheme refuse to weigh because a rule has nothing to divide by?

Every figure may be there, and the rule still have no answer: a growth from 0, a share of no cases. That is
known once all is scored and counted, before anything is frozen.
"""

from __future__ import annotations

from collections.abc import Iterable

from steelyard.assessment.rules.figures.missing import the_first_of
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.scheme.model import Scheme
from steelyard.weighing.points.board import Board
from steelyard.weighing.values import Values


def without_base(scheme: Scheme, values: Values) -> tuple[Text, ...]:
    """Each unit and item, in the order of the scheme. A figure that has no base itself is told as missing,
    and not here."""
    board = Board(scheme, values)
    for item in scheme.in_order:
        board.item(item.code)
    found = [
        (one.unit, one.item)
        for one in board.refusals
        if one.state == "no_base" and one.about.partition(" ")[0] not in scheme.inputs
    ]
    return tuple(_named(scheme, *one) for one in dict.fromkeys(found))


def _named(scheme: Scheme, unit: str, item: str) -> Text:
    of = scheme.unit[unit].title
    return Text(f"{of.say('zh')}·{item or '总分'}", f"{of.say('en')}: {item or 'the total'}")


def against_no_base(listed: Iterable[Text]) -> Refusal | None:
    """In the way of the freeze."""
    names = tuple(listed)
    if not names:
        return None
    first = the_first_of(names)
    return refusal(
        "nothing_to_divide_by",
        Text(f"按细则计算时除数为0，无法计分（{len(names)}项）：{first.zh}",
             f"the rule has nothing to divide by, so the scheme refuses to weigh ({len(names)}): {first.en}"),
        Text("请核对作除数的数据，或者修订细则中无基数的处理（on）",
             "check the figure that is divided by, or amend what the scheme says of it ([on])"),
    )  # fmt: skip

"""Scores that could not be given become faults that name the unit, the item and the value."""

from __future__ import annotations

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.weighing.points.board import Board, Refusal


def raise_refusals(board: Board) -> None:
    if board.refusals:
        raise Faulty(_refusal_fault(board, refusal) for refusal in board.refusals)


_WHAT = {
    "missing": Text("缺少数据", "has no value for"),
    "no_base": Text("分母为零", "divides by zero on"),
    "no_material": Text("无佐证材料", "has no supporting material for"),
    "unreliable": Text("数据不可靠", "has unreliable data for"),
    "late": Text("报送逾期", "was late with"),
    "forged": Text("材料造假", "filed forged material for"),
}


def _what_needs_it(board: Board, code: str) -> Text:
    """An item, a veto, or the total."""
    if not code:
        return Text("总分", "the total")
    if code in board.scheme.item:
        return Text(f"指标{code}", f"item {code}")
    return Text(f"一票否决项{code}", f"veto {code}")


def _refusal_fault(board: Board, refusal: Refusal) -> Fault:
    title = board.scheme.unit[refusal.unit].title
    about = refusal.about or refusal.item
    needs = _what_needs_it(board, refusal.item)
    what = _WHAT[refusal.state]
    return Fault(
        f"value-{refusal.state.replace('_', '-')}",
        Text(f"{title.say('zh')}（{refusal.unit}）的{needs.zh}{what.zh}：{about}",
             f"{title.say('en')} ({refusal.unit}) {what.en} {about}, which {needs.en} needs"),
        Text(f"请补报数据，或在细则的on中写明{refusal.state}怎样计分",
             f"deliver the value, or say in the scheme's [on] what {refusal.state!r} leads to"),
        Where(row=None, column=about),
    )  # fmt: skip

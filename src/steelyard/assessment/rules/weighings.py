"""May the frozen records be weighed again, and is all that was collected in the snapshot?"""

from __future__ import annotations

from collections.abc import Collection

from steelyard.assessment.rules.states import Stage, WeighingState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal


def against_another(stage: Stage, last: WeighingState | None) -> tuple[Refusal, ...]:
    """What stands against freezing and weighing anew: only a refused weighing is tried again."""
    if stage is not Stage.FROZEN or last is None:
        return (
            refusal(
                "not_frozen",
                Text("数据还没有冻结", "the records are not frozen yet"),
                Text("请先完成评分并冻结数据", "finish the scoring and freeze them first"),
            ),
        )
    if last is WeighingState.DONE:
        return (
            refusal(
                "weighed_already",
                Text("已经计分", "they are weighed already"),
                Text("冻结的数据不再变动", "what is frozen stays"),
            ),
        )
    if last is not WeighingState.REFUSED:
        return (
            refusal(
                "being_weighed",
                Text("正在计算", "they are being weighed"),
                Text("请等待结果", "wait for the result"),
            ),
        )
    return ()


def while_weighing(wanted: Collection[str], there: Collection[str]) -> tuple[Refusal, ...]:
    """A snapshot that somebody asked for before lacks what was collected."""
    if set(wanted) <= set(there):
        return ()
    return (
        refusal(
            "another_snapshot",
            Text(
                "同一期间的另一个数据快照正在冻结",
                "another snapshot of this period is being frozen",
            ),
            Text("请稍后再试", "try again in a few minutes"),
        ),
    )

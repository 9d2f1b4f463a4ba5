"""May the frozen records be weighed again, and what does the worker do just now?"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from steelyard.assessment.rules.states import Stage, WeighingState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

MOST_ATTEMPTS = 3
"""So often the worker begins with a weighing; if it dies as often, another try would die as well."""

DIED_TOO_OFTEN = Fault(
    "weighing_died",
    Text(
        f"后台进程在计算中{MOST_ATTEMPTS}次意外中断",
        f"the background worker died {MOST_ATTEMPTS} times while it weighed",
    ),
    mend=Text(
        "请联系系统管理员检查内存和磁盘，然后重新冻结并计算",
        "have the administrator look at memory and disk, then freeze and weigh again",
    ),
)
FAILED = Fault(
    "weighing_failed",
    Text(
        "计算因意外错误中止，详见系统日志",
        "it ended with an error nobody foresaw; the log says which",
    ),
    mend=Text(
        "请联系系统管理员，排除后重新冻结并计算",
        "have the administrator look at it, then freeze and weigh again",
    ),
)


class Step(StrEnum):
    """What the worker does just now."""

    WAITS = "waits"
    FREEZES = "freezes"
    WEIGHS = "weighs"
    VARIES = "varies"
    WRITES = "writes"


STEPS: Mapping[Step, Text] = {
    Step.WAITS: Text("等待后台进程", "waiting for the background worker"),
    Step.FREEZES: Text("冻结数据", "freezing the records"),
    Step.WEIGHS: Text("计算得分", "weighing"),
    Step.VARIES: Text(
        "重复计算，检验排名是否稳定", "weighing again and again, to see how sure the ranks are"
    ),
    Step.WRITES: Text("编写报告和工作簿", "writing the report and the workbook"),
}
_FROM = ((10, Step.WEIGHS), (30, Step.VARIES), (80, Step.WRITES))


def step_of(state: WeighingState, progress: int) -> Step:
    """By the percentage at which each step begins, as the worker tells it.

    >>> step_of(WeighingState.RUNNING, 0), step_of(WeighingState.RUNNING, 80)
    (<Step.FREEZES: 'freezes'>, <Step.WRITES: 'writes'>)
    """
    if state is WeighingState.ASKED:
        return Step.WAITS
    begun = [step for percent, step in _FROM if progress >= percent]
    return begun[-1] if begun else Step.FREEZES


def against_another(
    stage: Stage, last: WeighingState | None, *, forged_since: bool = False
) -> tuple[Refusal, ...]:
    """What stands against freezing and weighing anew.

    Only a refused weighing is tried again; a finished one if material was found to be forged since.
    """
    if stage is not Stage.FROZEN or last is None:
        return (
            refusal(
                "not_frozen",
                Text("数据还没有冻结", "the records are not frozen yet"),
                Text("请先完成评分并冻结数据", "finish the scoring and freeze them first"),
            ),
        )
    if last is WeighingState.DONE and forged_since:
        return ()
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

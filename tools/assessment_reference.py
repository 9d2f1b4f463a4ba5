"""docs/reference/assessment_states.md: where each thing of an assessment stands, from the rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from steelyard.assessment.rules.stages import DIVIDES, LIMITS
from steelyard.assessment.rules.states import ALL, ASSESSMENT
from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import Moves
from steelyard.scheme.given import GIVEN

HEAD = """# 考核各环节的状态 · States of an assessment

Where each thing of an assessment stands and what may happen to it. This page is made from
[`assessment/rules/states/`](../../src/steelyard/assessment/rules/states/), and triggers of the
database hold every table to it: what is not here does not happen.

本页由规则文件生成，数据库触发器保证：表中没有的，不能办理。

"""


def page() -> str:
    parts = [HEAD, *(line for moves in ALL.values() for line in _of(moves))]
    return "\n".join([*parts, *_limits(), "", *_given()]) + "\n"


def _of(moves: Moves[Any, Any]) -> Iterator[str]:
    yield f"## {moves.thing.zh} · {moves.thing.en}"
    yield ""
    yield "```mermaid"
    yield moves.diagram()
    yield "```"
    yield ""
    yield "| state | 状态 |"
    yield "|---|---|"
    yield from (f"| `{state}` {text.en} | {text.zh} |" for state, text in moves.states.items())
    yield ""
    yield "| move | 办理 | from → to |"
    yield "|---|---|---|"
    for move, text in moves.moves.items():
        ways = (f"{start} → {end}" for (start, one), end in moves.table.items() if one is move)
        yield f"| `{move}` {text.en} | {text.zh} | {'<br>'.join(ways)} |"
    yield ""


def _limits() -> Iterator[str]:
    yield "## 进入下一阶段的条件 · What a stage waits for"
    yield ""
    yield "A move is refused with every limit that it does not keep, not with the first."
    yield ""
    yield "| move | limits |"
    yield "|---|---|"
    for move, limits in LIMITS.items():
        named = [limit.__name__.replace("_", " ") for limit in limits]
        named += ["every indicator has its bodies"] if move in DIVIDES else []
        yield f"| {_both(ASSESSMENT.moves[move])} | {'<br>'.join(named)} |"


def _given() -> Iterator[str]:
    yield "## 考核办自行统计的数值 · Figures that the office counts itself"
    yield ""
    yield (
        "A scheme that declares an input of this code gets the figure: no body supplies it, and it stands on "
        "no sheet. 细则声明了这一编号的数值，即由考核办统计，不由任何单位报送。"
    )
    yield ""
    yield "| code | title 名称 | what it counts 含义 | condition 条件写法 |"
    yield "|---|---|---|---|"
    for code, given in GIVEN.items():
        meaning = f"{given.meaning.en}. {given.meaning.zh}。"
        title = f"{_both(given.title)} ({_both(given.unit)})"
        yield f"| `{code}` | {title} | {meaning} | `{given.condition}` |"


def _both(text: Text) -> str:
    return f"{text.en} {text.zh}"

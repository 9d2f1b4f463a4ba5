"""How do answers from a form, a command or a sheet become a filing?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from steelyard.courts.rules.filing.fact import Answer, Fact
from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.filing_facts import FACTS
from steelyard.courts.rules.filing.material_rows import Materials
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where, raise_if_any

_YES = {"yes", "y", "true", "是", "有", "已", "√"}
_NO = {"no", "n", "false", "否", "无", "没有", "未", "×"}
_UNSAID = {"", "?", "？", "不详", "未说明", "unknown"}


def read_filing(answers: Mapping[str, Answer], table: Materials) -> Filing:
    """The filing that answers describe, each under the code of its fact.

    An answer may be typed (True, 2, "owner") or written as people write ("是", "2", "权利人"). What
    is not there, empty or "不详" is not said.

    Raises:
        Faulty: a code that is none, or an answer that is none of the fact's; all at once.
    """
    known = {one.code: one for one in (*FACTS, *table.facts())}
    faults: list[Fault] = []
    filing = Filing()
    materials: dict[str, bool | None] = {}
    for code, written in answers.items():
        if code not in known:
            faults.append(_no_such_fact(code))
            continue
        try:
            answer = read_answer(known[code], written)
        except ValueError:
            faults.append(_no_such_answer(known[code], written))
            continue
        if code.startswith("materials."):
            materials[code.removeprefix("materials.")] = None if answer is None else bool(answer)
        else:
            filing = _with(filing, code, answer)
    raise_if_any(faults)
    return replace(filing, materials=materials)


def read_answer(one: Fact, written: Answer) -> Answer:
    """What was written as an answer to a fact, typed; None where it says nothing.

    Raises:
        ValueError: it is no answer to that fact.
    """
    if written is None or (isinstance(written, str) and written.strip() in _UNSAID):
        return None
    if one.kind == "yes_no":
        return _tick(written)
    if one.kind == "count":
        return _count(written)
    return _chosen(one, written)


def _tick(written: Answer) -> bool:
    if isinstance(written, bool):
        return written
    word = str(written).strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(word)


def _count(written: Answer) -> int:
    if isinstance(written, bool):
        raise ValueError(written)
    number = int(str(written).strip())
    if number < 0:
        raise ValueError(number)
    return number


def _chosen(one: Fact, written: Answer) -> str:
    word = str(written).strip()
    for code, label in one.choices:
        if word in (code, label.zh, label.en):
            return code
    raise ValueError(word)


def _with(filing: Filing, code: str, answer: Answer) -> Filing:
    group, _, name = code.rpartition(".")
    changes: dict[str, Any] = {name: answer}
    if group:
        changes = {group: replace(getattr(filing, group), **changes)}
    return replace(filing, **changes)


def _no_such_fact(code: str) -> Fault:
    return Fault(
        "no-such-fact",
        Text(f"没有代码为“{code}”的事项", f"there is no fact {code!r}"),
        Text("请查看事项清单的code", "see the codes of the list of facts"),
        Where(key=code),
    )


def _no_such_answer(one: Fact, written: Answer) -> Fault:
    if one.kind == "yes_no":
        choices = Text("是、否；不知道的留空", "yes, no; leave empty what is not known")
    elif one.kind == "count":
        choices = Text("0、1、2……", "0, 1, 2, …")
    else:
        choices = Text(
            "、".join(label.zh for _, label in one.choices),
            "; ".join(f"{code} ({label.en})" for code, label in one.choices),
        )
    return Fault(
        "no-such-answer",
        Text(
            f"“{one.label.zh}”不能回答“{written}”", f"{written!r} is no answer to: {one.label.en}"
        ),
        Text(f"可以回答：{choices.zh}", f"answers are: {choices.en}"),
        Where(key=one.code),
    )

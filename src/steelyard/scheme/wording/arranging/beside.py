"""What a wording says beside the rule: when the whole item is zero, full or not applicable."""

from __future__ import annotations

from steelyard.scheme.wording.arranging.conditions import condition_text, denied
from steelyard.scheme.wording.arranging.work import Part, Undecided, Work
from steelyard.scheme.wording.clauses import NoCap, StateOfData, Whole


def put_beside(work: Work) -> None:
    """Fill ``work.beside`` with the keys of the item that the clauses set."""
    for one in work.clauses:
        match one:
            case NoCap():
                work.beside["cap"] = "none"
            case StateOfData(state, outcome):
                states = work.beside.setdefault("on", {})
                assert isinstance(states, dict)
                states[state] = outcome
            case Whole(key, condition):
                add_condition(work, key, condition_text(work, condition))


def add_condition(work: Work, key: str, condition: str) -> None:
    """One more condition under which it holds."""
    had = work.beside.get(key)
    work.beside[key] = condition if had is None else f"{had} or {condition}"


def only_beside(work: Work) -> list[Part]:
    """无案件的，本项不得分, alone: full points for all others."""
    if work.beside_a_rule:
        return []
    if set(work.beside) == {"zero_if"}:
        return [{"points": "full", "when": denied(str(work.beside.pop("zero_if")))}]
    if work.beside:
        raise Undecided("没有写怎样计分", "it does not say how points are given")
    return []

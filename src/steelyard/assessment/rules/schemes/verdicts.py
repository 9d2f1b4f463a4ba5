"""Who gets which grade, what overrules it, what do missing or late data lead to? A scheme's own rules, in words.

A draft may have any fault: what cannot be put into words stands as it is written, never left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from steelyard.assessment.rules.drafting import Document, as_text
from steelyard.assessment.rules.schemes.writing_rules import in_notation
from steelyard.kernel.bilingual import Lang, Text
from steelyard.scheme.wording.say_grades import grade_in_words, veto_in_words
from steelyard.scheme.wording.say_item import OUTCOMES, STATES, state_in_words
from steelyard.scheme.wording.speech import rows_of
from steelyard.weighing.points.tree import DEFAULTS


@dataclass(frozen=True, slots=True)
class Verdict:
    """A grade, or a veto: what it is called, and what it says."""

    code: str
    title: Text
    words: Text


def grades_said(document: Document) -> tuple[Verdict, ...]:
    """The best first.

    >>> [one.words.zh for one in grades_said({"grades": [{"code": "a", "above": 90}, {"code": "b"}]})]
    ['90分（不含）以上', '其余']
    """
    return tuple(_verdict(row, document, grade_in_words) for row in rows_of(document, "grades"))


def vetoes_said(document: Document) -> tuple[Verdict, ...]:
    return tuple(_verdict(row, document, veto_in_words) for row in rows_of(document, "vetoes"))


_WHAT_IS_LATE = Text(
    "指被考核单位的自评材料；只及于由其提交材料或者由评分单位评定的指标",
    "what the unit files itself; it touches only items for which it files material, or that a body judges",
)


def outcomes_said(document: Document) -> tuple[Verdict, ...]:
    """What data that are missing, late or forged lead to, of every item that does not say otherwise.

    >>> [one.words.zh for one in outcomes_said({"on": {"missing": "zero"}})][0]
    '缺少数据的不得分。'
    """
    on = document.get("on")
    said = on if isinstance(on, Mapping) else {}
    return tuple(_outcome(state, str(said.get(state, given))) for state, given in DEFAULTS.items())


def _outcome(state: str, outcome: str) -> Verdict:
    named = STATES[state]
    if outcome not in OUTCOMES:
        return Verdict(state, named, Text(outcome, outcome))
    zh, en = (state_in_words(state, outcome, lang) for lang in ("zh", "en"))
    if state == "late":
        zh, en = f"{zh}{_WHAT_IS_LATE.zh}。", f"{en} ({_WHAT_IS_LATE.en}.)"
    return Verdict(state, named, Text(zh, en))


def changed_nothing(document: Document, veto: str, grade: str) -> bool:
    """Whether a veto that holds surely left a grade alone: it names the best one allowed, which the unit
    does not even reach.

    >>> scheme = {"grades": [{"code": "a"}, {"code": "b"}, {"code": "c"}],
    ...           "vetoes": [{"code": "v", "then": {"best_grade": "b"}}]}
    >>> [changed_nothing(scheme, "v", one) for one in "bc"]
    [False, True]
    """
    places = [str(row.get("code")) for row in rows_of(document, "grades")]
    then = next(
        (row.get("then") for row in rows_of(document, "vetoes") if row.get("code") == veto), None
    )
    if not isinstance(then, Mapping) or set(then) != {"best_grade"}:
        return False
    best = str(then["best_grade"])
    return {best, grade} <= set(places) and places.index(grade) > places.index(best)


Say = Callable[[Mapping[str, Any], Document, Lang], str]


def _verdict(row: Mapping[str, Any], document: Document, say: Say) -> Verdict:
    code = str(row.get("code", ""))
    title = as_text(row.get("title"))
    named = Text(title.zh or title.en or code, title.en or title.zh or code)
    try:
        words = Text(say(row, document, "zh"), say(row, document, "en"))
    except Exception:
        written = in_notation(dict(row))
        words = Text(written, written)
    return Verdict(code, named, words)

"""What is missing is asked for, one question after another, in the language of the person.

Choices are shown with numbers; a blank means "not known" where that may be; an answer that is not
understood is asked for again, with the reason.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from steelyard.courts.desk.choices import meant
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.jobs import not_given
from steelyard.courts.desk.questions import Choice, Question, shown
from steelyard.courts.desk.reading import read
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty

SHORT = 12
"""Choices that are shown at once; of a longer list a person names one by a few words."""

_SOME_WORDS = Text("（写几个字即可；写“?”列出全部）", "(a few words will do; ? lists them all)")
_BLANK = Text("（不清楚或者没有的，直接回车）", "(just Enter if not known or none)")
_NEEDED = Text("此项不能空着。", "This one is needed.")
_WHICH = Text("，是哪一项？", ": which?")
_CURSOR = "> "
_BETWEEN = re.compile(r"[\s、,，;；]+")


@dataclass(frozen=True, slots=True)
class Talk:
    """A person who answers. ``hear`` gives a line, None when there will be no more."""

    lang: Lang
    say: Callable[[str], None]
    hear: Callable[[], str | None]


def terminal(lang: Lang) -> Talk:
    """Questions go to standard error, so that the answer alone can be piped."""

    def say(text: str) -> None:
        print(text, end="", file=sys.stderr, flush=True)

    def hear() -> str | None:
        line = sys.stdin.readline()
        return line.strip() if line else None

    return Talk(lang, say, hear)


def ask_missing(
    questions: Sequence[Question],
    facts: Facts,
    talk: Talk,
    *,
    again: Collection[str] = (),
    faults: Sequence[Fault] = (),
    today: date | None = None,
) -> Facts:
    """The facts with what was asked for. ``again``: what was given and not understood.

    Raises:
        Faulty: the person stopped before all that is needed was said.
    """
    for fault in faults:
        talk.say(f"{_reason(fault, talk.lang)}\n")
    for question in questions:
        if question.code in facts or not (question.code in again or question.asked(facts)):
            continue
        answered = _asked(question, facts, talk, today)
        if answered is None:
            talk.say("\n")
            raise Faulty(not_given(tuple(questions), facts))
        facts = answered
    return facts


def _asked(question: Question, facts: Facts, talk: Talk, today: date | None) -> Facts | None:
    """The facts with this answer, or as they were where it was left open; None: no more lines."""
    listed = question.choices if len(question.choices) <= SHORT else ()
    talk.say(_put(question, facts, listed, talk.lang))
    while (line := talk.hear()) is not None:
        if not line and question.blank_is_today and today is not None:
            return facts.having(question.code, today)
        if not line and not question.needed:
            return facts
        if line in ("?", "？"):
            listed = question.choices
            talk.say(_numbered(listed, question, talk.lang) + _CURSOR)
            continue
        value = read(question, _of_the_list(line, listed, question), today=today)
        if not isinstance(value, Fault):
            return facts.having(question.code, value)
        listed = _candidates(question, line) or listed
        talk.say(_why_again(value, question, line, listed, talk.lang) + _CURSOR)
    return None


def _put(question: Question, facts: Facts, listed: Sequence[Choice], lang: Lang) -> str:
    """The question as it is shown, with its choices, up to where the answer is typed."""
    said = question.said(facts).say(lang)
    if question.choices and not listed:
        said += _SOME_WORDS.say(lang)
    if not question.needed:
        said += _BLANK.say(lang)
    return f"{said}\n{_numbered(listed, question, lang)}{_CURSOR}"


def _numbered(listed: Sequence[Choice], question: Question, lang: Lang) -> str:
    return "".join(
        f"  {number} {shown(one, question.choices, lang)}\n" for number, one in enumerate(listed, 1)
    )


def _of_the_list(line: str, listed: Sequence[Choice], question: Question) -> str:
    """The codes of the choices that numbers, or words among those shown, stand for."""
    if question.kind == "choice":
        return _one_of_the_list(line, listed)
    if question.kind == "choices":
        return "；".join(_one_of_the_list(part, listed) for part in _BETWEEN.split(line) if part)
    return line


def _one_of_the_list(said: str, listed: Sequence[Choice]) -> str:
    if said.isdecimal() and 1 <= int(said) <= len(listed):
        return listed[int(said) - 1].code
    narrowed = meant(tuple(listed), said)
    return narrowed[0].code if len(narrowed) == 1 else said


def _candidates(question: Question, line: str) -> tuple[Choice, ...]:
    return meant(question.choices, line) if question.kind == "choice" else ()


def _why_again(
    fault: Fault, question: Question, line: str, listed: Sequence[Choice], lang: Lang
) -> str:
    if not line:
        return f"{_NEEDED.say(lang)}\n"
    if fault.code == "ambiguous-choice":
        return f"{fault.what.say(lang)}{_WHICH.say(lang)}\n{_numbered(listed, question, lang)}"
    return f"{_reason(fault, lang)}\n"


def _reason(fault: Fault, lang: Lang) -> str:
    between = "；" if lang == "zh" else "; "
    return f"{fault.what.say(lang)}{between}{fault.mend.say(lang)}"

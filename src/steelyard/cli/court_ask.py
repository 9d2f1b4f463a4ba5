"""What is missing is asked for, one question after another, in the language of the person.

Choices are shown with numbers; a blank means "not known" where that may be; an answer that is not
understood is asked for again, with the reason.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from steelyard.courts.desk.choices import meant
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.jobs import not_given, with_today
from steelyard.courts.desk.questions import Choice, Question, shown
from steelyard.courts.desk.reading import read
from steelyard.courts.desk.reading_faults import empty
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Where, raise_if_any

AMBIGUOUS = frozenset({"ambiguous-choice", "cause-ambiguous", "place-ambiguous"})
"""Faults after which those that the words may mean are shown."""

SHORT = 12
"""Choices that are shown at once; of a longer list a person names one by a few words."""

MOST = 20
"""Choices that are shown of those that some words may mean."""

_SOME_WORDS = Text("（写几个字即可；写“?”列出全部）", "(a few words will do; ? lists them all)")
_NEEDED = Text("此项不能空着。", "This one is needed.")
_CURSOR = "> "
_BETWEEN = re.compile(r"[\s、,，;；]+")


@dataclass(frozen=True, slots=True)
class Talk:
    """A person who answers. ``hear`` gives a line, None when there will be no more."""

    lang: Lang
    say: Callable[[str], None]
    hear: Callable[[], str | None]


MAY_STOP = Text(
    "只问与本案有关的事项；按Ctrl-D可以结束，余下的按未说明处理。\n\n",
    "Only what bears on this case is asked. Ctrl-D ends it; the rest counts as not said.\n\n",
)


def terminal(lang: Lang) -> Talk:
    """Questions go to standard error, so that the answer alone can be piped."""

    def say(text: str) -> None:
        print(text, end="", file=sys.stderr, flush=True)

    def hear() -> str | None:
        line = sys.stdin.readline()
        return line.strip() if line else None

    return Talk(lang, say, hear)


def flag_of(question: Question) -> Where:
    return Where(file=question.flag)


def ask_missing(
    questions: tuple[Question, ...],
    facts: Facts,
    talk: Talk,
    *,
    again: Mapping[str, str],
    today: date,
) -> Facts:
    """The facts with what was asked for. ``again``: what was written and is not understood.

    A person who says no more (Ctrl-D) is answered by what is known, if that is enough.

    Raises:
        Faulty: it is not; all that is still needed is named.
    """
    for question in questions:
        tried = again.get(question.code)
        if question.code in facts or not (tried or question.asked(facts)):
            continue
        answered = _asked(question, facts, talk, today, tried)
        if answered is None:
            facts = with_today(questions, facts, today)
            break
        facts = answered
    talk.say("\n")
    raise_if_any(_still_needed(questions, facts, again))
    return facts


def _still_needed(
    questions: tuple[Question, ...], facts: Facts, again: Mapping[str, str]
) -> list[Fault]:
    tried = [one for one in questions if one.code in again and one.code not in facts]
    rest = tuple(one for one in questions if one not in tried)
    return [*(empty(one).at(flag_of(one)) for one in tried), *not_given(rest, facts, place=flag_of)]


def _asked(
    question: Question, facts: Facts, talk: Talk, today: date, tried: str | None
) -> Facts | None:
    """The facts with this answer, or as they were where it was left open; None: no more lines."""
    listed = question.choices if len(question.choices) <= SHORT else ()
    talk.say(_put(question, facts, listed, talk.lang))
    for line in _lines(talk, tried):
        if not line and question.blank_is_today:
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
        listed = _candidates(question, line, listed) or listed
        talk.say(_why_again(value, question, line, listed, talk.lang) + _CURSOR)
    return None


def _lines(talk: Talk, tried: str | None) -> Iterator[str]:
    if tried:
        talk.say(f"{tried}\n")
        yield tried
    yield from iter(talk.hear, None)


def _put(question: Question, facts: Facts, listed: Sequence[Choice], lang: Lang) -> str:
    """The question as it is shown, with its choices, up to where the answer is typed."""
    said = [question.said(facts).say(lang)]
    if question.choices and not listed:
        said.append(_SOME_WORDS.say(lang))
    if not question.needed or question.blank_is_today:
        said.append(_enter(question.blank).say(lang))
    sentence = ("" if lang == "zh" else " ").join(said)
    return f"{sentence[:1].upper()}{sentence[1:]}\n{_numbered(listed, question, lang)}{_CURSOR}"


def _enter(blank: Text) -> Text:
    return Text(f"（直接回车：{blank.zh}）", f"(just Enter: {blank.en})")


def _numbered(listed: Sequence[Choice], question: Question, lang: Lang) -> str:
    return "".join(
        f"  {number} {shown(one, question.choices, lang)}\n" for number, one in enumerate(listed, 1)
    )


def _of_the_list(line: str, listed: Sequence[Choice], question: Question) -> str:
    """The codes of the choices that numbers, or words among those shown, stand for."""
    numbers = [part for part in _BETWEEN.split(line) if part]
    if question.kind not in ("choice", "choices") or not listed:
        return line
    if all(part.isdecimal() and 1 <= int(part) <= len(listed) for part in numbers):
        return "；".join(listed[int(part) - 1].code for part in numbers)
    narrowed = meant(tuple(listed), line)
    return narrowed[0].code if len(narrowed) == 1 else line


def _candidates(question: Question, line: str, listed: Sequence[Choice]) -> tuple[Choice, ...]:
    """What the words may mean: among those shown if any of them, else among all."""
    if question.kind not in ("choice", "choices"):
        return ()
    return meant(tuple(listed), line) or meant(question.choices, line)


def _why_again(
    fault: Fault, question: Question, line: str, listed: Sequence[Choice], lang: Lang
) -> str:
    if not line:
        return f"{_NEEDED.say(lang)}\n"
    if len(listed) > 1 and fault.code in AMBIGUOUS:
        first = _numbered(listed[:MOST], question, lang)
        return f"{_which(line, listed).say(lang)}\n{first}{_rest(len(listed) - MOST).say(lang)}"
    return f"{_reason(fault, lang)}\n"


def _which(line: str, listed: Sequence[Choice]) -> Text:
    return Text(
        f"“{line}”可以指{len(listed)}项，是哪一项？", f"“{line}” may mean {len(listed)}: which?"
    )


def _rest(more: int) -> Text:
    if more <= 0:
        return Text()
    return Text(f"  另有{more}项，请多写几个字\n", f"  and {more} more: write some more words\n")


def _reason(fault: Fault, lang: Lang) -> str:
    between = "；" if lang == "zh" else "; "
    return f"{fault.what.say(lang)}{between}{fault.mend.say(lang)}"

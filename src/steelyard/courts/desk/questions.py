"""What may be asked at the counter, and when does it matter?

One list of questions serves the flags of the command, the questions put to a person, and the
headings of a sheet of many cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from steelyard.courts.desk.facts import Facts
from steelyard.kernel.bilingual import Lang, Text

Kind = Literal[
    "text", "day", "time", "amount", "yes_no", "choice", "choices", "count", "spans", "numbers"
]
"""How an answer is read.

``choices``: several of the list. ``spans``: days from and to, each with a reason. ``numbers``: case
numbers, which the command reads from a file.
"""


NOT_KNOWN = Text("没有或者不清楚", "none, or not known")


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer. ``group`` is shown before the title; ``words`` are other
    names, with ``;`` between, and find it as well.
    """

    code: str
    title: Text
    words: str = ""
    group: Text | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One fact. ``label`` is its name, as over a column; ``ask`` the question in full.

    ``find`` gives the codes of the choices that words name, where the rules know more names than
    titles; it raises Faulty where they name none. ``needed``: no answer without it. ``asked``:
    whether it matters, given the earlier answers; one that does not is neither asked nor missed,
    but is read where it is given. ``put`` words the question by the earlier answers. ``blank``
    says what no answer stands for; where ``blank_is_today`` it is the day of asking.
    ``in_sheets``: a sheet of many cases may have a column of it.
    """

    code: str
    label: Text
    kind: Kind
    ask: Text
    choices: tuple[Choice, ...] = ()
    find: Callable[[str], tuple[str, ...]] | None = None
    needed: bool = True
    asked: Callable[[Facts], bool] = lambda _: True
    put: Callable[[Facts], Text] | None = None
    blank: Text = NOT_KNOWN
    blank_is_today: bool = False
    in_sheets: bool = True

    def said(self, facts: Facts) -> Text:
        return self.ask if self.put is None else self.put(facts)

    def choice(self, code: str) -> Choice:
        """The choice of a code.

        Raises:
            StopIteration: no choice has this code.
        """
        return next(one for one in self.choices if one.code == code)

    @property
    def flag(self) -> str:
        return f"--{self.code.replace('_', '-').replace('.', '-')}"


def missing(questions: Iterable[Question], facts: Facts) -> tuple[Question, ...]:
    """What is needed, matters and is not known."""
    return unknown((one for one in questions if one.needed), facts)


def unknown(questions: Iterable[Question], facts: Facts) -> tuple[Question, ...]:
    """What matters and is not known, needed or not."""
    return tuple(one for one in questions if one.code not in facts and one.asked(facts))


def columns_of(questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions that may be columns of a sheet."""
    return tuple(one for one in questions if one.in_sheets)


def shown(choice: Choice, among: Iterable[Choice], lang: Lang) -> str:
    """A choice as it is listed: its title, its group, and its code where that is not enough."""
    said = _with_group(choice, lang)
    if sum(_with_group(one, lang) == said for one in among) == 1:
        return said
    return f"{said}（{choice.code}）" if lang == "zh" else f"{said} ({choice.code})"


def _with_group(choice: Choice, lang: Lang) -> str:
    title = choice.title.say(lang)
    if choice.group is None:
        return title
    between = "：" if lang == "zh" else ": "
    return f"{choice.group.say(lang)}{between}{title}"

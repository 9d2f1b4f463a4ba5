"""What is a fact to ask for, and when does it bear on a filing?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from steelyard.courts.rules.filing.contents import When
from steelyard.kernel.bilingual import Text

FactKind = Literal["yes_no", "choice", "text", "count"]
Answer = bool | int | str | None
Choices = tuple[tuple[str, Text], ...]
NO_HELP = Text()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something to ask: ``code`` is its place in :class:`Filing`, as ``plaintiff.interest``.

    ``label`` is a statement that is true or not, or the name of a choice or count. ``choices``
    are codes with their words. ``help`` says what to mind.
    """

    code: str
    label: Text
    kind: FactKind
    choices: Choices = ()
    help: Text = NO_HELP
    when: When = ()


ADMINISTRATIVE: When = (("track", ("administrative",)),)


def yes_no(code: str, zh: str, en: str, *, when: When = (), help: Text = NO_HELP) -> Fact:
    return Fact(code, Text(zh, en), "yes_no", (), help, when)


def choice(code: str, zh: str, en: str, choices: Choices, *, when: When = ()) -> Fact:
    return Fact(code, Text(zh, en), "choice", choices, NO_HELP, when)


def count(code: str, zh: str, en: str, *, when: When = ()) -> Fact:
    return Fact(code, Text(zh, en), "count", (), NO_HELP, when)

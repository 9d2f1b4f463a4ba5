"""Which facts does the filing check ask for, in which words, and when does each matter?

A form, a command that asks, and a batch from Excel are all made of :data:`FACTS`. A fact whose
``when`` does not hold has no bearing and is not asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from steelyard.courts.rules.filing.contents import When
from steelyard.courts.rules.filing.fact import Answer, Fact
from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.obstacle_facts import (
    CHALLENGES,
    DECLARATIONS,
    OBSTACLES,
    PRESERVATIONS,
    RIGHTS,
)
from steelyard.courts.rules.filing.paper_facts import AGENTS, COMPLAINT, FROM_ABROAD
from steelyard.courts.rules.filing.start_facts import PARTIES, START

FACTS: tuple[Fact, ...] = (
    *START,
    *PARTIES,
    *COMPLAINT,
    *OBSTACLES,
    *DECLARATIONS,
    *CHALLENGES,
    *AGENTS,
    *FROM_ABROAD,
    *RIGHTS,
    *PRESERVATIONS,
)
"""Every fact, in the order in which a clerk asks."""

_BY_CODE: Mapping[str, Fact] = {one.code: one for one in FACTS}


def fact(code: str) -> Fact:
    """The fact of a code.

    Raises:
        KeyError: there is none.
    """
    return _BY_CODE[code]


def value(filing: Filing, code: str) -> Answer:
    """What the filing says of a fact; None where it says nothing."""
    group, _, name = code.rpartition(".")
    if group == "materials":
        return filing.materials.get(name)
    return cast("Answer", getattr(getattr(filing, group) if group else filing, name))


def holds(when: When, filing: Filing) -> bool:
    """Whether every condition is met. What nobody said, or has no bearing, answers as ""."""
    return all(_token(filing, code) in answers for code, answers in when)


def applies(one: Fact, filing: Filing) -> bool:
    """Whether a fact bears on this filing."""
    return holds(one.when, filing)


def _token(filing: Filing, code: str) -> str:
    answer = value(filing, code)
    if answer is None or not applies(fact(code), filing):
        return ""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return str(answer)

"""By how much may a limit be extended, by whom, and by how much was it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from steelyard.courts.rules.counting import Length, runs_to
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where
from steelyard.kernel.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension that a text allows, and who grants it.

    ``length`` is the most that may be granted, None where the text fixes none; ``reading`` is then
    the length that an older text gives, if one does. ``again``: it may be granted any number of
    times, such as the renewal of a seizure.
    """

    length: Length | None
    by: Text
    again: bool = False
    reading: Length | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """An extension that was granted. ``length`` None: all that the text allows."""

    length: Length | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The extensions that a case has had: their lengths in order, the one that is of unknown length
    because no text fixes it, and the next one that may still be granted."""

    lengths: tuple[Length, ...]
    steps: tuple[Extension, ...]
    unknown: Extension | None
    next: Extension | None


def taken(allowed: tuple[Extension, ...], granted: tuple[Granted, ...]) -> Taken:
    """What was granted, held against what is allowed. Grants beyond the last are left to
    :func:`refusals`; after one of unknown length nothing can be counted."""
    steps = tuple(step for n, _ in enumerate(granted) if (step := nth(allowed, n)) is not None)
    lengths: list[Length] = []
    for step, one in zip(steps, granted, strict=False):
        length = one.length or step.length
        if length is None:
            return Taken(tuple(lengths), steps, step, None)
        lengths.append(length)
    return Taken(tuple(lengths), steps, None, nth(allowed, len(granted)))


def nth(allowed: tuple[Extension, ...], number: int) -> Extension | None:
    """The extension that would come after so many others; None where no text allows one more."""
    if number < len(allowed):
        return allowed[number]
    return allowed[-1] if allowed and allowed[-1].again else None


def refusals(
    allowed: tuple[Extension, ...],
    granted: tuple[Granted, ...],
    title: Text,
    where: Where,
    *,
    start: date,
    calendar: WorkingDays,
) -> list[Fault]:
    """Every grant that no text allows, and every one that is longer than its text."""
    faults = []
    for number, one in enumerate(granted):
        step = nth(allowed, number)
        if step is None:
            faults.append(_beyond(title, where) if allowed else _none(title, where))
        elif one.length and step.length and _exceeds(one.length, step.length, start, calendar):
            faults.append(_too_long(title, where, one.length, step.length))
    return faults


def _exceeds(one: Length, most: Length, start: date, calendar: WorkingDays) -> bool:
    if one.unit == most.unit:
        return one.number > most.number
    return runs_to(start, (one,), calendar) > runs_to(start, (most,), calendar)


def _none(title: Text, where: Where) -> Fault:
    return Fault(
        "no-extension",
        Text(f"“{title.zh}”没有可以延长的规定", f"no text extends: {title.en}"),
        Text("请不带延长计算", "count it without an extension"),
        where,
    )


def _beyond(title: Text, where: Where) -> Fault:
    return Fault(
        "no-further-extension",
        Text(f"“{title.zh}”不能再延长", f"no text extends once more: {title.en}"),
        Text("请核对已批准延长的次数", "check how many times it was extended"),
        where,
    )


def _too_long(title: Text, where: Where, length: Length, most: Length) -> Fault:
    return Fault(
        "extension-too-long",
        Text(
            f"“{title.zh}”一次最多延长{most.say('zh')}，填写的是{length.say('zh')}",
            f"{title.en} may be extended by {most.say('en')} at most, not by {length.say('en')}",
        ),
        Text("请核对批准延长的决定", "check the decision that extended it"),
        where,
    )

"""The counter as a form: which questions are put, how each is answered, and what comes of it.

One form serves every job of :mod:`steelyard.courts.desk`. It is sent by GET, so that an answer has an
address. Questions that only matter after others appear once those are answered; no script is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.answers import Answer, as_data
from steelyard.courts.desk.choices import meant
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.jobs import Job, job_of, not_given, understood, with_today
from steelyard.courts.desk.questions import Choice, Question, shown
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty

LONGEST = 300
"""Characters of one answer; what is longer is no answer."""

FEW = 12
"""Choices that are offered as a list; of more a person writes a few words."""

MOST = 20
"""Choices that are offered where the words may mean several."""

Shape = Literal["day", "list", "words", "text"]


@dataclass(frozen=True, slots=True)
class Field:
    """One question on the form. ``options``: (value, words). ``said`` is what was answered."""

    code: str
    ask: Text
    shape: Shape
    said: str
    options: tuple[tuple[str, str], ...]
    needed: bool
    blank: Text
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The form, and the answer once there is one. ``faults`` are those that belong to no field."""

    job: Job
    fields: tuple[Field, ...]
    answer: Answer | None
    faults: tuple[Fault, ...]
    data: Mapping[str, object] | None


def asked(
    code: str, rules: CourtRules, written: Mapping[str, str], *, today: date, lang: Lang
) -> Asked:
    """The form of a job with what was written on it. Nothing written: the empty form, without faults."""
    job = job_of(code)
    questions = tuple(one for one in job.questions(rules) if one.kind != "numbers")
    known = {one.code for one in questions}
    said = {code: text for code, text in written.items() if code in known and text.strip()}
    facts, faults = understood(questions, said, today=today)
    facts = with_today(questions, facts, today)
    not_tried = tuple(one for one in questions if one.code not in said)
    lacking = not_given(not_tried, facts) if said else []
    answer, refused = (
        _answered(job, facts, rules) if said and not faults and not lacking else (None, [])
    )
    by_code = {fault.where.key: fault for fault in (*faults, *lacking, *refused)}
    fields = tuple(_fields(questions, facts, said, by_code, lang))
    placed = {one.code for one in fields}
    return Asked(
        job,
        fields,
        answer,
        tuple(fault for fault in refused if fault.where.key not in placed),
        as_data(code, facts, answer) if answer else None,
    )


def _answered(job: Job, facts: Facts, rules: CourtRules) -> tuple[Answer | None, Sequence[Fault]]:
    try:
        return job.answer(facts, rules), ()
    except Faulty as error:
        return None, error.faults


def _fields(
    questions: Sequence[Question],
    facts: Facts,
    said: Mapping[str, str],
    faults: Mapping[str, Fault],
    lang: Lang,
) -> Iterator[Field]:
    """What matters by now, and whatever was answered, in the order of the questions."""
    for one in questions:
        if one.code in said or one.asked(facts):
            fault, written = faults.get(one.code), said.get(one.code, "")
            shape, options = _shape(one, written, fault, lang)
            yield Field(
                one.code, one.said(facts), shape, written, options,
                one.needed and not one.blank_is_today, one.blank, fault,
            )  # fmt: skip


def _shape(
    one: Question, written: str, fault: Fault | None, lang: Lang
) -> tuple[Shape, tuple[tuple[str, str], ...]]:
    if one.kind == "day":
        return "day", ()
    if one.kind == "yes_no":
        return "list", (("yes", Text("是", "yes").say(lang)), ("no", Text("否", "no").say(lang)))
    if fault and (candidates := meant(one.choices, written)):
        return "list", _options(candidates[:MOST], one, lang)
    if one.kind == "choice" and len(one.choices) <= FEW:
        return "list", _options(one.choices, one, lang)
    if one.choices:
        return "words", tuple((shown(each, one.choices, lang), "") for each in one.choices)
    return "text", ()


def _options(choices: Sequence[Choice], one: Question, lang: Lang) -> tuple[tuple[str, str], ...]:
    return tuple((each.code, shown(each, one.choices, lang)) for each in choices)

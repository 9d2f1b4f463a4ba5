"""Which jobs are done at the counter, and how is one done from what a person wrote?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk import reading_faults
from steelyard.courts.desk.answers import Answer
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.questions import Question, missing, unknown
from steelyard.courts.desk.reading import read
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any


@dataclass(frozen=True, slots=True)
class Job:
    """One job: its questions in the order asked, and its answer.

    ``first`` is the question whose answer may be given without its name. ``columns`` head the
    cells of an answer in a sheet. ``thorough``: a person is asked for all that matters, not only
    for what no answer can do without.
    """

    code: str
    title: Text
    first: str
    columns: tuple[Text, ...]
    questions: Callable[[CourtRules], tuple[Question, ...]]
    answer: Callable[[Facts, CourtRules], Answer]
    thorough: bool = False


JOBS: Mapping[str, str] = {
    code: f"steelyard.courts.desk.{code}" for code in ("which", "days", "fee", "number", "filing")
}
"""Where each job is; it is loaded when it is asked for."""


def job_of(code: str) -> Job:
    """The job of a code; its module is loaded now.

    Raises:
        Faulty: there is no such job.
    """
    if code not in JOBS:
        listed = ", ".join(JOBS)
        what = Text(f"没有“{code}”这一项", f"there is no job {code!r}")
        raise Faulty([Fault("no-such-job", what, Text(f"可用：{listed}", f"use one of: {listed}"))])
    found: Job = import_module(JOBS[code]).JOB
    return found


def asked(
    code: str, rules: CourtRules, written: Mapping[str, str], *, today: date | None = None
) -> Answer:
    """The answer to facts as written, by the codes of questions.

    Raises:
        Faulty: all that is not understood or missing, or what the rules refuse.
    """
    job = job_of(code)
    questions = job.questions(rules)
    facts, faults = understood(questions, written, today=today)
    facts = with_today(questions, facts, today)
    not_tried = tuple(one for one in questions if one.code not in written)
    raise_if_any([*faults, *not_given(not_tried, facts)])
    return job.answer(facts, rules)


def understood(
    questions: tuple[Question, ...],
    written: Mapping[str, str],
    *,
    today: date | None,
    place: Callable[[Question], Where] = lambda one: Where(key=one.code),
) -> tuple[Facts, list[Fault]]:
    """The facts that the words give, and what is not understood, each at its place."""
    facts, faults = Facts(), []
    by_code = {one.code: one for one in questions}
    for code, said in written.items():
        if code not in by_code:
            faults.append(_no_such_question(code, questions))
            continue
        value = read(by_code[code], said, today=today)
        if isinstance(value, Fault):
            faults.append(replace(value, where=place(by_code[code])))
        else:
            facts = facts.having(code, value)
    return facts, faults


def with_today(questions: tuple[Question, ...], facts: Facts, today: date | None) -> Facts:
    """The facts with the day of asking where it stands for no answer."""
    if today is None:
        return facts
    for one in unknown((one for one in questions if one.blank_is_today), facts):
        facts = facts.having(one.code, today)
    return facts


def not_given(
    questions: tuple[Question, ...],
    facts: Facts,
    *,
    place: Callable[[Question], Where] = lambda one: Where(key=one.code),
) -> list[Fault]:
    """A fault for each fact that is needed, matters and is missing."""
    return [reading_faults.empty(one).at(place(one)) for one in missing(questions, facts)]


def _no_such_question(code: str, questions: tuple[Question, ...]) -> Fault:
    listed = ", ".join(one.code for one in questions)
    return Fault(
        "no-such-question",
        Text(f"没有名为“{code}”的事项", f"nothing is asked by the name {code!r}"),
        Text(f"可用：{listed}", f"there are: {listed}"),
        Where(key=code),
    )

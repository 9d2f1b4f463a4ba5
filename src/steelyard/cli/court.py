"""``steelyard court which|days|fee|number|filing …``: what the rules say at the counter.

Facts come as flags, one a question; what is missing is asked for in a terminal, and refused
elsewhere, all of it at once. Exit status: 0 a rule answers; 1 a person must decide, or what was
asked about is incomplete or wrong; 2 the input was refused.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from steelyard.cli.court_ask import MAY_STOP, ask_missing, flag_of, terminal
from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.answers import Answer, as_data, told
from steelyard.courts.desk.choices import meant
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.jobs import Job, job_of, not_given, understood, with_today
from steelyard.courts.desk.questions import Question, columns_of, missing, unknown
from steelyard.kernel.bilingual import LANGS, Lang, Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any

FACT = "fact_"
"""Before a question's code, in the namespace of the flags."""


def run(asked: argparse.Namespace) -> int:
    job = job_of(asked.job)
    early = _common().parse_known_args(asked.words)[0]
    asked.lang = early.lang or asked.lang  # faults are said in it too
    rules = CourtRules.of(early.region, thresholds=early.thresholds)
    questions = job.questions(rules)
    given = build_parser(job, questions).parse_intermixed_args(asked.words)
    lang: Lang = asked.lang
    if given.list is not None:
        return _say_list(job, questions, " ".join(given.list), lang)
    if given.blank or given.batch:
        from steelyard.cli import court_batch

        raise_if_any(_not_with_batch(given))
        return court_batch.run(given, job, rules, lang, _common_facts(job, questions, given))
    raise_if_any(_only_with_batch(given))
    facts = _facts(job, questions, given, lang)
    answer = _answer(job, questions, facts, rules)
    if given.json:
        print(json.dumps(as_data(job.code, facts, answer), ensure_ascii=False, indent=1))
    else:
        print(told(answer, lang))
    return 0 if answer.settled else 1


def _answer(job: Job, questions: Sequence[Question], facts: Facts, rules: CourtRules) -> Answer:
    """The answer; faults of the rules about a question are said at its flag."""
    try:
        return job.answer(facts, rules)
    except Faulty as error:
        places = {one.code: flag_of(one) for one in questions}
        raise Faulty(
            [one.at(places.get(one.where.key, one.where)) for one in error.faults]
        ) from error


def build_parser(job: Job, questions: Sequence[Question]) -> argparse.ArgumentParser:
    """The flags of one job: one a question, and those of every job."""
    title = f"{job.title.en} {job.title.zh}"
    parser = argparse.ArgumentParser(
        prog=f"steelyard court {job.code}", description=title, parents=[_common()],
        allow_abbrev=False,
    )  # fmt: skip
    first = next(one for one in questions if one.code == job.first)
    parser.add_argument("words", nargs="*", metavar=job.first.upper(), help=_help(first))
    for question in questions:
        _add_flag(parser, question)
    return parser


def _common() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--region", default="guangdong", metavar="NAME", help="whose rules 地区")
    parser.add_argument(
        "--thresholds", type=Path, metavar="TOML",
        help="your own amounts instead of the sample ones 用本地的数额标准代替样本",
    )  # fmt: skip
    parser.add_argument("--lang", choices=LANGS, help="zh 中文 or en English")
    parser.add_argument("--json", action="store_true", help="the answer as JSON 以JSON输出")
    parser.add_argument("--list", nargs="*", metavar="WORD", help="what may be chosen 列出可选项")
    parser.add_argument("--batch", type=Path, metavar="SHEET", help="many cases 批量：Excel或CSV")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="the sheet answered 答复写到此文件"
    )
    parser.add_argument(
        "--report", type=Path, metavar="XLSX", help="the sheet with faults coloured 标出错误的原表"
    )
    parser.add_argument("--blank", type=Path, metavar="XLSX", help="a blank sheet 取得空白表")
    return parser


def _add_flag(parser: argparse.ArgumentParser, question: Question) -> None:
    name = f"{FACT}{question.code}"
    if question.kind == "yes_no":
        parser.add_argument(
            question.flag, dest=name, nargs="?", const="yes", metavar="YES", help=_help(question)
        )
        return
    several = "append" if question.kind in ("choices", "spans") else "store"
    parser.add_argument(
        question.flag, dest=name, action=several, metavar=question.kind.upper(),
        help=_help(question),
    )  # fmt: skip


def _help(question: Question) -> str:
    said = f"{question.ask.en} {question.ask.zh}"
    if not question.needed or question.blank_is_today:
        said += f" [{question.blank.en} {question.blank.zh}]"
    return said.replace("%", "%%")


def _facts(
    job: Job, questions: tuple[Question, ...], given: argparse.Namespace, lang: Lang
) -> Facts:
    """The facts of the flags, and those that a person was asked for."""
    today = date.today()
    written = _written(job, questions, given)
    facts, faults = understood(questions, written, today=today, place=flag_of)
    whole = with_today(questions, facts, today)
    if sys.stdin.isatty() and (faults or _must_ask(job, questions, whole)):
        again = {code: said for code, said in written.items() if code not in facts}
        talk = terminal(lang)
        if job.thorough:
            talk.say(MAY_STOP.say(lang))
        return ask_missing(questions, facts, talk, again=again, today=today)
    not_tried = tuple(one for one in questions if one.code not in written)
    lacking = [_with_list(one, job) for one in not_given(not_tried, whole, place=flag_of)]
    raise_if_any([*faults, *lacking])
    return whole


def _with_list(fault: Fault, job: Job) -> Fault:
    """What is asked first may be chosen from a list that is too long to show."""
    if fault.where.file != f"--{job.first}":
        return fault
    mend = fault.mend
    return replace(
        fault, mend=Text(f"{mend.zh}（--list列出可选项）", f"{mend.en} (--list shows the choices)")
    )


def _common_facts(job: Job, questions: tuple[Question, ...], given: argparse.Namespace) -> Facts:
    """The facts of the flags, which hold for every row of a sheet."""
    facts, faults = understood(
        columns_of(questions), _written(job, questions, given), today=date.today(), place=flag_of
    )
    raise_if_any(faults)
    return facts


def _only_with_batch(given: argparse.Namespace) -> list[Fault]:
    return [
        Fault(
            "wrong-option",
            Text(f"--{name}只与--batch同用", f"--{name} is of use with --batch alone"),
            Text("请加上--batch，或者去掉它", "add --batch, or leave it out"),
            Where(file=f"--{name}"),
        )
        for name in ("out", "report")
        if getattr(given, name) is not None
    ]


def _not_with_batch(given: argparse.Namespace) -> list[Fault]:
    if not given.json:
        return []
    return [
        Fault(
            "wrong-option",
            Text("--json不与--batch、--blank同用", "--json goes with neither --batch nor --blank"),
            Text("请去掉其中一个", "leave one of them out"),
            Where(file="--json"),
        )
    ]


def _must_ask(job: Job, questions: tuple[Question, ...], facts: Facts) -> bool:
    return bool(unknown(questions, facts) if job.thorough else missing(questions, facts))


def _written(job: Job, questions: Sequence[Question], given: argparse.Namespace) -> dict[str, str]:
    flags = {one.code: getattr(given, f"{FACT}{one.code}") for one in questions}
    written = {
        code: "；".join(said) if isinstance(said, list) else said
        for code, said in flags.items()
        if said is not None
    }
    if given.words:
        if job.first in written:
            raise Faulty([_said_twice(job, given.words)])
        written[job.first] = " ".join(given.words)
    for question in questions:
        if question.kind == "numbers" and question.code in written:
            from steelyard.cli.court_numbers import numbers_in

            written[question.code] = " ".join(numbers_in(Path(written[question.code])))
    return written


def _said_twice(job: Job, words: Sequence[str]) -> Fault:
    said = " ".join(words)
    return Fault(
        "said-twice",
        Text(f"“{said}”之外又有--{job.first}", f"there is --{job.first} besides {said!r}"),
        Text("请只写一处", "give one of the two"),
        Where(file=f"--{job.first}"),
    )


def _say_list(job: Job, questions: Sequence[Question], word: str, lang: Lang) -> int:
    """The choices of the job's first question, those that hold the words if any."""
    from steelyard.cli.say import table

    first = next(one for one in questions if one.code == job.first)
    found = meant(first.choices, word) if word else first.choices
    print(table(["code" if lang == "en" else "代码", first.label.say(lang)],
                [[one.code, one.title.say(lang)] for one in found]))  # fmt: skip
    return 0 if found else 1

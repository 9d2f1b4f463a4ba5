"""Many cases at once: ``--batch cases.xlsx --out answered.xlsx``, and the blank sheet for it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.batch import AnsweredSheet, answer_sheet
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.jobs import Job
from steelyard.courts.desk.questions import columns_of
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty, Where

WRITTEN = (".xlsx", ".csv")


def run(given: argparse.Namespace, job: Job, rules: CourtRules, lang: Lang, common: Facts) -> int:
    """``common``: the facts of the flags, which hold for every row that says nothing else.

    Raises:
        Faulty: the sheet is refused, as a whole.
        OSError: the answer cannot be written.
    """
    if given.blank is not None:
        return _write_blank(given.blank, job, rules, lang)
    if given.batch.suffix.lower() == ".parquet":
        return _route(given, job, rules, lang)
    from steelyard.tables.read import read_sheet

    out = _out(given)
    _check_report(given)
    with _reported(given, lang):
        sheet = read_sheet(given.batch)
        answered = answer_sheet(sheet, job, rules, lang, today=date.today(), common=common)
    _write(out, answered, job, lang)
    print(_done(answered, out).say(lang))
    return 1 if answered.unsettled else 0


def _route(given: argparse.Namespace, job: Job, rules: CourtRules, lang: Lang) -> int:
    """A Parquet file of cases, any number of them; its columns are codes and names."""
    from steelyard.courts.rules.jurisdiction.routing import route_file

    out: Path = given.out or given.batch.with_name(f"{given.batch.stem}.answered.parquet")
    if job.code != "which":
        raise Faulty([_wrong_kind(given.batch, "--batch", (".xlsx", ".csv", ".tsv"))])
    if out.suffix.lower() != ".parquet" or out.resolve() == given.batch.resolve():
        raise Faulty([_wrong_kind(out, "--out", (".parquet",))])
    rows = route_file(given.batch, out, rules=rules.jurisdiction, causes=rules.causes, lang=lang)
    print(Text(f"{rows}行已答复，写入{out}。", f"{rows} rows answered, in {out}.").say(lang))
    return 0


def _write_blank(path: Path, job: Job, rules: CourtRules, lang: Lang) -> int:
    from steelyard.courts.desk.blank import blank_sheet
    from steelyard.tables.write import write_whole

    if path.suffix.lower() != ".xlsx":
        raise Faulty([_wrong_kind(path, "--blank", (".xlsx",))])
    write_whole(path, blank_sheet(columns_of(job.questions(rules)), lang))
    print(Text(f"空白表已写入{path}。", f"The blank sheet is in {path}.").say(lang))
    return 0


def _out(given: argparse.Namespace) -> Path:
    """Where the answers go: the file named, else one beside the sheet."""
    sheet: Path = given.batch
    kind = ".csv" if sheet.suffix.lower() in (".csv", ".tsv") else ".xlsx"
    out: Path = given.out or sheet.with_name(f"{sheet.stem}.answered{kind}")
    if out.suffix.lower() not in WRITTEN:
        raise Faulty([_wrong_kind(out, "--out", WRITTEN)])
    if out.resolve() == sheet.resolve():
        what = Text("答复不能写回原表", "the answers cannot go into the sheet itself")
        mend = Text("请另写一个文件名", "name another file")
        raise Faulty([Fault("same-file", what, mend, Where(file="--out"))])
    return out


def _check_report(given: argparse.Namespace) -> None:
    report: Path | None = given.report
    if report is not None and report.suffix.lower() != ".xlsx":
        raise Faulty([_wrong_kind(report, "--report", (".xlsx",))])


def _wrong_kind(path: Path, flag: str, kinds: tuple[str, ...]) -> Fault:
    listed = " ".join(kinds)
    return Fault(
        "wrong-extension",
        Text(f"不能写成“{path.name}”", f"no file like {path.name} is written"),
        Text(f"请用扩展名{listed}", f"give it the extension {listed}"),
        Where(file=flag),
    )


def _write(out: Path, answered: AnsweredSheet, job: Job, lang: Lang) -> None:
    from steelyard.tables.plain_workbook import plain_workbook
    from steelyard.tables.write import write_csv, write_whole

    if out.suffix.lower() == ".csv":
        write_csv(out, answered.headings, answered.rows)
        return
    write_whole(out, plain_workbook(job.title.say(lang), answered.headings, answered.rows))


def _done(answered: AnsweredSheet, out: Path) -> Text:
    total, open_rows = len(answered.rows), answered.unsettled
    if not total:
        return Text(f"表中没有案件，{out}里只有列标题。", f"No rows; {out} has headings alone.")
    if not open_rows:
        return Text(f"{total}行均由规则得出答复，写入{out}。", f"{total} rows answered, in {out}.")
    return Text(
        f"{total}行已答复，其中{open_rows}行须由人处理，写入{out}。",
        f"{total} rows answered, {open_rows} of them for a person to see to, in {out}.",
    )


@contextmanager
def _reported(given: argparse.Namespace, lang: Lang) -> Iterator[None]:
    """Faults go into the sender's own sheet as well, if ``--report`` names one."""
    try:
        yield
    except Faulty as error:
        if given.report is not None:
            from steelyard.tables.fault_report import faults_workbook
            from steelyard.tables.write import write_whole

            write_whole(given.report, faults_workbook([given.batch], error.faults, lang))
            print(_marked(given.report).say(lang), file=sys.stderr)
        raise


def _marked(report: Path) -> Text:
    return Text(f"错误已标在{report}中。", f"The faults are marked in {report}.")

"""A year whose papers are taken away: one of every kind; and what stands in a Word or an Excel file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from steelyard.assessment.actions.differences import settle
from steelyard.assessment.actions.forgery import decide, hear, raise_suspicion, state_case
from steelyard.assessment.actions.visits import plan_visit
from steelyard.assessment.models import Assessment, Difference, Suspicion, Visit
from steelyard.assessment.queries.papers.seen import Asker
from steelyard.assessment.rules.differences.settling import Taken
from steelyard.assessment.rules.forgery import About
from steelyard.assessment.rules.papers.kinds import Design, PaperKind
from steelyard.assessment.rules.states import StageMove, SuspicionMove
from steelyard.assessment.rules.visits import Plan
from steelyard.people.models import Account
from steelyard.people.queries import load_held
from tests.assessment.scored import Scored, plan

ALL = "/assessments/2021/papers/"


class Papered(Scored):
    """Jiangmen differs in a figure, one of its items is scored with a deduction, another was forged."""

    def with_papers(self) -> Assessment:
        self.answers = {"A1": {"figures": {"closed_in_time": "0.9"}, "statement": "按期办结九成"}}
        found = self.scoring()
        self.score("B2", jiangmen=plan("7", "3 没有目标"))
        Difference.objects.create(
            assessment=found, unit=self.jiangmen, input_code="trained", reported="210",
            supplied="198",
        )  # fmt: skip
        return found

    def move(self, move: StageMove, by: Account | None = None) -> Assessment:
        """What differs is settled before the scoring begins."""
        if move is StageMove.SCORE:
            for one in self.assessment.differences.all():
                settle(difference=one.pk, taken=Taken.SUPPLIED, value="", reason="以台账为准",
                       seen=one.version, by=self.chen.pk, now=self.now)  # fmt: skip
        return super().move(move, by)

    def forged(self) -> Suspicion:
        told = {"now": self.now}
        one = raise_suspicion(
            assessment=self.assessment.pk, unit="440700", item="A1", grounds="印章与备案不符",
            material=None, about=About.STATEMENT, by=self.sun.pk, **told,
        )  # fmt: skip
        today = timezone.localdate(self.now)
        one = state_case(suspicion=one.pk, statement="原件齐全可查", seen=one.version,
                         by=self.huang.pk, **told)  # fmt: skip
        one = hear(suspicion=one.pk, hearing="系扫描错误", heard_on=today, seen=one.version,
                   by=self.chen.pk, **told)  # fmt: skip
        return decide(suspicion=one.pk, move=SuspicionMove.CONFIRM, decision="原件系伪造",
                      seen=one.version, by=self.zhao.pk, **told)  # fmt: skip

    def visit(self, team: str = "第一检查组") -> Visit:
        wanted = Plan(
            planned_on=timezone.localdate(self.now) + timedelta(1), team=team,
            places="蓬江区市场\n江海区市场", items=("A1", "B2"),
        )  # fmt: skip
        return plan_visit(
            assessment=self.assessment.pk, unit=self.jiangmen.pk, plan=wanted, unannounced=True,
            by=self.chen.pk, now=self.now,
        )  # fmt: skip

    def asker(self, who: Account) -> Asker:
        today = timezone.localdate(self.now)
        return Asker(load_held(who.pk, today) or (), self.now)


def client(who: Account, language: str = "en") -> Client:
    found = Client(headers={"accept-language": language})
    found.force_login(who)
    return found


def address(kind: PaperKind | str, of: object, lang: str = "zh", form: str = "word") -> str:
    return f"{ALL}{kind}/{of}/{lang}/{form}/"


def template(design: Design) -> str:
    return f"{ALL}templates/{design.kind}/{design.lang}/{design.format}/"


def word(text: str) -> bytes:
    """A Word file of one paragraph."""
    document, target = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(target)
    return target.getvalue()


def words_of(content: bytes) -> str:
    """Every text of a Word file or a workbook, a line each."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        is_book = "xl/workbook.xml" in package.namelist()
    return "\n".join(_of_sheet(content) if is_book else _of_word(content))


def _of_word(content: bytes) -> Iterator[str]:
    document: Any = Document(io.BytesIO(content))
    for section in document.sections:
        for part in (section.first_page_header, section.header, section.footer):
            yield from (one.text for one in part.paragraphs)
    yield from (one.text for one in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)


def _of_sheet(content: bytes) -> Iterator[str]:
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield from (str(cell) for cell in row if cell is not None)

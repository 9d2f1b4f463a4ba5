"""A year that is being scored: what was filed and supplied before, and a row as somebody types it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Model

from steelyard.assessment.actions.scoring import RowWanted, score_rows
from steelyard.assessment.models import (
    Answer,
    Assessment,
    Figure,
    Material,
    MaterialUse,
    Score,
    Sheet,
    SheetVersion,
    Submission,
)
from steelyard.assessment.rules.judging import Typed
from steelyard.assessment.rules.states import SheetState, Stage, StageMove, SubmissionState
from steelyard.files.models import Content, File
from steelyard.people.models import Account, Organisation
from tests.assessment.year import Year


def _as_far_as_there(model: type[Model], **told: Any) -> dict[str, Any]:
    """Of these, the columns that a table has."""
    names = {one.name for one in model._meta.concrete_fields}
    return {name: value for name, value in told.items() if name in names}


@dataclass
class Scored(Year):
    """Jiangmen filed A1 and B2, with a piece of material; the market regulator supplied a figure."""

    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    in_time: dict[str, str] = field(
        default_factory=lambda: {"440100": "0.97", "440700": "0.85"}
    )  # fmt: skip

    def scoring(self) -> Assessment:
        self.at(Stage.COLLECTING)
        submission = Submission.objects.get(assessment=self.assessment, unit=self.jiangmen)
        for item in dict.fromkeys(("A1", "B2", *self.answers)):
            told = {"self_score": 9, "statement": f"自评{item}"} | self.answers.get(item, {})
            answer = Answer.objects.create(
                submission=submission, item=item, saved_by=self.tan, saved_at=self.now, **told
            )
            if item == "B2":
                used = _as_far_as_there(MaterialUse, used_by=self.tan, used_at=self.now)
                MaterialUse.objects.create(answer=answer, material=self.plan, **used)
        submission.state = SubmissionState.APPROVING
        submission.save()
        told = _as_far_as_there(Submission, scheme=self.version)
        for name, value in told.items():
            setattr(submission, name, value)
        submission.state, submission.content_hash = SubmissionState.LOCKED, "sha256:0"
        submission.signed_by, submission.signed_at = self.huang, self.now
        submission.save()
        self.signed("closed_in_time", self.in_time)
        self.now += timedelta(60)
        self.move(StageMove.COMPARE)
        self.move(StageMove.SCORE)
        return self.assessment

    @property
    def plan(self) -> Material:
        there = Material.objects.first()
        if there is not None:
            return there
        content = Content.objects.create(
            sha256="sha256:" + "0" * 64, size=1, kind="pdf", first_at=self.now
        )
        file = File.objects.create(
            content=content, name="方案.pdf", mark="internal", organisation=self.jiangmen,
            sent_by=self.tan, sent_at=self.now,
        )  # fmt: skip
        return Material.objects.create(
            unit=self.jiangmen, file=file, title="工作方案", kind="pdf", filed_by=self.tan,
            filed_at=self.now,
        )  # fmt: skip

    def signed(self, code: str, figures: dict[str, str], why: str = "") -> SheetVersion:
        """A sheet as the market regulator signs it, or corrects it."""
        sheet = Sheet.objects.get(assessment=self.assessment, input_code=code)
        number = sheet.versions.count() + 1
        if number > 1:
            sheet.state, sheet.why = SheetState.MENDING, why
            sheet.save()
        sheet.state = SheetState.SIGNED
        sheet.save()
        version = SheetVersion.objects.create(
            sheet=sheet, number=number, why=why, signed_by=self.li, signed_at=self.now
        )
        for unit, value in figures.items():
            Figure.objects.create(sheet_version=version, unit=unit, value=value)
        return version

    def score_of(self, item: str, unit: Organisation) -> Score:
        return Score.objects.get(assessment=self.assessment, item=item, unit=unit)

    def score(
        self, item: str, by: Account | None = None, seen: int | None = None, **rows: Typed
    ) -> int:
        """``score("B2", jiangmen=Typed(…))``, as whoever has just looked."""
        wanted = {}
        for name, typed in rows.items():
            score = self.score_of(item, getattr(self, name))
            wanted[score.pk] = RowWanted(score.version if seen is None else seen, typed)
        return score_rows(
            assessment=self.assessment.pk, item=item, rows=wanted, by=(by or self.sun).pk,
            now=self.now,
        )  # fmt: skip


def plan(points: str, *deductions: str, **more: str) -> Typed:
    """A row of B2, the quality of the plan."""
    return Typed({"plan_points": points}, deductions="\n".join(deductions), **more)

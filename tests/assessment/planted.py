"""A row of every table of the assessment, of one unit, each text of it a word that stands nowhere else.

``zqx.statement`` is in the statement of an answer and nowhere else: whoever finds it has seen that
statement. Figures are written as nothing else is (:data:`FIGURES`).
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from steelyard.assessment.informant_seal import seal
from steelyard.assessment.models import (
    Answer,
    Approval,
    ApprovalStep,
    Assessment,
    Comment,
    Deduction,
    Difference,
    Draw,
    DrawnFile,
    EarlierReview,
    Figure,
    FileReview,
    Finding,
    Informant,
    InformantRead,
    Lead,
    Mark,
    Material,
    MaterialUse,
    MissingFigure,
    Objection,
    ReportCorrection,
    SchemeVersion,
    Score,
    Settlement,
    Sheet,
    SheetVersion,
    Submission,
    Suspicion,
    Visit,
    Weighing,
)
from steelyard.assessment.queries.reviews import load_documents
from steelyard.assessment.rules.leads import Told
from steelyard.assessment.rules.states import Stage
from steelyard.files.actions import send_file
from steelyard.files.models import Attachment, File
from steelyard.files.rules.marks import Mark as FileMark
from steelyard.people.models import Account, Organisation
from steelyard.supply.models import Snapshot
from tests.assessment.visits import PNG
from tests.assessment.year import scheme

WORD = "zqx"
SELF_SCORE, JUDGED, OFF = "7.1717", "6.1616", "3.8384"
REPORTED, SUPPLIED, DRAFT = "0.919191", "0.828282", "0.737373"
FIGURES = {
    "self_score": r"7\.1717",
    "judged": r"6\.1616",
    "off": r"3\.8384",
    "reported": r"91\.9191|0\.919191",
    "supplied": r"82\.8282|0\.828282",
    "draft_figure": r"73\.7373|0\.737373",
}
"""Each as it may be written: as a share, or in percent."""


def said(what: str) -> str:
    return f"{WORD}.{what}"


@dataclass
class Rows:
    """Of ``unit``: ``supplier`` supplies its figures, ``body`` scores it, ``panel`` reviews its files.

    ``filler`` works for the unit, ``by`` and ``signer`` in the office.
    """

    assessment: Assessment
    unit: Organisation
    supplier: Organisation
    body: Organisation
    panel: Organisation
    filler: Account
    by: Account
    signer: Account
    reviewers: tuple[Account, ...]
    now: datetime
    made: dict[str, Any] = field(default_factory=dict)

    def everything(self, snapshot: Snapshot) -> None:
        """All of it, and the assessment is scored."""
        version = SchemeVersion.objects.create(
            assessment=self.assessment, number=1, document={**scheme().document, "code": f"{WORD}-scheme"},
            content_hash="sha256:2", why=said("why"), made_by=self.by, made_at=self.now,
            state="draft", held_round=1,
        )  # fmt: skip
        self.comments(version)
        self.to(Stage.COMMENTS, Stage.CHECKED, Stage.ISSUED, Stage.COLLECTING)
        self.while_collecting()
        self.after(snapshot, version)

    def while_collecting(self, department: Organisation | None = None) -> None:
        self.answers(department)
        self.objection()
        self.sheet()

    def after(self, snapshot: Snapshot, version: SchemeVersion) -> None:
        """The unit has signed; all is compared and scored."""
        self.made["version"] = version
        self.locked(version)
        self.to(Stage.COMPARING, Stage.SCORING)
        self.difference()
        self.missing()
        self.score()
        self.suspicions()
        self.reviews(snapshot)
        self.visits()
        self.lead()
        self.weighing(snapshot, version)

    def to(self, *stages: Stage) -> None:
        for stage in stages:
            self.assessment.stage = stage
            self.assessment.save()

    # --- before and while it is collected ---------------------------------------------------

    def comments(self, version: SchemeVersion) -> None:
        """One that is open, one that was withdrawn."""
        told = {"scheme": version, "item": "A1", "about_zh": "按期办结", "organisation": self.unit,
                "said_by": self.filler, "said_at": self.now}  # fmt: skip
        self.made["comment"] = Comment.objects.create(**told, text=said("comment"))
        Comment.objects.create(**told, text=said("withdrawn"), state="withdrawn")

    def answers(self, department: Organisation | None = None) -> Submission:
        """To A1 with figures, to B2 with a claim and material; B2 is the department's."""
        found = self.submission
        told = {"submission": found, "saved_by": self.filler, "saved_at": self.now}
        Answer.objects.create(
            **told, item="A1", self_score=SELF_SCORE, statement=said("statement"),
            figures={"closed_in_time": REPORTED},
        )  # fmt: skip
        given = Answer.objects.create(
            **told, item="B2", statement=said("given"), claim="bonus", grounds=said("grounds"),
            department=department,
        )  # fmt: skip
        self.material = Material.objects.create(
            unit=self.unit, file=self.file("paper", self.unit, self.filler), title=said("material"), kind="document",
            document_number=said("number"), filed_by=self.filler, filed_at=self.now,
        )  # fmt: skip
        hang(self.material.file, self.material, "")
        self.made["material"] = self.material
        self.made["use"] = MaterialUse.objects.create(
            answer=given, material=self.material, pages=said("pages"), used_by=self.filler,
            used_at=self.now,
        )  # fmt: skip
        self.made["submission"] = found
        return found

    @cached_property
    def submission(self) -> Submission:
        return Submission.objects.get_or_create(assessment=self.assessment, unit=self.unit)[0]

    def file(self, name: str, of: Organisation, by: Account) -> File:
        return send_file(
            by=by.pk, organisation=of.pk, name=f"{said(name)}.png", mark=FileMark.CONFIDENTIAL,
            content=io.BytesIO(PNG + said(name).encode()), now=self.now,
        )  # fmt: skip

    def objection(self) -> Objection:
        self.made["objection"] = Objection.objects.create(
            assessment=self.assessment, unit=self.unit, body=self.supplier, input_code="trained",
            record=said("record"), text=said("objection"), raised_by=self.filler, raised_at=self.now,
        )  # fmt: skip
        return self.made["objection"]

    def locked(self, version: SchemeVersion) -> None:
        """Signed by the steps that its approval has."""
        found = self.submission
        found.state = "approving"
        found.save()
        step = ApprovalStep.objects.filter(assessment=self.assessment, subject="submission").last()
        step = step or ApprovalStep.objects.create(
            assessment=self.assessment, subject="submission", order=1, role="city_head",
            title_zh=said("step"),
        )  # fmt: skip
        Approval.objects.create(
            step=step, subject_id=found.pk, content_hash="sha256:1", decision="returned",
            reason=said("returned"), by=self.signer, at=self.now,
        )  # fmt: skip
        found.state, found.content_hash, found.scheme = "locked", "sha256:0", version
        found.signed_by, found.signed_at = self.signer, self.now
        found.save()

    def sheet(self) -> Sheet:
        """Signed, and being corrected."""
        found, _ = Sheet.objects.get_or_create(
            assessment=self.assessment,
            input_code="closed_in_time",
            defaults={"body": self.supplier},
        )
        found.state = "signed"
        found.save()
        version = SheetVersion.objects.create(
            sheet=found, number=1, signed_by=self.by, signed_at=self.now
        )
        Figure.objects.create(
            sheet_version=version, unit=self.unit.code, value=SUPPLIED, note=said("note")
        )
        found.state, found.why = "mending", said("why_corrected")
        found.draft = {self.unit.code: {"value": DRAFT, "note": said("draft")}}
        found.save()
        self.made["sheet"] = found
        return found

    # --- what follows from it ---------------------------------------------------------------

    def missing(self) -> MissingFigure:
        """The office let a figure count as missing, before it came."""
        return MissingFigure.objects.create(
            assessment=self.assessment, unit=self.unit, input_code="closed_in_time", status="missing",
            reason=said("missing"), decided_by=self.by, decided_at=self.now,
        )  # fmt: skip

    def difference(self) -> Difference:
        self.made["difference"] = Difference.objects.create(
            assessment=self.assessment, unit=self.unit, input_code="closed_in_time",
            reported=REPORTED, supplied=SUPPLIED, state="settled", taken="supplied", value=SUPPLIED,
            reason=said("difference"), settled_by=self.by, settled_at=self.now,
        )  # fmt: skip
        Settlement.objects.create(
            difference=self.made["difference"], reported=REPORTED, supplied=SUPPLIED, taken="reported",
            value=REPORTED, reason=said("settlement"), settled_by=self.by, settled_at=self.now,
            why_no_more=said("settled_anew"), ended_by=self.by, ended_at=self.now,
        )  # fmt: skip
        return self.made["difference"]

    def score(self) -> Score:
        """Of B2, by the body; A1 waits for it."""
        Score.objects.get_or_create(
            assessment=self.assessment, unit=self.unit, item="A1", defaults={"body": self.body}
        )
        found, _ = Score.objects.get_or_create(
            assessment=self.assessment, unit=self.unit, item="B2", defaults={"body": self.body}
        )
        found.judged, found.reason, found.claim = {"plan_points": JUDGED}, said("scored"), "refused"
        found.state, found.scored_by, found.scored_at = "scored", self.by, self.now
        found.why_again, found.reopened_by, found.reopened_at = said("again"), self.by, self.now
        Deduction.objects.create(score=found, points=OFF, reason=said("deduction"))
        found.save()
        self.made["score"] = found
        return found

    def suspicions(self) -> None:
        """One of the body's items that is not decided, one of the panel's that was."""
        told = {"assessment": self.assessment, "unit": self.unit, "raised_by": self.by,
                "raised_at": self.now, "heard_by": self.by, "heard_at": self.now,
                "heard_on": timezone.localdate(self.now)}  # fmt: skip
        self.made["suspicion"] = Suspicion.objects.create(
            **told, body=self.body, item="B2", material=self.material, grounds=said("suspected"),
            hearing=said("heard"), state="heard",
        )  # fmt: skip
        Suspicion.objects.create(
            **told, body=self.panel, item="A2", grounds=said("suspected_then"), hearing="x",
            state="cleared", decided_by=self.signer, decided_at=self.now, decision=said("decision"),
        )  # fmt: skip

    def reviews(self, snapshot: Snapshot) -> None:
        """A file with two reviewers, of whom the first marked it anew; one in reserve."""
        draw = Draw.objects.create(
            assessment=self.assessment, snapshot=snapshot, input_code="file_points",
            table_code="administrative_decisions", file_type="trademark", seed="1",
            seed_origin="x", witness=said("witness"), wanted=1, reserves=1,
            population={self.unit.code: 2}, checklist=load_documents()["trademark"],
            drawn_by=self.by, drawn_at=self.now,
        )  # fmt: skip
        told = {"draw": draw, "unit": self.unit}
        one = DrawnFile.objects.create(
            **told, record=said("case"), place=1, state="received", reason=said("brought"),
            noted_by=self.by, noted_at=self.now,
        )  # fmt: skip
        DrawnFile.objects.create(**told, record=said("reserve"), place=2, is_reserve=True)
        for reviewer, word in zip(self.reviewers, ("first_found", "second_found"), strict=False):
            review = FileReview.objects.create(file=one, reviewer=reviewer, saved_at=self.now)
            Mark.objects.create(review=review, defect="late", note=said(word))
            self.made.setdefault("review", review)
        EarlierReview.objects.create(
            review=self.made["review"], of_version=1, reviewer=self.reviewers[0], done_at=self.now,
            set_aside_at=self.now, marks={"late": {"times": 2, "note": said("found_earlier")}},
        )  # fmt: skip
        self.made["draw"], self.made["file"] = draw, one

    def visits(self) -> None:
        """One unannounced, one to come, one that is done, with a finding and a photograph."""
        told = {"assessment": self.assessment, "unit": self.unit, "planned_by": self.by,
                "planned_at": self.now, "items": ["B2"]}  # fmt: skip
        day = timezone.localdate(self.now)
        Visit.objects.create(
            **told, planned_on=day, is_unannounced=True, team=said("surprise"), places=said("where"),
        )  # fmt: skip
        Visit.objects.create(**told, planned_on=day, team=said("not_yet"))
        Visit.objects.create(
            **told, planned_on=day, team=said("announced"), state="announced", announced_by=self.by,
            announced_at=self.now,
        )  # fmt: skip
        done = Visit.objects.create(**told, planned_on=day, team=said("went"))
        found = Finding.objects.create(
            visit=done, item="B2", text=said("finding"), place=said("spot"), found_by=self.by,
            found_at=self.now,
        )  # fmt: skip
        hang(self.file("photograph", self.assessment.office, self.by), found, "")
        done.state, done.summary, done.visited_on = "done", said("summary"), day
        done.reported_by, done.reported_at = self.by, self.now
        done.save()
        ReportCorrection.objects.create(
            visit=done,
            what="report",
            of_version=2,
            by=self.by,
            at=self.now,
            reason=said("slip"),
            before={"visited_on": day.isoformat(), "summary": said("before")},
        )
        self.made["visit"], self.made["finding"] = done, found

    def lead(self) -> Lead:
        found = Lead.objects.create(
            office=self.assessment.office, assessment=self.assessment, unit=self.unit, item="B2", channel="hotline",
            text=said("lead"), received_by=self.by, received_at=self.now, state="unfounded",
            conclusion=said("conclusion"), concluded_by=self.by, concluded_at=self.now,
        )  # fmt: skip
        told = Told(name=said("informant"), contact=said("phone"))
        sealed = Informant.objects.create(lead=found, sealed=seal(told, found.pk))
        InformantRead.objects.create(
            informant=sealed, by=self.signer, at=self.now, reason=said("opened")
        )
        self.made["lead"] = found
        return found

    def weighing(self, snapshot: Snapshot, version: SchemeVersion) -> Weighing:
        fault = {"code": "x", "what": {"zh": said("fault"), "en": said("fault")},
                 "mend": {"zh": "改", "en": "mend"}, "file": "", "sheet": "", "row": 1,
                 "column": ""}  # fmt: skip
        self.made["weighing"] = Weighing.objects.create(
            assessment=self.assessment, snapshot=snapshot, scheme=version, seed=1, state="refused",
            faults=[fault], asked_by=self.by, asked_at=self.now, ended_at=self.now,
        )  # fmt: skip
        return self.made["weighing"]


def hang(file: File, on: Any, purpose: str) -> Attachment:
    return Attachment.objects.create(
        file=file, table_name=on._meta.db_table, row_id=on.pk, purpose=purpose
    )


def snapshot_of(office: Organisation, by: Account, now: datetime) -> Snapshot:
    """One that says it is frozen; there are no records in it."""
    name = hashlib.sha256(office.code.encode()).hexdigest()[:12]
    return Snapshot.objects.create(
        office=office, starts=date(2021, 1, 1), ends=date(2022, 1, 1), status="frozen",
        identifier=f"sha256:{name}", folder=name, rows=0, asked_by=by, asked_at=now,
        ended_at=now + timedelta(minutes=1),
    )  # fmt: skip

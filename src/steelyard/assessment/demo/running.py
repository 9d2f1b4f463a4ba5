"""This year: at mid-collection, with the records of its inspections."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from steelyard.assessment.actions import supplied
from steelyard.assessment.actions.collection.answers import give_items
from steelyard.assessment.actions.collection.objections import answer_objection, contest
from steelyard.assessment.actions.forgery import raise_suspicion
from steelyard.assessment.actions.leads.form_leads import take_lead
from steelyard.assessment.actions.papers import use_template
from steelyard.assessment.actions.visits import (
    announce_visit,
    plan_visit,
)
from steelyard.assessment.demo.led import RUNNING, Led
from steelyard.assessment.demo.reviews import freeze_cases, review_files
from steelyard.assessment.queries.papers.templates import default_of
from steelyard.assessment.rules.papers.kinds import Design, Format, PaperKind
from steelyard.assessment.rules.states import ObjectionMove, StageMove
from steelyard.assessment.rules.visits import Plan
from steelyard.letterbox.leads import Reported, received
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import deliveries
from steelyard.supply.actions.deliveries import Details, File
from steelyard.supply.kept import content_of
from steelyard.supply.models import Delivery
from steelyard.supply.rules.deliveries import Status

AGO = timedelta(21)
"""So long ago the collection began: sheets are due since, submissions not yet."""
_CONTESTED = (
    ("JC2025-007", "样本：实际检查60处。\nSample: 60 premises were in fact checked."),
    ("JC2025-028", "样本：该次检查应计入本市。\nSample: this inspection was one of ours."),
)

_REPORTED = (
    Reported(item="B2", matter="样本：处罚信息没有公开 Sample: a penalty is not disclosed",
             text="样本：公示平台上查不到去年的处罚决定。\nSample: the site has no decision of last year.",
             place="样本：某商场 Sample: a mall", happened="样本：去年十月 Sample: October"),
    Reported(matter="样本：展会侵权 Sample: infringing at a fair",
             text="样本：展会上有摊位出售仿冒商品。\nSample: a stand sells imitations.",
             place="样本：某展馆 Sample: an exhibition hall", happened="样本：上周 Sample: last week"),
)  # fmt: skip


_COUNTED, _CORRECTED = ",440700,2025-02-19,26,", ",440700,2025-02-19,60,"
"""The premises of the contested record, as delivered and as corrected."""


class Running(Led):
    """At mid-collection."""

    year = RUNNING

    def lead(self) -> None:
        begun = self.now
        self.now = begun - AGO
        self.issue()
        self.move(StageMove.COLLECT)
        self.now = begun
        self._supply()
        self._fill_in()
        inspections = self._accept_inspections()
        frozen = freeze_cases(self)
        self._contest()
        self._correct(inspections)
        self._suspect()
        self._check()
        self._hear_the_public()
        self._use_a_template()
        review_files(self, frozen)

    def _supply(self) -> None:
        """Two are signed in time, one of them corrected since; two late. One is begun; nobody has
        opened the others, and one of those was urged."""
        for at, sheet in enumerate(self.sheets[:4]):
            today, self.now = self.now, self.now - AGO + timedelta(3) if at < 2 else self.now
            self.sign(self.supply(sheet))
            self.now = today
        self.correct(self.sheets[0])
        self.supply(self.sheets[4], units=8)
        supplied.urge(sheet=self.sheets[5].pk, by=self.chief, now=self.now)

    def _fill_in(self) -> None:
        own = next(one for one in self.submissions if one.unit_id == self.people.city.pk)
        self.fill_in(self.submissions, lambda one: 70 if one.pk == own.pk else 60)
        self.file(own)
        given = dict.fromkeys(("B1", "B2", "B3", "D4"), (None, self.people.department.pk))
        give_items(submission=own.pk, given=given, by=self.people.one(Role.CITY_OFFICER),
                   now=self.now)  # fmt: skip

    def _accept_inspections(self) -> Delivery:
        """The sheet that waits: with it each city's figures of inspections are computed."""
        waits = Delivery.objects.get(
            table_code="inspections", starts=self.found.starts, status=Status.SIGNED
        )
        return deliveries.accept(delivery=waits.pk, seen=waits.version, by=self.chief, now=self.now)

    def _contest(self) -> None:
        """Two records of inspections that the city holds to be wrong: one is upheld."""
        raised = [
            contest(
                assessment=self.found.pk, unit=self.people.city, record=record, text=text,
                input_code="premises_checked", by=self.people.one(Role.CITY_OFFICER), now=self.now,
            )
            for record, text in _CONTESTED
        ]  # fmt: skip
        answer_objection(
            objection=raised[0].pk, move=ObjectionMove.UPHOLD, by=self.people.one(Role.SUPPLYING_BODY),
            reason="样本：经核对，检查场所少计，将更正报送。\nSample: premises were missed; to be corrected.",
            now=self.now,
        )  # fmt: skip

    def _correct(self, inspections: Delivery) -> None:
        """What was upheld is corrected, and waits for the office to accept it."""
        by = self.people.one(Role.SUPPLYING_BODY)
        one = deliveries.correct(
            delivery=inspections.pk, by=by, now=self.now, details=_details(inspections),
            file=File("sample_inspections_2025_corrected.csv", _corrected(inspections)),
            why="样本：检查场所少计。\nSample: premises were missed.",
        )  # fmt: skip
        deliveries.sign(delivery=one.pk, seen=one.version, by=by, now=self.now)

    def _suspect(self) -> None:
        """Something is suspected; the city has some days to state its case."""
        raise_suspicion(
            assessment=self.found.pk, unit=self.people.city.code, item="D1", material=None,
            grounds="样本：服务记录的日期与签到表不一致。\nSample: dates and the list of those present differ.",
            by=self.chief, now=self.now,
        )  # fmt: skip

    def _check(self) -> None:
        """A visit is announced, and a lead is being checked."""
        plan = Plan(
            planned_on=timezone.localdate(self.now) + timedelta(14), items=("B2", "D1"),
            team="样本：考核二组 Sample: team 2", places="样本：政务服务中心 Sample: service centre",
        )  # fmt: skip
        visit = plan_visit(assessment=self.found.pk, unit=self.people.city.pk, plan=plan,
                           by=self.chief, now=self.now)  # fmt: skip
        announce_visit(visit=visit.pk, by=self.chief, now=self.now)
        self.hear_leads(self.people.city.pk)

    def _hear_the_public(self) -> None:
        """What came by the public form, from people who gave no name: one belongs to this assessment, one
        waits in the inbox."""
        for at, said in enumerate(_REPORTED):
            unit = self.people.city.code if at == 0 else ""
            take_lead(received(replace(said, unit=unit), f"demo-{at}"), now=self.now)

    def _use_a_template(self) -> None:
        """The office put a template of its own to use, one that says what Steelyard's own does."""
        design = Design(PaperKind.NOTICE, "zh", Format.WORD)
        use_template(
            office=self.people.office.pk, design=design, name="sample-notice-template.docx",
            content=default_of(self.people.office, design), seen=0, by=self.chief, now=self.now,
            note="样本：由内置模板另存，内容未改。Sample: the built-in template, as it is.",
        )  # fmt: skip


def _details(one: Delivery) -> Details:
    return Details(
        table=one.table_code, starts=one.starts, ends=one.ends, cut_off=one.cut_off,
        sample=one.sample, source=one.source,
    )  # fmt: skip


def _corrected(one: Delivery) -> bytes:
    content = content_of(one.file_hash).decode("utf-8")
    if content.count(_COUNTED) != 1:
        raise AssertionError(f"the sample holds {_COUNTED} other than once")
    return content.replace(_COUNTED, _CORRECTED).encode("utf-8")

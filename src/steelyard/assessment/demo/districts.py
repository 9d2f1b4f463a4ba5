"""This year in one city: its own office assesses its districts, at mid-collection.

By the city's own people: ``assessing_office_440700`` runs it, ``city_officer_440703`` fills in for a district.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from steelyard.assessment.actions.collection.materials import file_material
from steelyard.assessment.actions.schemes.comments import (
    account_for_comment,
    answer_comment,
    comment,
)
from steelyard.assessment.actions.visits import plan_visit
from steelyard.assessment.demo.led import CARRIED_OUT, CITY_OFFICE, RUNNING, Led
from steelyard.assessment.demo.people import People
from steelyard.assessment.demo.running import AGO
from steelyard.assessment.models import Submission
from steelyard.assessment.queries.schemes import units_below
from steelyard.assessment.rules import drafting
from steelyard.assessment.rules.states import StageMove
from steelyard.assessment.rules.visits import Plan
from steelyard.kernel.bilingual import Text
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import Role
from steelyard.regions import SAMPLED

_SAID = "样本：建议明确检查计划以年初下达数为准。\nSample: take the plan as issued in January."
_ANSWERED = "样本：采纳，在填报说明中写明。\nSample: adopted, and said in the notes."


class Districts(Led):
    """At mid-collection."""

    year = RUNNING
    code = f"jiangmen-{RUNNING}"
    title = Text(
        f"江门市各县（市、区）{RUNNING}年度知识产权保护考核（样本）",
        f"Assessment of IP protection in the districts of Jiangmen {RUNNING} (sample)",
    )
    source = SAMPLED["guangdong"] / "district_scheme.toml"

    def __init__(self, people: People, now: datetime) -> None:
        own = people.city
        people.take_posts([(Role.ASSESSING_OFFICE, own), (Role.OFFICE_HEAD, own)])
        super().__init__(people, now)

    @property
    def office(self) -> Organisation:
        return self.people.city

    def lead(self) -> None:
        begun = self.now
        self.now = begun - AGO
        self.name_office(CITY_OFFICE)
        self.issue()
        self.move(StageMove.COLLECT)
        self.now = begun
        first, second, _ = self.sheets
        self.sign(self.supply(first))
        self.supply(second, units=4)
        self.fill_in(self.submissions, lambda one: 100 if one.pk % 3 else 60)
        own = self.submissions[0]
        self._file(own)
        self._visit(own.unit_id)
        self.hear_leads(own.unit_id)

    def document(self) -> Mapping[str, Any]:
        """As it is imported: the units are those that the assessment may have."""
        read = tomllib.loads(self.source.read_text(encoding="utf-8"), parse_float=str)
        frame = drafting.begun(
            self.code, self.title, str(self.found.starts), str(self.found.ends), sample=True
        )
        units = units_below(self.found, timezone.localdate(self.now))
        return drafting.fitted(read, frame, units)

    def discuss(self) -> None:
        """A district says something of the draft, and is answered."""
        first = Organisation.objects.get(code=drafting.listed(self.document(), "units")[0].code)
        self.people.take_posts([(Role.CITY_OFFICER, first)])
        said = comment(
            assessment=self.found.pk, organisation=first.pk, item="B3", text=_SAID,
            by=self.officer(first.pk), now=self.now,
        )  # fmt: skip
        said.refresh_from_db()
        said = answer_comment(comment=said.pk, adopted=True, reason=_ANSWERED, by=self.chief,
                              now=self.now, seen=said.version)  # fmt: skip
        account_for_comment(comment=said.pk, text=CARRIED_OUT, by=self.chief, now=self.now,
                            seen=said.version)  # fmt: skip

    def _file(self, submission: Submission) -> None:
        content = "样本：联席会议纪要。为演示编写。\nSample, made up for the demonstration.\n"
        file_material(
            submission=submission.pk, item="A1", name="sample-minutes.txt", title="样本：联席会议纪要",
            pages="1", kind=self.first_kind("A1"), content=io.BytesIO(content.encode()),
            document_number="", by=self.officer(submission.unit_id), now=self.now,
        )  # fmt: skip

    def _visit(self, unit: int) -> None:
        """Planned, and not announced yet."""
        plan = Plan(
            planned_on=timezone.localdate(self.now) + timedelta(20), items=("A2", "B2"),
            team="样本：市考核组 Sample: the city's team", places="样本：维权服务站 Sample: service point",
        )  # fmt: skip
        plan_visit(assessment=self.found.pk, unit=unit, plan=plan, by=self.chief, now=self.now)

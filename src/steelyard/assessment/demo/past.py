"""Last year: complete, from the draft to the frozen records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.db.models import Prefetch
from django.utils import timezone

from steelyard.assessment.actions import differences, scoring
from steelyard.assessment.actions.collection.objections import (
    answer_objection,
    contest,
)
from steelyard.assessment.actions.collection.submissions import decide_on
from steelyard.assessment.actions.forgery import decide, hear, raise_suspicion, state_case
from steelyard.assessment.actions.visits import plan_visit, report_visit
from steelyard.assessment.actions.visits.findings import Seen, record_finding
from steelyard.assessment.demo.led import PROVINCE_OFFICE, RUNNING, Led
from steelyard.assessment.demo.people import pick
from steelyard.assessment.demo.publishing import publish_once_weighed
from steelyard.assessment.demo.reviews import freeze_cases, review_files
from steelyard.assessment.models import (
    Answer,
    Approval,
    ApprovalStep,
    MaterialUse,
    Score,
    Submission,
)
from steelyard.assessment.queries.approvals import steps_of
from steelyard.assessment.queries.assessments import division_of
from steelyard.assessment.queries.collection import hash_of, hash_of_submission
from steelyard.assessment.rules import judging
from steelyard.assessment.rules.approvals import Decision, Subject
from steelyard.assessment.rules.collection.claims import Claim
from steelyard.assessment.rules.differences.settling import Taken
from steelyard.assessment.rules.forgery import About
from steelyard.assessment.rules.judging.following import ignored_statuses
from steelyard.assessment.rules.states import (
    ObjectionMove,
    StageMove,
    SubmissionState,
    SuspicionMove,
)
from steelyard.assessment.rules.visits import Plan
from steelyard.kernel.exact import plain
from steelyard.notices.models import Deadline
from steelyard.people.rules.roles import Role
from steelyard.scheme.model import Input
from steelyard.trail.acting import acting

_DECIDED = {
    SuspicionMove.CONFIRM: "样本：会议没有召开，纪要系事后编造。\nSample: there was no such meeting.",
    SuspicionMove.CLEAR: "样本：系登记簿漏登，材料属实。\nSample: the register lacked it; it is genuine.",
}

_CONTESTED = "JC2024-007"
"""A record of the sample deliveries."""
_ANSWERS = {
    Claim.NOT_APPLICABLE: judging.ClaimAnswer.UPHELD.value,
    Claim.BONUS: judging.ClaimAnswer.UPHELD.value,
    Claim.EXEMPTION: judging.ClaimAnswer.UPHELD_COUNTS.value,
}
_SIGNED = (
    "state", "scheme", "content_hash", "signed_by", "signed_at", "filed_late_at", "why_late", "days_late",
)  # fmt: skip
_WHY_LATE = (
    "样本：台风停工，逾期两个工作日报送。\nSample: a typhoon closed the offices for two days."
)


class Past(Led):
    """Complete: from the draft to the frozen records."""

    year = RUNNING - 1

    def lead(self) -> None:
        self.name_office(PROVINCE_OFFICE)
        self.issue()
        self.move(StageMove.COLLECT)
        for sheet in self.sheets:
            self.sign(self.supply(sheet))
        self.correct(self.sheets[0])
        self._collect()
        frozen = freeze_cases(self)
        self._contest()
        review_files(self, frozen, all_of_them=True)
        self.move(StageMove.COMPARE)
        self._settle()
        self.move(StageMove.SCORE)
        self._visit()
        self.hear_leads(self.people.city.pk)
        self._score()
        self._forgery()
        self.move(StageMove.FREEZE)
        publish_once_weighed(self.found)

    def own_figure(self, source: Input, unit: str) -> Fraction:
        """As a city counts it: now and then it is another one."""
        own = super().own_figure(source, unit)
        differs = source.type == "share" and not pick(11, unit, source.code, "differs")
        return own * Fraction(98, 100) if differs else own

    def _collect(self) -> None:
        filed = self.submissions
        self.fill_in(filed, lambda _: 100)
        own = next(each for each in filed if each.unit_id == self.people.city.pk)
        self.file(own)
        for each in filed:
            with acting("put_up_submission", by=self.officer(each.unit_id)):
                Submission.objects.filter(pk=each.pk).update(state=SubmissionState.APPROVING)
        decide_on(
            submission=own.pk, seen_hash=hash_of_submission(own), now=self.now,
            by=self.people.at(Role.CITY_HEAD, own.unit_id),
        )  # fmt: skip
        self._sign_at_once([each for each in filed if each.pk != own.pk])

    def _sign_at_once(self, filed: Sequence[Submission]) -> None:
        """The other cities' signatures, which would take hundreds of questions. The last one is late."""
        told: dict[int, dict[str, Answer]] = {}
        rows = Answer.objects.filter(submission__in=filed).select_related("department", "saved_by")
        uses = MaterialUse.objects.select_related("material__file__content").order_by("pk")
        for one in rows.prefetch_related(Prefetch("uses", uses, "used")):
            told.setdefault(one.submission_id, {})[one.item] = one
        filed[-1].filed_late_at, filed[-1].why_late, filed[-1].days_late = self.now, _WHY_LATE, 2
        steps = steps_of(self.found, Subject.SUBMISSION)
        for each in filed:
            self._sign(each, hash_of(told[each.pk]), steps)

    def _sign(self, each: Submission, said: str, steps: Sequence[ApprovalStep]) -> None:
        each.state, each.scheme, each.content_hash = SubmissionState.LOCKED, self.version, said
        each.signed_by_id, each.signed_at = self.people.at(Role.CITY_HEAD, each.unit_id), self.now
        with acting("decide_on_submission", by=each.signed_by_id):
            Approval.objects.bulk_create(
                Approval(
                    step=step, subject_id=each.pk, content_hash=said, by_id=each.signed_by_id,
                    decision=Decision.APPROVED, at=self.now,
                )
                for step in steps
            )  # fmt: skip
            each.save(update_fields=_SIGNED)
            Deadline.objects.filter(pk=each.deadline_id).update(
                ended_on=timezone.localdate(self.now), end=Deadline.End.MET
            )

    def _contest(self) -> None:
        """A record of inspections that the city held to be wrong; it was not."""
        raised = contest(
            assessment=self.found.pk, unit=self.people.city, input_code="premises_checked",
            record=_CONTESTED, by=self.people.one(Role.CITY_OFFICER), now=self.now,
            text="样本：实际检查60处。\nSample: 60 premises were in fact checked.",
        )  # fmt: skip
        answer_objection(
            objection=raised.pk, move=ObjectionMove.REJECT, now=self.now,
            by=self.people.one(Role.SUPPLYING_BODY),
            reason="样本：经核对检查记录，原数无误。\nSample: the record was checked and is right.",
        )  # fmt: skip

    def _forgery(self) -> None:
        """A city is found to have forged material; a suspicion of the demonstration's own is cleared."""
        other = next(one.unit for one in self.submissions if one.unit_id != self.people.city.pk)
        for unit, item, about, move in (
            (other, "A2", About.STATEMENT, SuspicionMove.CONFIRM),
            (self.people.city, "D2", About.MATERIAL, SuspicionMove.CLEAR),
        ):
            one = raise_suspicion(
                assessment=self.found.pk, unit=unit.code, item=item, about=about, material=None,
                grounds="样本：所称会议纪要的文号与登记簿不符。\n"
                        "Sample: the number that it tells is not in the register.",
                by=self.chief, now=self.now,
            )  # fmt: skip
            one = state_case(
                suspicion=one.pk, seen=one.version, by=self.people.at(Role.CITY_HEAD, unit.pk),
                statement="样本：请核对原件。\nSample: please look at the original.", now=self.now,
            )  # fmt: skip
            one = hear(
                suspicion=one.pk, seen=one.version, heard_on=timezone.localdate(self.now),
                hearing="样本：当面核对了原件和登记簿。\nSample: original and register were compared.",
                by=self.chief, now=self.now,
            )  # fmt: skip
            decide(
                suspicion=one.pk, move=move, seen=one.version, now=self.now,
                decision=_DECIDED[move], by=self.people.one(Role.OFFICE_HEAD),
            )  # fmt: skip

    def _settle(self) -> None:
        for at, one in enumerate(self.found.differences.order_by("pk")):
            is_own = at % 3 == 0
            differences.settle(
                difference=one.pk, taken=Taken.REPORTED if is_own else Taken.SUPPLIED,
                reason="样本：核对台账，以城市自报数为准。\nSample: the register bears the city out." if is_own
                else "样本：以数据来源单位签发数为准。\nSample: the signed figure stands.",
                by=self.chief, now=self.now,
            )  # fmt: skip

    def _visit(self) -> None:
        day = timezone.localdate(self.now)
        plan = Plan(planned_on=day, team="样本：考核一组 Sample: team 1", items=("B2", "D1"),
                    places="样本：政务服务中心 Sample: service centre")  # fmt: skip
        visit = plan_visit(assessment=self.found.pk, unit=self.people.city.pk, plan=plan,
                           unannounced=True, by=self.chief, now=self.now)  # fmt: skip
        record_finding(
            visit=visit.pk, by=self.chief, now=self.now,
            seen=Seen(text="样本：服务站标识不清。\nSample: the service point is badly marked.", item="D1"),
        )  # fmt: skip
        report_visit(visit=visit.pk, visited_on=day, by=self.chief, now=self.now,
                     summary="样本：总体符合，一处需改进。\nSample: in order but for one thing.")  # fmt: skip

    def _score(self) -> None:
        scores: dict[str, list[Score]] = {}
        for one in self.found.scores.select_related("unit").order_by("pk"):
            scores.setdefault(one.item, []).append(one)
        filed = Answer.objects.filter(submission__assessment=self.found).exclude(claim="")
        claims = {
            (unit, item): claim
            for unit, item, claim in filed.values_list("submission__unit__code", "item", "claim")
        }
        divided = division_of(self.version)
        for duty in divided.duties:
            item = duty.item.code
            of = judging.judging(self.scheme, divided, duty, ignored_statuses(self.scheme, item))
            rows = {
                one.pk: scoring.RowWanted(
                    one.version,
                    self._judged(
                        one.unit.code, claims.get((one.unit.code, item), ""), of, one.judged
                    ),
                )
                for one in scores[item]
            }
            by = self.people.at(Role.SCORING_BODY, scores[item][0].body_id)
            scoring.score_rows(assessment=self.found.pk, item=item, rows=rows, by=by, now=self.now)

    def _judged(
        self, unit: str, claim: str, of: judging.Judging, proposed: Mapping[str, str]
    ) -> judging.Typed:
        """As somebody types it; what the file review proposes is taken as it is."""
        taken = Fraction(pick(5, self.year, of.item, unit), 2)
        judged, lines = {}, []
        for one in of.judged:
            is_points = of.points_by or not of.expected  # a bonus is judged in points too
            points = of.full - taken if is_points else Fraction(80 + 2 * taken)
            judged[one.code] = proposed.get(one.code) or plain(points)
        if of.points_by and taken:
            lines.append(f"{plain(taken)} 样本：材料不够完整 Sample: the material is not complete")
        return judging.Typed(
            judged=judged, deductions="\n".join(lines),
            claim=_ANSWERS[Claim(claim)] if claim else "",
            reason="样本：已核对数据和材料。Sample: figures and material were checked.",
        )  # fmt: skip

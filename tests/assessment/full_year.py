"""A year as it goes by, stage after stage, with something on every page; and who looks at it when."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.utils import timezone

from steelyard.assessment.actions import collection, reviews
from steelyard.assessment.actions.differences import settle
from steelyard.assessment.actions.forgery import decide, hear, raise_suspicion, state_case
from steelyard.assessment.actions.schemes import amendments, comments
from steelyard.assessment.actions.supplied import correct
from steelyard.assessment.actions.visits.findings import Seen, correct_finding
from steelyard.assessment.actions.visits.report_corrections import correct_report
from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.models import (
    Comment,
    Difference,
    DrawnFile,
    FileReview,
    Material,
    Submission,
    Suspicion,
    Visit,
)
from steelyard.assessment.queries.assessments import under_way
from steelyard.assessment.queries.collection import hash_of_submission
from steelyard.assessment.rules.collection.answers import Typed
from steelyard.assessment.rules.states import SchemeMove, ScoreState, StageMove, SuspicionMove
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.supply.actions.snapshots import freeze
from steelyard.supply.models import Snapshot
from tests.assessment.files import both, drawn, frozen, mark, received
from tests.assessment.frozen_year import JUDGED, TRAININGS, accepted
from tests.assessment.reported import supplied
from tests.assessment.visits import announced, found_on, lead, planned, reported
from tests.assessment.year import Year
from tests.supply.office import account

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
Happens = Callable[[Year], None]


def stages(year: Year) -> Iterator[list[Account]]:
    """At each stage something happens; then these look at the pages."""
    auditor = account("郑审计", audit=(Role.AUDITOR, year.province))
    others = {"auditor": auditor, "expert": year.experts[0]}
    for happens, who, ends, move in GOES_BY:
        happens(year)
        yield [others.get(one) or getattr(year, one) for one in who.split()]
        ends(year)
        year.move(move)
    carry_out(weighing=year.assessment.weighings.get().pk, now=timezone.now)
    yield [year.chen, year.tan, auditor]


def _drafted(year: Year) -> None:
    year.drafted()


def _commented(year: Year) -> None:
    for item, text in (("A1", "分值偏高"), ("B2", "建议明确方案的格式")):
        comments.comment(
            assessment=year.assessment.pk, organisation=year.jiangmen.pk, item=item, text=text,
            by=year.tan.pk, now=year.now,
        )  # fmt: skip
    one = year.version.comments.get(item="B2")
    _answer(year, one)


def _answer(year: Year, one: Comment) -> None:
    comments.answer_comment(
        comment=one.pk, adopted=False, reason="附件已有说明", by=year.chen.pk, now=year.now,
        seen=one.version,
    )  # fmt: skip


def _answered(year: Year) -> None:
    _answer(year, year.version.comments.get(item="A1"))


def _amended(year: Year) -> None:
    amendments.propose(assessment=year.assessment.pk, why="口径调整", by=year.chen.pk, now=year.now)


def _dropped(year: Year) -> None:
    version = under_way(year.assessment)
    assert version is not None
    amendments.move_amendment(
        assessment=year.assessment.pk, move=SchemeMove.DROP, by=year.chen.pk, now=year.now,
        seen=version.version,
    )  # fmt: skip


def _filled_in(year: Year) -> None:
    frozen(year)
    accepted(year, "trainings", TRAININGS)
    freeze(
        office=year.province, starts=date(2021, 1, 1), ends=date(2022, 1, 1), by=year.chen.pk,
        now=year.now,
    )  # fmt: skip
    here = {"submission": Submission.objects.get(unit=year.jiangmen).pk, "now": year.now}
    for item, typed in (
        ("A1", Typed(self_score="38", figures={"closed_in_time": "97%"}, statement="按期办结率提高。")),
        ("B2", Typed(self_score="9", statement="方案已印发。")),
    ):  # fmt: skip
        collection.save_answer(item=item, typed=typed, by=year.tan.pk, **here)
    for name, content in (("方案.pdf", PDF), ("台账.pdf", PDF + b"\n")):
        collection.file_material(
            item="B2", name=name, content=io.BytesIO(content), by=year.tan.pk, **here
        )
    given = {"A1": (None, year.bureau.pk)}
    collection.give_items(given=given, by=year.tan.pk, **here)
    collection.contest(
        assessment=year.assessment.pk, unit=year.jiangmen, input_code="trained", record="T2",
        text="应为160人", by=year.tan.pk, now=year.now,
    )  # fmt: skip
    sheet = supplied(year, "95%", "84%")
    correct(sheet=sheet.pk, reason="统计口径有误", by=year.li.pk, now=year.now)
    found_on(year, announced(year))
    planned(year, unannounced=True)
    lead(year)


def _nothing(_: Year) -> None: ...


def _signed(year: Year) -> None:
    """The correction and Jiangmen's submission are signed in time, Guangzhou's never."""
    supplied(year, "95%", "85%")
    one = Submission.objects.get(unit=year.jiangmen)
    collection.put_up(
        why_unanswered="其余各项本年没有内容", submission=one.pk, by=year.tan.pk, now=year.now
    )
    one.refresh_from_db()
    collection.decide_on(
        submission=one.pk, seen_hash=hash_of_submission(one), by=year.huang.pk, now=year.now
    )  # fmt: skip
    year.now += timedelta(60)


def _settled(year: Year) -> None:
    for one in Difference.objects.filter(state="open"):
        settle(
            difference=one.pk, taken="supplied", reason="以来源单位数据为准", by=year.chen.pk,
            now=year.now,
        )  # fmt: skip


def _reviewed(year: Year) -> None:
    files = received(year, drawn(year, Snapshot.objects.latest("pk")))
    both(year, files[0], {"late": 1}, {})
    mark(year, files[0].reviews.latest("pk"), {"late": 2})
    _corrected(year, Visit.objects.get(state="announced"))
    both(year, files[1], {"late": 1}, {"late": 1})
    told = {"assessment": year.assessment.pk, "now": year.now, "unit": "440700"}
    raise_suspicion(
        item="B2", grounds="公章与备案不符", material=Material.objects.all()[0].pk, by=year.sun.pk,
        **told,
    )  # fmt: skip


def _corrected(year: Year, visit: Visit) -> None:
    """A visit is reported, and what was reported is corrected."""
    reported(year, visit)
    told = {"reason": "核对后更正", "by": year.chen.pk, "now": year.now}
    correct_report(
        visit=visit.pk, visited_on=timezone.localdate(year.now), summary="总体良好", **told
    )
    seen = Seen(text="台账不全", item="A1", place="蓬江区")
    correct_finding(finding=visit.findings.get().pk, seen=seen, **told)


def _all_done(year: Year) -> None:
    """Every file is reviewed, the suspicion is heard and confirmed, every item is scored."""
    for review in FileReview.objects.filter(done_at=None, settles=False):
        mark(year, review, {})
    for file in DrawnFile.objects.filter(state="received", is_reserve=False):
        third = next(one for one in year.experts if not file.reviews.filter(reviewer=one).exists())
        told = {"file": file.pk, "reviewer": third.pk, "by": year.chen.pk, "now": year.now}
        mark(year, reviews.assign_third(**told), {})
    one = Suspicion.objects.get()
    one = state_case(
        suspicion=one.pk, statement="系扫描错误", seen=one.version, by=year.huang.pk, now=year.now
    )
    one = hear(
        suspicion=one.pk, hearing="系扫描错误", heard_on=timezone.localdate(year.now),
        seen=one.version, by=year.chen.pk, now=year.now,
    )  # fmt: skip
    decide(
        suspicion=one.pk, move=SuspicionMove.CONFIRM, decision="经核对原件，系伪造",
        seen=one.version, by=year.zhao.pk, now=year.now,
    )  # fmt: skip
    for score in year.assessment.scores.all():
        score.judged, score.state = JUDGED[score.item], ScoreState.SCORED
        score.scored_by, score.scored_at = year.sun, year.now
        score.save()


GOES_BY: tuple[tuple[Happens, str, Happens, StageMove], ...] = (
    (_drafted, "chen zhao", _nothing, StageMove.SEND_OUT),
    (_commented, "chen tan li", _answered, StageMove.CLOSE_COMMENTS),
    (_nothing, "chen qian zhao", Year.approved, StageMove.ISSUE),
    (_amended, "chen tan auditor", _dropped, StageMove.COLLECT),
    (_filled_in, "chen zhao tan huang mo li auditor", _signed, StageMove.COMPARE),
    (_nothing, "chen tan li", _settled, StageMove.SCORE),
    (_reviewed, "chen zhao sun tan expert auditor", _all_done, StageMove.FREEZE),
)
"""What happens at a stage, who then looks, how the stage ends, and the move that ends it."""


def begun_at(year: Year) -> list[str]:
    """Where a walk begins: at what has most to show, and at forms that only a button leads to."""
    home = "/assessments/2021/"
    found = [f"{home}scoring/B2/", f"{home}scoring/B2/440700/"]
    found += [f"{home}scoring/B2/440700/again/", f"{home}suspicions/raise/B2/440700/"]
    for number in Submission.objects.filter(unit=year.jiangmen).values_list("pk", flat=True):
        below = (
            "", "items/B2/", "items/B2/material/", "late/", "return/", "figures/trained/",
            "figures/trained/contest/?record=T2",
        )  # fmt: skip
        found += [f"{home}submissions/{number}/{one}" for one in below]
    found += [
        f"{home}sheets/sign/",
        *(f"{home}sheets/{one.pk}/bring/" for one in year.assessment.sheets.all()),
    ]
    for one in year.assessment.differences.filter(state="settled"):
        found += [
            f"{home}differences/{one.pk}/",
            f"{home}differences/{one.pk}/anew/",
            f"{home}differences/{one.pk}/reopen/",
        ]
    found += [f"{home}suspicions/{one.pk}/hear/" for one in Suspicion.objects.all()]
    for file in DrawnFile.objects.filter(is_reserve=False):
        found += [f"{home}reviews/files/{file.pk}/{one}" for one in ("", "third/", "excuse/")]
    return [*found, "/assessments/"]

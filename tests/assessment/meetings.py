"""Two people save the same thing of an assessment: who comes second, and what the other does meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils import timezone

from steelyard.assessment.actions import collection, forgery, visits
from steelyard.assessment.actions import supplied as sheets
from steelyard.assessment.actions.schemes import comments
from steelyard.assessment.actions.visits import findings, report_corrections
from steelyard.assessment.models import Submission, Suspicion
from steelyard.assessment.rules.collection.answers import Typed
from steelyard.assessment.rules.forgery import About
from steelyard.assessment.rules.states import Stage
from tests.assessment.reported import supplied, the_sheet, typed
from tests.assessment.signed_words import signs
from tests.assessment.visits import announced, found_on, planned, reported
from tests.assessment.year import Year
from tests.trail.meeting import Meeting

HERE = "/assessments/2021/"


def submission_of(year: Year) -> Submission:
    year.at(Stage.COLLECTING)
    return Submission.objects.get(unit=year.jiangmen)


def answer(year: Year) -> Meeting:
    found = submission_of(year)

    def other() -> object:
        return collection.save_answer(
            submission=found.pk, item="A1", typed=Typed(self_score="31", statement="他们写的"),
            by=year.tan.pk, now=timezone.now(),
        )  # fmt: skip

    mine = {"self_score": "32", "statement": "我写的"}
    shows = ("31", "32", "他们写的", "我写的")
    page = f"{HERE}submissions/{found.pk}/items/A1/"
    return Meeting(year.tan, page, other, mine, post=page, shows=shows)


def fill_sheet(year: Year) -> Meeting:
    year.at(Stage.COLLECTING)
    one = the_sheet()

    def other() -> object:
        return sheets.fill(
            sheet=one.pk, typed=typed("91%", "81%"), by=year.li.pk, now=timezone.now()
        )

    mine = {"v-440100": "92%", "v-440700": "82%"}
    shows = ("91%", "92%", "81%", "82%")
    page = f"{HERE}sheets/{one.pk}/"
    return Meeting(year.li, page, other, mine, post=page, shows=shows)


def take_correction_back(year: Year) -> Meeting:
    """Somebody of the body goes on correcting meanwhile: what they typed is not dropped unseen."""
    year.at(Stage.COLLECTING)
    one = supplied(year, "90%", "80%")
    sheets.correct(sheet=one.pk, reason="误点", by=year.li.pk, now=timezone.now())

    def other() -> object:
        return sheets.fill(
            sheet=one.pk, typed=typed("91%", "81%"), by=year.li.pk, now=timezone.now()
        )

    return Meeting(year.li, f"{HERE}sheets/{one.pk}/take-back/", other, {}, shows=("91%",))


def change_visit(year: Year) -> Meeting:
    year.at(Stage.COLLECTING)
    one = planned(year)
    return Meeting(
        year.chen, f"{HERE}visits/{one.pk}/change/", _changed(year, one.pk), {"team": "我们去"},
        shows=("他们去", "我们去"),
    )  # fmt: skip


def announce_visit(year: Year) -> Meeting:
    year.at(Stage.COLLECTING)
    one = planned(year)
    page = f"{HERE}visits/{one.pk}/"
    return Meeting(
        year.chen, page, _changed(year, one.pk), post=f"{page}announce/", shows=("他们去",)
    )


def cancel_visit(year: Year) -> Meeting:
    year.at(Stage.COLLECTING)
    one = announced(year)
    return Meeting(
        year.chen, f"{HERE}visits/{one.pk}/cancel/", _changed(year, one.pk), {"reason": "台风"},
        shows=("他们去", "台风"),
    )  # fmt: skip


def report_visit(year: Year) -> Meeting:
    year.at(Stage.COLLECTING)
    one = announced(year)
    found_on(year, one)
    mine = {"summary": "总体较好", "visited_on": timezone.localdate(year.now).isoformat()}
    return Meeting(
        year.chen, f"{HERE}visits/{one.pk}/report/", _changed(year, one.pk), mine, shows=("他们去",)
    )


def _changed(year: Year, visit: int) -> Callable[[], object]:
    from tests.assessment.visits import plan_of

    return lambda: visits.change_visit(
        visit=visit, plan=plan_of(year, team="他们去"), by=year.qian.pk, now=year.now
    )


def mend_finding(year: Year) -> Meeting:
    year.at(Stage.COLLECTING)
    visit = planned(year)
    one = found_on(year, visit)

    def other() -> object:
        seen = findings.Seen(text="他们看到", item="A1", place="蓬江区")
        return findings.correct_finding(finding=one.pk, seen=seen, by=year.qian.pk, now=year.now)

    page = f"{HERE}visits/{visit.pk}/findings/{one.pk}/"
    return Meeting(year.chen, page, other, {"text": "我看到"}, shows=("他们看到", "我看到"))


def correct_report(year: Year) -> Meeting:
    year.at(Stage.COLLECTING)
    one = reported(year, announced(year))
    today = timezone.localdate(year.now)

    def other() -> object:
        return report_corrections.correct_report(
            visit=one.pk, visited_on=today, summary="他们更正", reason="笔误", by=year.qian.pk,
            now=year.now,
        )  # fmt: skip

    mine = {"summary": "我更正", "reason": "笔误"}
    page = f"{HERE}visits/{one.pk}/correct/"
    return Meeting(year.chen, page, other, mine, shows=("他们更正", "我更正"))


def answer_comment(year: Year) -> Meeting:
    year.at(Stage.COMMENTS)
    one = comments.comment(
        assessment=year.assessment.pk, organisation=year.jiangmen.pk, item="A1", text="口径不明",
        by=year.tan.pk, now=timezone.now(),
    )  # fmt: skip

    def other() -> object:
        return comments.edit_comment(
            comment=one.pk, text="他们改了", by=year.tan.pk, now=timezone.now(), seen=one.version
        )

    mine = {"text": "我改了"}
    return Meeting(year.tan, f"{HERE}scheme/comments/{one.pk}/", other, mine, shows=("他们改了", "我改了"))  # fmt: skip


def a_suspicion(year: Year) -> Suspicion:
    year.at(Stage.SCORING)
    signs(year, "440700", "B2")
    return forgery.raise_suspicion(
        assessment=year.assessment.pk, unit="440700", item="B2", grounds="公章有误",
        about=About.STATEMENT, material=None, by=year.sun.pk, now=timezone.now(),
    )  # fmt: skip


def decide_suspicion(year: Year) -> Meeting:
    one = a_suspicion(year)
    today = timezone.localdate()
    forgery.state_case(
        suspicion=one.pk, statement="误盖", seen=None, by=year.tan.pk, now=timezone.now()
    )

    def other() -> object:
        return forgery.hear(
            suspicion=one.pk,
            heard_on=today,
            hearing="他们听过",
            seen=None,
            by=year.chen.pk,
            now=timezone.now(),
        )

    mine = {"decision": "查无实据"}
    page = f"{HERE}suspicions/{one.pk}/decide/clear/"
    return Meeting(year.zhao, page, other, mine, shows=("他们听过", "查无实据"))


MEETINGS: Mapping[str, tuple[Callable[[Year], Meeting], ...]] = {
    "submissions/<int:number>/items/<str:item>/": (answer,),
    "sheets/<int:number>/": (fill_sheet,),
    "sheets/<int:number>/take-back/": (take_correction_back,),
    "visits/<int:number>/change/": (change_visit,),
    "visits/<int:number>/announce/": (announce_visit,),
    "visits/<int:number>/cancel/": (cancel_visit,),
    "visits/<int:number>/report/": (report_visit,),
    "visits/<int:number>/correct/": (correct_report,),
    "visits/<int:number>/findings/<int:finding>/": (mend_finding,),
    "scheme/comments/<int:number>/": (answer_comment,),
    "suspicions/<int:number>/decide/<slug:move>/": (decide_suspicion,),
}
"""Below the address of the assessment: on which forms two are seen to meet."""

"""The addresses of visits, and of what was found there."""

from django.urls import path

from steelyard.assessment.views.visits import found, one, overview

ALL = "assessments/<slug:code>/visits/"
ONE = f"{ALL}<int:number>/"

urlpatterns = [
    path(ALL, overview.visits, name="visits"),
    path(f"{ALL}plan/", overview.plan, name="plan_visit"),
    path(ONE, one.visit, name="visit"),
    path(f"{ONE}change/", one.change, name="change_visit"),
    path(f"{ONE}announce/", one.announce, name="announce_visit"),
    path(f"{ONE}cancel/", one.cancel, name="cancel_visit"),
    path(f"{ONE}report/", one.report, name="report_visit"),
    path(f"{ONE}correct/", one.correct, name="correct_report"),
    path(f"{ONE}sheet/", one.sheet, name="visit_sheet"),
    path(f"{ONE}findings/", found.add_finding, name="add_finding"),
    path(f"{ONE}findings/<int:finding>/", found.finding, name="finding"),
]

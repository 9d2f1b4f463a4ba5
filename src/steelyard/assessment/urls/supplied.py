"""The addresses of supplied figures."""

from django.urls import path

from steelyard.assessment.views import supplied

ALL = "assessments/<slug:code>/sheets/"
ONE = f"{ALL}<int:number>/"

urlpatterns = [
    path(ALL, supplied.sheets, name="sheets"),
    path(ONE, supplied.sheet, name="sheet"),
    path(f"{ONE}file/", supplied.take, name="sheet_file"),
    path(f"{ONE}bring/", supplied.bring, name="bring_sheet"),
    path(f"{ONE}bring/faults/", supplied.faults, name="sheet_faults"),
    path(f"{ONE}correct/", supplied.correct, name="correct_sheet"),
    path(f"{ONE}urge/", supplied.urge, name="urge_sheet"),
]

"""The addresses of supplied figures."""

from django.urls import path

from steelyard.assessment.views.supplied import decisions, files, one, overview, together

ALL = "assessments/<slug:code>/sheets/"
ONE = f"{ALL}<int:number>/"

urlpatterns = [
    path(ALL, overview.sheets, name="sheets"),
    path("assessments/<slug:code>/urge-sheets/", decisions.urge_all, name="urge_sheets"),
    path(f"{ALL}sign/", together.sign, name="sign_sheets"),
    path(ONE, one.sheet, name="sheet"),
    path(f"{ONE}file/", files.take, name="sheet_file"),
    path(f"{ONE}bring/", files.bring, name="bring_sheet"),
    path(f"{ONE}bring/faults/", files.faults, name="sheet_faults"),
    path(f"{ONE}correct/", decisions.correct, name="correct_sheet"),
    path(f"{ONE}take-back/", decisions.take_back, name="take_back_correction"),
    path(f"{ONE}urge/", decisions.urge, name="urge_sheet"),
]

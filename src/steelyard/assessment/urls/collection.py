"""The addresses of what units file."""

from django.urls import path

from steelyard.assessment.views.collection import (
    decisions,
    departments,
    figures,
    items,
    materials,
    objections,
    sheets,
    submissions,
)

SUBMISSIONS = "assessments/<slug:code>/submissions/"
ONE = f"{SUBMISSIONS}<int:number>/"
ITEM = f"{ONE}items/<str:item>/"
OBJECTIONS = "assessments/<slug:code>/objections/"

urlpatterns = [
    path(SUBMISSIONS, submissions.submissions, name="submissions"),
    path("assessments/<slug:code>/urge-units/", decisions.urge, name="urge_units"),
    path(ONE, submissions.submission, name="submission"),
    path(f"{ONE}put-up/", decisions.put_up, name="put_up"),
    path(f"{ONE}take-back/", decisions.take_back, name="take_back"),
    path(f"{ONE}approve/", decisions.approve, name="approve_submission"),
    path(f"{ONE}return/", decisions.send_back, name="return_submission"),
    path(f"{ONE}late/", decisions.late, name="file_late"),
    path(f"{ONE}departments/", departments.departments, name="departments"),
    path(f"{ONE}sheet/", sheets.take, name="answer_sheet"),
    path(f"{ONE}bring/", sheets.bring, name="bring_answers"),
    path(f"{ONE}bring/faults/", sheets.faults, name="answer_faults"),
    path(f"{ONE}material/", materials.materials, name="materials"),
    path(f"{ONE}figures/<str:input_code>/", figures.rows, name="rows_behind"),
    path(f"{ONE}figures/<str:input_code>/contest/", figures.contest, name="contest"),
    path(ITEM, items.item, name="item"),
    path(f"{ITEM}material/", materials.add, name="add_material"),
    path(f"{ITEM}material/use/", materials.use, name="use_material"),
    path(f"{ITEM}material/<int:use>/off/", materials.off, name="stop_using"),
    path(OBJECTIONS, objections.objections, name="objections"),
    path(f"{OBJECTIONS}<int:number>/", objections.objection, name="objection"),
    path(f"{OBJECTIONS}<int:number>/answer/<slug:move>/", objections.answer, name="answer_objection"),
]  # fmt: skip

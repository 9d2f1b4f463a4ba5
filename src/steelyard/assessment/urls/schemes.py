"""The addresses of an assessment's scheme and of what is said of it."""

from django.urls import path

from steelyard.assessment.views.schemes import (
    amendments,
    approval,
    files,
    page,
    trial,
)
from steelyard.assessment.views.schemes.comments import one, overview, saying
from steelyard.assessment.views.schemes.editing import grades, inputs, items, parts

_OF = "assessments/<slug:code>/scheme/"

urlpatterns = [
    path(_OF, page.scheme, name="scheme"),
    path(f"{_OF}versions/<int:number>/", page.scheme, name="scheme_version"),
    path(f"{_OF}versions/<int:number>/export/", files.export, name="scheme_export"),
    path(f"{_OF}versions/<int:number>/trial/", trial.trial, name="scheme_trial"),
    path(
        f"{_OF}versions/<int:number>/differences/", amendments.compared, name="scheme_differences"
    ),
    path(f"{_OF}import/", files.import_scheme, name="scheme_import"),
    path(f"{_OF}begin/", files.begin, name="scheme_begin"),
    path(f"{_OF}items/new/", items.new_item, name="scheme_new_item"),
    path(f"{_OF}items/<str:key>/", items.item, name="scheme_item"),
    path(f"{_OF}items/<str:key>/delete/", items.delete_item, name="scheme_delete_item"),
    path(f"{_OF}items/<str:key>/move/<slug:way>/", items.move_item, name="scheme_move_item"),
    path(f"{_OF}inputs/new/", inputs.new_input, name="scheme_new_input"),
    path(f"{_OF}inputs/<str:key>/", inputs.one_input, name="scheme_input"),
    path(f"{_OF}inputs/<str:key>/delete/", inputs.delete_input, name="scheme_delete_input"),
    path(f"{_OF}bodies/", parts.bodies, name="scheme_bodies"),
    path(f"{_OF}units/", parts.units, name="scheme_units"),
    path(f"{_OF}grades/", grades.grades, name="scheme_grades"),
    path(f"{_OF}rest/", parts.rest, name="scheme_rest"),
    path(f"{_OF}unread/<int:at>/", parts.tick_off, name="scheme_tick_off"),
    path(f"{_OF}approval/", approval.approval, name="scheme_approval"),
    path(f"{_OF}steps/<slug:subject>/", approval.steps, name="scheme_steps"),
    path(f"{_OF}amendment/", amendments.propose, name="scheme_propose"),
    path(f"{_OF}amendment/<slug:move>/", amendments.move, name="scheme_amendment_move"),
    path(f"{_OF}comments/", overview.comments, name="comments"),
    path(f"{_OF}comments/export/", overview.export, name="comments_export"),
    path(f"{_OF}comments/new/", saying.new_comment, name="new_comment"),
    path(f"{_OF}comments/none/", saying.say_nothing, name="no_comments"),
    path(f"{_OF}comments/<int:number>/", one.one_comment, name="comment"),
]

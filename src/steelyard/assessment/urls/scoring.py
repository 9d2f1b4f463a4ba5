"""The addresses of scoring."""

from django.urls import path

from steelyard.assessment.views.scoring import item, overview, unit

LIST = "assessments/<slug:code>/scoring/"
ITEM = f"{LIST}<str:item>/"
UNIT = f"{ITEM}<str:unit>/"

urlpatterns = [
    path(LIST, overview.scoring, name="scoring"),
    path(ITEM, item.item, name="score_item"),
    path(UNIT, unit.unit_item, name="unit_item"),
    path(f"{UNIT}again/", unit.reopen_one, name="reopen_score"),
]

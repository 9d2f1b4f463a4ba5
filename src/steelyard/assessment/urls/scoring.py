"""The addresses of scoring."""

from django.urls import path

from steelyard.assessment.views.scoring import item, overview, unit
from steelyard.assessment.views.scoring.side_by_side import unit_items

LIST = "assessments/<slug:code>/scoring/"
ITEM = f"{LIST}<str:item>/"
UNIT = f"{ITEM}<str:unit>/"

urlpatterns = [
    path("assessments/<slug:code>/side-by-side/<str:unit>/", unit_items, name="unit_items"),
    path(LIST, overview.scoring, name="scoring"),
    path("assessments/<slug:code>/urge-scoring/", overview.urge, name="urge_scoring"),
    path(ITEM, item.item, name="score_item"),
    path(UNIT, unit.unit_item, name="unit_item"),
    path(f"{UNIT}again/", unit.reopen_one, name="reopen_score"),
]

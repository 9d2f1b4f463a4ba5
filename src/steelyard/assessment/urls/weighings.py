"""The addresses of weighings."""

from django.urls import path

from steelyard.assessment.views import weighings

ALL = "assessments/<slug:code>/weighings/"
ONE = f"{ALL}<int:number>/"

urlpatterns = [
    path(ALL, weighings.weighings, name="weighings"),
    path(f"{ALL}again/", weighings.again, name="weigh_again"),
    path(ONE, weighings.weighing, name="weighing"),
    path(f"{ONE}<str:name>", weighings.paper, name="weighing_paper"),
]

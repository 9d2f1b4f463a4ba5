"""The addresses of suspicions of forged material."""

from django.urls import path

from steelyard.assessment.views.forgery import one, overview, raising, steps

ALL = "assessments/<slug:code>/suspicions/"
ONE = f"{ALL}<int:number>/"

urlpatterns = [
    path(ALL, overview.suspicions, name="suspicions"),
    path(f"{ALL}raise/<str:item>/<str:unit>/", raising.raise_one, name="raise_suspicion"),
    path(ONE, one.suspicion, name="suspicion"),
    path(f"{ONE}state/", steps.state_one, name="state_case"),
    path(f"{ONE}hear/", steps.hear_one, name="hear_suspicion"),
    path(f"{ONE}decide/<slug:move>/", steps.decide_one, name="decide_suspicion"),
]

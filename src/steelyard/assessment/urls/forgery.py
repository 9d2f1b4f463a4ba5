"""The addresses of suspicions of forged material."""

from django.urls import path

from steelyard.assessment.views import forgery

LIST = "assessments/<slug:code>/suspicions/"
ONE = f"{LIST}<int:number>/"

urlpatterns = [
    path(LIST, forgery.suspicions, name="suspicions"),
    path(f"{LIST}raise/<str:item>/<str:unit>/", forgery.raise_one, name="raise_suspicion"),
    path(ONE, forgery.suspicion, name="suspicion"),
    path(f"{ONE}state/", forgery.state_one, name="state_case"),
    path(f"{ONE}hear/", forgery.hear_one, name="hear_suspicion"),
    path(f"{ONE}decide/<slug:move>/", forgery.decide_one, name="decide_suspicion"),
]

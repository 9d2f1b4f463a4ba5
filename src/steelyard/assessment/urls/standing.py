"""The address of the live standing of a unit."""

from django.urls import path

from steelyard.assessment.views import standing

urlpatterns = [
    path("assessments/<slug:code>/standing/<slug:unit>/", standing.standing, name="standing"),
]

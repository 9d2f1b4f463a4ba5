"""The address of the figures that are missing."""

from django.urls import path

from steelyard.assessment.views import missing

urlpatterns = [path("assessments/<slug:code>/missing/", missing.missing, name="missing")]

"""The addresses of assessments: each part has a file of its own."""

from django.urls import path

from steelyard.assessment.urls import (
    collection,
    differences,
    forgery,
    leads,
    missing,
    papers,
    reviews,
    schemes,
    scoring,
    standing,
    supplied,
    visits,
    weighings,
)
from steelyard.assessment.views import assessments

app_name = "assessment"
urlpatterns = [
    path("assessments/", assessments.assessments, name="assessments"),
    path("assessments/open/", assessments.open_one, name="open"),
    path("assessments/<slug:code>/", assessments.assessment, name="assessment"),
    path("assessments/<slug:code>/move/<slug:move>/", assessments.move, name="move"),
    *collection.urlpatterns,
    *differences.urlpatterns,
    *forgery.urlpatterns,
    *leads.urlpatterns,
    *missing.urlpatterns,
    *papers.urlpatterns,
    *reviews.urlpatterns,
    *schemes.urlpatterns,
    *scoring.urlpatterns,
    *standing.urlpatterns,
    *supplied.urlpatterns,
    *visits.urlpatterns,
    *weighings.urlpatterns,
]

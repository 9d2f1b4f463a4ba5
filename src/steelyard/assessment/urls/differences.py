"""The addresses of differences."""

from django.urls import path

from steelyard.assessment.views.differences import one, overview

ALL = "assessments/<slug:code>/differences/"
ONE = f"{ALL}<int:number>/"

urlpatterns = [
    path(ALL, overview.differences, name="differences"),
    path(f"{ALL}export/", overview.export, name="differences_export"),
    path(f"{ALL}again/", overview.again, name="compare_again"),
    path(ONE, one.difference, name="difference"),
    path(f"{ONE}anew/", one.settle_anew, name="settle_difference_anew"),
    path(f"{ONE}reopen/", one.reopen, name="reopen_difference"),
]

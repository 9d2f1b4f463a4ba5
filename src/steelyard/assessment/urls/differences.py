"""The addresses of differences."""

from django.urls import path

from steelyard.assessment.views import differences

ALL = "assessments/<slug:code>/differences/"
ONE = f"{ALL}<int:number>/"

urlpatterns = [
    path(ALL, differences.differences, name="differences"),
    path(f"{ALL}export/", differences.export, name="differences_export"),
    path(f"{ALL}again/", differences.again, name="compare_again"),
    path(ONE, differences.difference, name="difference"),
    path(f"{ONE}reopen/", differences.reopen, name="reopen_difference"),
]

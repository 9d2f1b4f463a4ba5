"""The editor's report, inside."""

from django.urls import path

from steelyard.website.checking import views

urlpatterns = [path("site-check/", views.report, name="site_check")]

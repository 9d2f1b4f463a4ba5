"""Every address of the public site where it stands alone."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView

from steelyard.website.views.alive import alive

urlpatterns = [
    path("health/", alive, name="health"),
    path("", RedirectView.as_view(pattern_name="website:home"), name="root"),
    path("", include("steelyard.website.data_urls")),
    *i18n_patterns(path("", include("steelyard.website.urls"))),
]

handler400 = "steelyard.config.answers.refused.bad_request"
handler403 = "steelyard.config.answers.refused.not_allowed"
handler404 = "steelyard.config.answers.refused.not_found"
handler500 = "steelyard.config.answers.refused.went_wrong"

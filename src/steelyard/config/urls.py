"""Every address of the office."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from steelyard.config.answers.health import show_health
from steelyard.config.answers.metrics import show_metrics
from steelyard.config.api import mounted
from steelyard.people.views.waiting import choose_language, no_such_page

urlpatterns = [
    path("", include("steelyard.people.urls")),
    path("", include("steelyard.supply.urls")),
    path("", include("steelyard.assessment.urls")),
    mounted("api/"),
    path("health/", show_health, name="health"),
    path("metrics", show_metrics, name="metrics"),
    re_path("^account/(email|confirm-email)/", no_such_page),  # addresses are the administrator's
    path("account/", include("allauth.urls")),
    path("language/", choose_language, name="set_language"),
    path("files/", include("steelyard.files.urls")),
    path("", include("steelyard.notices.urls")),
    path("history/", include("steelyard.history.urls")),
    path("", include("steelyard.website.data_urls")),
    path("editors/", include("steelyard.website.prose.urls")),
    path("messages/", include("steelyard.website.messages.urls")),
    path("", include("steelyard.website.checking.urls")),
    *i18n_patterns(path("", include("steelyard.website.urls"))),
]

handler400 = "steelyard.config.answers.refused.bad_request"
handler403 = "steelyard.config.answers.refused.not_allowed"
handler404 = "steelyard.config.answers.refused.not_found"
handler429 = "steelyard.config.answers.refused.too_many"  # asked by allauth alone
handler500 = "steelyard.config.answers.refused.went_wrong"

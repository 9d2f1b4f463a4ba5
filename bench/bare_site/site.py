"""The table of the ranking and nothing else, from the same packages, by the same template engine."""

from __future__ import annotations

import os
from functools import cache

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import Engine, Template
from django.template.context import make_context
from django.urls import path
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.bare_site.settings")
application = get_wsgi_application()

from steelyard.config.outside import urls as public_urls  # noqa: E402
from steelyard.look.language import lang  # noqa: E402
from steelyard.website.arranging import Arrangement  # noqa: E402
from steelyard.website.site import site_at  # noqa: E402
from steelyard.website.views import results  # noqa: E402


@cache
def _rows() -> Template:
    """The table of the ranking's page, cut out of it."""
    engine = Engine.get_default()
    source = engine.get_template("website/assessment.html").source
    begin = source.index('<table class="ranking">')
    end = source.index("</table>", begin)
    loaded = "{% load i18n saying humanized %}"
    return engine.from_string(f"{loaded}{source[begin:end]}</table>")


def ranked(request: HttpRequest, series: str) -> HttpResponse:
    published = site_at(timezone.now()).assessments[series]
    it = published.assessment
    asked = Arrangement.asked(it, lang(), "", "")
    told = {
        **results._around(published),
        "asked": asked,
        "headings": asked.headings(it, lang()),
        "rows": [results._row(it, one) for one in it.listed],
    }
    return HttpResponse(_rows().render(make_context(told, request)))


urlpatterns = [
    path("en/bare/<slug:series>/", ranked),
    *public_urls.urlpatterns,
]

"""The addresses of the public site below a language: ``/zh-hans/…``, ``/en/…``. They stay."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_safe

from steelyard.website.areas import AREAS
from steelyard.website.views import (
    briefings,
    contact,
    corrections,
    courts,
    design,
    home,
    leads,
    open_data,
    prose,
    registers,
    results,
    search,
    sitemap,
)  # fmt: skip

app_name = "website"

View = Callable[..., HttpResponse]


def open_to_all(address: str, view: View, name: str, **given: str) -> URLPattern:
    """An address that nobody needs to sign in for, and that can only be read."""
    return path(address, login_not_required(require_safe(view)), given, name=name)


def open_box(address: str, view: View, name: str) -> URLPattern:
    """An address that nobody needs to sign in for, with a form that is sent."""
    return path(address, login_not_required(view), name=name)


urlpatterns = [
    open_to_all("", home.home, "home"),
    open_to_all("search/", search.search, "search"),
    open_to_all("data/", open_data.page, "open_data"),
    open_to_all("design/", design.design, "design"),
    open_to_all("news/", prose.news, "news"),
    open_to_all("news/<slug:slug>/", prose.article, "article"),
    open_to_all("about/", prose.plain, "about", path="about"),
    open_to_all("about/<slug:slug>/", prose.below_about, "about_more"),
    open_to_all("privacy/", prose.plain, "privacy", path="privacy"),
    open_to_all("copyright/", prose.plain, "copyright", path="copyright"),
    open_to_all("accessibility/", prose.plain, "accessibility", path="accessibility"),
    open_box("contact/", contact.contact, "contact"),
    open_box("contact/state/", contact.state, "message_state"),
    open_box("report/", leads.leads, "leads"),
    open_to_all("files/<str:name>", prose.file, "prose_file"),
    open_to_all("briefings/", briefings.briefings, "briefings"),
    open_to_all("briefings/<slug:slug>/", briefings.briefing, "briefing"),
    open_to_all("sitemap/", sitemap.page, "sitemap"),
    open_to_all("results/", results.assessments, "assessments"),
    open_to_all("results/history/", results.history, "history"),
    open_to_all("results/history/<str:key>/", registers.announced, "announced"),
    open_to_all("results/<slug:series>/", results.assessment, "assessment"),
    open_to_all("results/<slug:series>/corrections/", corrections.corrections, "corrections"),
    open_to_all("results/<slug:series>/compare/", results.compare, "compare"),
    open_to_all("results/<slug:series>/downloads/", results.downloads, "downloads"),
    open_to_all("results/<slug:series>/items/<str:code>/", results.item, "item"),
    open_to_all("results/<slug:series>/<slug:code>/", results.unit, "unit"),
    open_to_all("results/<slug:series>/<slug:code>/years/", results.years, "years"),
    re_path(
        r"^courts/(?P<counter>which|days|fees|materials)/$",
        login_not_required(require_safe(courts.counter)),
        name="counter",
    ),
]
for _area in AREAS.values():
    _at = _area.address
    urlpatterns += [
        open_to_all(f"{_at}/", registers.area, _area.code, area=_area.code),
        open_to_all(
            f"{_at}/statistics/<slug:code>/",
            registers.statistic,
            f"{_area.code}_statistic",
            area=_area.code,
        ),
        open_to_all(
            f"{_at}/<slug:code>/", registers.register, f"{_area.code}_register", area=_area.code
        ),
        open_to_all(
            f"{_at}/<slug:code>/selection.<slug:ending>",
            registers.selection,
            f"{_area.code}_selection",
            area=_area.code,
        ),
        open_to_all(
            f"{_at}/<slug:code>/<str:key>/", registers.entry, f"{_area.code}_entry", area=_area.code
        ),
    ]

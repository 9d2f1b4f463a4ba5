"""Where to from an address that leads nowhere? Home, search, and the other language.

Found out from the address and the language of the request alone: neither the session nor the database
is touched.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from steelyard.kernel.bilingual import Lang, Text
from steelyard.look.language import lang

FIRST_PAGE = Text("返回待办事项", "Back to what waits for you")
HOME = Text("返回网站首页", "Back to the home page")
OF_THE_SITE = Text("检索本网站", "Search this site")
OF_THE_PUBLIC_SITE = Text("检索公开网站", "Search the public site")

EVERYWHERE = ("/",)
"""Where nobody is known on a site from packages alone."""


@dataclass(frozen=True, slots=True)
class Ways:
    """``lang``: the reader's language. The other one is chosen by a form that is sent to ``switch``,
    where a cookie keeps it; where the address says it, ``other`` is the home page in it."""

    lang: Lang
    home: str
    home_title: str
    search: str
    searched: str
    switch: str = ""
    other: str = ""


def ways(request: HttpRequest) -> Ways:
    reader = lang()
    nobody_known = getattr(settings, "KNOWS_NOBODY", EVERYWHERE)
    switch = "" if request.path_info.startswith(nobody_known) else _switch()
    search = _public("search", reader)
    if switch:
        title, searched = FIRST_PAGE.say(reader), OF_THE_PUBLIC_SITE.say(reader)
        return Ways(reader, "/", title, search, searched, switch=switch)
    return Ways(
        reader, _public("home", reader), HOME.say(reader), search, OF_THE_SITE.say(reader),
        other=_public("home", "zh" if reader == "en" else "en"),
    )  # fmt: skip


def _switch() -> str:
    """Where the office keeps a language; the public site keeps none."""
    try:
        return reverse("set_language")
    except NoReverseMatch:
        return ""


def _public(name: str, reader: Lang) -> str:
    with translation.override("en" if reader == "en" else "zh-hans"):
        return reverse(f"website:{name}")

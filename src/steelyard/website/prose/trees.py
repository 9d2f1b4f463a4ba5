"""The two trees of prose, one a language: there from the first start, their first pages as drafts."""

from __future__ import annotations

from uuid import uuid4

from wagtail.models import Locale, Page, Site

from steelyard.trail.acting import acting
from steelyard.website.prose.groups import give_groups_their_rights
from steelyard.website.prose.models import Home

FIRST = {"zh-hans": ("首页", "home"), "en": ("Home", "home-en")}
"""Language → title and slug of its first page; the slug is in no address."""


def set_up_trees() -> dict[str, Home]:
    """Both trees, made if they are not there; Wagtail's own welcome page goes."""
    with acting("set_up_trees"):
        give_groups_their_rights()
        found = {one.locale.language_code: one for one in Home.objects.select_related("locale")}
        if len(found) == len(FIRST):
            return found
        root = Page.objects.filter(depth=1).first() or Page.add_root(
            title="Root", slug="root", locale=_locale("zh-hans")
        )
        for welcome in root.get_children().exclude(pk__in=Home.objects.values("pk")):
            Site.objects.filter(root_page=welcome).update(root_page=root)
            welcome.delete()
        key = next((one.translation_key for one in found.values()), uuid4())
        for lang, (title, slug) in FIRST.items():
            if lang not in found:
                root.refresh_from_db()
                home = Home(
                    title=title, slug=slug, live=False, locale=_locale(lang), translation_key=key
                )
                found[lang] = root.add_child(instance=home)
                found[lang].save_revision(clean=False)
        Site.objects.filter(root_page=root).update(root_page=found["zh-hans"])
    return found


def _locale(lang: str) -> Locale:
    return Locale.objects.get_or_create(language_code=lang)[0]

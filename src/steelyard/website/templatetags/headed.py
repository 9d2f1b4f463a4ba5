"""The head of a public page: its title and description, said once and used wherever they are wanted."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from steelyard.look.language import lang
from steelyard.website.addresses import LANGUAGES
from steelyard.website.metadata import escaped, linked_data
from steelyard.website.site import site_at
from steelyard.website.where import HREFLANG, root_of

register = template.Library()


class Headed(template.Node):
    child_nodelists = ("title", "description")

    def __init__(self, title: template.NodeList, description: template.NodeList) -> None:
        self.title, self.description = title, description

    def render(self, context: template.Context) -> SafeString:
        title = self.title.render(context).strip()
        description = strip_tags(" ".join(self.description.render(context).split()))
        request = context.get("request")
        told = {
            "title": mark_safe(title),
            "description": mark_safe(description) if description else mark_safe(title),
            **(_where(request) if request else {}),
        }
        return render_to_string("website/metadata.html", told)


def _where(request: object) -> dict[str, object]:
    """The page's address in each language, and what it says to programs; nothing if it has none."""
    language, _, path = request.path.removeprefix("/").partition("/")  # type: ignore[attr-defined]
    if language not in LANGUAGES:
        return {}
    root = root_of(request)  # type: ignore[arg-type]
    known = site_at(request.now).addresses
    page = request.GET.get("page", "")  # type: ignore[attr-defined]
    asked = f"?page={page}" if page.isdecimal() and page != "1" else ""
    address = known.get(path)
    documents = linked_data(address, known, root=root, lang=lang(), publisher=gettext("Steelyard"))
    return {
        "canonical": f"{root}/{language}/{path}{asked}",
        "alternates": [
            *((HREFLANG[each], f"{root}/{each}/{path}{asked}") for each in LANGUAGES),
            ("x-default", f"{root}/zh-hans/{path}{asked}"),
        ],
        "type": "article" if address and address.above in ("news/", "briefings/") else "website",
        "documents": [mark_safe(escaped(one)) for one in documents],
    }


@register.tag
def headed(parser: template.base.Parser, _token: template.base.Token) -> Headed:
    """``{% headed %}title{% described %}description{% endheaded %}``"""
    title = parser.parse(("described",))
    parser.delete_first_token()
    description = parser.parse(("endheaded",))
    parser.delete_first_token()
    return Headed(title, description)

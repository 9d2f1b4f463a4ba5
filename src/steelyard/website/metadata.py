"""What a page says of itself to programs: its address in each language, where it stands, what data it offers.

Words of schema.org, as data in the page (``application/ld+json``), which no browser runs and the policy
therefore lets stand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from steelyard.kernel.bilingual import Lang
from steelyard.publication.package import media_type
from steelyard.website.addresses import Address, trail_to
from steelyard.website.feeds import LANGUAGE
from steelyard.website.where import HREFLANG

CONTEXT = "https://schema.org"


def linked_data(
    address: Address | None, known: Mapping[str, Address], *, root: str, lang: Lang, publisher: str
) -> list[dict[str, Any]]:
    """What stands in the head of a page; nothing for a page that is not in the registry."""
    if address is None:
        return []
    if not address.path:
        return [_site(root, lang, publisher)]
    found = [_trail(address, known, root, lang)]
    if address.files and address.package:
        found.append(_dataset(address, root, lang, publisher))
    return found


def escaped(document: object) -> str:
    """JSON that cannot end the element it stands in.

    >>> escaped({"a": "</script>"})
    '{"a": "\\\\u003C/script\\\\u003E"}'
    """
    text = json.dumps(document, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04X}")
    return text


def _site(root: str, lang: Lang, publisher: str) -> dict[str, Any]:
    return {
        "@context": CONTEXT, "@type": "WebSite", "name": publisher,
        "url": f"{root}/{LANGUAGE[lang]}/", "inLanguage": HREFLANG[LANGUAGE[lang]],
    }  # fmt: skip


def _trail(address: Address, known: Mapping[str, Address], root: str, lang: Lang) -> dict[str, Any]:
    steps = [
        {
            "@type": "ListItem",
            "position": number,
            "name": one.title.say(lang),
            "item": f"{root}/{LANGUAGE[lang]}/{one.path}",
        }
        for number, one in enumerate(trail_to(address, known), 1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": steps}


def _dataset(address: Address, root: str, lang: Lang, publisher: str) -> dict[str, Any]:
    package = address.package
    assert package is not None
    head = package.head
    mark = "样本：" if lang == "zh" else "Sample: "
    title = address.title.say(lang)
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": mark + title if head.sample and not title.startswith(mark) else title,
        "description": f"{title} · {head.title.say(lang)}",
        "url": f"{root}/{LANGUAGE[lang]}/{address.path}",
        "identifier": package.identifier,
        "version": str(head.number),
        "datePublished": head.shown_from.date().isoformat(),
        "inLanguage": ["zh-Hans", "en"],
        "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization", "name": publisher},
        **({"license": head.licence} if head.licence else {}),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name.rpartition("/")[2],
                "contentUrl": f"{root}/data/{name}",
                "encodingFormat": media_type(name),
            }
            for name in address.files
        ],
    }

"""Pages of a demonstration: written in both languages, live, and on the shelf. Loaded once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from steelyard.trail.acting import acting
from steelyard.website.prose import models
from steelyard.website.prose.actions import publish_prose
from steelyard.website.prose.trees import set_up_trees

PAGES = Path(__file__).with_name("demo_pages.toml")
OF_KIND: Mapping[str, type[models.ProsePage]] = {one.kind: one for one in models.PAGES}


def load_demo_prose(*, now: datetime) -> None:
    """Write and publish the pages, unless somebody has written any."""
    if models.NewsList.objects.exists():
        return
    pages = tomllib.loads(PAGES.read_text(encoding="utf-8"))["pages"]
    with acting("load_demo_prose"):
        trees, keys = set_up_trees(), {one["path"]: uuid4() for one in pages}
        for lang in trees:
            made: dict[str, models.ProsePage] = {}
            for one in pages:
                made[one["path"]] = _written(one, lang, trees[lang], made, keys[one["path"]])
    publish_prose(by=None, now=now)


def _written(
    one: Mapping[str, Any],
    lang: str,
    home: models.Home,
    made: Mapping[str, models.ProsePage],
    key: UUID,
) -> models.ProsePage:
    told = one[lang]
    fields = {
        "title": told["title"],
        "summary": told["summary"],
        "sample": one.get("sample", False),
        "body": [_block(block) for block in told["blocks"]],
        **({"day": one["day"]} if "day" in one else {}),
    }
    above, _, slug = one["path"].rpartition("/")
    if one["kind"] == "home":
        page: models.ProsePage = home
        for name, value in fields.items():
            setattr(page, name, value)
    else:
        page = OF_KIND[one["kind"]](slug=slug, locale=home.locale, translation_key=key, **fields)
        parent = made[above]
        parent.refresh_from_db()
        parent.add_child(instance=page)
    page.draft_title = page.title
    page.save_revision(clean=False).publish()
    return type(page).objects.get(pk=page.pk)


def _block(block: Sequence[Any]) -> tuple[str, object]:
    kind, *told = block
    return kind, MADE[kind](*told)


MADE: Mapping[str, Any] = {
    "paragraph": lambda html: html,
    "heading": lambda text: {"text": text, "level": "2"},
    "list": lambda items: {"items": [f"<p>{item}</p>" for item in items], "ordered": False},
    "quote": lambda text, source: {"text": text, "source": source},
    "figure": lambda value, what, source, address: {
        "value": value, "what": what, "source": source, "address": address,
    },
    "table": lambda caption, head, rows: {
        "caption": caption,
        "table": {
            "caption": caption,
            "columns": [{"type": "text", "heading": one} for one in head],
            "rows": [{"values": list(row)} for row in rows],
        },
    },
}  # fmt: skip

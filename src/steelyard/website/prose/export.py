"""From live pages to the values that are published, with the pictures and documents they show."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image, ImageOps
from wagtail.models import Page

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty
from steelyard.publication import prose
from steelyard.publication.package import Package
from steelyard.website.prose import models
from steelyard.website.prose.cleaning import clean
from steelyard.website.prose.withheld import Withheld, withheld

WIDEST = 1600
"""Pixels; a picture that is wider is made smaller."""


@dataclass
class Held:
    """The files of the pages, by the name that the package gives them."""

    files: dict[str, bytes] = field(default_factory=dict)

    def keep(self, content: bytes, ending: str) -> str:
        name = prose.file_name(content, ending)
        self.files[name] = content
        return name


def live_pages(now: datetime) -> list[models.ProsePage]:
    """What Wagtail calls live at a moment; below a page that is not live nothing is."""
    found: list[models.ProsePage] = []
    gone: list[str] = []
    for page in Page.objects.filter(depth__gt=1).order_by("path").specific():
        is_live = page.live and (page.expire_at is None or page.expire_at > now)
        if not is_live or page.path.startswith(tuple(gone)):
            gone.append(page.path)
        elif isinstance(page, models.PAGES):
            found.append(page)
    return found


@dataclass(frozen=True, slots=True)
class Exported:
    """Every file of a publication of all that is live, and the pages that hold what may not be published."""

    files: Mapping[str, bytes]
    withheld: tuple[Withheld, ...] = ()


def exported(now: datetime, before: Package | None = None) -> Exported:
    """All that is live. Of a page that may not go out as it stands, ``before`` is kept, if it has it."""
    files: dict[str, bytes] = {}
    refused: list[Withheld] = []
    for page in live_pages(now):
        try:
            files |= _files_of(page, now)
        except (Faulty, OSError) as error:
            files |= _as_before(_name_of(page), before)
            refused.append(_refused(page, error))
    return Exported(dict(sorted(files.items())), tuple(refused))


def _files_of(page: models.ProsePage, now: datetime) -> dict[str, bytes]:
    """
    Raises:
        Faulty: the page has what may not be published.
        OSError: a picture or document cannot be read.
    """
    held = Held()
    return prose.prose_files([value_of(page, held, now)], held.files)


def _as_before(name: str, before: Package | None) -> dict[str, bytes]:
    if before is None or name not in before.hashes:
        return {}
    found = {name: before.read(name)}
    shown = prose.files_of(prose.read_prose(name, before.document(name)))
    return found | {f"files/{one}": before.read(f"files/{one}") for one in shown}


def _name_of(page: models.ProsePage) -> str:
    return f"prose/{page.locale.language_code}/{page.public_path or prose.INDEX}.json"


def _refused(page: models.ProsePage, error: Faulty | OSError) -> Withheld:
    faults = error.faults if isinstance(error, Faulty) else (UNREADABLE,)
    return withheld(page.pk, page.title, page.get_url_parts()[2], faults)


UNREADABLE = Fault(
    "file-unreadable",
    Text(
        "页面用到的图片或者附件无法读取", "a picture or document that the page shows cannot be read"
    ),
    Text("请重新上传，再在页面中选用", "upload it again and choose it on the page"),
)


def value_of(page: models.ProsePage, held: Held, now: datetime) -> prose.ProsePage:
    """``now``: the day of a page that was never published."""
    lang = page.locale.language_code
    first = page.first_published_at or page.latest_revision_created_at or now
    return prose.ProsePage(
        kind=page.kind,
        lang=lang,
        path=page.public_path,
        title=page.title,
        summary=page.summary,
        day=getattr(page, "day", None) or timezone.localdate(first),
        changed_at=(page.last_published_at or first).replace(microsecond=0),
        sample=page.sample,
        blocks=tuple(_blocks(page, lang, held)),
    )


def _blocks(page: models.ProsePage, lang: str, held: Held) -> Iterator[prose.Block]:
    for one in page.body:
        block = MAKES[one.block_type](one.value, lang, held)
        if block is not None:
            yield block


def _picture(value: Mapping[str, Any], lang: str, held: Held) -> prose.Picture | None:
    picture = value["picture"]
    if picture is None:
        return None
    content, ending, width, height = shown_picture(picture)
    alt = picture.alt_en if lang == "en" else picture.alt_zh
    return prose.Picture(held.keep(content, ending), width, height, alt, value["caption"] or "")


def _document(value: Mapping[str, Any], lang: str, held: Held) -> prose.Document | None:  # noqa: ARG001
    document = value["document"]
    if document is None:
        return None
    with document.open_file() as file:
        content = file.read()
    ending = PurePosixPath(document.file.name).suffix.lstrip(".").lower()
    return prose.Document(held.keep(content, ending), value["title"], len(content))


def _table(value: Mapping[str, Any], lang: str, held: Held) -> prose.Table | None:  # noqa: ARG001
    table = value["table"]
    if not table or not table.columns:
        return None
    head = tuple(str(column["heading"] or "") for column in table.columns)
    rows = tuple(tuple(str(cell.value or "") for cell in row) for row in table.rows)
    return prose.Table(value["caption"], head, rows)


MAKES: Mapping[str, Callable[[Any, str, Held], prose.Block | None]] = {
    "heading": lambda value, *_: prose.Heading(value["text"], int(value["level"] or 2)),
    "paragraph": lambda value, *_: prose.Paragraph(clean(value.source)),
    "list": lambda value, *_: prose.Listing(
        tuple(clean(item.source) for item in value["items"]), bool(value["ordered"])
    ),
    "quote": lambda value, *_: prose.Quote(value["text"], value["source"] or ""),
    "table": _table,
    "picture": _picture,
    "document": _document,
    "figure": lambda value, *_: prose.Figure(
        value["value"], value["what"], value["source"], value["address"] or ""
    ),
}
"""Kind of block → what is made of it for the public; None where what it shows is gone."""


def shown_picture(picture: models.Picture) -> tuple[bytes, str, int, int]:
    """The picture as the public gets it: not wider than need be, upright, without what the camera noted."""
    return _drawn_again(picture.file.name, picture.get_file_hash())


@lru_cache(maxsize=64)
def _drawn_again(name: str, original: str) -> tuple[bytes, str, int, int]:  # noqa: ARG001
    with default_storage.open(name, "rb") as file, Image.open(file) as opened:
        is_png = opened.format == "PNG"
        image = ImageOps.exif_transpose(opened)
        image.thumbnail((WIDEST, WIDEST * 4))
        if not is_png:
            image = image.convert("RGB")
        image.info = {}
        written = io.BytesIO()
        if is_png:
            image.save(written, "PNG", optimize=True)
        else:
            image.save(written, "JPEG", optimize=True, quality=85)
    return written.getvalue(), "png" if is_png else "jpg", image.width, image.height

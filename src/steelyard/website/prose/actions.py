"""Writes: keep the times that were set for pages, and publish all that is live as a package."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from steelyard.kernel.bilingual import Text
from steelyard.kernel.hashes import tagged
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.people.queries import load_held
from steelyard.publication.package import Head, Package
from steelyard.publication.publishing import moment_of, publish
from steelyard.publication.shelf import read_shelf
from steelyard.publication.signing import Key, kept_key
from steelyard.trail.acting import acting
from steelyard.website.prose.export import exported
from steelyard.website.prose.groups import may_publish
from steelyard.website.prose.models import Publication
from steelyard.website.prose.withheld import note_withheld

SERIES = "website"
TITLE = Text("网站内容", "Prose of the website")
PUBLISHING = 7_204_321
"""The number of an advisory lock: one at a time puts prose on the shelf."""

MAY_NOT = Refusal("may_not", Text("您无权发布网站内容", "you may not publish on the website"))


def keep_times(*, now: datetime) -> None:
    """Pages whose time has come go live, those whose time is over come down. Wagtail looks at its own clock."""
    from wagtail.models import Page, Revision

    due = Revision.objects.filter(approved_go_live_at__lte=now).exists()
    over = Page.objects.filter(live=True, expire_at__lte=now).exists()
    if due or over:
        with acting("keep_times"):
            call_command("publish_scheduled", verbosity=0)


def publish_prose(*, by: int | None, now: datetime) -> Package | None:
    """Put all that is live on the shelf, as the next of its series; nothing changed: nothing is done.

    A page that has what may not be published holds up no other: it is noted for those who write.
    Returns the package on the shelf, None where there is nothing to publish and never was.

    Raises:
        Refused: who asks may not.
        Faulty: the shelf cannot be written.
    """
    held = load_held(by, timezone.localdate(now))
    if held is not None and not may_publish(held, timezone.localdate(now)):
        raise Refused([MAY_NOT])
    with acting("publish_prose", by=by):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING])
        before = latest()
        found = exported(now, before)
        package = _published(found.files, before, now)
    note_withheld(found.withheld)
    return package


def _published(files: Mapping[str, bytes], before: Package | None, now: datetime) -> Package | None:
    if not files and before is None:
        return None
    pages = {name: one for name, one in files.items() if name.startswith("prose/")}
    reason = reason_of(before, files) if before else Text()
    head = Head(
        kind="prose",
        series=SERIES,
        title=TITLE,
        published_at=moment_of(now),
        sample=any(json.loads(one)["sample"] for one in pages.values()),
    )
    package = publish(settings.PUBLICATIONS, head, files, publishing_key(), reason=reason)
    if not Publication.objects.filter(identifier=package.identifier).exists():
        Publication.objects.create(
            series=package.head.series,
            number=package.head.number,
            identifier=package.identifier,
            pages=len(pages),
            reason_zh=package.head.reason.zh,
            reason_en=package.head.reason.en,
            published_at=package.head.published_at,
        )
    return package


def latest() -> Package | None:
    """What is on the shelf of prose now."""
    shelf = read_shelf(Path(settings.PUBLICATIONS), [publishing_key().public])
    found = [one for one in shelf.packages if one.head.series == SERIES]
    return found[-1] if found else None


def publishing_key() -> Key:
    return kept_key(Path(settings.PUBLISHING_KEY))


def reason_of(before: Package, files: Mapping[str, bytes]) -> Text:
    """Why there is a new one: the titles of the pages that came, changed or went."""
    old = {name: found for name, found in before.hashes.items() if name.startswith("prose/")}
    new = {name: tagged(one) for name, one in files.items() if name.startswith("prose/")}
    titles = {name: json.loads(files[name])["title"] for name in new}
    titles |= {name: before.document(name)["title"] for name in old if name not in new}
    groups = (
        (Text("新增", "new"), new.keys() - old.keys()),
        (Text("更新", "changed"), {name for name in new.keys() & old.keys() if new[name] != old[name]}),
        (Text("撤下", "taken down"), old.keys() - new.keys()),
    )  # fmt: skip
    parts = [_part(what, sorted(names), titles) for what, names in groups if names]
    return Text("；".join(one.zh for one in parts), "; ".join(one.en for one in parts)) or OTHER


OTHER = Text("更新图片或者附件", "changed: pictures or documents")


def _part(what: Text, names: list[str], titles: Mapping[str, str]) -> Text:
    zh = list(_of_language(names, titles, "prose/zh-hans/"))
    en = list(_of_language(names, titles, "prose/en/"))
    return Text(f"{what.zh}：{'、'.join(zh or en)}", f"{what.en}: {', '.join(en or zh)}")


def _of_language(names: list[str], titles: Mapping[str, str], folder: str) -> Iterator[str]:
    yield from (titles[name] for name in names if name.startswith(folder))

"""What is new, for programs that follow the site: news and briefings; results and their corrections.

Atom (RFC 4287). An entry keeps its identifier for ever, wherever the site stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from django.utils import timezone

from steelyard.kernel.bilingual import Lang, Text
from steelyard.website.site import Site

A_FEED = 50
"""Entries of a feed, the newest first."""

LANGUAGE: Mapping[Lang, str] = {"zh": "zh-hans", "en": "en"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is new. ``key`` never changes; ``path`` is below the language."""

    key: str
    title: str
    path: str
    published_at: datetime
    updated_at: datetime
    summary: str = ""


def news(site: Site, lang: Lang) -> Iterator[Entry]:
    """Articles of the language, and briefings."""
    for page in site.news(LANGUAGE[lang]):
        day = page.day or timezone.localtime(page.changed_at).date()
        at = datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())
        title = page.title + (Text("（样本）", " (sample)").say(lang) if page.sample else "")
        yield Entry(f"{LANGUAGE[lang]}/{page.path}", title, f"{page.path}/", at,
                    max(page.changed_at, at), page.summary)  # fmt: skip
    for series, one in site.briefings.items():
        title = one.briefing.texts[lang].title + _sample(one.briefing.sample, lang)
        head = one.package.head
        yield Entry(f"{lang}/briefings/{series}", title, f"briefings/{series}/",
                    one.first_published, head.shown_from, head.reason.say(lang))  # fmt: skip


def results(site: Site, lang: Lang) -> Iterator[Entry]:
    """Every publication of an assessment: the first, and each correction with its reason."""
    for series, one in site.assessments.items():
        for package in one.publications:
            head = package.head
            said = Text("更正：", "Correction: ").say(lang) if head.replaces else ""
            title = said + head.title.say(lang)
            if not head.title.en.startswith("Sample"):
                title += _sample(head.sample, lang)
            yield Entry(f"{lang}/{package.identifier}", title, f"results/{series}/",
                        head.shown_from, head.shown_from, head.reason.say(lang))  # fmt: skip


def _sample(is_sample: bool, lang: Lang) -> str:
    return Text("（样本）", " (sample)").say(lang) if is_sample else ""


FEEDS: Mapping[str, tuple[Text, Callable[[Site, Lang], Iterator[Entry]]]] = {
    "news": (Text("新闻和简报", "News and briefings"), news),
    "results": (Text("考核结果和更正", "Results and corrections"), results),
}
"""The feeds by the name in their address."""


def feed_bytes(name: str, lang: Lang, site: Site, *, root: str, publisher: str) -> bytes:
    """The feed as Atom."""
    title, source = FEEDS[name]
    entries = sorted(source(site, lang), key=lambda one: (one.updated_at, one.key), reverse=True)
    shown = entries[:A_FEED]
    updated = max((one.updated_at for one in shown), default=datetime(1970, 1, 1, tzinfo=UTC))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{"zh-Hans" if lang == "zh" else "en"}">',
        f"<id>{_id(f'feeds/{name}/{lang}')}</id>",
        f"<title>{escape(f'{title.say(lang)} · {publisher}')}</title>",
        f"<updated>{_moment(updated)}</updated>",
        f"<author><name>{escape(publisher)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(f"{root}/feeds/{name}.{lang}.atom")}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(f"{root}/{LANGUAGE[lang]}/")}/>',
        *_entries(shown, root, lang),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _entries(entries: Sequence[Entry], root: str, lang: Lang) -> Iterator[str]:
    for one in entries:
        address = quoteattr(f"{root}/{LANGUAGE[lang]}/{one.path}")
        summary = f"<summary>{escape(one.summary)}</summary>" if one.summary else ""
        yield (
            f"<entry><id>{_id(one.key)}</id><title>{escape(one.title)}</title>"
            f"<published>{_moment(one.published_at)}</published>"
            f"<updated>{_moment(one.updated_at)}</updated>"
            f'<link rel="alternate" type="text/html" href={address}/>{summary}</entry>'
        )


def _id(key: str) -> str:
    return uuid5(NAMESPACE_URL, f"steelyard:{key}").urn


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

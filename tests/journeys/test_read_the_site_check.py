"""An editor reads what is wrong with the site: on a wide screen and a telephone, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where
from steelyard.people.rules.roles import Role
from steelyard.website.checking.office import run_check
from steelyard.website.prose.withheld import note_withheld, withheld
from tests.journeys.walking import let_in, looked_at, window
from tests.papers.brief.small_records import SmallRecords
from tests.people.builders import person, region
from tests.website.checking.test_office import connection_stays_open, message, newest, shelf_of_one
from tests.website.conftest import own_shelf

__all__ = ["connection_stays_open", "newest", "own_shelf", "shelf_of_one"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
LINK = Fault(
    "not-published-in-prose",
    Text("“ftp://example.org/”不在允许之列", "'ftp://example.org/' is not among what a page may have"),
    Text("请改用 https://", "use https://"),
    Where(key="blocks.3"),
)  # fmt: skip


def test_an_editor_reads_the_site_check(
    live_server: object, shelf_of_one: Path, newest: SmallRecords
) -> None:
    editor = person("wen", Role.EDITOR, region().guangdong, "陈编")
    message("20260105-ABCDEF", 100)
    note_withheld([withheld(7, "巡回审判点启用", "/zh-hans/news/circuit-court/", [LINK])])
    run_check(now=timezone.now())
    for lang, language in LANGUAGES.items():
        for width in (1280, 320):
            with window(str(live_server), language=language, width=width) as page:
                let_in(page, editor)
                page.goto("/site-check/")
                expect(page.get_by_role("heading", level=1)).to_be_visible()
                expect(page.get_by_text("20260105-ABCDEF")).to_have_count(1)
                expect(page.get_by_text("ftp://example.org/")).to_have_count(1)
                expect(page.locator("#briefings")).to_be_visible()
                looked_at(page, f"site_check_{lang}_{width}")

"""Every page of an assessment, over all its stages and for everyone who comes to it, can be read by everyone."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver, resolve

from tests.assessment.full_year import begun_at, stages
from tests.assessment.year import Year
from tests.journeys.walking import window
from tests.look.seeing import (
    HOST,
    Pages,
    looked_over,
    on_a_telephone,
    on_paper,
    pictured,
    reader,
    views_of,
    walked,
)
from tests.look.test_office_pages import names
from tests.people.builders import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PRESSED = re.compile(
    "assessment:(.*(_export|_faults|_file|_paper)|answer_sheet|review_records|move|announce_visit|answer_objection|"
    "approve_submission|assign_third|paper_use_default|check_lead|compare_again|conclude_lead|informant|no_comments|put_up|"
    "reopen_difference|settle_difference_anew|replace_reviewer|scheme_amendment_move|scheme_begin|scheme_move_item|"
    "scheme_tick_off|stop_using|take_back|urge_sheets?|urge_reviewers|urge_scoring|urge_units|use_material|weigh_again|"
    "missing|"  # figures, where there are any: tests/assessment/test_missing.py
    "lead_inbox|.*_of_form)$"  # tests/journeys/test_report_a_lead.py
)
"""Views that no walk comes to: files to take away, and what is only pressed."""


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_nothing_is_wrong_with_any_page_of_an_assessment(
    lang: str, settings: Any, tmp_path: Path
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    wrong: list[str] = []
    visited: set[str] = set()
    shown: dict[str, set[str]] = {}
    with window(HOST) as page:
        year = Year()
        for people in stages(year):
            for one in people:
                client = signed_in(one, lang)
                pages: Pages = {}
                addresses = walked(client, begun_at(year), within="assessments", kept=pages)
                visited |= views_of(addresses)
                new = [at for at in addresses if _is_new(at, pages[at], shown)]
                wrong += [
                    f"{at} does not say where it stands" for at in new if _is_lost(pages[at], at)
                ]
                with reader(page, client, pages) as seen:
                    for at in new:
                        wrong += looked_over(seen, at, is_first=lang == "zh-hans")
                        wrong += on_paper(seen, at)
                        wrong += on_a_telephone(seen, at)
                        pictured(seen, f"{lang}_{one.name}_{at}")
    left = {one for one in names(get_resolver()) if one.startswith("assessment:")} - visited
    assert {one for one in left if not PRESSED.match(one)} == set()
    assert not wrong, "\n".join(wrong)


def _is_new(address: str, page: Any, shown: dict[str, set[str]]) -> bool:
    """With a part that this view did not show before: other words in the same parts are no other page."""
    text = page.content.decode()
    parts = set(re.findall(r'<\w+(?:[^>]* class="[^"]*")?', text))
    view = resolve(address.partition("?")[0]).view_name
    is_new = not parts <= shown.get(view, set())
    shown[view] = shown.get(view, set()) | parts
    return is_new


def _is_lost(page: Any, address: str) -> bool:
    """Whether the way to a page of this assessment does not begin at all assessments."""
    begins = '<nav class="crumbs"[^>]*><ol><li><a href="/assessments/"'
    is_within = address.startswith("/assessments/2021/")
    return is_within and not re.search(begins, page.content.decode())

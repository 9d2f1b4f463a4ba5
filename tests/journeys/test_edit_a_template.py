"""The office puts its own template to use, and a city takes the paper away that is made from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from steelyard.assessment.queries.papers.seen import WHOLE
from steelyard.assessment.rules.papers.kinds import Design, Format, PaperKind
from tests.assessment.papers import ALL, Papered, address, template, word, words_of
from tests.journeys.walking import let_in, looked_at, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTICE = Design(PaperKind.NOTICE, "zh", Format.WORD)


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 1280), ("en-US", 390)])
def test_the_office_edits_the_template_of_the_notice(
    live_server: object, language: str, width: int, settings: Any, tmp_path: Path
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    year = Papered()
    year.with_papers()
    year.forged()
    year.visit()
    chen, tan = year.chen, year.tan
    with window(str(live_server), language=language, width=width) as page:
        let_in(page, chen)
        for path, name in ((ALL, "papers"), (f"{ALL}templates/", "templates")):
            page.goto(path)
            looked_at(page, f"papers_{name}_{width}")
        page.goto(template(NOTICE))
        for text, name in (
            ("{{ asessment }}，{{ nothing }}", "faults"),
            ("我办的{{ assessment }}", "used"),
        ):
            sent = {"name": "通知.docx", "mimeType": "application/zip", "buffer": word(text)}
            page.locator("input[type=file]").set_input_files(files=[sent])
            page.locator("main form button.primary").click()
            expect(
                page.locator("[role=alert]" if name == "faults" else "#versions")
            ).to_be_visible()
            looked_at(page, f"papers_{name}_{width}")
        let_in(page, tan)
        page.goto(ALL)
        with page.expect_download() as taken:
            page.locator(f'a[href="{address("notice", WHOLE)}"]').click()
        content = Path(taken.value.path()).read_bytes()
    assert words_of(content).strip() == "我办的2021年度考核（样本）"

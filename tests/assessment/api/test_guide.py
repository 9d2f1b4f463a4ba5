"""The guide for programs runs, in both languages: as a city's officer, from signing in to putting up, and as
whoever scores.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from steelyard.assessment.rules.states import Stage
from steelyard.people.models import Account
from tests.assessment.scored import Scored
from tests.assessment.year import Year

pytestmark = pytest.mark.django_db
GUIDES = Path(__file__).resolve().parents[3] / "docs" / "guides"
BOTH = ("assessment_for_programs.md", "assessment_for_programs.zh.md")
SCORING = re.compile(r"^## (?:Score an item|评分)\n(.*?)^## ", flags=re.DOTALL | re.MULTILINE)
PYTHON = re.compile(r"^```python\n(.*?)^```$", flags=re.DOTALL | re.MULTILINE)
REGISTER = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PASSWORD = "correct horse battery 9"


class Session:
    """As much of ``requests.Session`` as the guide uses, put to the office of the test."""

    def __init__(self) -> None:
        self.client, self.headers = Client(enforce_csrf_checks=True), {}

    @property
    def cookies(self) -> dict[str, str]:
        return {name: one.value for name, one in self.client.cookies.items()}

    def get(self, url: str) -> Any:
        return self.client.get(urlsplit(url).path, headers=self.headers)

    def post(self, url: str, json: Any = None, data: Any = None, files: Any = None) -> Any:
        path = urlsplit(url).path
        if json is not None:
            return self.client.post(
                path, json, content_type="application/json", headers=self.headers
            )
        sent = {name: SimpleUploadedFile(*one) for name, one in (files or {}).items()}
        return self.client.post(path, {**(data or {}), **sent}, headers=self.headers)


@pytest.mark.parametrize("name", BOTH)
def test_the_guide_runs(name: str, settings: Any, tmp_path: Path) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    year = Year()
    year.at(Stage.COLLECTING)
    year.tan.set_password(PASSWORD)
    year.tan.save()
    blocks = PYTHON.findall(SCORING.sub("## ", (GUIDES / name).read_text("utf-8")))
    assert len(blocks) >= 6
    run(blocks, year.tan)


@pytest.mark.parametrize("name", BOTH)
def test_the_guide_scores(name: str) -> None:
    year = Scored()
    year.scoring()
    year.sun.set_password(PASSWORD)
    year.sun.save()
    text = (GUIDES / name).read_text("utf-8")
    (section,) = SCORING.findall(text)
    signs_in, *scores = PYTHON.findall(text)[0], *PYTHON.findall(section)
    assert len(scores) == 2
    run([signs_in, *scores], year.sun)


def run(blocks: list[str], who: Account) -> None:
    told = {"NAME": who.username, "PASSWORD": PASSWORD, "REGISTER": REGISTER}
    program = "\n".join(blocks).replace("requests.Session()", "Session()")
    exec(program.replace("import requests\n", ""), told | {"Session": Session})

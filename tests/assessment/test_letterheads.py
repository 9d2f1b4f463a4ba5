"""What an office is called on its papers: said by the office, kept for ever, told apart by nobody's haste."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from steelyard.assessment.actions.papers.letterheads import set_letterhead
from steelyard.assessment.models import Letterhead
from steelyard.assessment.queries.papers.filled import paper_file
from steelyard.assessment.queries.papers.saying import Paper
from steelyard.assessment.queries.papers.seen import WHOLE, Asker
from steelyard.assessment.rules.papers.kinds import Design, Format, PaperKind
from steelyard.assessment.rules.papers.letterheads import Named, against_letterhead
from steelyard.kernel.bilingual import Lang
from steelyard.kernel.refusals import Refused
from steelyard.people.queries import load_held
from tests.assessment.papers import ALL, Papered, words_of

pytestmark = pytest.mark.django_db
NAMED = Named("某省知识产权局", "IP Office of the Province", "某知")


@pytest.fixture
def year() -> Papered:
    made = Papered()
    made.with_papers()
    return made


def said(year: Papered, wanted: Named = NAMED, seen: int = 0, **changes: Any) -> Letterhead:
    told = {"office": year.province.pk, "by": year.chen.pk, "now": year.now} | changes
    return set_letterhead(wanted=wanted, seen=seen, **told)


def notice(year: Papered, lang: Lang) -> str:
    asker = Asker(load_held(year.chen.pk, year.today) or (), year.now)
    paper = Paper(asker, year.assessment, WHOLE, lang)
    return words_of(paper_file(paper, Design(PaperKind.NOTICE, lang, Format.WORD)))


def test_papers_bear_the_name_of_the_organisation_until_the_office_says_another(
    year: Papered,
) -> None:
    before = notice(year, "zh")
    assert f"{year.province.name_zh}文件" in before
    said(year)
    after = notice(year, "zh").splitlines()
    assert "某省知识产权局文件" in after
    assert f"某知〔{year.now.year}〕　　号" in after
    assert after.count("某省知识产权局") == 1  # the signature
    assert any(one.startswith("某省知识产权局\t") for one in after)  # 版记
    assert "IP Office of the Province" in notice(year, "en").splitlines()


def test_the_same_again_is_the_first_and_another_is_one_more(year: Papered) -> None:
    first = said(year)
    assert said(year) == first
    second = said(year, Named("某省知识产权保护考核办公室"), seen=1)
    assert (second.number, Letterhead.objects.count()) == (2, 2)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Letterhead.objects.update(name_zh="x")


def test_whoever_did_not_see_the_last_name_is_told(year: Papered) -> None:
    said(year)
    with pytest.raises(Refused) as refused:
        said(year, Named("另一个名称"))
    assert [one.code for one in refused.value.refusals] == ["newer_version"]


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_kept(year: Papered) -> None:
    found = against_letterhead(Named("某省知识产权局文件", "x" * 81, "某知〔2026〕"))
    assert [(one.code, one.field) for one in found] == [
        ("with_document", "name_zh"), ("too_long", "name_en"), ("with_year", "code"),
    ]  # fmt: skip
    with pytest.raises(Refused):
        said(year, Named(""))
    assert not Letterhead.objects.exists()


def test_only_whoever_runs_the_assessment_says_it(year: Papered) -> None:
    client = Client()
    client.force_login(year.li)
    assert client.get(f"{ALL}letterhead/").status_code == 403
    with pytest.raises(Refused):
        said(year, by=year.li.pk)
    assert not Letterhead.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_takes_it_and_shows_what_it_was(year: Papered, language: str) -> None:
    client = Client(headers={"accept-language": language})
    client.force_login(year.chen)
    told = {"name_zh": "某省知识产权局", "name_en": "", "code": "某知", "seen": 0}
    assert client.post(f"{ALL}letterhead/", told).status_code == 302
    page = client.get(f"{ALL}letterhead/").content.decode()
    assert page.count("某省知识产权局") >= 2
    assert "某知" in client.get(f"{ALL}templates/").content.decode()
    refused = client.post(f"{ALL}letterhead/", told | {"name_zh": "", "seen": 1})
    assert refused.status_code in (409, 422)
    assert Letterhead.objects.count() == 1

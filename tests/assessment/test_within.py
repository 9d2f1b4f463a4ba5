"""A province's office assesses the districts of one of its cities: its units, its bodies, and who sees it."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from steelyard.assessment.actions.assessments import Wanted, open_assessment
from steelyard.assessment.actions.schemes import draft
from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.assessments import bodies_for
from steelyard.assessment.queries.reviews import load_reviewers
from steelyard.assessment.queries.schemes import possible_bodies, possible_units
from steelyard.kernel.bilingual import Text
from steelyard.people.models import Account
from steelyard.scheme.write import scheme_toml
from tests.assessment.city import City, scheme_of_the_city
from tests.assessment.year import scheme

pytestmark = pytest.mark.django_db
OPEN, HOME = "/assessments/open/", "/assessments/jm2027/"
DISTRICTS = ["440703", "440704", "440705"]
DAY = date(2022, 3, 1)
PERIOD = {"starts": "2021-01-01", "ends": "2022-01-01"}


@pytest.fixture
def city() -> City:
    return City()


def as_(who: Account, lang: str = "en") -> Client:
    client = Client(headers={"accept-language": lang})
    client.force_login(who)
    return client


def choices(page: str, name: str) -> list[str]:
    select = page.split(f'name="{name}"')[1].split("</select>")[0]
    return [" ".join(unescape(one).split()) for one in re.findall(r"<option[^>]*>([^<]+)", select)]


def opened(city: City, code: str = "jm2027") -> Assessment:
    """By the province's office, within Jiangmen."""
    wanted = Wanted(
        code=code, title=Text("样本：江门各区考核", "Sample: districts"), starts=date(2021, 1, 1),
        ends=date(2022, 1, 1), within="440700", sample=True,
    )  # fmt: skip
    return open_assessment(
        office=city.above.province.pk, wanted=wanted, by=city.above.chen.pk, now=city.now
    )


def sent(who: Account, **changes: str) -> Any:
    told = {"code": "jm2027", "title_zh": "江门市各县区考核", **PERIOD, **changes}
    return as_(who).post(OPEN, told)


# --- opened by its page ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"code": "两 年"}, "Only letters from a to z, digits, hyphens and underscores are taken."),
        ({"code": "-"}, "has neither letter nor digit"),
        ({"starts": "1900-01-01", "ends": "1901-01-01"}, "more than 50 years from today"),
    ],
)
def test_what_cannot_be_opened_is_said_at_its_field(
    city: City, changes: dict[str, str], told: str
) -> None:
    answer = sent(city.above.chen, office=str(city.above.province.pk), **changes)
    assert answer.status_code == 422
    assert told in unescape(answer.content.decode())
    assert "slug" not in answer.content.decode()


@pytest.mark.parametrize(
    ("lang", "own", "below"),
    [
        ("en", "cities of 440000", "districts of 440700 (440700)"),
        ("zh-hans", "广东省知识产权局各市", "江门市各县（市、区） (440700)"),
    ],
)
def test_whose_units_is_chosen_in_words(city: City, lang: str, own: str, below: str) -> None:
    page = as_(city.above.chen, lang).get(OPEN).text
    assert choices(page, "within") == [own, below]


def test_a_city_s_office_opens_its_own_without_choosing(city: City) -> None:
    page = as_(city.ma).get(OPEN).text
    assert choices(page, "within") == ["districts of 440700"]
    assert choices(page, "office") == ["440700 440700"]
    assert sent(city.ma, office=str(city.office.pk)).status_code == 302
    made = Assessment.objects.get(code="jm2027")
    assert (made.office, made.within, made.region) == (city.office, None, city.office)
    codes = [one.code for one in possible_units(made, DAY)]
    assert codes == DISTRICTS


def test_of_several_offices_one_s_own_is_chosen_already(city: City) -> None:
    """The province's office may open in the name of the city's as well."""
    assert city.ma.pk
    page = as_(city.above.chen).get(OPEN).text
    assert choices(page, "office") == ["–", "440000 440000", "440700 440700"]
    assert f'<option value="{city.above.province.pk}" selected>' in page
    assert choices(page, "within")[0] == "the units of the office's own region"


def test_the_page_and_the_list_say_whom_it_assesses(city: City) -> None:
    office = str(city.above.province.pk)
    assert sent(city.above.chen, office=office, within="440700").status_code == 302
    for address in ("/assessments/", HOME):
        assert "istricts of 440700" in as_(city.above.chen).get(address).text
        assert "江门市各县（市、区）" in as_(city.above.chen, "zh-hans").get(address).text
    told = as_(city.above.chen).get(f"/api{HOME}"[:-1]).json()
    assert (told["within"], told["units"]["en"]) == ("440700", "districts of 440700")


def test_a_city_without_districts_is_refused_at_its_field(city: City) -> None:
    answer = sent(city.above.chen, office=str(city.above.province.pk), within="440100")
    assert answer.status_code == 422
    assert "no city with this code and districts" in answer.text
    assert not Assessment.objects.exists()


# --- the draft ------------------------------------------------------------------------------------


def test_a_draft_takes_the_districts_and_the_city_s_bodies(city: City) -> None:
    made = opened(city)
    chen = as_(city.above.chen)
    assert chen.post(f"{HOME}scheme/begin/", {"begin_with": "", "version": 0}).status_code == 302
    document = made.schemes.get().document
    assert [one["code"] for one in document["units"]] == DISTRICTS
    page = chen.get(f"{HOME}scheme/units/").text
    assert re.findall(r"44\d{4}(?= )", page) == DISTRICTS
    bodies = {one.code for one in possible_bodies(made, DAY)}
    assert bodies == {
        "440000", "440700", "440700-market", "440703-market", "jiangmen-market", "jiangmen-team", "jiangmen-panel",
    }  # fmt: skip


def test_a_scheme_of_the_cities_becomes_one_of_the_districts(city: City) -> None:
    """Begun with the province's scheme, or a file that lists its cities: the page says that it changed them."""
    made, chen = opened(city), as_(city.above.chen)
    city.above.drafted()
    file = SimpleUploadedFile("scheme.toml", scheme_toml(scheme().document).encode())
    page = chen.post(f"{HOME}scheme/import/", {"file": file, "version": 0}, follow=True).text
    assert "In their place: districts of 440700." in page
    document = made.schemes.get().document
    assert [one["code"] for one in document["units"]] == DISTRICTS
    assert [one["code"] for one in city.above.version.document["units"]] == ["440100", "440700"]


def test_bodies_and_units_of_elsewhere_are_no_part_of_it(city: City) -> None:
    made = opened(city)
    assert "market" not in bodies_for(made, DAY)
    assert "440100" not in bodies_for(made, DAY)
    told = scheme_of_the_city()
    told = {**told, "units": [*told["units"], {"code": "440100", "title": "广州"}]}
    draft(assessment=made.pk, document=told, by=city.above.chen.pk, now=city.now)
    page = as_(city.above.chen).get(HOME).text
    assert "or within what it assesses, have the codes 440100;" in page


def test_experts_of_elsewhere_review_no_files_of_it(city: City) -> None:
    experts = [one.pk for one in city.above.experts]
    assert not set(load_reviewers(opened(city), DAY)) & set(experts)
    assert set(load_reviewers(city.above.assessment, DAY)) == set(experts)


# --- who sees it ----------------------------------------------------------------------------------

SEE = ("chen", "zhao", "ma", "lu", "shi", "ke", "ou", "xu", "yu", "ni", "tan", "huang", "mo")
"""The province's office; the city; its bodies, its districts, and the department inside one."""
OTHERS = ("li", "sun", "gu", "liang", "feng")
"""The province's bodies, and another city."""


def test_there_is_nothing_of_it_for_those_beside_the_city(city: City) -> None:
    opened(city)
    for name in (*SEE, *OTHERS):
        client = as_(getattr(city, name, None) or getattr(city.above, name))
        status = 200 if name in SEE else 404
        assert client.get(HOME).status_code == status, name
        assert client.get(f"/api{HOME}"[:-1]).status_code == status, name
        assert ("Sample: districts" in client.get("/assessments/").text) == (name in SEE), name

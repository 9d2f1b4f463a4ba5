"""A figure that nobody but the assessed units gives: asked in their collection, on no sheet, compared with nothing."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import timedelta

import pytest
from django.test import Client

from steelyard.assessment.models import Difference, Submission
from steelyard.assessment.queries.assessments import issued
from steelyard.assessment.queries.collection.asked import questions_of
from steelyard.assessment.queries.figures.counting import figures_that_count
from steelyard.assessment.queries.figures.missing import load_missing
from steelyard.assessment.queries.frozen import load_collected
from steelyard.assessment.rules.figures.counting import Because
from steelyard.assessment.rules.frozen import rows_of
from steelyard.assessment.rules.schemes.division import Way, against, division
from steelyard.assessment.rules.states import Stage, StageMove
from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import scheme_from_document
from tests.assessment.reported import reports
from tests.assessment.year import Year, scheme

CODE = "closed_in_time"
KNOWN = {"market", "team", "panel"}


def document(*bodies: str, **more: object) -> dict[str, object]:
    told = deepcopy(dict(scheme().document))
    told["bodies"]["units"] = {"zh": "各市自报", "en": "the cities themselves"}  # type: ignore[index]
    (row,) = (one for one in told["inputs"] if one["code"] == CODE)  # type: ignore[attr-defined]
    row["supplying_body"] = list(bodies)
    return {**told, **more}


def own(*bodies: str) -> Scheme:
    return scheme_from_document(document(*bodies))


def test_the_units_themselves_are_no_organisation_that_must_exist() -> None:
    divided = division(own("units"))
    assert (divided.way[CODE], divided.body[CODE]) == (Way.OWN, "")
    assert against(own("units"), KNOWN) == ()


def test_with_a_body_named_beside_them_that_body_owes_the_sheet() -> None:
    divided = division(own("units", "market"))
    assert (divided.way[CODE], divided.body[CODE]) == (Way.SHEET, "market")


def test_what_only_a_veto_asks_for_is_asked_of_no_unit() -> None:
    told = document("units")
    told["items"] = [
        {**one, "rule": {"points": "full"}} if one["code"] == "A1" else one
        for one in told["items"]  # type: ignore[attr-defined]
    ]
    told["grades"] = [{"code": "a", "title": "A", "at_least": 60}, {"code": "b", "title": "B"}]
    told["vetoes"] = [{"code": "v", "title": "V", "when": f"{CODE} < 0.1", "then": {"grade": "b"}}]
    codes = [one.code for one in against(scheme_from_document(told), KNOWN)]
    assert codes == ["nobody_asks"]


def test_units_do_not_score_themselves() -> None:
    told = document("units")
    told["items"] = [
        {**one, "scoring_body": "units"} if one["code"] == "A1" else one
        for one in told["items"]  # type: ignore[attr-defined]
    ]
    with pytest.raises(Faulty) as caught:
        scheme_from_document(told)
    assert [one.code for one in caught.value.faults] == ["scores-itself"]


@pytest.mark.django_db
def test_what_a_unit_reports_counts_and_what_it_leaves_out_is_missing() -> None:
    year = Year(document=document("units"))
    year.at(Stage.COLLECTING)
    assert year.assessment.sheets.count() == 0
    asked = {
        one.item.code: [each.code for each in one.inputs]
        for one in questions_of(issued(year.assessment), "440700")
    }
    assert asked["A1"] == [CODE]
    reports(year, year.jiangmen, {CODE: "0.9"})
    year.now += timedelta(60)
    year.move(StageMove.COMPARE)
    assert not Difference.objects.exists()
    counted = figures_that_count(year.assessment, issued(year.assessment), [CODE])
    assert {key: (one.value, one.because) for key, one in counted.items()} == {
        ("440700", CODE): ("0.9", Because.OWN)
    }
    assert [(one.unit, one.input) for one in load_missing(year.assessment)] == [("440100", CODE)]
    told = own("units")
    rows = rows_of(load_collected(year.assessment, year.now), told, division(told))
    assert [
        (row["place"], row["indicator"], row["value"], row["supplying_body"])
        for row in rows["supplied_figures"]
    ] == [("440700", CODE, "0.9", "440700")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lang", "signed", "unsigned"),
    [
        ("zh", "自评材料已签发，未填报此项，不能再补报该单位说明的原因：台账遗失", "自评材料尚未签发"),
        ("en", "its submission is signed without this figure; nobody can report it any more"
         "why items are left open: 台账遗失", "its submission is not signed yet"),
    ],
)  # fmt: skip
def test_of_what_a_unit_left_out_the_office_reads_why_and_that_it_can_report_it_no_more(
    lang: str, signed: str, unsigned: str
) -> None:
    year = Year(document=document("units"))
    year.at(Stage.COLLECTING)
    Submission.objects.filter(unit=year.jiangmen).update(why_unanswered="台账遗失")
    reports(year, year.jiangmen, {})
    client = Client(headers={"accept-language": lang})
    client.force_login(year.chen)
    table = client.get("/assessments/2021/missing/").text.split("<tbody>")[1]
    rows = [re.sub("<[^>]*>", "", one) for one in table.split("</tbody>")[0].split("</tr>")]
    [jiangmen] = [one for one in rows if signed in one]
    [guangzhou] = [one for one in rows if unsigned in one]
    assert {"zh": "江门市", "en": "Jiangmen"}[lang] in jiangmen
    assert {"zh": "广州市", "en": "Guangzhou"}[lang] in guangzhou
    no_sheet = {"zh": "数据表尚未签发", "en": "no sheet is signed"}[lang]
    assert not any(no_sheet in one for one in rows)

"""A body that supplies many figures signs them at once: all that it has seen, or none."""

from __future__ import annotations

import tomllib

import pytest
from django.test import Client

from steelyard.assessment.actions.supplied import fill, sign_together
from steelyard.assessment.models import Sheet, SheetVersion
from steelyard.assessment.rules.states import SheetState, Stage
from steelyard.assessment.rules.supplied.cells import Typed
from steelyard.kernel.refusals import Refused
from steelyard.people.models import Account
from tests.assessment.year import SCHEME, Year
from tests.once import World, world_of

pytestmark = pytest.mark.django_db
MORE = """
[[inputs]]
code = "has_plan"
title = { zh = "有年度计划", en = "Has a plan of the year" }
type = "yes_no"
supplying_body = "market"

[[inputs]]
code = "meetings"
title = { zh = "联席会议次数", en = "Joint meetings" }
type = "count"
supplying_body = "market"
"""
TOGETHER = "/assessments/2021/sheets/sign/"


def document() -> dict[str, object]:
    text = SCHEME.read_text("utf-8").replace(
        'rule = { points = "plan_points" }',
        'rule = { points = "plan_points if has_plan and meetings > 0 else 0" }',
    )
    return tomllib.loads(text + MORE)


def a_year() -> Year:
    found = Year(document=document())
    _ = found.li
    found.at(Stage.COLLECTING)
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    """The market regulator has three sheets; two drafts are whole, of one figure a unit is missing."""
    found = standing.copy()
    filled(found, "closed_in_time", "92.3%", "85%")
    filled(found, "has_plan", "是", "否")
    filled(found, "meetings", "4", "")
    return found


def filled(year: Year, code: str, guangzhou: str, jiangmen: str) -> Sheet:
    typed = {"440100": Typed(guangzhou), "440700": Typed(jiangmen)}
    return fill(sheet=sheet(code).pk, typed=typed, by=year.li.pk, now=year.now)


def sheet(code: str) -> Sheet:
    return Sheet.objects.get(input_code=code)


def chosen(*codes: str) -> dict[int, int]:
    return {sheet(code).pk: sheet(code).version for code in codes}


def as_form(*codes: str) -> dict[str, str]:
    sent = {f"sign-{sheet(code).pk}": "1" for code in codes}
    return sent | {f"seen-{one.pk}": str(one.version) for one in Sheet.objects.all()}


def client(who: Account, lang: str = "en") -> Client:
    found = Client(headers={"accept-language": lang})
    found.force_login(who)
    return found


def states() -> dict[str, str]:
    return dict(Sheet.objects.values_list("input_code", "state"))


def test_whole_drafts_are_seen_and_signed_by_one_press(year: Year) -> None:
    page = client(year.li).get(TOGETHER).content.decode()
    ready, _, rest = page.partition("Not ready yet")
    for said in ("Cases closed in time", "92.3%", "85%", "Has a plan of the year", ">yes<", ">no<"):
        assert said in ready, said
    assert "Joint meetings" in rest
    assert "has no figure, and no reason for that" in rest
    answer = client(year.li).post(TOGETHER, as_form("closed_in_time", "has_plan"), follow=True)
    assert "2 sheets are signed. They count from now on." in answer.content.decode()
    assert states() == {"closed_in_time": "signed", "has_plan": "signed", "meetings": "open"}


def test_all_are_signed_or_none_and_each_fault_says_of_which(year: Year) -> None:
    with pytest.raises(Refused) as refused:
        sign_together(sheets=chosen("closed_in_time", "meetings"), by=year.li.pk, now=year.now)
    assert [one.text.zh for one in refused.value.refusals] == [
        "“联席会议次数”：江门市（440700）没有数值，也没有写明原因"
    ]
    assert SheetVersion.objects.count() == 0
    answer = client(year.li).post(TOGETHER, as_form("closed_in_time", "meetings"))
    assert answer.status_code == 409
    assert "Joint meetings: " in answer.content.decode()
    assert set(states().values()) == {"open"}


def test_what_was_changed_since_it_was_seen_is_not_signed(year: Year) -> None:
    seen = chosen("closed_in_time", "has_plan")
    filled(year, "closed_in_time", "92.4%", "85%")
    with pytest.raises(Refused, match="changed_meanwhile"):
        sign_together(sheets=seen, by=year.li.pk, now=year.now)
    assert SheetVersion.objects.count() == 0


def test_the_same_form_once_more_signs_nothing_twice(year: Year) -> None:
    sent, who = as_form("closed_in_time", "has_plan"), client(year.li)
    for _ in range(2):
        assert who.post(TOGETHER, sent).status_code == 302
    assert SheetVersion.objects.count() == 2


def test_no_choice_is_told_and_nobody_signs_for_another_body(year: Year) -> None:
    assert client(year.li).post(TOGETHER, {}).status_code == 409
    for who in (year.chen, year.sun, year.tan):
        assert client(who).post(TOGETHER, as_form("closed_in_time")).status_code == 404
    assert set(states().values()) == {SheetState.OPEN}


def test_the_list_leads_there_while_several_are_not_signed(year: Year) -> None:
    assert TOGETHER in client(year.li).get("/assessments/2021/sheets/").content.decode()
    assert TOGETHER not in client(year.chen).get("/assessments/2021/sheets/").content.decode()
    client(year.li).post(TOGETHER, as_form("closed_in_time", "has_plan"))
    assert TOGETHER not in client(year.li).get("/assessments/2021/sheets/").content.decode()


@pytest.mark.parametrize(("lang", "yes"), [("zh-hans", "是"), ("en", "yes")])
def test_a_yes_or_no_is_chosen_and_not_typed(year: Year, lang: str, yes: str) -> None:
    address = f"/assessments/2021/sheets/{sheet('has_plan').pk}/"
    page = client(year.li, lang).get(address).content.decode()
    choice = page.partition('<select name="v-440100"')[2].partition("</select>")[0]
    assert f"<option selected>{yes}</option>" in choice
    assert page.count('<input name="v-') == 0
    sent = {"v-440100": yes, "v-440700": yes, "seen": str(sheet("has_plan").version), "sign": "1"}
    client(year.li, lang).post(address, sent)
    assert set(SheetVersion.objects.get().figures.values_list("value", flat=True)) == {"yes"}

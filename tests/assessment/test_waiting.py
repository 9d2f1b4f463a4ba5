"""What of the collection waits for whom, as each reads it on the first page."""

from __future__ import annotations

import pytest
from django.test import Client

from steelyard.assessment.actions.collection.answers import give_items
from steelyard.assessment.models import Answer, Submission
from steelyard.assessment.rules.collection.claims import Claim
from steelyard.assessment.rules.states import Stage, SubmissionState
from steelyard.people.models import Account
from tests.assessment.year import Year

pytestmark = pytest.mark.django_db

_GIVEN = "Fill in the items given to you"


@pytest.fixture
def year() -> Year:
    found = Year()
    found.at(Stage.COLLECTING)
    return found


def first_page(account: Account) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return str(client.get("/").content.decode())


def own(year: Year) -> Submission:
    return Submission.objects.get(unit=year.jiangmen)


def give(year: Year, *items: str) -> None:
    given = dict.fromkeys(items, (None, year.bureau.pk))
    give_items(submission=own(year).pk, given=given, by=year.tan.pk, now=year.now)


def test_items_wait_for_the_department_that_they_are_given_to_until_each_is_answered(
    year: Year,
) -> None:
    assert _GIVEN not in first_page(year.mo)
    give(year, "A1", "B2")
    assert f"{_GIVEN} (2)" in first_page(year.mo)
    Answer.objects.filter(item="A1").update(self_score="3")
    assert f"{_GIVEN} (1)" in first_page(year.mo)
    Answer.objects.filter(item="B2").update(claim=Claim.NOT_APPLICABLE, grounds="none here")
    assert _GIVEN not in first_page(year.mo)


def test_the_officer_who_put_a_submission_up_reads_with_whom_it_lies(year: Year) -> None:
    assert "Submit for" in first_page(year.tan)
    Submission.objects.filter(pk=own(year).pk).update(state=SubmissionState.APPROVING)
    page = first_page(year.tan)
    assert "Submit for" not in page
    assert "put up, waits for “" in page
    assert "Approve the submission" in first_page(year.huang)

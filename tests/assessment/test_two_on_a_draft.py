"""Two change the draft of a scheme: on every page of it the second is told, and nothing is written over."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.test import Client

from steelyard.assessment.actions.schemes import edit
from steelyard.assessment.models import SchemeVersion
from steelyard.assessment.rules.states import Stage
from tests.assessment.year import Year

pytestmark = pytest.mark.django_db

HERE = "/assessments/2021/scheme/"
ITEM = {"code": "B2", "title_zh": "我改的", "parent": "B", "points": "10"}
INPUT = {"code": "trained", "title_zh": "我改的", "type": "count"}
SENT: Mapping[str, Mapping[str, object]] = {
    "items/new/": ITEM | {"code": "B9"}, "items/B2/": ITEM, "items/B2/delete/": {},
    "items/B2/move/up/": {}, "inputs/new/": INPUT | {"code": "new"}, "inputs/trained/": INPUT,
    "inputs/trained/delete/": {}, "bodies/": {}, "units/": {}, "rest/": {"text": "total = 90"},
    "unread/0/": {}, "grades/": {"title_zh_0": "我改的", "place_0": 1},
}  # fmt: skip


def drafted(year: Year) -> SchemeVersion:
    year.drafted()
    found = year.version
    found.unread = [{"item": "A1", "text": "不明"}]
    found.save()
    found.refresh_from_db()
    return found


@pytest.mark.parametrize("address", SENT)
def test_on_every_page_of_a_draft_the_second_is_told(address: str) -> None:
    year = Year()
    seen = drafted(year).version
    edit(
        assessment=year.assessment.pk, seen=seen, by=year.qian.pk, now=year.now,
        change=lambda base: {**base, "note": {"zh": "他们改的", "en": "theirs"}},
    )  # fmt: skip
    theirs = SchemeVersion.objects.get()
    client = Client(headers={"accept-language": "en"})
    client.force_login(year.chen)
    sent = {**SENT[address], "version": seen}
    if address == "units/":
        sent["units"] = [year.jiangmen.pk]
    if address == "bodies/":
        sent |= {"body_0": year.team.pk, "body_1": year.team.pk}
    answer = client.post(f"{HERE}{address}", sent)
    assert answer.status_code == 409
    assert "trail/changed_meanwhile.html" in [one.name for one in answer.templates]
    kept = SchemeVersion.objects.get()
    assert (kept.document, kept.unread) == (theirs.document, theirs.unread)


def test_who_leads_an_amendment_on_that_was_changed_meanwhile_is_told() -> None:
    from steelyard.assessment.actions.schemes.amendments import propose

    year = Year()
    year.at(Stage.ISSUED)
    made = propose(assessment=year.assessment.pk, why="笔误", by=year.chen.pk, now=year.now)
    edit(
        assessment=year.assessment.pk, seen=made.version, by=year.qian.pk, now=year.now,
        change=lambda base: {**base, "note": {"zh": "他们改的", "en": "theirs"}},
    )  # fmt: skip
    client = Client(headers={"accept-language": "en"})
    client.force_login(year.chen)
    answer = client.post(f"{HERE}amendment/check/", {"version": made.version})
    assert answer.status_code == 409
    assert "trail/changed_meanwhile.html" in [one.name for one in answer.templates]

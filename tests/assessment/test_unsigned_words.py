"""What a unit has not signed is its own: the trail of it opens to who audits from above when it is signed."""

from __future__ import annotations

import pytest
from django.test import Client

from steelyard.assessment.actions import collection
from steelyard.assessment.models import Answer, Material, MaterialUse, Submission
from steelyard.assessment.queries.collection import hash_of_submission
from steelyard.assessment.rules.collection.answers import Typed
from steelyard.assessment.rules.states import Stage
from steelyard.people.rules.roles import Role
from tests.assessment.test_collection import material
from tests.assessment.year import Year
from tests.supply.office import account

pytestmark = pytest.mark.django_db


def test_the_history_of_a_draft_is_seen_inside_the_unit_alone_until_it_is_signed() -> None:
    year = Year()
    year.at(Stage.COLLECTING)
    submission = Submission.objects.get(unit=year.jiangmen)
    here = {"submission": submission.pk, "item": "B2", "by": year.tan.pk, "now": year.now}
    collection.save_answer(typed=Typed(self_score="9", statement="还没有定稿的话"), **here)
    material(year)
    rows = [Answer.objects.get(item="B2"), Material.objects.get(), MaterialUse.objects.get()]
    pages = [f"/history/{one._meta.db_table}/{one.pk}/" for one in rows]
    who = {
        "auditor": account("郑审计", audit=(Role.AUDITOR, year.province)),
        "administrator": account("管理员", keeps=(Role.ADMINISTRATOR, year.province)),
        "own": account("江审计", audit=(Role.AUDITOR, year.jiangmen)),
        "other": account("穗审计", audit=(Role.AUDITOR, year.guangzhou)),
    }

    def seen() -> dict[str, list[int]]:
        found = {}
        for name, one in who.items():
            client = Client()
            client.force_login(one)
            found[name] = [client.get(page).status_code for page in pages]
        return found

    nothing, all_of_it = [404] * 3, [200] * 3
    before = {"auditor": nothing, "administrator": nothing, "own": all_of_it, "other": nothing}
    assert seen() == before
    collection.put_up(
        why_unanswered="其余各项本年没有内容",
        submission=submission.pk,
        by=year.tan.pk,
        now=year.now,
    )
    assert seen() == before
    submission.refresh_from_db()
    collection.decide_on(
        submission=submission.pk, seen_hash=hash_of_submission(submission), by=year.huang.pk,
        now=year.now,
    )  # fmt: skip
    assert seen() == before | {"auditor": all_of_it, "administrator": all_of_it}

"""A department answers its item, the city files a piece of material once for two, its head signs, and it is locked."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from steelyard.assessment.models import Answer, Material, MaterialUse, Submission
from steelyard.assessment.rules.collection.claims import CLAIMS, Claim
from steelyard.assessment.rules.states import SUBMISSION, Stage, SubmissionMove, SubmissionState
from tests.assessment.full_year import PDF
from tests.assessment.year import Year
from tests.journeys.speaking import IN_BOTH_LANGUAGES, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@IN_BOTH_LANGUAGES
def test_a_department_answers_the_city_files_and_its_head_signs(
    live_server: object, language: str, width: int
) -> None:
    year = Year()
    year.at(Stage.COLLECTING)
    people = year.tan, year.mo, year.huang
    tan, mo, huang = people
    own = f"/assessments/2021/submissions/{Submission.objects.get(unit=year.jiangmen).pk}/"
    with somebody(live_server, language, width, "city") as one:
        one.signs_in(tan)
        one.opens(own)
        one.follows("Give items to departments")
        one.page.locator("select[name=to-A1]").select_option(str(year.bureau.pk))
        one.presses("Save")

        one.signs_in(mo)
        one.opens("/assessments/2021/")
        one.follows("Submission")
        expect(one.page.locator("main")).not_to_contain_text("B2")  # nobody gave it that
        one.follows_to("A1")
        one.fills("Self-score", "38.5")
        one.fills("Statement", "按期办结率持续提高。")
        one.presses("Save")
        assert Answer.objects.get(item="A1").saved_by == mo

        one.signs_in(tan)
        one.opens(f"{own}items/B2/")
        one.fills("Self-score", "9")
        one.presses("Save, add material")
        one.field("File").set_input_files(
            {"name": "方案.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        one.field("Kind of material").select_option("方案文本")
        one.presses("File it with the item")
        one.opens(f"{own}items/A1/material/")
        one.page.locator("td select[name=kind]").select_option("案件台账")
        one.presses("Use it")
        one.sees("方案.pdf")
        assert Material.objects.count() == 1
        assert set(MaterialUse.objects.values_list("answer__item", flat=True)) == {"A1", "B2"}
        for item in ("A2", "B1"):
            one.opens(f"{own}items/{item}/")
            one.page.get_by_label(one.words(CLAIMS[Claim.NOT_APPLICABLE]), exact=True).check()
            one.fills("Grounds of the claim", "本年度没有案卷。")
            one.presses("Save")
        one.opens(own)
        one.presses(SUBMISSION.moves[SubmissionMove.PUT_UP])

        one.signs_in(huang)
        one.opens("/")
        one.follows_to(one.called(year.jiangmen))
        one.presses("Sign and file it, as it is here")
        one.sees(SUBMISSION.states[SubmissionState.LOCKED])

        one.signs_in(tan)
        one.opens(f"{own}items/A1/")
        expect(one.button("Save")).to_have_count(0)
        one.sees("按期办结率持续提高。")

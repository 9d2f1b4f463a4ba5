"""In the history of a score people read what was judged, not how it is kept."""

from __future__ import annotations

import pytest
from django.utils import translation

from steelyard.assessment.models import Score
from steelyard.assessment.rules.states import Stage
from steelyard.trail.saying import names_of, say_value
from tests.assessment.year import Year, scheme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("lang", "written"), [("zh-hans", "{}：8.5"), ("en", "{}: 8.5")])
def test_an_input_that_was_judged_goes_by_its_title(lang: str, written: str) -> None:
    year = Year()
    year.at(Stage.COLLECTING)
    code, source = next((code, one) for code, one in scheme().inputs.items() if one.title.zh)
    row = {"assessment_id": year.assessment.pk, "judged": {code: "8.5"}}
    with translation.override(lang):
        said = say_value(Score, "judged", row["judged"], names_of(Score, [row]))
        assert said == written.format(source.title.say("en" if lang == "en" else "zh"))


def test_an_input_that_no_scheme_knows_any_longer_goes_by_its_code() -> None:
    with translation.override("zh-hans"):
        assert say_value(Score, "judged", {"gone": "1"}, {}) == "gone：1"


def test_nothing_judged_is_said_to_be_nothing() -> None:
    assert say_value(Score, "judged", {}, {}) == "—"

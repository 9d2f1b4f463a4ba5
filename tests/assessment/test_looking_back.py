"""A rule that looks back at a figure of a sheet is weighed with what counted the year before."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from steelyard.assessment import results
from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.models import Weighing
from steelyard.assessment.rules.states import StageMove
from tests.assessment.frozen_year import scored
from tests.assessment.past import weighed
from tests.assessment.year import Year, scheme

pytestmark = pytest.mark.django_db

ROSE = {"ladder": "closed_in_time - last(closed_in_time)", "steps": [[">= 0", 40], ["< 0", 10]]}


def looking_back(**of_the_figure: Any) -> dict[str, Any]:
    """The scheme, its first item by the change of a figure since the year before."""
    told = scheme().document
    items = [one | ({"rule": ROSE} if one["code"] == "A1" else {}) for one in told["items"]]
    inputs = [
        one | (of_the_figure if one["code"] == "closed_in_time" else {}) for one in told["inputs"]
    ]
    return {**told, "items": items, "inputs": inputs}


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)


def weighed_after(document: dict[str, Any]) -> Weighing:
    """Guangzhou had 96 % the year before, Jiangmen 85 %; now 97 % and 84 %."""
    year = Year(document=document)
    weighed(year, "2020", date(2020, 1, 1))
    scored(year, c440100="97%", c440700="84%")
    year.move(StageMove.FREEZE)
    weighing = year.assessment.weighings.get()
    carry_out(weighing=weighing.pk, now=timezone.now)
    weighing.refresh_from_db()
    return weighing


def points(weighing: Weighing) -> dict[str, str]:
    told = json.loads(results.content_of(weighing.result_hash))
    return {unit: one["points"] for unit, one in told["items"]["A1"].items()}


def test_the_figures_that_counted_the_year_before_are_frozen_and_weighed() -> None:
    weighing = weighed_after(looking_back())
    assert weighing.state == "done", weighing.faults
    assert points(weighing) == {"440100": "40", "440700": "10"}


def test_a_code_that_named_another_figure_the_year_before_is_no_year_before() -> None:
    weighing = weighed_after(looking_back(title={"zh": "网上办结率", "en": "Closed on line"}))
    assert weighing.state == "refused"
    assert "2020" in json.dumps(weighing.faults, ensure_ascii=False)

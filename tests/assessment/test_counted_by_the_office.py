"""What the office counts itself is nobody's to supply, to report or to judge: the guide's recipes as they are written."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

import pytest

from steelyard.assessment.models import Assessment, Sheet, Submission
from steelyard.assessment.queries.assessments import division_of
from steelyard.assessment.queries.collection import questions_of
from steelyard.assessment.queries.scoring import load_item
from steelyard.assessment.queries.stages import load_state
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import Stage
from tests.assessment.scored import Scored
from tests.assessment.year import SCHEME, Year
from tests.cli.guides import GUIDES

pytestmark = pytest.mark.django_db


def recipe(heading: str) -> str:
    """The example beneath a heading of the guide, its body by the name that it has here."""
    guide = (GUIDES / "write_a_scheme.md").read_text("utf-8")
    section = guide.split(f"\n### {heading}\n")[1].split("\n#")[0]
    (found,) = re.findall(r"^```toml\n(.*?)^```", section, flags=re.DOTALL | re.MULTILINE)
    return found.replace('"ip_office"', '"team"')


def with_recipes(*headings: str) -> dict[str, object]:
    text = "\n".join([SCHEME.read_text("utf-8"), *map(recipe, headings)])
    return tomllib.loads(text)


LATE, FORGED = "What late filing costs", "What forged material costs"


@pytest.mark.parametrize("headings", [(LATE,), (FORGED,), (FORGED, LATE)])
def test_the_recipe_stands_in_the_way_of_nothing(headings: tuple[str, ...]) -> None:
    year = Year(document=with_recipes(*headings))
    year.drafted()
    state = load_state(year.assessment, year.now.date())
    assert (state.faults, state.undivided) == (0, ())
    assert year.at(Stage.COLLECTING).stage == Stage.COLLECTING


def test_nobody_is_asked_for_what_the_office_counts() -> None:
    year = Year(document=with_recipes(FORGED, LATE))
    year.at(Stage.COLLECTING)
    assert division_of(year.version).way["days_filed_late"] is Way.COUNTED
    assert list(Sheet.objects.values_list("input_code", flat=True)) == ["closed_in_time"]
    asked = {one.code for q in questions_of(year.version, "440700") for one in q.inputs}
    assert asked == {"closed_in_time", "trained"}


@dataclass
class Filed(Scored):
    """Jiangmen filed so many days after its last."""

    days: int = 0

    def at(self, stage: Stage) -> Assessment:
        found = super().at(stage)
        Submission.objects.filter(unit=self.jiangmen).update(days_late=self.days)
        return found


@pytest.mark.parametrize(("days", "points"), [(0, 0), (4, -2), (9, -3)])
def test_who_filed_late_loses_what_the_rule_says_and_who_was_in_time_nothing(
    days: int, points: int
) -> None:
    year = Filed(document=with_recipes(LATE), days=days)
    year.scoring()
    assert points_of(year) == {"440100": None, "440700": points}  # Guangzhou has not filed


def points_of(year: Year) -> dict[str, object]:
    page = load_item(year.assessment, "late_filing", None, year.now)
    return {row.facts.unit: row.follows.points for row in page.rows}

"""What missing, late and forged data lead to, of the whole scheme, in words."""

from __future__ import annotations

from steelyard.assessment.rules.schemes.verdicts import outcomes_said
from steelyard.scheme.wording.say_item import STATES


def test_every_state_is_told_whether_the_scheme_names_it_or_not() -> None:
    said = {one.code: one.words for one in outcomes_said({"on": {"late": "zero"}})}
    assert set(said) == set(STATES)
    assert said["late"].zh.startswith("逾期报送的不得分。")
    assert "files itself" in said["late"].en
    assert said["missing"].en == "If the data are missing: to be mended before scoring."
    assert said["forged"].zh == "材料经认定造假的不得分。"


def test_an_outcome_of_no_known_name_stands_as_it_is_written() -> None:
    said = {one.code: one.words for one in outcomes_said({"on": {"missing": "halve"}})}
    assert said["missing"].zh == "halve"

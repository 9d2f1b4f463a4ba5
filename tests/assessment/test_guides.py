"""The guides of the assessment call each button, heading and note as its page does, for everybody who has a part in it."""

from __future__ import annotations

import re

import pytest

from steelyard.assessment.rules.collection.claims import CLAIMS
from steelyard.assessment.rules.judging import CLAIM_ANSWERS, STATUSES
from steelyard.assessment.rules.states import ALL
from steelyard.people.rules.roles import MAY, Action, Role
from tests.cli.guides import GUIDES
from tests.project.test_translations import merged

NAMES = (
    "a_year_of_assessment", "lead_an_assessment", "supply_figures", "fill_in_and_sign", "score_items",
    "review_case_files",
)  # fmt: skip
LABEL = {
    "en": re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)"),  # in italics, and nothing else is
    "zh": re.compile(r"“([^”\n]+)”"),
}
LOOKS_ON = frozenset({Role.AUDITOR})
"""Has no part in the assessment, and sees it all."""


def guide(name: str, lang: str) -> str:
    return (GUIDES / f"{name}{'.zh' if lang == 'zh' else ''}.md").read_text("utf-8")


def written_on_pages(lang: str) -> frozenset[str]:
    """Whatever a page may say: from the catalogues, and from the tables of the rules."""
    catalogue = [(english, chinese) for (_, english), chinese in merged().items()]
    tables = [*STATUSES.values(), *CLAIMS.values(), *CLAIM_ANSWERS.values()]
    for moves in ALL.values():
        tables += [*moves.moves.values(), *moves.states.values()]
    pairs = catalogue + [(one.en, one.zh) for one in tables]
    at = 0 if lang == "en" else 1
    return frozenset(
        one for pair in pairs for one in (pair[at], pair[at][:1].upper() + pair[at][1:])
    )


def is_written(label: str, said: frozenset[str]) -> bool:
    """Also what stands before a value that the page fills in."""
    return label in said or any(re.match(rf"{re.escape(label)}\W+.*%\(", one) for one in said)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
def test_a_guide_calls_everything_as_its_page_does(name: str, lang: str) -> None:
    labels = LABEL[lang].findall(guide(name, lang))
    said = written_on_pages(lang)
    assert len(labels) > 8
    assert [one for one in labels if not is_written(one, said)] == []


def test_whoever_has_a_part_in_an_assessment_has_a_guide() -> None:
    has_a_part = {role for role, may in MAY.items() if Action.SEE_ASSESSMENT in may} - LOOKS_ON
    for lang in ("en", "zh"):
        told = "".join(guide(name, lang) for name in NAMES[1:])
        assert {role for role in has_a_part if f"`{role}`" not in told} == set()


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_sections_and_tables(name: str) -> None:
    english, chinese = (
        [line[:2] for line in guide(name, lang).splitlines() if line[:1] in ("#", "|")]
        for lang in ("en", "zh")
    )
    assert [line[:1] for line in english] == [line[:1] for line in chinese]

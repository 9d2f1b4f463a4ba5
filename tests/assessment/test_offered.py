"""No page of a frozen year offers what is refused there; no field that is refused when it is empty is called optional."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from steelyard.people.models import Account
from tests.assessment.full_year import begun_at, stages
from tests.assessment.offered import Noted, Offered, answer_to, forms_of, optional_yet_refused
from tests.assessment.year import Year
from tests.look.seeing import walked
from tests.people.builders import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
LINKED = ("/assessments/2021/", "/assessments/2021/scoring/B2/440700/")
"""Where the links begin that pages show: no address that only somebody who knows it would type."""
WORKS = ("chen", "zhao", "li", "sun", "gu", "tan", "huang", "mo")


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)


def offered(year: Year, who: Account, begins: Iterable[str]) -> Iterator[tuple[Client, Offered]]:
    """Every form that somebody finds on the way from some pages on; of those alike the first."""
    client, pages = signed_in(who, "en"), {}
    met: set[tuple[str, ...]] = set()
    for address in walked(client, begins, within="assessments", kept=pages):
        for form in forms_of(address, pages[address]):
            if form.kind not in met:
                met.add(form.kind)
                yield client, form


def test_no_field_that_is_refused_when_it_is_empty_is_called_optional() -> None:
    year, wrong, met = Year(), [], set()
    for people in stages(year):
        for one in people:
            for client, form in offered(year, one, begun_at(year)):
                met.add(form.kind)
                answer = answer_to(client, form, filled=False)
                wrong += [f"{form.to}: {label}" for label in optional_yet_refused(answer)]
    assert len(met) > 40
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_a_frozen_year_offers_nothing_that_is_refused_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    year, noted = Year(), Noted(monkeypatch)
    for _people in stages(year):
        pass
    wrong = []
    for who in WORKS:
        for client, form in offered(year, getattr(year, who), LINKED):
            noted.taken()
            answer_to(client, form, filled=True)
            wrong += [f"{who} · {form.page} → {form.to}: {each.code}" for each in noted.taken()]
    assert not wrong, "\n".join(sorted(set(wrong)))

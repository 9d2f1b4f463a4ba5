"""An office leads two assessments over one period: each collects, freezes and weighs what is its own."""

from __future__ import annotations

import json
import subprocess
import sys
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from steelyard.assessment import results
from steelyard.assessment.actions.assessments import Wanted, open_assessment
from steelyard.assessment.actions.weighings import ask_again, carry_out, running
from steelyard.assessment.models import Figure, Score, SheetVersion, Weighing
from steelyard.assessment.queries.assessments import newest_snapshot, snapshot_that_counts
from steelyard.assessment.queries.changed_since import frozen_since
from steelyard.assessment.queries.reviews import snapshots_of
from steelyard.assessment.rules.frozen import TABLES
from steelyard.assessment.rules.frozen.weighings import MOST_ATTEMPTS
from steelyard.assessment.rules.states import Stage, StageMove, WeighingState
from steelyard.kernel.bilingual import Text
from steelyard.people.models import Account
from steelyard.scheme.write import scheme_toml
from steelyard.supply.actions.snapshots import freeze
from steelyard.supply.models import Delivery
from steelyard.supply.queries import load_listed
from tests.assessment.frozen_year import scored
from tests.assessment.year import Year
from tests.once import World, world_of

pytestmark = pytest.mark.django_db

OWN = {"supplied_figures", "judgements", "item_statuses"}
"""What is collected in the year of the tests."""


def beside(year: Year, code: str = "2021-special") -> Year:
    """Another assessment over the same period, led by the same people."""
    for name in ("chen", "qian", "zhao", "li", "sun", "gu", "tan", "huang"):
        assert getattr(year, name).pk
    other = copy(year)
    wanted = Wanted(
        code=code, title=Text("样本：2021年度专项考核", "Sample: special assessment of 2021"),
        starts=year.assessment.starts, ends=year.assessment.ends, sample=True,
    )  # fmt: skip
    other.__dict__["assessment"] = open_assessment(
        office=year.province.pk, wanted=wanted, by=year.chen.pk, now=year.now
    )
    return other


def both_scored() -> tuple[Year, Year]:
    """The special one with figures of its own: 97 % in Jiangmen, where the main one has 85 %."""
    main = Year()
    special = beside(main)
    scored(main)
    scored(special, with_places=False, with_trainings=False, c440700="97%")
    return main, special


both = world_of(both_scored)


@pytest.fixture
def pair(both: World[tuple[Year, Year]]) -> tuple[Year, Year]:
    return both.copy()


@pytest.fixture
def main(pair: tuple[Year, Year]) -> Year:
    return pair[0]


@pytest.fixture
def special(pair: tuple[Year, Year]) -> Year:
    return pair[1]


def weighing_of(year: Year) -> Weighing:
    return year.assessment.weighings.select_related("snapshot").first()


def weighed(year: Year) -> Weighing:
    done = carry_out(weighing=weighing_of(year).pk, now=timezone.now)
    assert (done.state, done.faults) == (WeighingState.DONE, [])
    return weighing_of(year)


def ranking(year: Year) -> list[tuple[str, str]]:
    told = json.loads(results.content_of(weighing_of(year).result_hash))
    return [(one["unit"], one["score"]) for one in told["ranking"]]


def own_of(year: Year) -> set[Delivery]:
    return {one for one in load_listed(weighing_of(year).snapshot) if one.table_code in TABLES}


def weighed_by_command(weighing: Weighing, folder: Path) -> bytes:
    folder.mkdir()
    (folder / "scheme.toml").write_text(scheme_toml(weighing.scheme.document), encoding="utf-8")
    frozen = settings.ENVIRONMENT.home / "snapshots" / weighing.snapshot.folder
    command = [sys.executable, "-m", "steelyard", "weigh", folder / "scheme.toml", "--snapshot", frozen,
               "--out", folder / "out"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "out" / "result.json").read_bytes()


def test_two_are_led_side_by_side_from_collection_to_weighing(
    main: Year, special: Year, tmp_path: Path
) -> None:
    main.move(StageMove.FREEZE)
    special.move(StageMove.FREEZE)  # while the other is not frozen yet
    for year in (special, main):
        weighing = weighed(year)
        by_command = weighed_by_command(weighing, tmp_path / year.assessment.code)
        assert by_command == results.content_of(weighing.result_hash)
    assert ranking(main) == [("440100", "96.5"), ("440700", "79")]
    assert ranking(special)[1] > ("440700", "79")
    assert dict(ranking(special))["440100"] == "96.5"


def test_each_snapshot_takes_exactly_its_own_tables_and_what_bodies_delivered(
    main: Year, special: Year
) -> None:
    for year in (main, special):
        year.move(StageMove.FREEZE)
    for year in (main, special):
        own = own_of(year)
        assert {one.table_code for one in own} == OWN
        assert {one.collection for one in own} == {year.assessment.code}
        assert {one.source for one in own} == {
            f"{year.assessment.title_zh} {year.assessment.title_en}"
        }
        others = {one.table_code for one in load_listed(weighing_of(year).snapshot)} - OWN
        assert others == {"places", "trainings"}
    assert not own_of(main) & own_of(special)


def test_frozen_again_one_replaces_its_own_rows_and_not_the_other_s(
    main: Year, special: Year
) -> None:
    for year in (main, special):
        year.move(StageMove.FREEZE)
    theirs = {one.pk: (one.status, one.version, one.file_hash) for one in own_of(main)}
    weighing = weighing_of(special)
    begun = running._begun(weighing.pk)
    running._refused(begun, [], timezone.now())
    corrected(special, "90%")
    ask_again(assessment=special.assessment.pk, by=special.chen.pk, now=special.now)
    assert {one.pk: (one.status, one.version, one.file_hash) for one in own_of(main)} == theirs
    figures = [one for one in own_of(special) if one.table_code == "supplied_figures"]
    assert sorted(one.status for one in figures) == ["accepted", "replaced"]
    weighed(main)
    weighed(special)
    assert ranking(main) == [("440100", "96.5"), ("440700", "79")]


def corrected(year: Year, jiangmen: str) -> None:
    sheet = year.assessment.sheets.get(input_code="closed_in_time")
    version = SheetVersion.objects.create(
        sheet=sheet, number=2, why="样本：误报", signed_by=year.li, signed_at=year.now
    )
    for unit, value in {"440100": "96%", "440700": jiangmen}.items():
        Figure.objects.create(sheet_version=version, unit=unit, value=value)


def test_a_freeze_that_the_worker_gave_up_is_asked_for_anew_with_what_was_mended(
    main: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    main.move(StageMove.FREEZE)
    with monkeypatch.context() as dying:
        dying.setattr(running.snapshots, "carry_out", _die)
        for _ in range(MOST_ATTEMPTS):
            with pytest.raises(KeyboardInterrupt):
                carry_out(weighing=weighing_of(main).pk, now=timezone.now)
    first = weighing_of(main)
    assert carry_out(weighing=first.pk, now=timezone.now).state == WeighingState.REFUSED
    first.snapshot.refresh_from_db()
    assert (first.snapshot.status, len(first.snapshot.faults)) == ("refused", 1)
    corrected(main, "97%")
    ask_again(assessment=main.assessment.pk, by=main.chen.pk, now=main.now)
    assert weighed(main).snapshot != first.snapshot
    assert dict(ranking(main))["440700"] != "79", "as it was mended"


def _die(**_: object) -> None:
    raise KeyboardInterrupt


# --- what each counts from --------------------------------------------------------------------------


def test_figures_are_counted_from_records_and_from_no_other_assessment_s_freeze(
    main: Year, special: Year
) -> None:
    special.move(StageMove.FREEZE)
    weighed(special)
    assert snapshot_that_counts(main.assessment) is None
    assert not snapshots_of(main.assessment).exists()
    main.move(StageMove.FREEZE)
    weighed(main)
    assert snapshot_that_counts(special.assessment) == weighing_of(special).snapshot
    assert frozen_since(weighing_of(special)) is None
    alone = freeze(
        office=main.province, starts=main.assessment.starts, ends=main.assessment.ends,
        by=main.chen.pk, now=main.now,
    )  # fmt: skip
    assert {one.table_code for one in load_listed(alone)} == {"places", "trainings"}
    for year in (main, special):
        assert newest_snapshot(year.assessment) == alone
        assert snapshot_that_counts(year.assessment) == weighing_of(year).snapshot
        assert frozen_since(weighing_of(year)) == alone


# --- who sees it ------------------------------------------------------------------------------------


def test_what_was_collected_stays_with_those_who_run_the_office(main: Year, special: Year) -> None:
    for year in (main, special):
        year.move(StageMove.FREEZE)
    own = own_of(main) | own_of(special)
    snapshots = [weighing_of(year).snapshot.pk for year in (main, special)]
    addresses = [f"/deliveries/{one.pk}/" for one in own] + [
        f"/snapshots/{one}/" for one in snapshots
    ]
    for address in addresses:
        assert as_(main.chen).get(address).status_code == 200, address
        for who in (main.li, main.sun, main.tan, main.huang):
            assert as_(who).get(address).status_code == 404, (address, who)


def test_its_page_says_what_it_was_collected_for(main: Year, special: Year) -> None:
    special.move(StageMove.FREEZE)
    client, snapshot = as_(main.chen), weighing_of(special).snapshot
    one = min(own_of(special), key=lambda one: one.pk)
    page = client.get(f"/deliveries/{one.pk}/").text
    assert "2021-special" in page
    assert "the office collected it itself, and froze it" in page
    assert "no other sheet corrects it" not in page
    supplies = Account.objects.get(username="何处长")
    assert "no other sheet corrects it" in as_(supplies).get(f"/deliveries/{one.pk}/").text
    assert "2021-special" in client.get(f"/snapshots/{snapshot.pk}/").text
    assert "2021-special" in client.get("/snapshots/").text
    told = client.get(f"/api/deliveries/{one.pk}").json()
    assert told["collection"] == "2021-special"


def as_(who: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who)
    return client


def test_stages_of_both_go_their_own_way(main: Year, special: Year) -> None:
    special.move(StageMove.FREEZE)
    main.assessment.refresh_from_db()
    assert (main.assessment.stage, special.assessment.stage) == (Stage.SCORING, Stage.FROZEN)
    assert (
        Score.objects.filter(assessment=main.assessment).count()
        == Score.objects.filter(assessment=special.assessment).count()
    )

"""Frozen from the web and by the command, the same deliveries are the same snapshot."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from steelyard.cli import main
from steelyard.kernel.hashes import tagged
from steelyard.kernel.refusals import Refused
from steelyard.people.models import Account, Organisation
from steelyard.records.snapshot.snapshot import Snapshot as Frozen
from steelyard.supply.actions import deliveries as actions
from steelyard.supply.actions.deliveries import File
from steelyard.supply.actions.snapshots import carry_out, freeze, write_cover
from steelyard.supply.models import Snapshot
from steelyard.supply.queries import load_listed
from tests.supply.office import NOW, PLACES, Office, details, trainings

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def frozen(it: Office, **changes: Any) -> Snapshot:
    given = {"office": it.province, "by": it.chen.pk, "now": NOW}
    days = {"starts": date(2021, 1, 1), "ends": date(2022, 1, 1)}
    return freeze(**given | days | changes)


def corrected(office: Office) -> None:
    """Places, and trainings of which the second sheet corrects the first."""
    office.places()
    first = office.accepted(62, 140)
    mended = actions.correct(
        delivery=first.pk, details=details(), file=trainings(62, 104), why="误计展位数",
        by=office.li.pk, now=NOW,
    )  # fmt: skip
    signed = actions.sign(delivery=mended.pk, seen=mended.version, by=office.li.pk, now=NOW)
    actions.accept(delivery=signed.pk, seen=signed.version, by=office.chen.pk, now=NOW)


def by_command(folder: Path, out: Path) -> str:
    assert main(["freeze", str(folder), "--period", "2021", "--out", str(out)]) == 0
    return Frozen.open(out).identifier


def test_the_cover_list_that_is_taken_away_freezes_to_the_same_identifier(
    office: Office, tmp_path: Path
) -> None:
    corrected(office)
    found = frozen(office)
    (tmp_path / "cover").mkdir()
    write_cover(tmp_path / "cover", load_listed(found))
    assert (found.status, found.faults) == ("frozen", [])
    assert found.identifier == by_command(tmp_path / "cover", tmp_path / "out")


def test_a_cover_list_written_by_hand_freezes_to_the_same_identifier(
    office: Office, tmp_path: Path
) -> None:
    corrected(office)
    cover = tmp_path / "cover"
    cover.mkdir()
    first, second, places = trainings(62, 140), trainings(62, 104), File("p", PLACES.encode())
    market = {"zh": "江门市市场监督管理局", "en": "440700-market"}
    of_market = {"body": market, "table": "trainings", "signer": "李科长", "rows": 2}
    rows = [
        row("places-2021-440000", places, rows=3, table="places", signer="何处长",
            body={"zh": "广东省知识产权局", "en": "440000"}),
        row("trainings-2021-440700-market", first, **of_market),
        row("trainings-2021-440700-market-2", second, **of_market, why="误计展位数",
            replaces="trainings-2021-440700-market"),
    ]  # fmt: skip
    for one, file in zip(rows, (places, first, second), strict=True):
        (cover / one["file"]).write_bytes(file.content)
    (cover / "deliveries.toml").write_text(tomli_w.dumps({"deliveries": rows}), "utf-8")
    assert frozen(office).identifier == by_command(cover, tmp_path / "out")


def row(name: str, file: File, **said: Any) -> dict[str, Any]:
    return {
        "id": name,
        "period": "2021",
        "cut_off": date(2022, 1, 10),
        "signed_on": date(2022, 1, 12),
        "file": f"{name}.csv",
        "hash": tagged(file.content),
        **said,
    }


def test_only_what_is_accepted_is_frozen(office: Office) -> None:
    office.places()
    office.signed(62)
    assert [one.name for one in load_listed(frozen(office))] == ["places-2021-440000"]


def test_of_two_registers_of_places_the_latest_is_frozen_alone(office: Office) -> None:
    """Both together would have each place twice."""
    file = File("places.csv", PLACES.encode())
    before = {"starts": date(2020, 1, 1), "ends": date(2021, 1, 1), "cut_off": date(2021, 1, 10)}
    office.accepted(by=office.he.pk, body=office.province, table="places", file=file, **before)
    office.places()
    found = frozen(office)
    assert (found.status, found.faults) == ("frozen", [])
    assert [one.name for one in load_listed(found)] == ["places-2021-440000"]


def test_faults_that_only_all_together_show_refuse_the_snapshot(office: Office) -> None:
    office.accepted(62)  # nobody has delivered the places that it names
    found = frozen(office)
    assert (found.status, found.identifier) == ("refused", "")
    assert {one["code"] for one in found.faults} == {"unknown-reference"}


def test_frozen_twice_is_the_same_identifier(office: Office) -> None:
    office.places()
    assert frozen(office).identifier == frozen(office).identifier


def test_a_freeze_that_was_killed_is_carried_out_again(office: Office) -> None:
    office.places()
    first = frozen(office)
    Snapshot.objects.filter(pk=first.pk).update(status="asked", identifier="", folder="")
    assert carry_out(snapshot=first.pk, now=NOW).identifier == first.identifier


def test_nothing_accepted_is_nothing_to_freeze(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        frozen(office)
    assert [one.code for one in refused.value.refusals] == ["nothing_accepted"]


def test_only_the_assessing_office_freezes(office: Office) -> None:
    office.places()
    for by, of in ((office.li, office.province), (office.he, office.province)):
        assert isinstance(by, Account)
        assert isinstance(of, Organisation)
        with pytest.raises(Refused) as refused:
            frozen(office, office=of, by=by.pk)
        assert [one.code for one in refused.value.refusals] == ["not_allowed"]


def test_what_takes_long_is_frozen_by_the_worker(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    from steelyard.supply.actions.snapshots import freeze_soon
    from steelyard.supply.rules import snapshots as rules
    from steelyard.supply.tasks import freeze_snapshot

    office.places()
    monkeypatch.setattr(rules, "MOST_ROWS_WHILE_ONE_WAITS", 2)
    days = {"starts": date(2021, 1, 1), "ends": date(2022, 1, 1)}
    asked = freeze_soon(office=office.province, by=office.chen.pk, now=NOW, **days)
    job = ProcrastinateJob.objects.get(task_name="freeze_snapshot")
    assert (asked.status, job.args) == ("asked", {"snapshot": asked.pk})
    freeze_snapshot(**job.args)
    freeze_snapshot(**job.args)
    assert Snapshot.objects.get().status == "frozen"

"""How far a measure is: from its dates and its latest report, as of a day."""

from __future__ import annotations

import pytest

from steelyard.publication.plan_status import latest_reports, status_of

CUT_OFF = "2021-12-31"


@pytest.mark.parametrize(
    ("due", "completed", "said", "status"),
    [
        (None, None, None, "not_started"),
        (None, None, "not_started", "not_started"),
        (None, None, "under_way", "under_way"),
        (None, None, "done", "done"),
        (None, None, "late", "late"),
        ("2021-12-31", None, "under_way", "under_way"),  # due on the day itself
        ("2021-12-30", None, "under_way", "late"),
        ("2021-12-30", None, None, "late"),
        ("2021-12-30", None, "done", "done"),
        ("2021-06-30", "2021-08-01", "under_way", "done"),  # done too late is done
        ("2021-12-30", "2022-01-05", "under_way", "late"),  # completed after the cut-off day
        ("2022-06-30", None, None, "not_started"),
    ],
)
def test_status(due: str | None, completed: str | None, said: str | None, status: str) -> None:
    latest = {"state": said, "share_done": None} if said else None
    assert status_of({"due_on": due, "completed_on": completed}, latest, CUT_OFF) == status


def report(key: str, reported: str | None, due: str | None = None) -> dict[str, str | None]:
    return {"id": key, "measure": "M", "reported_on": reported, "due_on": due, "state": key}


def test_latest_report_is_the_one_handed_in_last_by_the_day() -> None:
    reports = [
        report("b", "2021-10-01"),
        report("a", "2021-11-01"),
        report("never", None),
        report("after", "2022-01-01"),
    ]
    assert latest_reports(reports, CUT_OFF)["M"]["id"] == "a"


def test_of_reports_handed_in_on_one_day_the_one_that_was_due_last_counts() -> None:
    reports = [report("z", "2021-10-01", "2021-08-10"), report("a", "2021-10-01", "2021-09-10")]
    assert latest_reports(reports, CUT_OFF)["M"]["id"] == "a"


def test_share_done_without_a_word_is_under_way() -> None:
    latest = {"state": "not_started", "share_done": "10.000000"}
    assert status_of({"due_on": None, "completed_on": None}, latest, CUT_OFF) == "under_way"

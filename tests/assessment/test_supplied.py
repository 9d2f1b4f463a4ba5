"""Supplying bodies deliver one sheet a figure, in time or late, and correct what was wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from steelyard.assessment.actions import supplied as actions
from steelyard.assessment.models import Figure, SheetVersion
from steelyard.assessment.queries.figures.counting import supplied_figures
from steelyard.assessment.rules.states import SheetState, Stage
from steelyard.assessment.rules.supplied.cells import Typed
from steelyard.assessment.waiting.supplied import waiting_sheets
from steelyard.kernel.faults import Faulty
from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Deadline, Notice
from steelyard.people.queries import load_held
from steelyard.people.sheets import Brought
from steelyard.trail.versions import ChangedMeanwhile
from tests.assessment.reported import corrected, supplied, the_sheet, typed
from tests.assessment.year import Year
from tests.once import World, world_of

pytestmark = pytest.mark.django_db


def a_year() -> Year:
    found = Year()
    _ = found.li  # he is there when the sheets are asked for
    found.at(Stage.COLLECTING)
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def told(year: Year) -> dict[str, int]:
    return {"sheet": the_sheet().pk, "by": year.li.pk, "now": year.now}


def clock() -> Deadline:
    return Deadline.objects.get(area="assessment", task="supply", object_id=the_sheet().pk)


def test_each_sheet_has_a_deadline_of_its_body_and_the_body_is_told(year: Year) -> None:
    assert (clock().organisation, clock().role, clock().working_days) == (
        year.market, "supplying_body", 10,
    )  # fmt: skip
    notice = Notice.objects.get(account=year.li, kind="deadline_started")
    assert "按期办结率" in notice.words["what"]["zh"]


def test_the_draft_is_kept_as_typed_and_signed_exactly(year: Year) -> None:
    actions.fill(typed=typed("92.3%", "", "口径同上年"), **told(year))
    assert the_sheet().draft == {
        "440100": {"value": "92.3%", "note": "口径同上年"},
        "440700": {"value": "", "note": "没有这项记录", "status": "missing"},
    }
    assert supplied_figures(year.assessment) == {}
    actions.sign(**told(year))
    found = {(one.unit, one.value, one.status, one.note) for one in Figure.objects.all()}
    assert found == {
        ("440100", "0.923", "", "口径同上年"), ("440700", "", "missing", "没有这项记录"),
    }  # fmt: skip
    assert supplied_figures(year.assessment) == {("440100", "closed_in_time"): "0.923"}
    assert (the_sheet().state, the_sheet().draft) == (SheetState.SIGNED, {})
    assert clock().end == "met"


def test_a_wrong_cell_saves_nothing(year: Year) -> None:
    with pytest.raises(Faulty, match="out-of-bounds"):
        actions.fill(typed=typed("140%", "0.9"), **told(year))
    assert the_sheet().draft == {}


def test_a_sheet_signed_after_its_day_is_late_by_working_days(year: Year) -> None:
    year.now += timedelta(40)
    supplied(year, "0.9", "0.8")
    late = SheetVersion.objects.get().days_late
    assert 0 < late < (year.today - clock().due).days + 1


def test_only_its_own_body_fills_it_in_and_only_the_office_urges(year: Year) -> None:
    for who in (year.chen, year.sun, year.tan):
        with pytest.raises(Refused) as refused:
            actions.fill(**told(year) | {"by": who.pk}, typed=typed("1"))
        assert refused.value.lacks_a_right
    with pytest.raises(Refused) as refused:
        actions.urge(**told(year))
    assert refused.value.lacks_a_right


def test_the_second_of_two_savers_is_told(year: Year) -> None:
    seen = the_sheet().version
    actions.fill(typed=typed("0.5"), seen=seen, **told(year))
    with pytest.raises(ChangedMeanwhile):
        actions.fill(typed=typed("0.6"), seen=seen, **told(year))
    assert the_sheet().draft["440100"]["value"] == "0.5"


def test_urged_the_body_is_told_once_a_day(year: Year) -> None:
    urging = told(year) | {"by": year.chen.pk}
    actions.urge(**urging)
    assert Notice.objects.filter(account=year.li, kind="request_urged").count() == 1
    with pytest.raises(Refused, match="urged_today"):
        actions.urge(**urging)
    actions.urge(**urging | {"now": year.now + timedelta(1)})
    assert Notice.objects.filter(account=year.li, kind="request_urged").count() == 2


def test_while_it_is_corrected_the_last_signed_version_counts(year: Year) -> None:
    _ = year.chen
    supplied(year, "0.9", "0.8")
    actions.correct(reason="统计口径有误", **told(year))
    assert the_sheet().draft["440100"] == {"value": "0.9", "note": ""}
    actions.fill(typed=typed("0.95", "0.8"), **told(year))
    assert supplied_figures(year.assessment)["440100", "closed_in_time"] == "0.9"
    held = load_held(year.li.pk, year.today)
    assert [one.title for one in waiting_sheets(year.li.pk, held, year.today)] != []
    actions.sign(**told(year))
    assert supplied_figures(year.assessment)["440100", "closed_in_time"] == "0.95"
    versions = [(one.number, one.why, one.days_late) for one in the_sheet().versions.all()]
    assert versions == [(2, "统计口径有误", 0), (1, "", 0)]
    assert Notice.objects.filter(account=year.chen, kind="delivery_corrected").count() == 1


def test_a_correction_begun_twice_is_begun_once(year: Year) -> None:
    supplied(year, "0.9", "0.8")
    at = {"seen": the_sheet().version, **told(year)}
    first = actions.correct(reason="统计口径有误", **at)
    assert actions.correct(reason=" 统计口径有误 ", **at).version == first.version
    with pytest.raises(Refused):
        actions.correct(reason="另一个原因", **at)


def test_signed_once_more_with_other_figures_it_is_refused(year: Year) -> None:
    at = {"seen": the_sheet().version, **told(year)}
    first = actions.fill_and_sign(typed=typed("0.9", "0.8"), **at)
    assert actions.fill_and_sign(typed=typed("90%", "0.80"), **at) == first
    with pytest.raises(Refused):
        actions.fill_and_sign(typed=typed("0.9", "0.7"), **at)


@pytest.mark.parametrize(
    "blank",
    [Typed(), Typed("", "没有这项记录"), Typed("", "", "missing"), Typed("", " ", "no_base")],
)
def test_a_blank_cell_is_not_signed_without_how_and_why(year: Year, blank: Typed) -> None:
    actions.fill(typed={"440100": Typed("0.9"), "440700": blank}, **told(year))
    with pytest.raises(Faulty) as faulty:
        actions.sign(**told(year))
    assert [one.code for one in faulty.value.faults] == ["blank_without_reason"]
    assert "440700" in faulty.value.faults[0].what.en
    assert not SheetVersion.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (Typed("0.9", "", "missing"), "figure_and_status"),
        (Typed("", "x", "lost"), "unknown_status"),
    ],
)
def test_a_status_stands_only_where_there_is_no_figure(year: Year, wrong: Typed, code: str) -> None:
    with pytest.raises(Faulty, match=code):
        actions.fill(typed={"440100": wrong}, **told(year))


def test_the_database_keeps_no_blank_figure_without_its_reason(year: Year) -> None:
    supplied(year, "0.9", "0.8")
    version = SheetVersion.objects.get()
    for wrong in ({}, {"status": "missing"}, {"value": "1", "status": "missing", "note": "x"}):
        with pytest.raises(IntegrityError, match="figure_or_why"), transaction.atomic():
            Figure.objects.create(sheet_version=version, unit="449999", **wrong)


def test_how_a_figure_is_lacking_can_be_corrected(year: Year) -> None:
    supplied(year, "0.9", "")
    actions.correct(reason="口径有误", **told(year))
    said = {"440100": Typed("0.9"), "440700": Typed("", "本市没有此项业务", "not_applicable")}
    actions.fill(typed=said, **told(year))
    actions.sign(**told(year))
    assert Figure.objects.get(sheet_version__number=2, unit="440700").status == "not_applicable"


def test_a_correction_that_changes_nothing_is_not_signed(year: Year) -> None:
    supplied(year, "0.9", "0.8")
    with pytest.raises(Refused, match="nothing_changed"):
        corrected(year, "90%", "0.80")


def test_a_correction_begun_by_mistake_is_taken_back_and_no_version_comes_of_it(year: Year) -> None:
    supplied(year, "0.9", "0.8")
    actions.correct(reason="误点", **told(year))
    actions.fill(typed=typed("0.95", "0.8"), **told(year))
    at = {"seen": the_sheet().version, **told(year)}
    with pytest.raises(Refused) as refused:
        actions.take_back(**at | {"by": year.chen.pk})
    assert refused.value.lacks_a_right
    with pytest.raises(ChangedMeanwhile):
        actions.take_back(**at | {"seen": at["seen"] - 1})
    back = actions.take_back(**at)
    assert actions.take_back(**at).version == back.version
    now = the_sheet()
    assert (now.state, now.why, now.draft) == (SheetState.SIGNED, "", {})
    assert [one.number for one in now.versions.all()] == [1]
    assert supplied_figures(year.assessment)["440100", "closed_in_time"] == "0.9"
    with pytest.raises(Refused, match="wrong_state"):
        actions.take_back(**told(year))
    corrected(year, "0.95", "0.8")
    assert [one.why for one in the_sheet().versions.all()] == ["统计口径有误", ""]


def test_a_figure_that_is_taken_away_counts_no_longer(year: Year) -> None:
    supplied(year, "0.9", "0.8")
    corrected(year, "0.9", "")
    assert set(supplied_figures(year.assessment)) == {("440100", "closed_in_time")}


def test_a_file_is_taken_whole_or_not_at_all(year: Year) -> None:
    head = "单位代码,数据编号,数值,备注\n"
    good = Brought("a.csv", f"{head}440100,closed_in_time,92%,\n440700,,0.5,估\n".encode())
    actions.bring(brought=good, **told(year))
    assert the_sheet().draft["440700"] == {"value": "0.5", "note": "估"}
    bad = Brought("a.csv", f"{head}440100,closed_in_time,93%,\n440700,,五成,\n".encode())
    with pytest.raises(Faulty) as faulty:
        actions.bring(brought=bad, **told(year))
    (fault,) = faulty.value.faults
    assert (fault.where.row, fault.where.column) == (3, "C 数值")
    assert the_sheet().draft["440100"]["value"] == "92%"


def test_what_is_typed_for_units_that_are_not_assessed_is_not_kept(year: Year) -> None:
    actions.fill(typed={"999999": Typed("1"), "440100": Typed("1")}, **told(year))
    assert set(the_sheet().draft) == {"440100"}


def test_the_database_never_alters_what_was_signed(year: Year) -> None:
    supplied(year, "0.9", "0.8")
    with pytest.raises(ProgrammingError, match="Cannot update"):
        Figure.objects.update(value="1")

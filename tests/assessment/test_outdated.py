"""An amendment that makes signed figures other ones: nobody reads, compares, scores or freezes them as such."""

from __future__ import annotations

import pytest
from django.test import Client

from steelyard.assessment.actions.collection import save_answer
from steelyard.assessment.actions.differences import settle
from steelyard.assessment.actions.missing import let_count_as_missing
from steelyard.assessment.actions.supplied import fill, sign
from steelyard.assessment.models import Difference, Sheet, Submission
from steelyard.assessment.queries.assessments import issued, under_way
from steelyard.assessment.queries.collection import hash_of_submission, load_answers
from steelyard.assessment.queries.differences import reported_figures
from steelyard.assessment.queries.figures.counting import figures_that_count, supplied_figures
from steelyard.assessment.queries.frozen import load_collected
from steelyard.assessment.queries.schemes.amendments import checked_amendment
from steelyard.assessment.queries.stages import load_state
from steelyard.assessment.rules import drafting
from steelyard.assessment.rules.collection.answers import Typed as Answered
from steelyard.assessment.rules.stages import Asked, against
from steelyard.assessment.rules.states import DifferenceState, SheetState, Stage, StageMove
from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Deadline, Notice
from steelyard.people.models import Account
from tests.assessment.reported import comparing, reports, supplied, the_sheet, typed
from tests.assessment.test_changed_since import amended, proposed
from tests.assessment.year import Year, year_at
from tests.once import copy_for, world_of

pytestmark = pytest.mark.django_db


def a_signed_year() -> Year:
    found = Year()
    signed(found)
    return found


collecting = world_of(lambda: year_at(Stage.COLLECTING))
all_signed = world_of(a_signed_year)
COLLECTING = pytest.mark.usefixtures("collecting")
SIGNED = pytest.mark.usefixtures("all_signed")


@pytest.fixture
def year(request: pytest.FixtureRequest) -> Year:
    return copy_for(request, Year)


def page(who: Account, path: str) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who)
    found = client.get(f"/assessments/2021/{path}")
    assert found.status_code == 200
    return found.content.decode()


def now_a(**told: object) -> drafting.Change:
    """The figure that the market regulator supplies is another one."""

    def change(base: drafting.Document) -> dict[str, object]:
        row = drafting.find(drafting.listed(base, "inputs"), "closed_in_time").told
        wider = drafting.with_member(base, "inputs", "closed_in_time", {**row, **told})
        item = drafting.find(drafting.listed(base, "items"), "A1").told
        return drafting.with_member(wider, "items", "A1", {**item, "rule": BY_POINTS})

    return change


BY_POINTS = {"points": "40 * closed_in_time / (closed_in_time + 1)"}
NUMBER = {"type": "number", "least": "none", "most": "none"}
CASES = {"type": "count"}


def refusals(year: Year, move: StageMove) -> list[str]:
    year.assessment.refresh_from_db()
    today = year.today
    return [
        one.code for one in against(load_state(year.assessment, today), Asked(move=move, on=today))
    ]


def signed(year: Year, guangzhou: str = "0.9", jiangmen: str = "0.8") -> None:
    year.at(Stage.COLLECTING)
    supplied(year, guangzhou, jiangmen)


@SIGNED
def test_the_office_reads_which_signed_sheets_and_own_figures_no_longer_say_what_they_said(
    year: Year,
) -> None:
    reports(year, year.jiangmen, {"closed_in_time": "0.8"})
    proposed(year, now_a(**CASES))
    version = under_way(year.assessment)
    checked = checked_amendment(year.assessment, version, year.today)
    assert checked.refusals == ()
    sheet, own = checked.brought.said(checked.scheme)
    assert sheet.zh == (
        "市场监督管理部门已签发的“按期办结率”改为“待更正”，更正签发前不再采用（类型由比例改为数量，2个数不再合格）"
    )
    assert own.zh == (
        "1个单位自报的“按期办结率”按填报时的口径显示，不再参加比对（江门市；类型由比例改为数量）"
    )
    said = page(year.chen, f"scheme/versions/{version.number}/differences/")
    assert sheet.en in said
    assert own.en in said


@SIGNED
def test_a_signed_sheet_of_another_type_is_to_be_corrected_and_is_shown_as_it_was_meant(
    year: Year,
) -> None:
    amended(year, now_a(**CASES))
    row = the_sheet()
    assert row.state == SheetState.OUTDATED
    assert row.draft == {}, "no signed share stands in the draft of a count"
    assert "类型由比例改为数量" in row.why
    assert supplied_figures(year.assessment) == {}
    said = page(year.li, f"sheets/{row.pk}/")
    assert "to be corrected" in said
    assert "does not count" in said
    assert "90%" in said, "a share stays a share"
    assert ">0.9<" not in said


@SIGNED
def test_its_body_is_told_what_has_changed_and_by_when(year: Year) -> None:
    amended(year, now_a(**CASES))
    clock = Deadline.objects.filter(task="supply", object_id=the_sheet().pk).latest("pk")
    assert (clock.organisation, clock.end) == (year.market, "")
    assert clock.what_zh.endswith("数据“按期办结率”（类型由比例改为数量，2个数不再合格）")
    assert Notice.objects.filter(
        account=year.li, kind="deadline_started", created_at=year.now
    ).exists()


@pytest.mark.parametrize("move", [StageMove.COMPARE])
@SIGNED
def test_it_stands_against_the_next_step_until_its_correction_is_signed(
    year: Year, move: StageMove
) -> None:
    for unit in (year.guangzhou, year.jiangmen):
        reports(year, unit, {})
    assert refusals(year, move) == []
    amended(year, now_a(**CASES))
    assert "sheets_to_correct" in refusals(year, move)
    supplied(year, "90", "80")
    assert the_sheet().state == SheetState.SIGNED
    assert refusals(year, move) == []
    assert supplied_figures(year.assessment)["440100", "closed_in_time"] == "90"


@SIGNED
def test_a_figure_that_is_only_called_otherwise_may_be_confirmed_as_it_is(year: Year) -> None:
    amended(year, now_a(title={"zh": "按期结案率", "en": "Cases finished in time"}))
    row = the_sheet()
    assert row.state == SheetState.OUTDATED
    assert {unit: one["value"] for unit, one in row.draft.items()} == {
        "440100": "0.9",
        "440700": "0.8",
    }
    assert sign(sheet=row.pk, by=year.li.pk, now=year.now).number == 2


def test_while_differences_are_settled_what_was_settled_does_not_stand(year: Year) -> None:
    comparing(year)
    row = Difference.objects.get()
    settle(difference=row.pk, taken="reported", reason="查实", by=year.chen.pk, now=year.now)
    assert figures_that_count(year.assessment, issued(year.assessment))
    amended(year, now_a(**CASES))
    assert figures_that_count(year.assessment, issued(year.assessment), ["closed_in_time"]) == {}
    assert reported_figures(year.assessment) == {}
    row.refresh_from_db()
    assert (row.state, row.reported, row.supplied) == (DifferenceState.OPEN, "", "")
    assert row.earlier.get().value == "0.9"
    assert {"sheets_to_correct", "open_differences"} <= set(refusals(year, StageMove.SCORE))
    here = page(year.chen, f"differences/{row.pk}/")
    assert "90%" in here, "the earlier settlement, as it was meant"
    supplied(year, "90", "80")
    row.refresh_from_db()
    assert (row.state, row.value) == (DifferenceState.SETTLED, "80")
    assert refusals(year, StageMove.SCORE) == []


def test_where_a_figure_is_only_called_otherwise_what_units_report_goes_on_being_compared(
    year: Year,
) -> None:
    comparing(year)
    amended(year, now_a(title={"zh": "按期结案率", "en": "Cases finished in time"}))
    assert reported_figures(year.assessment)["440700", "closed_in_time"] == "0.9"
    sign(sheet=the_sheet().pk, by=year.li.pk, now=year.now)
    row = Difference.objects.get(unit=year.jiangmen)
    assert (row.state, row.reported, row.supplied) == (DifferenceState.OPEN, "0.9", "0.85")
    assert refusals(year, StageMove.SCORE) == ["open_differences"]


def test_a_unit_s_own_figure_of_before_cannot_be_taken(year: Year) -> None:
    comparing(year)
    amended(year, now_a(**CASES))
    with pytest.raises(Refused) as refused:
        settle(difference=Difference.objects.get().pk, taken="reported", reason="查实",
               by=year.chen.pk, now=year.now)  # fmt: skip
    assert [one.code for one in refused.value.refusals] == ["none_reported"]


def test_its_units_are_told_of_their_own_figures(year: Year) -> None:
    comparing(year)
    amended(year, now_a(**CASES))
    found = Notice.objects.filter(
        account=year.tan, kind="scheme_amended", path__contains="/submissions/"
    )
    assert "按期办结率" in str(found.get().words)


def test_what_is_frozen_holds_no_figure_that_says_another_thing(year: Year) -> None:
    comparing(year)
    amended(year, now_a(**CASES))
    collected = load_collected(year.assessment, year.now)
    assert [one for one in (*collected.supplied, *collected.reported) if one.value] == []


@SIGNED
def test_a_signed_sheet_that_is_asked_for_no_longer_does_not_count(year: Year) -> None:
    sheet = the_sheet()

    def from_records(base: drafting.Document) -> dict[str, object]:
        rows = drafting.listed(base, "inputs")
        counted = drafting.find(rows, "trained").told
        told = {**drafting.find(rows, "closed_in_time").told, "type": "count",
                "records": counted["records"], "tally": counted["tally"]}  # fmt: skip
        wider = drafting.with_member(base, "inputs", "closed_in_time", told)
        item = drafting.find(drafting.listed(base, "items"), "A1").told
        return drafting.with_member(wider, "items", "A1", {**item, "rule": BY_POINTS})

    amended(year, from_records)
    assert figures_that_count(year.assessment, issued(year.assessment), ["closed_in_time"]) == {}
    assert the_sheet().state == SheetState.SIGNED
    assert "90%" in page(year.li, f"sheets/{sheet.pk}/")
    assert_says_that_it_is_not_used(year, sheet)


@SIGNED
def test_a_signed_sheet_of_a_figure_that_is_gone_can_still_be_read(year: Year) -> None:
    sheet = the_sheet()

    def gone(base: drafting.Document) -> dict[str, object]:
        left = [one for one in base["inputs"] if one["code"] != "closed_in_time"]  # type: ignore[attr-defined]
        item = drafting.find(drafting.listed(base, "items"), "A1").told
        rule = {"points": "4 * plan_points"}
        return drafting.with_member({**base, "inputs": left}, "items", "A1", {**item, "rule": rule})

    amended(year, gone)
    for path in ("sheets/", f"sheets/{sheet.pk}/"):
        assert "Cases closed in time" in page(year.li, path)
    assert "90%" in page(year.li, f"sheets/{sheet.pk}/")
    assert_says_that_it_is_not_used(year, sheet)


def assert_says_that_it_is_not_used(year: Year, sheet: Sheet) -> None:
    one = page(year.li, f"sheets/{sheet.pk}/")
    assert "What was signed stays here and is not used." in one
    assert f"sheets/{sheet.pk}/correct/" not in one
    assert "no longer used" in page(year.li, "sheets/")


@SIGNED
def test_of_a_sheet_that_is_asked_for_nothing_of_the_kind_is_said(year: Year) -> None:
    sheet = the_sheet()
    one = page(year.li, f"sheets/{sheet.pk}/")
    assert "is not used." not in one
    assert f"sheets/{sheet.pk}/correct/" in one
    assert "no longer used" not in page(year.li, "sheets/")


@COLLECTING
def test_a_draft_that_nobody_signed_is_not_read_as_another_figure(year: Year) -> None:
    fill(sheet=the_sheet().pk, typed=typed("0.9", "0.8", "台账"), by=year.li.pk, now=year.now)
    amended(year, now_a(**CASES))
    row = Sheet.objects.get()
    assert (row.state, row.draft) == (SheetState.OPEN, {"440100": {"value": "", "note": "台账"}})


@SIGNED
def test_the_limit_names_the_sheets_and_is_met_where_the_office_lets_them_count_as_missing(
    year: Year,
) -> None:
    amended(year, lambda base: {**now_a(**CASES)(base), "on": {"missing": "zero"}})
    year.assessment.refresh_from_db()
    (named,) = load_state(year.assessment, year.today).to_correct
    assert "按期办结率" in named.zh
    let_count_as_missing(
        assessment=year.assessment.pk, figures=[(unit, "closed_in_time") for unit in ("440100", "440700")],
        reason="两市均无此数", by=year.chen.pk, now=year.now,
    )  # fmt: skip
    assert load_state(year.assessment, year.today).to_correct == ()


@COLLECTING
def test_a_unit_that_still_fills_in_reads_its_figure_as_it_was_meant_and_enters_it_anew(
    year: Year,
) -> None:
    submission = Submission.objects.get(assessment=year.assessment, unit=year.jiangmen)
    told = {"submission": submission.pk, "item": "A1", "by": year.tan.pk}
    own = {"figures": {"closed_in_time": "97%"}, "statement": "见台账"}
    save_answer(typed=Answered(**own), now=year.now, **told)
    amended(year, now_a(**CASES))
    said = page(year.tan, f"submissions/{submission.pk}/items/A1/")
    assert "you entered 97%: enter it anew" in said
    assert 'value="0.97"' not in said
    assert load_answers(submission)["A1"].figures == {}
    save_answer(
        typed=Answered(figures={"closed_in_time": "97"}, statement="见台账"), now=year.now, **told
    )
    said = page(year.tan, f"submissions/{submission.pk}/items/A1/")
    assert 'value="97"' in said
    assert "enter it anew" not in said


@COLLECTING
def test_a_figure_entered_anew_in_the_same_writing_counts(year: Year) -> None:
    submission = Submission.objects.get(assessment=year.assessment, unit=year.jiangmen)
    told = {"submission": submission.pk, "item": "A1", "by": year.tan.pk}
    save_answer(typed=Answered(figures={"closed_in_time": "1"}), now=year.now, **told)
    amended(year, now_a(**CASES))
    assert load_answers(submission)["A1"].figures == {}
    save_answer(typed=Answered(figures={"closed_in_time": "1"}), now=year.now, **told)
    assert load_answers(submission)["A1"].figures == {"closed_in_time": "1"}


def test_a_signed_submission_is_read_by_the_scheme_of_its_signature(year: Year) -> None:
    comparing(year)
    submission = Submission.objects.get(assessment=year.assessment, unit=year.jiangmen)
    before = hash_of_submission(submission)
    amended(year, now_a(**CASES))
    assert "90%" in page(year.tan, f"submissions/{submission.pk}/items/A1/")
    assert hash_of_submission(submission) == before

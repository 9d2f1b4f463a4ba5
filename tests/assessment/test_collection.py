"""A city fills in, files material, divides the work, has it approved and signs: by its actions."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from steelyard.assessment.actions import collection as actions
from steelyard.assessment.actions.assessments import Wanted, open_assessment
from steelyard.assessment.actions.forgery import raise_suspicion
from steelyard.assessment.models import (
    Answer,
    Assessment,
    Material,
    MaterialUse,
    Submission,
    Suspicion,
)
from steelyard.assessment.queries.approvals import standings_of_submission
from steelyard.assessment.queries.collection import (
    content_of,
    hash_of,
    hash_of_submission,
    load_answers,
    materials_seen_by,
)
from steelyard.assessment.queries.frozen import load_collected
from steelyard.assessment.rules.approvals import Decision
from steelyard.assessment.rules.collection.answers import Typed
from steelyard.assessment.rules.states import Stage, StageMove, SubmissionState
from steelyard.files.actions import the_store
from steelyard.files.models import Content, File
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refused
from steelyard.notices.actions import extend_deadline
from steelyard.notices.models import Deadline, Notice
from steelyard.people.models import Account
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Role
from steelyard.trail.versions import ChangedMeanwhile
from tests.assessment.database_clock import midnight_after, set_clock
from tests.assessment.year import Year, scheme
from tests.once import World, world_of
from tests.supply.office import account, organisation

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ANOTHER_PDF = PDF.replace(b"1 0", b"2 0")


def a_year() -> Year:
    found = Year()
    found.at(Stage.COLLECTING)
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def jiangmen(year: Year) -> Submission:
    return Submission.objects.select_related("deadline").get(unit=year.jiangmen)


def save(
    year: Year, item: str = "B2", by: Account | None = None, seen: int | None = None, **typed: Any
) -> Answer:
    return actions.save_answer(
        submission=jiangmen(year).pk, item=item, typed=Typed(**typed), seen=seen,
        by=(by or year.tan).pk, now=year.now,
    )  # fmt: skip


def material(year: Year, item: str = "B2", content: bytes = PDF, **told: Any) -> MaterialUse:
    told = {"name": "方案.pdf", "by": year.tan.pk, **told}
    return actions.file_material(
        submission=jiangmen(year).pk, item=item, content=io.BytesIO(content), now=year.now, **told
    )


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


def close(year: Year) -> None:
    """The day of the deadline has just ended, by the clock of the database."""
    set_clock(midnight_after(jiangmen(year).deadline.due))


# --- saving -----------------------------------------------------------------------------------


def test_what_a_city_says_of_an_item_is_kept_as_it_typed_it(year: Year) -> None:
    save(year, "A1", self_score="38.5", statement="按期办结", figures={"closed_in_time": "96%"})
    found = Answer.objects.get()
    assert (found.self_score, found.statement, found.figures) == (
        Decimal("38.5"), "按期办结", {"closed_in_time": "0.96"},
    )  # fmt: skip
    assert found.saved_by == year.tan


def test_saved_again_as_it_is_nothing_is_written(year: Year) -> None:
    first = save(year, self_score="7")
    assert save(year, self_score="7.0", seen=first.version).version == first.version
    assert Answer.objects.get().version == 1


def test_whoever_saves_second_is_told_and_nothing_is_overwritten(year: Year) -> None:
    first = save(year, self_score="7")
    save(year, self_score="8", seen=first.version)
    with pytest.raises(ChangedMeanwhile) as told:
        save(year, self_score="9", seen=first.version)
    assert (told.value.before["self_score"], told.value.theirs["self_score"]) == (7, 8)
    assert Answer.objects.get().self_score == 8


def test_two_who_begin_the_same_item_are_told_too(year: Year) -> None:
    save(year, self_score="7", seen=0)
    with pytest.raises(ChangedMeanwhile):
        save(year, self_score="8", seen=0)


def test_another_city_and_the_office_do_not_fill_in(year: Year) -> None:
    for stranger in (year.liang, year.chen, year.huang, year.mo):
        with pytest.raises(Refused) as refused:
            save(year, by=stranger, self_score="7")
        assert codes(refused) == ["not_allowed"]


def test_an_item_that_the_scheme_does_not_ask_for_is_refused(year: Year) -> None:
    with pytest.raises(Refused) as refused:
        save(year, "A", self_score="7")
    assert codes(refused) == ["no_such_item"]


# --- departments ------------------------------------------------------------------------------


def give(year: Year, to: int | None, was: int | None = None, item: str = "B2") -> int:
    return actions.give_items(
        submission=jiangmen(year).pk, given={item: (was, to)}, by=year.tan.pk, now=year.now
    )


def test_a_department_fills_in_what_was_given_to_it_and_nothing_else(year: Year) -> None:
    assert give(year, year.bureau.pk) == 1
    assert save(year, by=year.mo, self_score="7").self_score == 7
    with pytest.raises(Refused) as refused:
        save(year, "B1", by=year.mo, self_score="7")
    assert codes(refused) == ["not_allowed"]
    assert give(year, None, was=year.bureau.pk) == 1
    with pytest.raises(Refused):
        save(year, by=year.mo, self_score="8")


def test_items_are_given_inside_the_unit_alone(year: Year) -> None:
    with pytest.raises(Refused) as refused:
        give(year, year.guangzhou.pk)
    assert codes(refused) == ["not_inside"]


def test_two_who_give_an_item_to_different_departments_are_told(year: Year) -> None:
    other = organisation("440700-court", "江门市中级人民法院", "court", year.jiangmen)
    give(year, year.bureau.pk)
    with pytest.raises(ChangedMeanwhile):
        give(year, other.pk)


# --- material ---------------------------------------------------------------------------------


def test_the_same_content_sent_twice_is_the_first_one_used_for_both_items(year: Year) -> None:
    material(year, "B2", title="工作方案", pages="3–5")
    material(year, "A1", name="又一份.pdf")
    assert [(one.title, one.uses.count()) for one in Material.objects.all()] == [("工作方案", 2)]
    assert (File.objects.count(), Content.objects.count()) == (1, 1)


def test_the_same_content_sent_again_is_written_where_the_disk_had_lost_it(year: Year) -> None:
    sha256 = material(year).material.file.content.sha256
    path = the_store().path_of(sha256)
    path.unlink()
    assert material(year, "A1").material.file.content.sha256 == sha256
    assert the_store().read(sha256) == PDF


def test_who_files_chooses_of_the_list_of_the_item_or_names_another(year: Year) -> None:
    assert material(year).kind == ""
    assert material(year, kind="方案文本").kind == "方案文本"
    assert material(year).kind == "方案文本", "filed again without a word, it stays"
    assert material(year, "A1", kind="other", named="情况说明").kind == "情况说明"
    for told, code in (
        ({"kind": "案件台账"}, "unknown_kind"),
        ({"kind": "other", "named": " "}, "kind_unnamed"),
        ({"kind": "other", "named": "长" * 41}, "too_long"),
    ):
        with pytest.raises(Refused) as refused:
            material(year, **told)
        assert codes(refused) == [code]
    used = actions.use_material(
        submission=jiangmen(year).pk, item="B1", material=Material.objects.get().pk, kind="other",
        by=year.tan.pk, now=year.now,
    )  # fmt: skip
    assert used.kind == Material.objects.get().title


def test_another_city_files_the_same_content_as_its_own(year: Year) -> None:
    material(year)
    theirs = Submission.objects.get(unit=year.guangzhou)
    actions.file_material(
        submission=theirs.pk, item="B2", name="a.pdf", content=io.BytesIO(PDF), by=year.liang.pk,
        now=year.now,
    )  # fmt: skip
    assert Material.objects.count() == 2
    with pytest.raises(Refused) as refused:
        actions.use_material(
            submission=theirs.pk, item="A1", by=year.liang.pk, now=year.now,
            material=Material.objects.get(unit=year.jiangmen).pk,
        )  # fmt: skip
    assert codes(refused) == ["no_such_material"]


def test_material_taken_off_an_item_stays_with_the_unit(year: Year) -> None:
    use = material(year)
    for _ in range(2):
        actions.stop_using(submission=jiangmen(year).pk, use=use.pk, by=year.tan.pk, now=year.now)
    assert (MaterialUse.objects.count(), Material.objects.count()) == (0, 1)


def test_material_under_suspicion_stays_behind_its_item_and_the_database_holds_to_it(
    year: Year,
) -> None:
    use = material(year)
    sent = {"submission": jiangmen(year).pk, "use": use.pk, "by": year.tan.pk, "now": year.now}
    suspicion = raise_suspicion(
        assessment=year.assessment.pk, unit="440700", item="B2", grounds="公章与备案不符",
        material=None, by=year.chen.pk, now=year.now,
    )  # fmt: skip
    client = Client()
    client.force_login(year.tan)
    page = client.get(f"/assessments/2021/submissions/{jiangmen(year).pk}/items/B2/")
    assert use.material.title in page.text
    assert f"material/{use.pk}/off/" not in page.text
    with pytest.raises(Refused) as refused:
        actions.stop_using(**sent)
    assert codes(refused) == ["material_is_kept"]
    with pytest.raises(IntegrityError, match="under suspicion"), transaction.atomic():
        use.delete()
    Suspicion.objects.filter(pk=suspicion.pk).update(
        state="cleared", decided_by=year.zhao, decided_at=year.now, decision="经核对原件无误"
    )
    actions.stop_using(**sent)
    assert not MaterialUse.objects.exists()


def test_a_department_files_material_of_the_unit(year: Year) -> None:
    give(year, year.bureau.pk)
    use = material(year, by=year.mo.pk)
    assert (use.material.unit, use.material.file.organisation) == (year.jiangmen, year.bureau)


def fetches(year: Year, who: Account) -> bool:
    rows = frozenset(Material.objects.values_list("pk", flat=True))
    today = date.today()
    return bool(materials_seen_by(load_held(who.pk, today) or (), today, rows))


def test_material_is_for_the_unit_until_it_is_signed_then_for_the_office_and_the_scorers(
    year: Year,
) -> None:
    give(year, year.bureau.pk)
    material(year)
    assert [fetches(year, one) for one in (year.tan, year.huang, year.mo)] == [True] * 3
    others = (year.chen, year.zhao, year.sun, year.gu, year.li, year.liang)
    assert [fetches(year, one) for one in others] == [False] * 6
    signed(year)
    assert [fetches(year, one) for one in others] == [True, True, True, False, False, False]


def test_a_department_has_the_material_behind_its_own_items_and_no_other(year: Year) -> None:
    give(year, year.bureau.pk)
    material(year, by=year.mo.pk)
    of_others = material(year, "A1", content=ANOTHER_PDF, title="他科室材料").material
    held = load_held(year.mo.pk, date.today()) or ()
    rows = frozenset(Material.objects.values_list("pk", flat=True))
    assert materials_seen_by(held, date.today(), rows) == rows - {of_others.pk}
    with pytest.raises(Refused) as refused:
        actions.use_material(
            submission=jiangmen(year).pk, item="B2", material=of_others.pk, by=year.mo.pk,
            now=year.now,
        )  # fmt: skip
    assert codes(refused) == ["no_such_material"]


def the_next_year(year: Year) -> Assessment:
    """Of the same people, and it collects too."""
    wanted = Wanted(
        code="2022",
        title=Text("样本：2022年度考核"),
        starts=date(2022, 1, 1),
        ends=date(2023, 1, 1),
    )
    year.assessment = open_assessment(
        office=year.province.pk, wanted=wanted, by=year.chen.pk, now=year.now
    )
    year.document = {
        **scheme().document, "period": {"starts": "2022-01-01", "ends": "2023-01-01"},
    }  # fmt: skip
    return year.at(Stage.COLLECTING)


def test_material_of_a_year_is_used_in_the_next_and_not_kept_again(year: Year) -> None:
    first = material(year, title="工作方案").material
    signed(year)
    of_next = the_next_year(year).submissions.get(unit=year.jiangmen)
    told = {"submission": of_next.pk, "by": year.tan.pk, "now": year.now}
    assert actions.use_material(item="A1", material=first.pk, **told).material == first
    again = actions.file_material(item="B2", name="又一份.pdf", content=io.BytesIO(PDF), **told)
    assert again.material == first
    assert set(first.uses.values_list("answer__submission__assessment__code", "answer__item")) == {
        ("2021", "B2"), ("2022", "A1"), ("2022", "B2"),
    }  # fmt: skip


def test_a_district_is_no_department_of_its_city(year: Year) -> None:
    material(year)
    district = organisation("440703", "蓬江区", "district", year.jiangmen)
    officer = account("区经办", city=(Role.CITY_OFFICER, district))
    assert not fetches(year, officer)


# --- approval ---------------------------------------------------------------------------------


def put_up(year: Year) -> Submission:
    return actions.put_up(
        why_unanswered="其余各项本年没有内容",
        submission=jiangmen(year).pk,
        by=year.tan.pk,
        now=year.now,
    )


def seen_hash(year: Year) -> str:
    return hash_of_submission(jiangmen(year))


def decide(year: Year, by: Account | None = None, **told: Any) -> None:
    told = {"seen_hash": seen_hash(year), **told}
    who = by or year.huang
    actions.decide_on(submission=jiangmen(year).pk, by=who.pk, now=year.now, **told)


def signed(year: Year) -> Submission:
    put_up(year)
    decide(year)
    return jiangmen(year)


def test_signed_by_its_last_step_it_is_locked_under_the_hash_of_all_it_says(year: Year) -> None:
    save(year, self_score="7")
    material(year, pages="2")
    found = signed(year)
    assert (found.state, found.signed_by, found.days_late) == ("locked", year.huang, 0)
    assert found.content_hash == seen_hash(year)
    assert found.deadline is not None
    assert found.deadline.end == "met"
    with pytest.raises(Refused) as refused:
        save(year, self_score="8")
    assert codes(refused) == ["not_filling"]
    with pytest.raises(IntegrityError, match="not altered"), transaction.atomic():
        Answer.objects.update(statement="later")
    with pytest.raises(IntegrityError, match="not altered"), transaction.atomic():
        MaterialUse.objects.all().delete()
    told = Notice.objects.filter(kind="submission_signed").values_list("account", flat=True)
    assert set(told) == {year.chen.pk, year.qian.pk}


def test_the_hash_changes_with_every_thing_that_is_said(year: Year) -> None:
    seen = [seen_hash(year)]
    save(year, self_score="7")
    seen.append(seen_hash(year))
    save(year, self_score="7", statement="再补充")
    seen.append(seen_hash(year))
    use = material(year)
    seen.append(seen_hash(year))
    use.pages = "3"
    use.save()
    seen.append(seen_hash(year))
    assert len(set(seen)) == 5
    give(year, year.bureau.pk)
    assert seen_hash(year) == seen[-1]  # who answers for it inside the city is not what it says
    assert content_of(load_answers(jiangmen(year)))["B2"]["self_score"] == "7"


def test_taken_back_and_changed_an_earlier_approval_counts_no_more(year: Year) -> None:
    year.assessment.steps.filter(subject="submission").update(order=5)
    year.assessment.steps.create(
        subject="submission", order=4, role=Role.CITY_OFFICER, title_zh="科室核对"
    )
    checker = account("核对人", city=(Role.CITY_OFFICER, year.jiangmen))
    save(year, self_score="7")
    put_up(year)
    decide(year, by=checker)
    actions.take_back(submission=jiangmen(year).pk, by=year.tan.pk, now=year.now)
    save(year, self_score="8")
    put_up(year)
    standings = standings_of_submission(jiangmen(year), seen_hash(year))
    assert [one.has_changed_since for one in standings] == [True, False]
    with pytest.raises(Refused) as refused:
        decide(year)
    assert "not_allowed" in codes(refused)  # the head's turn comes after the checker's
    decide(year, by=checker)
    decide(year)
    assert jiangmen(year).state == SubmissionState.LOCKED


def test_returned_with_a_reason_it_is_filled_in_again(year: Year) -> None:
    put_up(year)
    with pytest.raises(Refused) as refused:
        decide(year, decision=Decision.RETURNED)
    assert codes(refused) == ["no_reason"]
    decide(year, decision=Decision.RETURNED, reason="B2 缺说明")
    assert jiangmen(year).state == SubmissionState.FILLING
    assert Notice.objects.filter(kind="submission_returned", account=year.tan).count() == 1


def put_up_with(year: Year, why: str) -> Submission:
    return actions.put_up(
        submission=jiangmen(year).pk, why_unanswered=why, by=year.tan.pk, now=year.now
    )


def test_nobody_signs_nothing_unless_they_state_that_they_file_nothing(year: Year) -> None:
    with pytest.raises(Refused) as refused:
        put_up_with(year, "")
    assert codes(refused) == ["nothing_filed"]
    assert "A1 按期办结" in refused.value.refusals[0].text.zh
    put_up_with(year, "本年没有需要报送的内容")
    decide(year)
    signed = jiangmen(year)
    assert signed.state == SubmissionState.LOCKED
    assert signed.why_unanswered == "本年没有需要报送的内容"
    assert signed.content_hash != hash_of({})


def test_unanswered_items_are_named_all_at_once(year: Year) -> None:
    save(year, self_score="7")
    with pytest.raises(Refused) as refused:
        put_up_with(year, " ")
    assert codes(refused) == ["unanswered_items"]
    said = refused.value.refusals[0].text.en
    assert all(one in said for one in ("A1 ", "A2 ", "B1 "))
    assert "B2 " not in said


def test_a_submission_that_was_put_up_before_is_not_signed_with_items_left_open(year: Year) -> None:
    save(year, self_score="7")
    Submission.objects.filter(pk=jiangmen(year).pk).update(state=SubmissionState.APPROVING)
    with pytest.raises(Refused) as refused:
        decide(year)
    assert codes(refused) == ["unanswered_items"]


def test_with_every_item_answered_no_statement_is_asked_nor_kept(year: Year) -> None:
    for item in ("A1", "A2", "B1", "B2"):
        save(year, item=item, self_score="7")
    assert put_up_with(year, "多余的说明").why_unanswered == ""


def test_nobody_approves_what_they_have_not_seen(year: Year) -> None:
    put_up(year)
    with pytest.raises(Refused) as refused:
        decide(year, seen_hash="sha256:other")
    assert codes(refused) == ["changed_meanwhile"]


def test_only_those_who_divide_the_items_put_it_up(year: Year) -> None:
    for stranger in (year.mo, year.huang, year.liang, year.chen):
        with pytest.raises(Refused) as refused:
            actions.put_up(
                why_unanswered="其余各项本年没有内容",
                submission=jiangmen(year).pk,
                by=stranger.pk,
                now=year.now,
            )
        assert codes(refused) == ["not_allowed"]


# --- the deadline -----------------------------------------------------------------------------


def test_after_the_deadline_everything_is_refused_with_a_sentence(year: Year) -> None:
    save(year, self_score="7")
    use = material(year)
    close(year)
    sent = {"submission": jiangmen(year).pk, "by": year.tan.pk, "now": year.now}
    deeds = (
        lambda: save(year, self_score="8"),
        lambda: give(year, year.bureau.pk),
        lambda: material(year, "A1"),
        lambda: actions.stop_using(use=use.pk, **sent),
        lambda: put_up(year),
    )
    for deed in deeds:
        with pytest.raises(Refused) as refused:
            deed()
        assert codes(refused) == ["closed"]
    due = jiangmen(year).deadline.due
    assert f"{due.year}年{due.month}月{due.day}日24时" in refused.value.refusals[0].text.zh
    assert Answer.objects.get().self_score == 7


def test_extended_with_a_reason_it_is_open_again(year: Year) -> None:
    close(year)
    deadline = jiangmen(year).deadline_id
    assert deadline is not None
    extend_deadline(
        deadline=deadline, working_days=10, reason="系统停机", by=year.chen.pk, now=year.now
    )
    assert save(year, self_score="7").self_score == 7


def test_it_closes_at_the_second_by_the_clock_of_the_database(year: Year) -> None:
    due = jiangmen(year).deadline.due
    set_clock(midnight_after(due) - timedelta(microseconds=1))
    save(year, self_score="7")
    Answer.objects.update(statement="by a raw write")
    set_clock(midnight_after(due))
    with pytest.raises(Refused) as refused:
        save(year, self_score="8")
    assert codes(refused) == ["closed"]
    with pytest.raises(IntegrityError, match="closed at"), transaction.atomic():
        Answer.objects.update(statement="by another raw write")
    Deadline.objects.filter(pk=jiangmen(year).deadline_id).update(due=due + timedelta(1))
    assert save(year, self_score="8").self_score == 8


def test_what_the_database_refuses_is_said_as_the_rule_says_it(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It closed between the question and the write."""
    save(year, self_score="7")
    close(year)
    monkeypatch.setattr(
        "steelyard.assessment.actions.collection.answers.refuse_unless_open", lambda _: None
    )
    with pytest.raises(Refused) as refused, transaction.atomic():
        save(year, self_score="8")
    assert codes(refused) == ["closed"]


def test_filed_late_with_a_reason_it_goes_on_and_what_comes_then_is_late(year: Year) -> None:
    save(year, "A1", self_score="30")
    close(year)
    year.now += timedelta(60)
    late = {"submission": jiangmen(year).pk, "by": year.tan.pk, "now": year.now}
    actions.file_late(why="系统故障", **late)
    actions.file_late(why="系统故障", **late)
    year.now += timedelta(minutes=1)
    save(year, "B2", self_score="7")
    material(year, "B1")
    found = signed(year)
    assert found.days_late > 10
    late = {one.unit: one for one in load_collected(year.assessment, year.now).late}
    assert late["440700"].days == found.days_late
    assert "系统故障" in late["440700"].reason


def test_nothing_is_filled_in_once_the_collection_is_over(year: Year) -> None:
    save(year, self_score="7")
    year.now += timedelta(60)
    year.move(StageMove.COMPARE)
    with pytest.raises(Refused) as refused:
        save(year, self_score="8")
    assert codes(refused) == ["not_collecting"]
    with pytest.raises(IntegrityError, match="collects no more"), transaction.atomic():
        Answer.objects.update(statement="later")

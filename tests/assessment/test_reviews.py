"""Case files are drawn from a frozen table, brought or missing, reviewed by two, and feed the item."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from steelyard.assessment.actions import reviews as actions
from steelyard.assessment.actions.scoring import RowWanted, score_rows
from steelyard.assessment.models import Draw, DrawnFile, FileReview, Mark, Score
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.rules.judging import Judgement, RowFacts, Typed, against_departing
from steelyard.assessment.rules.reviews.draws import digest
from steelyard.assessment.rules.states import DRAWN_FILE, FileMove, FileState, ScoreState, Stage
from steelyard.assessment.waiting.reviews import waiting_reviews
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Deadline, Notice
from steelyard.people.models import Account, Holding
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Role
from steelyard.scheme.model import Input
from steelyard.trail.versions import ChangedMeanwhile
from tests.assessment.files import (
    SEED,
    both,
    drawn,
    files_of,
    frozen,
    mark,
    note,
    received,
    wanted,
)
from tests.assessment.year import WAY, Year
from tests.once import World, world_of
from tests.supply.office import LONG_AGO

pytestmark = pytest.mark.django_db


def a_year() -> Year:
    found = Year()
    found.at(Stage.SCORING)
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def a_draw() -> tuple[Year, Draw]:
    found = a_year()
    return found, drawn(found)


draws = world_of(a_draw)


@pytest.fixture
def under_way(draws: World[tuple[Year, Draw]]) -> tuple[Year, Draw]:
    """A year in which files are drawn, and that draw."""
    return draws.copy()


A2 = "/assessments/2021/scoring/A2/"


def client(account: Account) -> Client:
    found = Client(headers={"accept-language": "zh-hans"})
    found.force_login(account)
    return found


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.code for one in refused.value.refusals}


def result_of(year: Year, city: str) -> Any:
    told = queries.results_of_input(year.assessment, "file_points")
    return {one.unit.code: told[one.unit_id] for one in DrawnFile.objects.all()}[city]


def judged(city: str) -> Any:
    return Score.objects.get(item="A2", unit__code=city).judged.get("file_points")


def test_the_seed_and_the_frozen_table_say_which_files(under_way: tuple[Year, Draw]) -> None:
    _year, draw = under_way
    order = sorted((f"江{at}" for at in range(1, 7)), key=lambda key: digest(SEED, "440700", key))
    assert [one.record for one in files_of(draw, "440700")] == order[:3]
    assert [one.record for one in files_of(draw, "440700", reserve=True)] == order[3:5]
    assert len(files_of(draw, "440100")) == 2
    assert draw.population == {"440100": 2, "440700": 6}
    due = Deadline.objects.filter(task="bring_files")
    assert {(one.organisation.code, one.role) for one in due} == {
        ("440100", Role.CITY_OFFICER), ("440700", Role.CITY_OFFICER),
    }  # fmt: skip


def test_files_of_a_type_are_drawn_once(year: Year) -> None:
    first = drawn(year)
    assert drawn(year, first.snapshot) == first  # a second click
    with pytest.raises(Refused) as refused:
        drawn(year, first.snapshot, seed="another seed")
    assert codes(refused) == {"drawn_already"}
    again = Draw.objects.get(pk=first.pk)
    again.pk, again._state.adding = None, True
    with pytest.raises(IntegrityError, match="draw_once"), transaction.atomic():
        again.save()


def test_files_are_drawn_from_a_frozen_snapshot_alone(year: Year) -> None:
    snapshot = frozen(year)
    snapshot.status = "refused"
    snapshot.save()
    with pytest.raises(Refused) as refused:
        drawn(year, snapshot)
    assert codes(refused) == {"not_frozen"}


def test_a_type_without_a_file_is_not_drawn_and_can_be_drawn_later(year: Year) -> None:
    snapshot = frozen(year)
    with pytest.raises(Refused) as refused:
        drawn(year, snapshot, file_type="patent_dispute")
    assert codes(refused) == {"no_files"}
    assert not Draw.objects.exists()


def test_a_draw_is_not_altered_even_by_raw_writes(under_way: tuple[Year, Draw]) -> None:
    _year, draw = under_way
    with pytest.raises(DatabaseError, match=r"(?i)cannot"), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(seed="another")
    with pytest.raises(DatabaseError, match=r"(?i)cannot"), transaction.atomic():
        DrawnFile.objects.filter(draw=draw).update(record="another")


WHO = ("qian", "zhao", "li", "sun", "gu", "tan", "huang", "mo")


@pytest.mark.parametrize("who", WHO)
def test_only_the_office_draws_notes_and_gives_out(under_way: tuple[Year, Draw], who: str) -> None:
    year, draw = under_way
    by = getattr(year, who).pk
    file = files_of(draw, "440700")[0]
    deeds = (
        lambda: actions.draw_files(
            assessment=year.assessment.pk, snapshot=draw.snapshot_id,
            wanted=wanted(file_type="copyright"), by=by, now=year.now),
        lambda: actions.note_file(file=file.pk, move=FileMove.RECEIVE, by=by, now=year.now),
        lambda: actions.assign_reviewers(
            draw=draw.pk, reviewers=[year.experts[0].pk], by=by, now=year.now),
        lambda: actions.assign_third(
            file=file.pk, reviewer=year.experts[0].pk, by=by, now=year.now),
    )  # fmt: skip
    for deed in deeds:
        try:
            deed()
            told = set()
        except Refused as refused:
            told = {one.code for one in refused.refusals}
        assert ("not_allowed" in told) == (who != "qian")


@pytest.mark.parametrize(("state", "move"), list(product(FileState, FileMove)))
def test_every_move_from_every_state(
    under_way: tuple[Year, Draw], state: FileState, move: FileMove
) -> None:
    year, draw = under_way
    file = received(year, draw)[0] if state in ("received", "reviewed") else None
    file = file or files_of(draw, "440100")[0]
    if state == FileState.REVIEWED:
        both(year, file, {})
    elif state == FileState.MISSING:
        note(year, file, FileMove.MISS)
    elif state == FileState.EXCUSED:
        note(year, file, FileMove.EXCUSE, "在法院")
    file.refresh_from_db()
    assert file.state == state
    leads_to = DRAWN_FILE.after(state, move)
    if leads_to is None or move is FileMove.REVIEW:
        with pytest.raises(Refused):
            note(year, file, move, "理由")
    else:
        assert note(year, file, move, "理由").state == leads_to


def test_the_database_refuses_a_jump(under_way: tuple[Year, Draw]) -> None:
    _year, draw = under_way
    with pytest.raises(Exception, match=r"(?i)transition"), transaction.atomic():
        DrawnFile.objects.filter(draw=draw).update(state="reviewed")


def test_an_excused_file_is_replaced_by_the_next_reserve(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    first, reserve = files_of(draw, "440700")[0], files_of(draw, "440700", reserve=True)[0]
    with pytest.raises(Refused) as refused:
        note(year, first, FileMove.EXCUSE, " ")
    assert codes(refused) == {"no_reason"}
    with pytest.raises(Refused) as refused:
        note(year, reserve, FileMove.RECEIVE)
    assert codes(refused) == {"in_reserve"}
    note(year, first, FileMove.EXCUSE, "案卷在法院")
    reserve.refresh_from_db()
    assert (reserve.state, reserve.is_reserve) == (FileState.ASKED, False)
    assert result_of(year, "440700").drawn == 3


def test_before_its_unit_s_days_are_over_a_file_is_missing_only_with_a_reason(year: Year) -> None:
    first, second = files_of(drawn(year), "440100")
    with pytest.raises(Refused) as refused:
        note(year, first, FileMove.MISS, " ")
    assert [(one.code, one.field) for one in refused.value.refusals] == [
        ("still_to_come", "reason")
    ]
    assert note(year, first, FileMove.MISS, "单位报告已遗失").reason == "单位报告已遗失"
    year.now += timedelta(60)
    assert note(year, second, FileMove.MISS, "").state == FileState.MISSING


def test_nothing_is_due_from_a_unit_that_brought_everything(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    for file in files_of(draw, "440100"):
        note(year, file, FileMove.RECEIVE)
    for file in files_of(draw, "440700"):
        note(year, file, FileMove.MISS)
    ends = dict(
        Deadline.objects.filter(task="bring_files").values_list("organisation__code", "end")
    )
    assert ends == {"440100": "met", "440700": "dropped"}


def test_each_file_goes_to_two_reviewers_evenly(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    files = received(year, draw)
    assert [file.reviews.count() for file in files] == [2] * 5
    counts = [FileReview.objects.filter(reviewer=one).count() for one in year.experts]
    assert sorted(counts) == [3, 3, 4]


def test_nobody_reviews_a_file_of_an_organisation_they_hold_a_role_in(year: Year) -> None:
    wu = year.experts[0]
    Holding.objects.create(
        account=wu, organisation=year.bureau, role=Role.DEPARTMENT_OFFICER, starts=LONG_AGO
    )
    received(year, drawn(year))
    theirs = FileReview.objects.filter(file__unit=year.jiangmen)
    assert theirs.count() == 6
    assert not theirs.filter(reviewer=wu).exists()


def test_a_role_taken_up_later_ends_a_reviewers_work_there(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    received(year, draw)
    review = FileReview.objects.filter(file__unit=year.jiangmen).first()
    assert review is not None
    Holding.objects.create(
        account=review.reviewer, organisation=year.jiangmen, role=Role.CITY_OFFICER, starts=LONG_AGO
    )
    with pytest.raises(Refused) as refused:
        mark(year, review, {})
    assert codes(refused) == {"not_allowed"}


def test_somebody_else_does_a_review_that_is_not_done(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    file = received(year, draw)[0]
    review = file.reviews.first()
    assert review is not None
    mark(year, review, {"service": 1}, finish=False)
    (free,) = {one.pk for one in year.experts} - set(
        file.reviews.values_list("reviewer", flat=True)
    )
    moved = actions.replace_reviewer(
        review=review.pk, reviewer=free, by=year.chen.pk, now=year.now
    )  # fmt: skip
    assert (moved.reviewer_id, moved.marks.count()) == (free, 0)
    mark(year, moved, {})
    with pytest.raises(Refused) as refused:
        actions.replace_reviewer(
            review=review.pk, reviewer=free, by=year.chen.pk, now=year.now
        )  # fmt: skip
    assert codes(refused) == {"done_already"}


def test_two_who_agree_settle_a_file(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    file = received(year, draw)[0]
    assert both(year, file, {"service": 2}).state == FileState.REVIEWED
    with pytest.raises(Refused):
        mark(year, file.reviews.first(), {})


def test_two_who_differ_mark_anew_until_a_third_is_asked(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    file, other = received(year, draw)[:2]
    assert both(year, file, {"service": 2}, {"service": 1}).state == FileState.RECEIVED
    mark(year, file.reviews.order_by("pk")[0], {"service": 1})
    file.refresh_from_db()
    assert file.state == FileState.REVIEWED
    both(year, other, {"late": 1}, {})
    (free,) = {one.pk for one in year.experts} - set(
        other.reviews.values_list("reviewer", flat=True)
    )
    third = actions.assign_third(file=other.pk, reviewer=free, by=year.chen.pk, now=year.now)
    with pytest.raises(Refused) as refused:
        mark(year, other.reviews.order_by("pk")[0], {})
    assert codes(refused) == {"done_already"}
    mark(year, third, {"late": 1, "order": 1})
    other.refresh_from_db()
    assert other.state == FileState.REVIEWED
    stands = queries.stands(queries.with_reviews(DrawnFile.objects.filter(pk=other.pk)).get())
    assert stands.found == {"late": 1, "order": 1}


def test_no_third_where_two_do_not_differ(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    file = received(year, draw)[0]
    (free,) = {one.pk for one in year.experts} - set(
        file.reviews.values_list("reviewer", flat=True)
    )
    with pytest.raises(Refused) as refused:
        actions.assign_third(file=file.pk, reviewer=free, by=year.chen.pk, now=year.now)
    assert codes(refused) == {"no_difference"}


def test_a_review_is_ones_own(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    review = received(year, draw)[0].reviews.first()
    assert review is not None
    other = next(one for one in year.experts if one.pk != review.reviewer_id)
    with pytest.raises(Refused) as refused:
        mark(year, review, {}, by=other)
    assert codes(refused) == {"not_yours"}


def test_who_saves_second_is_told(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    review = received(year, draw)[0].reviews.first()
    assert review is not None
    seen = review.version
    saved = mark(year, review, {"late": 1}, finish=False, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        mark(year, review, {}, finish=False, seen=seen)
    mark(year, review, {}, finish=False, seen=saved.version)


def test_marks_beyond_the_checklist_are_refused(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    review = received(year, draw)[0].reviews.first()
    assert review is not None
    with pytest.raises(Refused) as refused:
        mark(year, review, {"nothing": 1, "late": 100})
    assert codes(refused) == {"unknown_defect", "bad_times"}


def test_finished_marks_are_sealed_even_against_raw_writes(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    file = received(year, draw)[0]
    both(year, file, {"late": 1})
    for write in (
        lambda: Mark.objects.update(times=9),
        lambda: Mark.objects.all().delete(),
        lambda: Mark.objects.create(review=file.reviews.first(), defect="service"),
    ):
        with pytest.raises(IntegrityError, match="not altered"), transaction.atomic():
            write()
    with pytest.raises(IntegrityError, match="marked anew"), transaction.atomic():
        FileReview.objects.filter(file=file).update(done_at=None)


def test_a_file_that_is_not_there_yet_is_not_reviewed(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    actions.assign_reviewers(
        draw=draw.pk, reviewers=[one.pk for one in year.experts], by=year.chen.pk, now=year.now
    )
    review = FileReview.objects.first()
    assert review is not None
    with pytest.raises(Refused) as refused:
        mark(year, review, {})
    assert codes(refused) == {"wrong_state"}


def test_a_unit_whose_files_are_settled_has_its_figure_proposed(
    under_way: tuple[Year, Draw],
) -> None:
    year, draw = under_way
    received(year, draw)
    first, second = files_of(draw, "440100")
    both(year, first, {"service": 1})
    assert judged("440100") is None
    both(year, second, {})
    assert judged("440100") == "97.5"
    one, two, three = files_of(draw, "440700")
    both(year, one, {"late": 1})
    both(year, two, {})
    assert judged("440700") is None
    both(year, three, {"service": 1})
    assert judged("440700") == "280/3"
    of = result_of(year, "440700")
    assert (of.drawn, of.defective, of.open) == (3, 1, 0)


def test_a_missing_file_counts_as_nothing_until_it_comes_after_all(
    under_way: tuple[Year, Draw],
) -> None:
    year, draw = under_way
    first, second = files_of(draw, "440100")
    note(year, first, FileMove.MISS)
    note(year, second, FileMove.MISS)
    assert judged("440100") == "0"
    note(year, second, FileMove.RECEIVE)
    assert judged("440100") is None


def test_what_was_settled_before_the_scoring_is_proposed_as_it_opens(
    settings: Any, tmp_path: Path
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    year = Year()
    year.at(Stage.COLLECTING)
    draw = drawn(year)
    for file in files_of(draw, "440100"):
        note(year, file, FileMove.MISS)
    assert not Score.objects.exists()
    for move, before in WAY[4:]:
        before(year)
        year.move(move)
    assert judged("440100") == "0"


def scored_before(year: Year, reason: str) -> Score:
    score = Score.objects.get(item="A2", unit=year.guangzhou)
    score.judged, score.state, score.reason = {"file_points": "88"}, "scored", reason
    score.scored_by, score.scored_at = year.gu, year.now
    score.save()
    return score


def test_a_score_given_before_its_files_were_settled_is_open_again_with_what_they_give(
    year: Year,
) -> None:
    draw = drawn(year)
    score = scored_before(year, "")
    first, second = files_of(draw, "440100")
    note(year, first, FileMove.MISS)
    assert judged("440100") == "88"
    note(year, second, FileMove.MISS)
    score.refresh_from_db()
    assert (score.state, judged("440100")) == ("open", "0")
    assert Notice.objects.filter(kind="scores_reopened").exists()


def test_a_score_that_says_why_it_departs_from_the_files_is_left_alone(year: Year) -> None:
    draw = drawn(year)
    score = scored_before(year, "另有核查结论")
    for file in files_of(draw, "440100"):
        note(year, file, FileMove.MISS)
    score.refresh_from_db()
    assert (score.state, judged("440100")) == ("scored", "88")


def test_who_scores_otherwise_than_the_files_say_says_why(year: Year) -> None:
    for file in files_of(drawn(year), "440100"):
        note(year, file, FileMove.MISS)
    score = Score.objects.get(item="A2", unit=year.guangzhou)

    def scored(typed: Typed) -> int:
        row = RowWanted(Score.objects.get(pk=score.pk).version, typed)
        return score_rows(
            assessment=year.assessment.pk,
            item="A2",
            rows={score.pk: row},
            by=year.gu.pk,
            now=year.now,
        )

    with pytest.raises(Refused) as refused:
        scored(Typed({"file_points": "100"}))
    assert codes(refused) == {"departs_from_review"}
    assert "填的是100" in refused.value.refusals[0].text.zh
    assert scored(Typed({"file_points": "100"}, reason="案卷已补交并核对")) == 1


def test_what_the_reviewers_found_is_the_reason_of_a_score_that_takes_what_they_give(
    year: Year,
) -> None:
    one, other = files_of(drawn(year), "440100")
    note(year, one, FileMove.MISS)
    note(year, other, FileMove.MISS)
    page = client(year.gu).get(A2).text
    sent = dict(
        re.findall(r'name="(s\d+-(?:seen|was|beside|f-file_points))" value="([^"]*)"', page)
    )
    assert client(year.gu).post(A2, sent | {"all": "1"}).status_code == 302
    score = Score.objects.get(item="A2", unit=year.guangzhou)
    assert (score.state, score.judged) == ("scored", {"file_points": "0"})
    assert score.reason == "案卷评查：共2卷，缺卷2卷。\nCase files reviewed: 2; missing: 2."
    assert Score.objects.get(item="A2", unit=year.jiangmen).state == "open"


def test_a_rounded_figure_is_told_beside_the_exact_one_that_the_files_give() -> None:
    row, points = (
        RowFacts("440700", Text("江门", "Jiangmen"), ScoreState.OPEN),
        Input("file_points"),
    )
    told = against_departing(
        row,
        Judgement({"file_points": "93.333333"}),
        {"file_points": "280/3"},
        {"file_points": points},
    )
    assert ["280/3" in one.text.zh and "93.333333" in one.text.zh for one in told] == [True]
    exact = Judgement({"file_points": "280/3"})
    assert against_departing(row, exact, {"file_points": "280/3"}, {"file_points": points}) == ()


def test_settled_files_are_rows_of_the_records(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    received(year, draw)
    both(year, files_of(draw, "440100")[0], {"evidence": 3})
    (row,) = queries.catalogue_rows(year.assessment)
    assert (row["place"], row["points_lost"], row["is_defective"]) == ("440100", "15", True)
    assert row["main_defect"] == "证据不完整"


def test_open_files_keep_the_records_from_being_frozen(year: Year) -> None:
    from steelyard.assessment.queries.stages import load_state

    draw = drawn(year)
    assert load_state(year.assessment, year.today).unreviewed_files == 5
    for file in received(year, draw):
        both(year, file, {})
    assert load_state(year.assessment, year.today).unreviewed_files == 0


# --- the reviewers' days --------------------------------------------------------------------


def days_of(who: Any) -> list[Deadline]:
    return list(Deadline.objects.filter(account=who).order_by("pk"))


def told(who: Any) -> list[str]:
    return list(Notice.objects.filter(account=who).order_by("pk").values_list("kind", flat=True))


def test_reviewers_are_told_and_their_working_days_run(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    received(year, draw)
    wu = year.experts[0]
    (due,) = days_of(wu)
    assert (due.object_id, due.working_days, due.organisation, due.ended_on) == (
        draw.pk, 10, year.panel, None,
    )  # fmt: skip
    assert told(wu) == ["deadline_started"]
    assert set(queries.load_due(draw)) == {one.pk for one in year.experts}


def test_nobody_who_got_no_file_is_told(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    chosen = [one.pk for one in year.experts[:2]]
    actions.assign_reviewers(draw=draw.pk, reviewers=chosen, days=3, by=year.chen.pk, now=year.now)
    assert days_of(year.experts[2]) == []
    assert [one.working_days for one in days_of(year.experts[0])] == [3]


def test_days_out_of_bounds_are_refused(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    with pytest.raises(Refused) as refused:
        actions.assign_reviewers(
            draw=draw.pk, reviewers=[year.experts[0].pk], days=0, by=year.chen.pk, now=year.now
        )
    assert codes(refused) == {"days_out_of_bounds"}


def test_files_that_come_later_are_told_once_a_day(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    actions.assign_reviewers(
        draw=draw.pk, reviewers=[one.pk for one in year.experts[:2]], by=year.chen.pk, now=year.now
    )
    for file in files_of(draw, "440700"):
        note(year, file, FileMove.RECEIVE)
    assert told(year.experts[0]) == ["deadline_started", "files_to_review"]


def test_the_days_of_a_reviewer_end_when_nothing_of_theirs_is_left(
    under_way: tuple[Year, Draw],
) -> None:
    year, draw = under_way
    received(year, draw)
    wu = year.experts[0]
    own = list(FileReview.objects.filter(reviewer=wu).order_by("pk"))
    for review in own[:-1]:
        mark(year, review, {})
    assert days_of(wu)[0].ended_on is None
    mark(year, own[-1], {})
    assert days_of(wu)[0].end == Deadline.End.MET


def test_a_file_that_does_not_come_is_no_longer_theirs_to_do(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    actions.assign_reviewers(
        draw=draw.pk, reviewers=[one.pk for one in year.experts[:2]], by=year.chen.pk, now=year.now
    )
    for file in [*files_of(draw, "440100"), *files_of(draw, "440700")]:
        note(year, file, FileMove.MISS)
    assert days_of(year.experts[0])[0].end == Deadline.End.DROPPED
    note(year, files_of(draw, "440100")[0], FileMove.RECEIVE)
    assert [one.ended_on is None for one in days_of(year.experts[0])] == [False, True]


def test_a_substitute_and_a_third_are_told_and_have_days_of_their_own(
    under_way: tuple[Year, Draw],
) -> None:
    year, draw = under_way
    files = received(year, draw)
    review = files[0].reviews.first()
    others = [one for one in year.experts if not files[0].reviews.filter(reviewer=one).exists()]
    Deadline.objects.filter(account=others[0]).update(ended_on=year.today, end="met")
    actions.replace_reviewer(review=review.pk, reviewer=others[0].pk, by=year.chen.pk, now=year.now)
    assert told(others[0])[-1] == "deadline_started"
    assert days_of(others[0])[-1].working_days == 10
    one = both(year, files[1], {"late": 1}, {})
    third = next(e for e in year.experts if not one.reviews.filter(reviewer=e).exists())
    actions.assign_third(file=one.pk, reviewer=third.pk, by=year.chen.pk, now=year.now)
    assert told(third)[-1] == "files_to_review"


def test_reviewers_are_urged_once_a_day(under_way: tuple[Year, Draw]) -> None:
    year, draw = under_way
    received(year, draw)
    n = actions.urge_reviewers(draw=draw.pk, by=year.chen.pk, now=year.now)
    assert n == 3
    assert told(year.experts[0])[-1] == "request_urged"
    with pytest.raises(Refused) as refused:
        actions.urge_reviewers(draw=draw.pk, by=year.chen.pk, now=year.now)
    assert codes(refused) == {"nobody_to_urge"}
    year.now += timedelta(1)
    assert actions.urge_reviewers(draw=draw.pk, by=year.chen.pk, now=year.now) == 3


def test_what_waits_for_a_reviewer_has_its_day_and_the_office_sees_what_lacks(
    under_way: tuple[Year, Draw],
) -> None:
    year, draw = under_way
    for file in files_of(draw, "440700"):
        note(year, file, FileMove.RECEIVE)
    today = year.today
    office = load_held(year.chen.pk, today)
    (lacking,) = waiting_reviews(year.chen.pk, office, today)
    assert lacking.url.endswith(f"/draws/{draw.pk}/reviewers/")
    actions.assign_reviewers(
        draw=draw.pk, reviewers=[one.pk for one in year.experts[:2]], by=year.chen.pk, now=year.now
    )
    assert waiting_reviews(year.chen.pk, office, today) == []
    wu = year.experts[0]
    waits = waiting_reviews(wu.pk, load_held(wu.pk, today), today)
    assert [one.due for one in waits] == [days_of(wu)[0].due] * 3
    both(year, files_of(draw, "440700")[0], {"late": 1}, {})
    (differ,) = waiting_reviews(year.chen.pk, office, today)
    assert differ.url.endswith("#files")

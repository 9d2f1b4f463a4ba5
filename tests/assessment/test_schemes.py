"""The scheme step by step: every state × move, who may, who was faster, what the database holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connections, transaction

from steelyard.assessment.actions.schemes import amendments, approve, comments, draft, edit
from steelyard.assessment.actions.stages import Terms, move_on
from steelyard.assessment.models import Comment, SchemeVersion, Sheet
from steelyard.assessment.queries.assessments import issued, under_way
from steelyard.assessment.queries.schemes.comments import asked_of, comments_due
from steelyard.assessment.rules import drafting
from steelyard.assessment.rules.approvals import Decision
from steelyard.assessment.rules.states import (
    COMMENT,
    CommentMove,
    CommentState,
    SchemeMove,
    SchemeState,
    Stage,
    StageMove,
)
from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Deadline, Notice
from steelyard.people.models import Account, Placement
from steelyard.trail.versions import ChangedMeanwhile
from tests.assessment.year import Year, scheme, year_at
from tests.once import copy_for, taken_back, world_of
from tests.supply.office import LONG_AGO, organisation

AT_ONCE = pytest.mark.django_db(transaction=True)
pytestmark = pytest.mark.django_db


opened = world_of(lambda: year_at(Stage.DRAFTING))
commented = world_of(lambda: year_at(Stage.COMMENTS))
checked = world_of(lambda: year_at(Stage.CHECKED))
collecting = world_of(lambda: year_at(Stage.COLLECTING))
OPENED = pytest.mark.usefixtures("opened")
COMMENTED = pytest.mark.usefixtures("commented")
CHECKED = pytest.mark.usefixtures("checked")
COLLECTING = pytest.mark.usefixtures("collecting")


@pytest.fixture
def year(request: pytest.FixtureRequest) -> Year:
    return copy_for(request, Year)


def change(year: Year, by: Account, seen: int | None = None, points: int = 39) -> SchemeVersion:
    """The points of an item are others."""
    version = under_way(year.assessment)
    assert version is not None

    def other(base: drafting.Document) -> dict[str, object]:
        row = next(one for one in drafting.tree(base) if one.code == "A1")
        told = {**row.told, "points": points, "rule": {"points": "full"}}
        return drafting.with_member(base, "items", "A1", told)

    return edit(
        assessment=year.assessment.pk, change=other, by=by.pk, now=year.now,
        seen=version.version if seen is None else seen,
    )  # fmt: skip


def another_rule(base: drafting.Document) -> dict[str, object]:
    row = next(one for one in drafting.tree(base) if one.code == "A1")
    rule = {"ladder": "closed_in_time", "steps": [[">= 90%", 40], ["< 90%", 0]]}
    return drafting.with_member(base, "items", "A1", {**row.told, "rule": rule})


def proposed(year: Year) -> SchemeVersion:
    told = {"assessment": year.assessment.pk, "by": year.chen.pk, "now": year.now}
    made = amendments.propose(why="口径调整", **told)
    return edit(change=another_rule, seen=made.version, **told)


def approved(year: Year) -> None:
    """The amendment, by the office and its head."""
    for who in (year.qian, year.zhao):
        version = under_way(year.assessment)
        told = {
            "assessment": year.assessment.pk,
            "seen_hash": version.content_hash,
            "now": year.now,
        }
        approve(by=who.pk, **told)
        year.now += timedelta(minutes=1)


def move(year: Year, move: SchemeMove, by: Account | None = None) -> SchemeVersion:
    version = under_way(year.assessment)
    return amendments.move_amendment(
        assessment=year.assessment.pk, move=move, by=(by or year.chen).pk, now=year.now,
        seen=version.version if version else 1,
    )  # fmt: skip


# --- every pair of states -------------------------------------------------------------------------

STANDS: dict[SchemeState, Callable[[Year], object]] = {
    SchemeState.DRAFT: proposed,
    SchemeState.CHECKED: lambda year: (proposed(year), move(year, SchemeMove.CHECK)),
    SchemeState.DROPPED: lambda year: (proposed(year), move(year, SchemeMove.DROP)),
    SchemeState.ISSUED: lambda year: (proposed(year), move(year, SchemeMove.CHECK), approved(year), move(year, SchemeMove.ISSUE)),
}  # fmt: skip
MOVES = (SchemeMove.CHECK, SchemeMove.DRAFT_AGAIN, SchemeMove.DROP, SchemeMove.ISSUE)
MAY = {
    SchemeState.DRAFT: {SchemeMove.CHECK, SchemeMove.DROP},
    SchemeState.CHECKED: {SchemeMove.DRAFT_AGAIN, SchemeMove.ISSUE},
}


@COLLECTING
@pytest.mark.parametrize("stands", list(STANDS))
def test_an_amendment_moves_by_the_table_alone(year: Year, stands: SchemeState) -> None:
    STANDS[stands](year)
    allowed = MAY.get(stands, set())
    assert {asked for asked in MOVES if _moves(deepcopy(year), asked)} == allowed


def _moves(year: Year, asked: SchemeMove) -> bool:
    """Or it is refused, because of where the amendment stands; afterwards it stands there again."""
    with taken_back():
        if asked is SchemeMove.ISSUE and _is_checked(year):
            approved(year)
        try:
            move(year, asked)
        except Refused as refused:
            told = {one.code for one in refused.refusals}
            assert told & {"wrong_state", "no_amendment"}, (asked, told)
            return False
    return True


def _is_checked(year: Year) -> bool:
    version = under_way(year.assessment)
    return version is not None and version.state == SchemeState.CHECKED


@OPENED
@pytest.mark.parametrize("start", list(SchemeState))
@pytest.mark.parametrize("end", list(SchemeState))
def test_the_database_lets_a_version_jump_nowhere(
    year: Year, start: SchemeState, end: SchemeState
) -> None:
    from steelyard.assessment.rules.states import SCHEME

    if start == end or (start.value, end.value) in SCHEME.steps():
        return
    told = {
        "assessment": year.assessment, "number": 7, "document": {}, "content_hash": "x", "state": start,
        "made_by": year.chen, "made_at": year.now, "issued_by": year.chen, "issued_at": year.now,
        "held_round": 1,
    }  # fmt: skip
    version = SchemeVersion.objects.create(**told)
    version.state = end
    with pytest.raises(Exception, match=r"(?i)transition"), transaction.atomic():
        version.save()


@pytest.mark.parametrize("state", list(CommentState))
@pytest.mark.parametrize("asked", list(CommentMove))
@COMMENTED
def test_a_comment_moves_by_the_table_alone(
    year: Year, state: CommentState, asked: CommentMove
) -> None:
    one = said(year)
    office = {"by": year.chen.pk, "now": year.now}
    if state in (CommentState.ADOPTED, CommentState.REFUSED):
        one = comments.answer_comment(
            comment=one.pk,
            adopted=state is CommentState.ADOPTED,
            reason="理由",
            seen=one.version,
            **office,
        )
    elif state is CommentState.WITHDRAWN:
        comments.withdraw_comment(comment=one.pk, by=year.tan.pk, now=year.now, seen=one.version)
    one.refresh_from_db()
    seen = {"comment": one.pk, "seen": one.version}
    doing: dict[CommentMove, Callable[[], object]] = {
        CommentMove.EDIT: lambda: comments.edit_comment(
            text="另", by=year.tan.pk, now=year.now, **seen
        ),
        CommentMove.WITHDRAW: lambda: comments.withdraw_comment(
            by=year.tan.pk, now=year.now, **seen
        ),
        CommentMove.ADOPT: lambda: comments.answer_comment(
            adopted=True, reason="好", **seen, **office
        ),
        CommentMove.REFUSE: lambda: comments.answer_comment(
            adopted=False, reason="否", **seen, **office
        ),
        CommentMove.REVIEW: lambda: comments.take_up_comment(**seen, **office),
        CommentMove.ACCOUNT: lambda: comments.account_for_comment(
            text="在填报说明中写明", **seen, **office
        ),
    }
    leads_to = COMMENT.after(state, asked)
    if leads_to is None:
        with pytest.raises(Refused, match="wrong_state"):
            doing[asked]()
    else:
        doing[asked]()
        one.refresh_from_db()
        assert one.state == leads_to


def said(year: Year, text: str = "分值偏高", by: Account | None = None) -> Comment:
    return comments.comment(
        assessment=year.assessment.pk, organisation=year.jiangmen.pk, item="A1", text=text,
        by=(by or year.tan).pk, now=year.now,
    )  # fmt: skip


# --- who may --------------------------------------------------------------------------------------


@COMMENTED
def test_only_the_office_drafts_amends_and_answers(year: Year) -> None:
    one = said(year)
    for who in (year.zhao, year.li, year.sun, year.tan, year.huang, year.mo):
        with pytest.raises(Refused, match="not_allowed"):
            comments.answer_comment(
                comment=one.pk, adopted=True, reason="x", by=who.pk, now=year.now, seen=1
            )
        with pytest.raises(Refused, match="not_allowed"):
            draft(assessment=year.assessment.pk, document={}, by=who.pk, now=year.now)
        with pytest.raises(Refused, match="not_allowed"):
            amendments.propose(assessment=year.assessment.pk, why="x", by=who.pk, now=year.now)


@COMMENTED
def test_nobody_speaks_for_another_organisation(year: Year) -> None:
    for who in (year.liang, year.huang, year.mo, year.chen, year.zhao):
        with pytest.raises(Refused, match="not_allowed"):
            said(year, by=who)


def test_comments_come_only_while_the_draft_is_out_and_in_time(year: Year) -> None:
    year.drafted()
    with pytest.raises(Refused, match="not_out"):
        said(year)

    move_on(assessment=year.assessment.pk, move=StageMove.SEND_OUT, by=year.chen.pk, now=year.now, terms=Terms(days_to_comment=5))  # fmt: skip
    said(year)
    year.now += timedelta(30)
    with pytest.raises(Refused, match="too_late"):
        said(year, "迟到的意见")
    assert said_by_all(year) == 1


def said_by_all(year: Year) -> int:
    return Comment.objects.filter(scheme__assessment=year.assessment).count()


def test_whoever_is_asked_has_a_deadline_and_who_has_spoken_has_met_it(year: Year) -> None:
    year.drafted()
    year.tan, year.liang, year.li, year.sun, year.gu  # noqa: B018  (they exist)

    move_on(assessment=year.assessment.pk, move=StageMove.SEND_OUT, by=year.chen.pk, now=year.now, terms=Terms(days_to_comment=5))  # fmt: skip
    asked = Deadline.objects.filter(area="assessment", task__startswith="comment-")
    assert {one.organisation.code for one in asked} == {
        "440100",
        "440700",
        "market",
        "team",
        "panel",
    }
    assert Notice.objects.filter(account=year.tan, kind="deadline_started").count() == 1
    said(year)
    assert asked.get(organisation=year.jiangmen).end == "met"
    year.assessment.refresh_from_db()
    year.move(StageMove.DRAFT_AGAIN)
    assert not asked.filter(ended_on__isnull=True).exists()


def test_a_second_round_lists_those_whom_it_asked_and_not_those_of_the_first(year: Year) -> None:
    year.drafted()
    first = Terms(days_to_comment=5)
    told = {"assessment": year.assessment.pk, "by": year.chen.pk, "now": year.now}
    move_on(move=StageMove.SEND_OUT, terms=first, **told)
    said(year)
    version = year.version
    assert len(asked_of(version)) == 5
    year.move(StageMove.DRAFT_AGAIN)
    move_on(move=StageMove.SEND_OUT, terms=Terms(days_to_comment=0), **told)
    version.refresh_from_db()
    assert (asked_of(version), comments_due(version)) == ([], None)
    year.move(StageMove.DRAFT_AGAIN)
    move_on(move=StageMove.SEND_OUT, terms=Terms(days_to_comment=9), **told)
    version.refresh_from_db()
    again = asked_of(version)
    assert [(one.said, one.has_spoken) for one in again] == [(0, False)] * 5
    said(year, "第三轮的意见")
    assert [one.has_spoken for one in asked_of(version) if one.organisation == year.jiangmen] == [
        True
    ]


# --- who was faster --------------------------------------------------------------------------------


def test_who_saves_a_draft_second_is_told(year: Year) -> None:
    year.drafted()
    version = under_way(year.assessment)
    change(year, year.chen, seen=version.version)
    with pytest.raises(ChangedMeanwhile):
        change(year, year.qian, seen=version.version, points=38)
    kept = {one["code"]: one for one in under_way(year.assessment).document["items"]}
    assert kept["A1"]["points"] == 39


@COMMENTED
def test_an_answer_is_not_given_to_words_that_were_changed_since(year: Year) -> None:
    one = said(year)
    comments.edit_comment(
        comment=one.pk, text="另有意见", by=year.tan.pk, now=year.now, seen=one.version
    )
    with pytest.raises(ChangedMeanwhile):
        comments.answer_comment(
            comment=one.pk,
            adopted=True,
            reason="好",
            by=year.chen.pk,
            now=year.now,
            seen=one.version,
        )


def at_once(*acts: Callable[[], object]) -> list[object]:
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        ready.wait(30)
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@AT_ONCE
def test_of_two_who_issue_at_once_one_does() -> None:
    year = Year()
    year.at(Stage.CHECKED)
    year.approved()
    from steelyard.assessment.actions.stages import move_on

    told = {"assessment": year.assessment.pk, "move": StageMove.ISSUE, "now": year.now}
    found = at_once(
        *(lambda who=who: move_on(by=who, **told) for who in (year.chen.pk, year.qian.pk))
    )
    assert sum(isinstance(one, Refused) for one in found) == 1
    assert issued(year.assessment).number == 1


@AT_ONCE
def test_of_two_who_issue_an_amendment_at_once_one_does() -> None:
    year = Year()
    year.at(Stage.COLLECTING)
    STANDS[SchemeState.CHECKED](year)
    approved(year)
    acts = [lambda who=who: move(year, SchemeMove.ISSUE, who) for who in (year.chen, year.qian)]
    found = at_once(*acts)
    assert sum(isinstance(one, Exception) for one in found) == 1
    assert issued(year.assessment).number == 2
    assert SchemeVersion.objects.filter(state=SchemeState.REPLACED).count() == 1


@AT_ONCE
def test_of_two_who_approve_a_step_at_once_one_does() -> None:
    year = Year()
    year.at(Stage.CHECKED)
    told = {
        "assessment": year.assessment.pk,
        "seen_hash": year.version.content_hash,
        "now": year.now,
    }
    found = at_once(
        *(lambda who=who: approve(by=who, **told) for who in (year.qian.pk, year.chen.pk))
    )
    assert sum(isinstance(one, Refused) for one in found) == 1


# --- approved, returned, amended --------------------------------------------------------------------


@CHECKED
def test_a_returned_scheme_is_drafted_again_and_its_approvals_count_no_longer(year: Year) -> None:
    told = {"assessment": year.assessment.pk, "now": year.now}
    seen = year.version.content_hash
    approve(by=year.qian.pk, seen_hash=seen, **told)
    approve(by=year.zhao.pk, seen_hash=seen, decision=Decision.RETURNED, reason="不妥", **told)
    year.assessment.refresh_from_db()
    assert year.assessment.stage == Stage.DRAFTING
    assert Notice.objects.filter(account=year.chen, kind="scheme_returned").count() == 1
    change(year, year.chen)
    year.move(StageMove.SEND_OUT)
    year.move(StageMove.CLOSE_COMMENTS)
    with pytest.raises(Refused, match="changed_meanwhile"):
        approve(by=year.qian.pk, seen_hash=seen, **told)
    year.now += timedelta(minutes=5)
    year.approved()
    year.move(StageMove.ISSUE)


@CHECKED
def test_what_was_approved_returned_changed_and_changed_back_is_approved_once_more(
    year: Year,
) -> None:
    first = year.version.content_hash
    document = year.version.document
    for change_to in (True, False):
        year.now += timedelta(minutes=5)
        told = {
            "assessment": year.assessment.pk,
            "now": year.now,
            "seen_hash": year.version.content_hash,
        }
        approve(by=year.qian.pk, **told)
        approve(by=year.zhao.pk, decision=Decision.RETURNED, reason="不妥", **told)
        year.assessment.refresh_from_db()
        if change_to:
            change(year, year.chen)
        else:
            draft(assessment=year.assessment.pk, document=document, by=year.chen.pk, now=year.now)
        year.move(StageMove.SEND_OUT)
        year.move(StageMove.CLOSE_COMMENTS)
    assert year.version.content_hash == first
    year.now += timedelta(minutes=5)
    year.approved()
    year.move(StageMove.ISSUE)


@COLLECTING
def test_an_amendment_takes_the_place_of_the_scheme_and_the_work_goes_on(year: Year) -> None:
    STANDS[SchemeState.ISSUED](year)
    year.assessment.refresh_from_db()
    assert year.assessment.stage == Stage.COLLECTING
    assert issued(year.assessment).number == 2
    assert Sheet.objects.count() == 1


@COLLECTING
def test_an_amendment_that_hands_a_sheet_over_does_so(year: Year) -> None:
    told = {"assessment": year.assessment.pk, "by": year.chen.pk, "now": year.now}
    made = amendments.propose(why="来源调整", **told)

    def other_body(base: drafting.Document) -> dict[str, object]:
        row = drafting.find(drafting.listed(base, "inputs"), "closed_in_time")
        return drafting.with_member(
            base, "inputs", "closed_in_time", {**row.told, "supplying_body": "panel"}
        )

    edit(change=other_body, seen=made.version, **told)
    move(year, SchemeMove.CHECK)
    approved(year)
    move(year, SchemeMove.ISSUE)
    sheet = Sheet.objects.get()
    assert sheet.body == year.panel
    old, new = Deadline.objects.filter(task="supply", object_id=sheet.pk).order_by("pk")
    assert (old.organisation, old.end) == (year.market, "dropped")
    assert (new.organisation, new.end, new.working_days) == (year.panel, "", old.working_days)


@COLLECTING
def test_a_sheet_that_an_amendment_opens_has_a_deadline_like_the_others(year: Year) -> None:
    first = Deadline.objects.get(task="supply")
    year.now += timedelta(7)
    told = {"assessment": year.assessment.pk, "by": year.chen.pk, "now": year.now}
    made = amendments.propose(why="增加数据", **told)

    def one_more(base: drafting.Document) -> dict[str, object]:
        row = drafting.find(drafting.listed(base, "inputs"), "closed_in_time").told
        code = "closed_at_all"
        wider = {**base, "inputs": [*base["inputs"], {**row, "code": code}]}
        item = drafting.find(drafting.listed(base, "items"), "B2").told
        return drafting.with_member(
            wider, "items", "B2", {**item, "rule": {"points": f"10 * {code}"}}
        )

    edit(change=one_more, seen=made.version, **told)
    move(year, SchemeMove.CHECK)
    approved(year)
    move(year, SchemeMove.ISSUE)
    sheet = Sheet.objects.get(input_code="closed_at_all")
    clock = Deadline.objects.get(task="supply", object_id=sheet.pk)
    assert (clock.organisation, clock.working_days) == (year.market, first.working_days)
    assert clock.due > first.due


def with_unit(code: str, year: Year) -> None:
    """An amendment under way that assesses this one instead of Jiangmen."""
    told = {"assessment": year.assessment.pk, "by": year.chen.pk, "now": year.now}
    made = amendments.propose(why="调整被考核单位", **told)

    def other_unit(base: drafting.Document) -> dict[str, object]:
        text = json.dumps(base, ensure_ascii=False).replace('"440700"', f'"{code}"')
        return json.loads(text)

    edit(change=other_unit, seen=made.version, **told)


def test_an_amendment_before_the_collection_assesses_only_those_below_the_office(
    year: Year,
) -> None:
    year.at(Stage.ISSUED)
    elsewhere = organisation("450100", "南宁市", "city")
    with_unit(elsewhere.code, year)
    with pytest.raises(Refused, match="strange_units"):
        move(year, SchemeMove.CHECK)
    Placement.objects.create(organisation=elsewhere, parent=year.province, starts=LONG_AGO)
    move(year, SchemeMove.CHECK)
    approved(year)
    Placement.objects.filter(organisation=elsewhere).update(ends=date(2020, 1, 1))
    with pytest.raises(Refused, match="strange_units"):
        move(year, SchemeMove.ISSUE)
    assert issued(year.assessment).number == 1


@COLLECTING
def test_an_amendment_during_the_collection_leaves_units_that_moved_away_meanwhile(
    year: Year,
) -> None:
    proposed(year)
    Placement.objects.filter(organisation=year.jiangmen).update(ends=date(2020, 1, 1))
    move(year, SchemeMove.CHECK)
    assert under_way(year.assessment).state == SchemeState.CHECKED


@COLLECTING
def test_an_amendment_that_changes_nothing_goes_nowhere(year: Year) -> None:
    amendments.propose(assessment=year.assessment.pk, why="x", by=year.chen.pk, now=year.now)
    with pytest.raises(Refused, match="nothing_changed"):
        move(year, SchemeMove.CHECK)
    with pytest.raises(Refused, match="amended_already"):
        amendments.propose(assessment=year.assessment.pk, why="y", by=year.chen.pk, now=year.now)


@CHECKED
def test_a_scheme_that_is_not_issued_is_not_amended(year: Year) -> None:
    with pytest.raises(Refused, match="not_amendable"):
        amendments.propose(assessment=year.assessment.pk, why="x", by=year.chen.pk, now=year.now)


@COMMENTED
def test_an_answered_comment_says_what_it_said(year: Year) -> None:
    one = said(year)
    comments.answer_comment(
        comment=one.pk, adopted=True, reason="好", by=year.chen.pk, now=year.now, seen=one.version
    )
    one.refresh_from_db()
    one.text = "另一句"
    with pytest.raises(IntegrityError, match="not altered"), transaction.atomic():
        one.save()


def test_what_no_json_of_the_database_holds_is_refused_plainly(year: Year) -> None:
    with pytest.raises(Refused, match="not_kept"):
        year.drafted({**scheme().document, "note": "a\x00b"})

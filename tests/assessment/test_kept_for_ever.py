"""What was said, signed, scored or decided stays as it was: the database refuses any write that says otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from steelyard.assessment.models import (
    ApprovalStep,
    Assessment,
    Comment,
    Deduction,
    Difference,
    InformantRead,
    Lead,
    Letterhead,
    Mark,
    MaterialUse,
    MissingFigure,
    Objection,
    PaperTemplate,
    SchemeVersion,
    Score,
    Settlement,
    Submission,
    Suspicion,
    Visit,
    Weighing,
)
from tests.assessment.full_year import stages
from tests.assessment.year import Year

pytestmark = pytest.mark.django_db
ALL = tuple(apps.get_app_config("assessment").get_models())
TAKEN_BACK = {MaterialUse, ApprovalStep, Mark, Deduction}
"""Rows that go while their whole is still being written; of everything else each row stays."""

DECIDED: Mapping[type[models.Model], tuple[str, str]] = {
    Assessment: ("withdrawn", "withdrawn_why withdrawn_by withdrawn_at"),
    SchemeVersion: ("issued", "held_round unheard_why unheard_by unheard_at"),
    Comment: ("refused", "answer answered_by answered_at"),
    Submission: (
        "locked", "content_hash scheme signed_by signed_at days_late filed_late_at why_late"
    ),
    Objection: ("rejected", "answer answered_by answered_at figure"),
    Suspicion: (
        "confirmed", "statement stated_by stated_at was_silent hearing heard_by heard_at heard_on"
        " decision decided_by decided_at"
    ),
    Score: ("scored", "judged status claim reason figures scored_by scored_at"),
    Visit: (
        "done", "planned_on is_unannounced team places items announced_by announced_at visited_on"
        " summary reason reported_by reported_at"
    ),
    Lead: ("unfounded", "conclusion concluded_by concluded_at"),
    Weighing: ("done", "progress attempts result_hash papers faults ended_at"),
}  # fmt: skip
"""The state in which it is decided, and what is not said otherwise from then on."""


@pytest.fixture
def year(settings: Any, tmp_path: Path) -> Year:
    """As it ends, with an answered objection, a visit that is reported, a lead that was looked into."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    year = Year()
    for _ in stages(year):
        pass
    who, now = year.chen, timezone.now()
    Objection.objects.update(state="rejected", answer="有据", answered_by=who, answered_at=now)
    announced = Visit.objects.filter(state="announced")
    announced.update(state="done", visited_on=year.today, reported_by=who, reported_at=now)
    lead = Lead.objects.get()
    Lead.objects.update(state="unfounded", conclusion="不实", concluded_by=who, concluded_at=now)
    InformantRead.objects.create(informant=lead.informant, by=who, at=now, reason="核查需要")
    Letterhead.objects.create(
        office=year.province, name_zh="省知识产权局", number=1, made_by=who, made_at=now
    )
    PaperTemplate.objects.create(
        office=year.province, kind="notice", lang="zh", format="docx", number=1, made_by=who, made_at=now
    )  # fmt: skip
    MissingFigure.objects.create(
        assessment=year.assessment, unit=year.jiangmen, input_code="trained", status="missing",
        reason="无此记录", decided_by=who, decided_at=now,
    )  # fmt: skip
    settled = Difference.objects.filter(state="settled").first()
    Settlement.objects.create(
        difference=settled, reported="0.9", supplied="0.8", taken="reported", value="0.9",
        reason="原核定", settled_by=who, settled_at=now, why_no_more="改核", ended_by=who, ended_at=now,
    )  # fmt: skip
    score = Score.objects.filter(item="B2").first()
    Score.objects.filter(pk=score.pk).update(state="open")
    Deduction.objects.create(score=score, points=1, reason="无年度安排")
    Score.objects.filter(pk=score.pk).update(state="scored")
    Assessment.objects.create(
        office=year.province, code="2020", title_zh="误建", starts="2020-01-01", ends="2021-01-01",
        opened_by=who, opened_at=now,
    )  # fmt: skip
    Assessment.objects.filter(code="2020").update(
        stage="withdrawn", withdrawn_why="误建", withdrawn_by=who, withdrawn_at=now
    )
    return year


def test_no_raw_write_says_otherwise(year: Year) -> None:
    tried = {one: _is_let_through(sql) for one, sql in _writes()}
    assert len(tried) > 150
    assert [one for one, is_through in tried.items() if is_through] == []


def test_every_trigger_is_tried() -> None:
    """Those of a table's own: what all tables share is tried with the trail."""
    shared = {"trail", "version", "never_truncated"}
    tried = {"never_deleted", "never_altered", "kept", "moves"}
    others = {
        (model.__name__, one.name)
        for model in ALL
        for one in model._meta.triggers
        if one.name not in shared | tried and not isinstance(one, pgtrigger.ReadOnly)
    }
    assert others == {
        ("SchemeVersion", "settled_is_sealed"), ("Comment", "answered_is_sealed"),
        ("Answer", "within_time"), ("MaterialUse", "within_time"), ("Submission", "within_time"), ("MaterialUse", "stays_under_suspicion"),
        ("FileReview", "sealed"), ("Mark", "sealed"), ("Deduction", "sealed"),
        ("FileReview", "keeps_what_was_found"), ("Finding", "findings_stand"), ("Visit", "report_stands"), ("Lead", "told_stays"), ("Difference", "settlements_stay"),
    }  # fmt: skip
    assert {model for model in ALL if "kept" in _names(model)} == set(DECIDED)


def _names(model: type[models.Model]) -> set[str]:
    return {one.name for one in model._meta.triggers}


def _writes() -> Iterator[tuple[str, str]]:
    """What each write is about, and its statement."""
    for model in ALL:
        if model not in TAKEN_BACK:
            yield f"delete {model.__name__}", f"DELETE FROM {model._meta.db_table}"
        for trigger in model._meta.triggers:
            if isinstance(trigger, pgtrigger.ReadOnly):
                yield from _changes(model, trigger.fields)
            elif trigger.name == "never_altered":
                yield from _changes(model, _columns(model))
            elif isinstance(trigger, pgtrigger.FSM):
                yield from _jumps(model, trigger)
    for model, (state, columns) in DECIDED.items():
        where = f"WHERE {'stage' if model is Assessment else 'state'} = '{state}'"
        yield from _changes(model, columns.split(), where)
    yield from _sealed()


def _columns(model: type[models.Model]) -> list[str]:
    return [one.name for one in model._meta.concrete_fields if one.name not in ("id", "version")]


def _changes(model: type[models.Model], columns: Any, where: str = "") -> Iterator[tuple[str, str]]:
    for name in columns:
        field = model._meta.get_field(name)
        said = f"{model.__name__}.{name} {where}".rstrip()
        yield said, f"UPDATE {model._meta.db_table} SET {field.column} = {_another(field)} {where}"


def _another(field: models.Field) -> str:
    """Another value than there is, or one where there is none."""
    column = f'"{field.column}"'
    kinds = {
        models.DateTimeField: f"COALESCE({column}, now()) + interval '1 minute'",
        models.DateField: f"COALESCE({column}, DATE '2021-01-01') + 1",
        models.BooleanField: f"NOT {column}",
        models.JSONField: """'["x"]'::jsonb""",
        models.CharField: f"left({column} || 'x', {getattr(field, 'max_length', 0) or 9})",
        models.TextField: f"{column} || 'x'",
        models.BinaryField: rf"{column} || '\x00'::bytea",
    }
    number = f"COALESCE({column}, 0) + 1"
    return next((sql for kind, sql in kinds.items() if isinstance(field, kind)), number)


def _jumps(model: type[models.Model], moves: pgtrigger.FSM) -> Iterator[tuple[str, str]]:
    """From each state that a row has to each that no move leads to."""
    column = moves.field
    there = set(model.objects.values_list(column, flat=True))
    known = [value for value, _ in model._meta.get_field(column).choices]
    for start in sorted(there):
        for end in known:
            if start != end and (start, end) not in set(moves.transitions):
                sql = f"UPDATE {model._meta.db_table} SET {column} = '{end}' WHERE {column} = '{start}'"
                yield f"{model.__name__}: {start} → {end}", sql


def _sealed() -> Iterator[tuple[str, str]]:
    """What is written once its whole is finished."""
    scheme = "assessment_schemeversion"
    yield (
        "an issued scheme",
        f"UPDATE {scheme} SET content_hash = 'sha256:1' WHERE state = 'issued'",
    )
    yield "an answered comment", "UPDATE assessment_comment SET text = 'x' WHERE state = 'refused'"
    yield "a signed answer", "UPDATE assessment_answer SET statement = 'x'"
    yield "signed material", "UPDATE assessment_materialuse SET pages = '1'"
    yield "signed material taken off", "DELETE FROM assessment_materialuse"
    yield "a finished review", "UPDATE assessment_filereview SET done_at = now()"
    yield "its marks", "UPDATE assessment_mark SET times = 9"
    yield "its marks taken off", "DELETE FROM assessment_mark"
    for column in ("value", "reason", "state"):
        sql = f"UPDATE assessment_difference SET {column} = 'open' WHERE state = 'settled'"
        yield f"the {column} of a settlement", sql
    yield "a given deduction", "UPDATE assessment_deduction SET points = 9"
    yield "a given deduction taken off", "DELETE FROM assessment_deduction"
    yield (
        "a finding of a visit that is over",
        """
        UPDATE assessment_finding SET text = 'x'
        WHERE visit_id IN (SELECT id FROM assessment_visit WHERE state = 'done')""",
    )
    for change in ("summary = 'x'", "visited_on = '2021-01-02'"):
        yield f"a report: {change}", f"UPDATE assessment_visit SET {change} WHERE state = 'done'"
    yield "a finished review marked anew", "UPDATE assessment_filereview SET done_at = NULL"
    for column in ("text", "channel", "matter", "place", "happened"):
        yield f"a lead's {column}", f"UPDATE assessment_lead SET {column} = 'x'"
    for column in ("unit_id", "assessment_id"):
        yield f"a lead's {column}", f"UPDATE assessment_lead SET {column} = {column} + 1"


def _is_let_through(sql: str) -> bool:
    """Refused is what a trigger refuses: a check, a key or a statement that is wrong proves nothing."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as refused:
        cause = refused.__cause__
        by_a_trigger = cause.sqlstate in ("P0001", "23000") and not cause.diag.constraint_name
        return not by_a_trigger
    return True

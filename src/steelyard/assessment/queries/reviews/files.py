"""Types of file, and the files there are of each in a frozen snapshot."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from django.db.models import QuerySet

from steelyard.assessment.models import Assessment, Draw
from steelyard.assessment.queries.assessments import (
    division_of,
    issued,
    scheme_of,
    snapshots_for,
)
from steelyard.assessment.rules.reviews.checklists import FileType, read_type, read_types
from steelyard.records.tally.tally import unit_of_places
from steelyard.regions import GUANGDONG_FILE_REVIEW
from steelyard.scheme.case_files import CaseFigure, CaseFiles
from steelyard.scheme.model import Scheme
from steelyard.supply.frozen import opened
from steelyard.supply.models import Snapshot

TYPES = GUANGDONG_FILE_REVIEW


# --- types and files ------------------------------------------------------------------------


@cache
def load_documents() -> Mapping[str, Mapping[str, Any]]:
    """The table of each type, as the office's file has it."""
    document = tomllib.loads(TYPES.read_text("utf-8"))
    read_types(document)
    is_sample = bool(document.get("sample"))
    return {one["code"]: {"sample": is_sample, **one} for one in document["types"]}


@cache
def load_types() -> Mapping[str, FileType]:
    return {code: read_type(told) for code, told in load_documents().items()}


def type_of(draw: Draw) -> FileType:
    """As it was when the files were drawn."""
    return _type_of(json.dumps(draw.checklist, sort_keys=True))


@lru_cache(maxsize=64)
def _type_of(checklist: str) -> FileType:
    return read_type(json.loads(checklist))


def snapshots_of(assessment: Assessment) -> QuerySet[Snapshot]:
    """The frozen snapshots of just its period, of its office."""
    return snapshots_for(assessment).filter(
        starts=assessment.starts, ends=assessment.ends, status=Snapshot.Status.FROZEN
    )


def files_there_are(snapshot: Snapshot, of: FileType, scheme: Scheme) -> list[tuple[str, str]]:
    """(unit, key) of every file of a type in a frozen snapshot, of the units that are assessed."""
    with opened(snapshot.folder, snapshot.identifier) as frozen:
        units = unit_of_places(scheme, frozen)
        days = {"from": snapshot.starts, "to": snapshot.ends}
        rows = frozen.rows(of.records, days)
    return [
        (units[row["unit"]], str(row["record"]))
        for row in rows
        if row["unit"] in units and row["record"] is not None
    ]


def inputs_fed(assessment: Assessment) -> dict[str, CaseFiles]:
    """The inputs to which case files give a figure, as the issued scheme says, and that something uses."""
    version = issued(assessment)
    if version is None:
        return {}
    scheme = scheme_of(version)
    return {
        code: of
        for code in division_of(version).way
        if (of := scheme.inputs[code].case_files) is not None
    }


def figure_of(assessment: Assessment, input_code: str) -> CaseFigure:
    """What the files that were drawn for an input give it; an input for which some were drawn keeps it."""
    return inputs_fed(assessment)[input_code].give

"""The assessment for programs: one file a part of it, below ``/api/assessments/``.

The same actions as behind the pages, and the same refusals; what does not exist for a person is not
there. ``ROUTERS``: each with its heading in the OpenAPI document.
"""

from __future__ import annotations

from ninja import Router

from steelyard.assessment.api import (
    assessments,
    comments,
    differences,
    items,
    materials,
    objections,
    schemes,
    scoring,
    sheets,
    submissions,
)

ROUTERS: tuple[tuple[str, Router], ...] = (
    ("assessments", assessments.router),
    ("schemes", schemes.router),
    ("schemes", comments.router),
    ("submissions", submissions.router),
    ("submissions", items.router),
    ("submissions", materials.router),
    ("objections", objections.router),
    ("sheets", sheets.router),
    ("differences", differences.router),
    ("scoring", scoring.router),
)

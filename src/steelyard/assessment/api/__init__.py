"""The assessment for programs: one file a part of it, below ``/api/assessments/``.

The same actions as behind the pages, and the same refusals; what does not exist for a person is not
there. ``ROUTERS``: each with its heading in the OpenAPI document.
"""

from __future__ import annotations

from ninja import Router

from steelyard.assessment.api import (
    assessments,
    comments,
    departments,
    differences,
    drafts,
    draws,
    items,
    leads,
    materials,
    missing,
    my_reviews,
    objections,
    plans_of_visits,
    schemes,
    scoring,
    sheets,
    standing,
    submissions,
    suspicions,
    weighings,
)

ROUTERS: tuple[tuple[str, Router], ...] = (
    ("assessments", assessments.router),
    ("schemes", schemes.router),
    ("schemes", drafts.router),
    ("schemes", comments.router),
    ("submissions", submissions.router),
    ("submissions", items.router),
    ("submissions", materials.router),
    ("submissions", departments.router),
    ("objections", objections.router),
    ("sheets", sheets.router),
    ("differences", differences.router),
    ("sheets", missing.router),
    ("scoring", scoring.router),
    ("reviews", draws.router),
    ("reviews", my_reviews.router),
    ("visits", plans_of_visits.router),
    ("leads", leads.router),
    ("suspicions", suspicions.router),
    ("weighings", weighings.router),
    ("standing", standing.router),
)

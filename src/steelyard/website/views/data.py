"""Files of publications, as they were published: the same bytes, with their hash."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from steelyard.publication.differences import DIFFERENCE
from steelyard.publication.package import Package, media_type
from steelyard.website.site import site_at

DOCUMENTS = (
    "assessment.json", "assessment.schema.json", "briefing.json", "places.json", "map/map.svg",
    DIFFERENCE,
)  # fmt: skip
FOLDERS = ("downloads/", "registers/", "statistics/", "schemas/")
"""What of a package is for others to read, a reviewed map among it; pictures and prose are for pages."""


def file(request: HttpRequest, series: str, name: str) -> HttpResponse:
    """A file of the newest publication of a series."""
    shown = site_at(request.now).shelf.shown_at(request.now).get(series)
    if shown is None:
        raise Http404
    path = path_of(shown[0], name)
    if path is None:
        raise Http404
    answer = HttpResponse(shown[0].read(path), content_type=media_type(path))
    answer["Content-Disposition"] = f'attachment; filename="{series}-{path.rpartition("/")[2]}"'
    answer["ETag"] = f'"{shown[0].hashes[path]}"'
    return answer


def path_of(package: Package, name: str) -> str | None:
    """Where an address leads inside a package; None if it leads to nothing that is for others."""
    for path in (name, f"downloads/{name}"):
        is_open = path in DOCUMENTS or path.startswith(FOLDERS)
        if is_open and path in package.hashes:
            return path
    return None

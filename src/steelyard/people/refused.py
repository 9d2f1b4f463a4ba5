"""What the API of every area answers where something is refused."""

from __future__ import annotations

from ninja import Schema


class RefusalOut(Schema):
    """One reason against it. ``field``: of the request, "" if it is about the whole."""

    code: str
    zh: str
    en: str
    field: str


class RefusedOut(Schema):
    """It was not done, for all of these reasons."""

    refusals: list[RefusalOut]

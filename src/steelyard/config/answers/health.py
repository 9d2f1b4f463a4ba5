"""Is the office well? The database answers, and the background worker was seen a moment ago."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from steelyard.notices.queries import LAST_SIGN_OF_LIFE, is_alive


@login_not_required
def show_health(_request: HttpRequest) -> JsonResponse:
    """200 if all is well, else 503, with what was found; nothing that a stranger might use."""
    found = look(timezone.now())
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def look(now: datetime) -> dict[str, bool]:
    """Asked over a connection of its own: all those of the pool may be busy, and it is well still."""
    import psycopg

    try:
        with psycopg.connect(**_parameters()) as own, own.cursor() as cursor:
            cursor.execute(LAST_SIGN_OF_LIFE)
            (seen_at,) = cursor.fetchone()
            return {"database": True, "worker": is_alive(seen_at, now)}
    except psycopg.Error:
        return {"database": False, "worker": False}


def _parameters() -> dict[str, object]:
    told = connection.settings_dict
    named = {
        "dbname": told["NAME"],
        "user": told["USER"],
        "password": told["PASSWORD"],
        "host": told["HOST"],
        "port": told["PORT"],
    }
    return {name: value for name, value in named.items() if value} | {
        "connect_timeout": 3,
        "options": "-c statement_timeout=3000",
    }

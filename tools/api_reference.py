"""The API as OpenAPI describes it, for docs/reference."""

from __future__ import annotations

import json
import os
import tempfile


def document() -> str:
    """The OpenAPI document, as the office gives it under ``/api/openapi.json``."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "steelyard.config.settings")
    if "STEELYARD_HOME" in os.environ:
        django.setup()
        return _written()
    with tempfile.TemporaryDirectory() as home:
        os.environ["STEELYARD_HOME"] = home
        django.setup()
        text = _written()
        del os.environ["STEELYARD_HOME"]
        return text


def _written() -> str:
    import steelyard.config.urls  # noqa: F401 - puts the routers of all areas in
    from steelyard.config.api import api

    schema = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

"""Outside there is nothing but the packages: no database, no accounts, no file from anywhere else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.website.shelf import KEY

WALK = r"""
import json, re, sys
opened = []
sys.addaudithook(lambda event, told: opened.append(str(told[0])) if event == "open" else None)
from steelyard.config.outside.wsgi import application
from django.test import RequestFactory
seen, refused = set(), {}
left = ["/", "/sitemap.xml", "/sitemap-1.xml", "/robots.txt", "/health/", "/data/catalog.jsonld",
    "/data/catalog.ttl", "/feeds/results.en.atom", "/feeds/news.zh.atom", "/en/design/",
    "/en/results/guangdong-2021/corrections/", "/zh-hans/results/guangdong-2021/corrections/"]
while left and len(seen) < 400:
    path = left.pop(0)
    seen.add(path)
    told = []
    body = application(RequestFactory().get(path, HTTP_HOST="127.0.0.1").environ,
                       lambda status, headers, *_: told.extend([status, dict(headers)]))
    content = b"".join(body)
    getattr(body, "close", lambda: None)()
    status, headers = told
    if not status.startswith(("200", "301", "302")):
        refused[path] = status
    found = [headers["Location"]] if "Location" in headers else []
    if headers.get("Content-Type", "").startswith("text/html"):
        found += re.findall(r'(?:href|src)="([^"#?]*)', content.decode())
    for one in found:
        if one.startswith("/") and not one.startswith("//") and one not in seen and one not in left:
            kind = re.sub(r"[0-9a-z_-]*\d[0-9a-z_-]*(?=/$)", "N", one)
            if sum(re.sub(r"[0-9a-z_-]*\d[0-9a-z_-]*(?=/$)", "N", s) == kind for s in [*seen, *left]) < 4:
                left.append(one)
print(json.dumps({"seen": sorted(seen), "refused": refused, "opened": sorted(set(opened)),
                  "modules": sorted(sys.modules)}))
"""


@pytest.fixture(scope="session")
def walked(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process saw that has an empty home, an empty folder to stand in, and the packages."""
    empty = tmp_path_factory.mktemp("empty")
    keys = tmp_path_factory.mktemp("keys") / "trusted.txt"
    keys.write_text(KEY.public + "\n", encoding="utf-8")
    told = {
        "PATH": os.environ["PATH"], "HOME": str(empty), "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""), "STEELYARD_PUBLICATIONS": str(shelf),
        "STEELYARD_PUBLICATION_KEYS": str(keys), "LANG": "C.UTF-8",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", WALK], cwd=empty, env=told, capture_output=True,
        text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert list(empty.iterdir()) == []
    return {**json.loads(done.stdout), "shelf": str(shelf), "keys": str(keys)}


def test_every_page_that_pages_lead_to_is_there(walked: dict[str, Any]) -> None:
    assert walked["refused"] == {}
    assert "/en/results/guangdong-2021/" in walked["seen"]
    assert len(walked["seen"]) > 30


def test_nothing_of_the_office_is_loaded(walked: dict[str, Any]) -> None:
    office = (
        "psycopg", "steelyard.people", "steelyard.assessment", "steelyard.trail", "steelyard.files",
        "steelyard.notices", "steelyard.history", "steelyard.config.settings", "allauth", "wagtail",
        "procrastinate", "django.contrib.auth.models", "django.contrib.sessions",
    )  # fmt: skip
    loaded = [
        name for name in walked["modules"]
        if any(name == one or name.startswith(f"{one}.") for one in office)
    ]  # fmt: skip
    assert loaded == []


def test_no_file_is_opened_but_packages_and_program(walked: dict[str, Any]) -> None:
    import steelyard

    program = [
        walked["shelf"], walked["keys"], str(Path(steelyard.__file__).parent), sys.prefix,
        sys.base_prefix, str(Path(json.__file__).parents[1]), "/usr/share/zoneinfo", "/dev/null",
        "/dev/urandom", "/proc/", "/etc/ssl", "/usr/lib", "/lib", "/etc/ld.so",
    ]  # fmt: skip
    prefixes = tuple(one for path in program for one in {path, str(Path(path).resolve())})
    astray = [
        name for name in walked["opened"]
        if not name.startswith(prefixes) and not name.isdecimal() and name != "-1"
    ]  # fmt: skip
    assert [one for one in astray if one not in MIME_TYPES] == []


MIME_TYPES = (
    "/etc/mime.types", "/etc/httpd/mime.types", "/etc/httpd/conf/mime.types",
    "/etc/apache/mime.types", "/etc/apache2/mime.types", "/usr/local/etc/httpd/conf/mime.types",
    "/usr/local/lib/netscape/mime.types", "/usr/local/etc/mime.types",
)  # fmt: skip
"""Python looks there for names of formats."""

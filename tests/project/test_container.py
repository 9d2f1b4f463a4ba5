"""Dockerfile and compose.yaml, as far as they can be checked where no Docker is: words against files."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from steelyard.config.environment import SECRETS, read_environment

ROOT = Path(__file__).parents[2]
BY_OTHERS = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "FORWARDED_ALLOW_IPS"}
"""Names that Python and gunicorn read."""


def steps() -> list[tuple[str, str]]:
    """(instruction, its words) of the Dockerfile, lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    joined = re.sub(r"\\\n\s*", "", text)
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def of(instruction: str) -> list[str]:
    return [rest for word, rest in steps() if word == instruction]


def variables() -> dict[str, str]:
    (told,) = of("ENV")
    return dict(word.split("=", 1) for word in shlex.split(told))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def test_whatever_is_copied_is_there_and_is_let_through() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert ignored[0] == "*"
    for told in of("COPY"):
        *sources, _ = told.split()
        for source in sources:
            assert (ROOT / source).exists(), source
            assert f"!{source.split('/')[0]}" in ignored, source


def test_what_a_step_reads_was_copied_before_it() -> None:
    copied: set[str] = set()
    for word, rest in steps():
        if word == "COPY":
            copied |= set(rest.split()[:-1])
        if word == "RUN" and "--requirement" in rest:
            assert re.findall(r"--requirement (\S+)", rest)[0] in copied
        if word == "RUN" and "--no-deps" in rest:
            assert {"pyproject.toml", "README.md", "LICENSE", "src"} <= copied


def test_every_package_is_pinned_by_hash_and_the_builder_is_among_them() -> None:
    text = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", text).strip())
    assert all(re.match(r"[\w.-]+(\[.*\])?==", block) for block in blocks)
    assert all("--hash=sha256:" in block for block in blocks)
    assert any(block.startswith("hatchling==") for block in blocks)
    (install,) = [told for told in of("RUN") if "--requirement" in told]
    assert "--require-hashes" in install


def test_it_does_not_run_as_root_and_may_write_its_home_alone() -> None:
    (user,) = of("USER")
    assert any(told.startswith("useradd") and told.endswith(f" {user}") for told in of("RUN"))
    assert any(f'--owner={user} "$STEELYARD_HOME"' in told for told in of("RUN"))
    assert of("VOLUME") == [variables()["STEELYARD_HOME"]]
    words = [word for word, _ in steps()]
    assert words.index("USER") > max(i for i, word in enumerate(words) if word in ("RUN", "COPY"))


def test_the_office_knows_every_name_that_it_is_told(compose: dict[str, Any]) -> None:
    told = variables() | compose["services"]["office"]["environment"]
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src/steelyard/config").rglob("*.py")
    )
    assert [name for name in told if name not in BY_OTHERS and f'"{name}"' not in sources] == []
    assert set(SECRETS) <= set(told)
    assert read_environment({**told, "STEELYARD_HOME": "/x"}).production


def test_secrets_stand_nowhere_and_none_may_be_left_out(compose: dict[str, Any]) -> None:
    told = compose["services"]["office"]["environment"]
    for name in SECRETS:
        assert re.search(r"\$\{\w+:\?", told[name]), name
    assert (
        "${DATABASE_OWNER_PASSWORD:?"
        in compose["services"]["database"]["environment"]["POSTGRES_PASSWORD"]
    )
    assert not (ROOT / ".env").exists()
    assert not any("SECRET" in name or "DATABASE" in name for name in variables())


def test_the_ports_agree_and_only_this_machine_reaches_it(compose: dict[str, Any]) -> None:
    command = json.loads(of("CMD")[0])
    assert command[:2] == ["steelyard", "serve"]
    port = command[command.index("--port") + 1]
    assert of("EXPOSE") == [port]
    assert compose["services"]["office"]["ports"] == [f"127.0.0.1:8000:{port}"]
    assert f"http://127.0.0.1:{port}/health/" in of("HEALTHCHECK")[0]
    assert "ports" not in compose["services"]["database"]


def test_the_check_of_health_asks_an_address_that_answers_to_this_machine() -> None:
    from django.urls import resolve

    (told,) = of("HEALTHCHECK")
    (asked,) = re.findall(r"http://([\d.]+):\d+(/\S+?)'", told)
    assert resolve(asked[1]).view_name == "health"
    production = {"STEELYARD_PRODUCTION": "1", **dict.fromkeys(SECRETS, "x")}
    assert asked[0] in read_environment({**production, "STEELYARD_HOME": "/x"}).hosts
    (script,) = re.findall(r'python -c "(.*)"', told)
    compile(script, "healthcheck", "exec")


def test_what_the_command_is_asked_the_command_line_knows() -> None:
    from steelyard.cli import main

    command = json.loads(of("CMD")[0])
    with pytest.raises(SystemExit) as helped:
        main([*command[1:], "--help"])
    assert helped.value.code == 0


def test_every_volume_is_kept_and_the_office_waits_for_its_database(
    compose: dict[str, Any],
) -> None:
    services = compose["services"]
    used = {volume.split(":")[0] for one in services.values() for volume in one["volumes"]}
    assert used == set(compose["volumes"])
    assert services["office"]["volumes"] == [f"kept:{variables()['STEELYARD_HOME']}"]
    assert services["office"]["depends_on"]["database"]["condition"] == "service_healthy"
    assert services["database"]["healthcheck"]["test"][1] == "pg_isready"
    told = services["database"]["environment"]
    url = services["office"]["environment"]["DATABASE_URL"]
    owner = services["office"]["environment"]["DATABASE_OWNER_URL"]
    assert f"//{told['POSTGRES_USER']}:" in owner
    assert owner.endswith(f"@database/{told['POSTGRES_DB']}")
    assert url.endswith(f"@database/{told['POSTGRES_DB']}")

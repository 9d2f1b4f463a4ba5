"""What does the environment say, and which secrets are missing? Read once, at the edge.

In production every secret comes from the environment, and a start without one is refused by name.
Elsewhere the office makes its own, kept in its home.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from steelyard.kernel.write_once import write_once

SECRETS = ("STEELYARD_SECRET_KEY", "DATABASE_URL", "STEELYARD_HOSTS")
"""What production must be told."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What the office was started with.

    ``home`` holds what it keeps beside the database: uploads, and the embedded database itself
    where ``database_url`` is "". ``demo`` allows accounts whose passwords are known to all. Who
    brings ``metrics_token`` may read the metrics.
    """

    production: bool
    home: Path
    secret_key: str
    database_url: str
    hosts: tuple[str, ...]
    metrics_token: str = ""

    @property
    def demo(self) -> bool:
        return not self.production


class SecretsMissing(Exception):
    """Production was asked for without telling it these."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        super().__init__(
            f"production needs {', '.join(names)} in the environment 生产环境缺少：{'、'.join(names)}"
        )


def read_environment(told: Mapping[str, str] = os.environ) -> Environment:
    """The environment of this process.

    Raises:
        SecretsMissing: production is asked for, and secrets are not there.
    """
    production = told.get("STEELYARD_PRODUCTION", "") == "1"
    missing = tuple(name for name in SECRETS if not told.get(name))
    if production and missing:
        raise SecretsMissing(missing)
    home = Path(told.get("STEELYARD_HOME", "out/office")).resolve()
    hosts = tuple(host for host in told.get("STEELYARD_HOSTS", "").split(",") if host)
    return Environment(
        production,
        home,
        told.get("STEELYARD_SECRET_KEY") or _own_secret(home),
        told.get("DATABASE_URL", ""),
        # Who watches over the office asks it on its own machine.
        (*hosts, "127.0.0.1", "localhost") if hosts else ("127.0.0.1", "localhost", "testserver"),
        told.get("STEELYARD_METRICS_TOKEN", ""),
    )


def _own_secret(home: Path) -> str:
    """A secret made once and kept in the home, readable by its owner alone."""
    path = home / "secret"
    if not path.exists():
        write_once(path, secrets.token_urlsafe(50).encode())
    return path.read_text(encoding="utf-8")

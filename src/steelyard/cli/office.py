"""The office as its own commands reach it: its home, its database, Django."""

from __future__ import annotations

import os
from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty


def reach_the_office(home: Path) -> None:
    """Set up Django on the database of this home.

    Raises:
        Faulty: the office does not run, and no database was given.
    """
    os.environ["STEELYARD_HOME"] = str(home)
    from steelyard.config.appoint import set_up_django
    from steelyard.config.database import embedded

    if not os.environ.get("DATABASE_URL") and not embedded.address(home):
        raise Faulty([_not_running()])
    set_up_django()


def _not_running() -> Fault:
    return Fault(
        "office-not-running",
        Text("系统没有运行", "the office does not run"),
        Text("请先 steelyard serve，或设 DATABASE_URL", "start it first, or set DATABASE_URL"),
    )

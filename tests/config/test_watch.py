"""What the watch does when a part of the office ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from steelyard.config.database.which import Database
from steelyard.config.serving.office import start_again
from steelyard.config.serving.watch import Watch
from steelyard.config.serving.wishes import Wish
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty

NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True, slots=True)
class Failing(Database):
    """It has ended, and fails to start again ``fails`` times; then somebody stops the office."""

    fails: int = 0
    tried: list[Wish] = field(default_factory=list)

    def has_ended(self) -> bool:
        return True

    def start(self, environment: Mapping[str, str], wish: Wish) -> str:  # noqa: ARG002
        self.tried.append(wish)
        if len(self.tried) <= self.fails:
            raise Faulty([])
        wish.stop = True
        return ""


@pytest.mark.parametrize(("fails", "starts", "status"), [(0, 1, 0), (5, 6, 0), (6, 6, 1)])
def test_a_database_that_fails_to_start_is_started_again_six_times(
    tmp_path: Path, fails: int, starts: int, status: int
) -> None:
    said: list[Text] = []
    database = Failing(tmp_path, "", "", fails)
    wish = Wish()

    def tend() -> None:
        start_again(database, {}, wish, said.append)

    assert Watch([], NOWHERE, wish, said.append, [], tend).keep() == status
    assert len(database.tried) == starts
    assert ("does not start" in said[-1].en) == bool(status)

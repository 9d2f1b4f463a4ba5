"""Which database does this run have? One that was given, or the embedded one, started for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from steelyard.config.database import embedded
from steelyard.config.database.roles import let_in, owners_address
from steelyard.config.serving import running
from steelyard.config.serving.wishes import Wish, finish


@dataclass(frozen=True, slots=True)
class Database:
    """``given``: its address, "" for the embedded one; ``owner``: that of whoever owns the tables,
    "" if the office itself does."""

    home: Path
    given: str = ""
    owner: str = ""

    @classmethod
    def told(cls, home: Path, told: Mapping[str, str]) -> Database:
        given, owner = told.get("DATABASE_URL", ""), owners_address(told)
        return cls(home, given, owner if owner != given else "")

    def is_new(self) -> bool:
        """Whether the start has an embedded one to make first, which takes its time."""
        return not self.given and not embedded.data_folder(self.home).exists()

    def start(self, environment: Mapping[str, str], wish: Wish) -> str:
        """Its address; the embedded one is started in a process that Ctrl-C does not reach."""
        if self.given:
            return self.given
        # It outlives a run that is killed, so it does not carry the run's name.
        nameless = {name: value for name, value in environment.items() if name != running.RUN}
        finish(("-m", "steelyard.config.database.embedded", str(self.home)), nameless, wish)
        return embedded.address(self.home)

    def has_ended(self) -> bool:
        return not self.given and not embedded.address(self.home)

    def let_office_in(self) -> None:
        if self.owner:
            let_in(self.owner, self.given)

    def stop(self) -> None:
        if not self.given:
            embedded.stop(self.home)

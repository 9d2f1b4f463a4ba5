"""A region's own table, and a way to call the verbs about records with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from steelyard.cli import main
from tests.records.building import csv_of

TABLES = """
format = "steelyard-tables/1"

[[tables]]
code = "village_hearings"
title = { zh = "村级听证", en = "Village hearings" }
area = "courts"
key = ["number"]
place = "place"
dated = ["held_on"]
fields = [
  { code = "number", title = { zh = "编号", en = "Number" }, type = "code", required = true },
  { code = "place", title = { zh = "地方", en = "Place" }, type = "code", required = true, refers_to = "places.code" },
  { code = "held_on", title = { zh = "日期", en = "Held on" }, type = "day", required = true },
  { code = "judges", title = { zh = "人数", en = "Judges" }, type = "whole", most = 9 },
  { code = "party", title = { zh = "当事人", en = "Party" }, type = "text", personal = true },
]
"""


def hearing(number: int = 1, **changes: Any) -> dict[str, Any]:
    given = {"number": f"H-{number}", "place": "440700", "held_on": "2021-03-05", "judges": "3"}
    return given | {"party": "张三"} | changes


class Desk:
    """A folder where someone works at the command line."""

    def __init__(self, folder: Path, capsys: Any) -> None:
        self.folder, self.capsys = folder, capsys
        (folder / "region").mkdir()
        (folder / "region/hearings.toml").write_text(TABLES, encoding="utf-8")

    def file(self, name: str, *rows: dict[str, Any]) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(csv_of(rows))
        return path

    def call(self, *words: object, status: int = 0) -> str:
        """What a command says, both streams, if it ends with this status."""
        assert main([*map(str, words), "--lang", "en"]) == status
        said = self.capsys.readouterr()
        return str(said.out + said.err)

    def deliver(
        self, file: Path, *words: object, table: str = "village_hearings", status: int = 0
    ) -> str:
        return self.call(
            "deliver", file, "--table", table, "--body", "江门中院", "--period", "2021", "--cut-off",
            "2021-12-31", "--signer", "李四", "--signed-on", "2022-01-10", "--tables",
            self.folder / "region", *words, status=status,
        )  # fmt: skip

    def places(self) -> str:
        path = self.file("places.csv", {"code": "440700", "title_zh": "江门", "level": "city"})
        return self.deliver(path, table="places")

    def freeze(self, *words: object, out: str = "s", status: int = 0) -> str:
        return self.call(
            "freeze", self.folder, "--period", "2021", "--out", self.folder / out, "--tables",
            self.folder / "region", *words, status=status,
        )  # fmt: skip

    @property
    def cover(self) -> Path:
        return self.folder / "deliveries.toml"

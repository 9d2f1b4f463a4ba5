"""What "Where does this number come from?" reads aloud is what the commands say of the bundled region."""

from __future__ import annotations

import csv
import shutil
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from steelyard import Snapshot
from steelyard.cli import main, sample
from steelyard.cli.freeze import told
from tests.cli.guides import GUIDES, Step, steps, wrong_lines

NAMES = {
    "en": "where_does_this_number_come_from.md",
    "zh": "where_does_this_number_come_from.zh.md",
}
REGION = Path(__file__).resolve().parents[2] / "src/steelyard/regions/guangdong"


@pytest.fixture(scope="session")
def guided(tmp_path_factory):
    """The folder in which the guide works, and what drawing the sample and freezing it said."""
    folder = tmp_path_factory.mktemp("guide")
    (folder / "guangdong").symlink_to(REGION)
    said = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for step in list(steps(NAMES["en"]))[:2]:
            with redirect_stdout(StringIO()) as out:
                assert main([*step.words, "--lang", "en"]) == 0
            said[step.words[0]] = out.getvalue()
        shutil.copytree("snapshot", "altered")
    add_persons(folder / "altered/tables/trainings.parquet", "SAMPLE-T2020-00395")
    return folder, said


def add_persons(path: Path, record: str) -> None:
    """A hundred more persons at one training, in a file that is otherwise as it was."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    here = pc.equal(table["id"], record)
    more = pc.if_else(here, pc.add(table["persons"], 100), table["persons"])
    pq.write_table(table.set_column(table.column_names.index("persons"), "persons", more), path)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_guide_quotes_the_commands(lang, guided, capsys, monkeypatch):
    folder, said = guided
    monkeypatch.chdir(folder)

    def run(step: Step) -> str:
        verb = step.words[0]
        if lang == "en" and verb in said:
            return said[verb]
        if verb == "freeze":
            return "\n".join(told(Snapshot.open(Path("snapshot")), lang))
        if verb == "sample":
            rows = int(said[verb].split()[0].replace(",", ""))
            return sample.told(rows, Path("sample")).say(lang)
        status = main([*step.words, "--lang", lang])
        assert status == (1 if verb == "differences" or "altered" in step.words else 0)
        return capsys.readouterr().out

    assert "\n".join(wrong_lines(NAMES[lang], run)) == ""
    with Path("rows.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (sum(int(row["numerator"]) for row in rows), len(rows)) == (204, 246)


def test_verify_names_the_identifier_that_freeze_gave(guided, capsys):
    folder, said = guided
    assert main(["verify", str(folder / "snapshot"), "--lang", "en"]) == 0
    identifier = capsys.readouterr().out.split()[-1]
    assert said["freeze"].startswith(f"Snapshot {identifier} (sample)")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_the_guide_says_of_the_snapshot_is_so(lang, guided):
    snapshot = Snapshot.open(guided[0] / "snapshot")
    text = (GUIDES / NAMES[lang]).read_text(encoding="utf-8")
    assert f"{snapshot.table('cases').num_rows:,}" in text
    assert (len(snapshot.deliveries), len(snapshot.standing)) == (75, 74)
    correction = next(one for one in snapshot.deliveries if one.replaces)
    assert f"`{correction.id}`" in text
    assert f"`{correction.replaces}`" in text
    assert correction.why.say(lang).partition(": " if lang == "en" else "：")[2] in text

"""The tutorial, done step by step: what it prints is what a reader gets."""

import re
from pathlib import Path

import openpyxl
import pytest

from steelyard.cli import main
from steelyard.scheme.model import Scheme
from steelyard.scheme.office import import_table

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "examples/office_table"
TABLE = HERE / "考核细则（样本）.xlsx"
GUIDES = {"en": "from_excel_to_a_ranking.md", "zh": "from_excel_to_a_ranking.zh.md"}


def guide(lang):
    return (ROOT / "docs/guides" / GUIDES[lang]).read_text(encoding="utf-8")


def printed(lang, command):
    """What the guide shows below a command, in its block or the next one."""
    blocks = re.findall(r"^```\w*\n(.*?)^```$", guide(lang), flags=re.DOTALL | re.MULTILINE)
    index = next(i for i, block in enumerate(blocks) if block.startswith(f"steelyard {command}"))
    own = blocks[index].splitlines()[1:]
    return own or blocks[index + 1].splitlines()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_import_lists_what_the_guide_shows(lang, capsys, tmp_path):
    assert (
        main(["scheme", "import", str(TABLE), "--out", str(tmp_path / "s.toml"), "--lang", lang])
        == 1
    )
    assert capsys.readouterr().err.splitlines() == printed(lang, "scheme import")


def test_the_mended_table_is_the_scheme_that_ships(tmp_path):
    book = openpyxl.load_workbook(TABLE)
    book.active["E8"] = "达到4次得满分，每少1次扣2分，扣完为止。"
    book.save(tmp_path / TABLE.name)
    back = import_table(tmp_path / TABLE.name)
    shipped = dict(Scheme.read(HERE / "scheme.toml").document)
    del shipped["units"]
    assert back.unread == ()
    assert {name: value for name, value in back.document.items() if name != "tables"} == shipped


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_check_and_weigh_print_what_the_guide_shows(lang, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    main(["check", "examples/office_table/scheme.toml", "--lang", lang])
    assert capsys.readouterr().out.splitlines() == printed(lang, "check")
    main(
        [
            "weigh",
            "examples/office_table/scheme.toml",
            "--data",
            "examples/office_table/data",
            "--lang",
            lang,
        ]
    )
    assert capsys.readouterr().out.splitlines() == printed(lang, "weigh")

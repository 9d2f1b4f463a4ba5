"""The scheme that "Figures from records" shows is sound, its queries among the rest."""

from __future__ import annotations

import re

from steelyard.cli import main
from tests.cli.guides import GUIDES

AROUND = """\
format = "steelyard-scheme/1"
code = "guide"
version = "1"
title = "Guide"
label = "sample"
family = "points"
period = { starts = 2021-01-01, ends = 2022-01-01 }
bodies = { market_regulator = { zh = "市场监督管理部门", en = "Market regulator" } }
units = [{ code = "440700", title = "Jiangmen" }]

[[items]]
code = "A"
title = "A"
points = 1
rule = { points = "penalties_in_time * (1 if last(patent_disputes) > 0 and officers_trained > 0 and satisfaction_1_error > 0 else 0)" }

"""


def test_scheme_of_the_guide_is_sound(tmp_path, capsys):
    text = (GUIDES / "write_a_scheme.md").read_text(encoding="utf-8")
    section = text.split("\n## Figures from records")[1].split("\n## ")[0]
    blocks = re.findall(r"^```toml\n(.*?)^```", section, flags=re.DOTALL | re.MULTILINE)
    scheme = tmp_path / "scheme.toml"
    scheme.write_text(AROUND + "".join(blocks), encoding="utf-8")
    status = main(["check", str(scheme), "--lang", "en"])
    assert status == 0, capsys.readouterr()

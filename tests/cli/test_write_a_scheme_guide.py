"""The schemes that the guide shows are sound: each part beside what it needs, and all of it together."""

from __future__ import annotations

import re
from pathlib import Path

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

BESIDES = """
[[inputs]]
code = "files_in_order"
type = "share"

[bodies]
market_regulator = { zh = "市场监督管理部门", en = "Market regulator" }
ip_office = { zh = "知识产权局", en = "IP office" }
"""
"""What the examples name and do not show."""

UNITS = """\
code,title_zh,title_en,parent
44,广东省,Guangdong,
4401,广州市,Guangzhou,44
4407,江门市,Jiangmen,44
"""
ITEMS = """\
code,title_zh,title_en,parent,points,rule
A2,案卷,Case files,A,20,"{ points = '20 * files_in_order if fraud_cases >= 0 else 0' }"
B,满意度,Satisfaction,,5,{ points = "satisfaction / 20" }
C,评委评分,Marks,,65,"{ for_each = 'marks', score = { points = 'mark' }, keep = 'mean' }"
"""
"""What the guide takes for granted: the files that its head names, with what its other examples speak of."""


def blocks(text: str) -> list[str]:
    return re.findall(r"^```toml\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)


def test_scheme_of_the_guide_is_sound(tmp_path, capsys):
    text = (GUIDES / "write_a_scheme.md").read_text(encoding="utf-8")
    section = text.split("\n## Figures from records")[1].split("\n## ")[0]
    scheme = tmp_path / "scheme.toml"
    scheme.write_text(AROUND + "".join(blocks(section)), encoding="utf-8")
    status = main(["check", str(scheme), "--lang", "en"])
    assert status == 0, capsys.readouterr()


def test_all_examples_of_the_guide_make_one_sound_scheme(tmp_path: Path, capsys):
    """As its reader would write it: one after the other, the files beside it."""
    found = blocks((GUIDES / "write_a_scheme.md").read_text(encoding="utf-8"))
    assert len(found) == 9
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "items.csv").write_text(ITEMS, encoding="utf-8")
    scheme = tmp_path / "scheme.toml"
    scheme.write_text("\n".join([*found, BESIDES]), encoding="utf-8")
    status = main(["check", str(scheme), "--lang", "en"])
    assert status == 0, capsys.readouterr()

"""No number is typed into a template: not into ours, not into anybody's."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from steelyard.kernel.faults import Faulty, Where
from steelyard.papers.brief.read import read_template, template_of
from steelyard.papers.brief.typed_numbers import typed_numbers
from steelyard.records.catalogue.read import shipped
from steelyard.records.query.gate import passed
from tests.papers.brief.small_records import template

SHIPPED = sorted(Path(str(files("steelyard.regions"))).rglob("brief_*.toml"))


def codes(text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(Faulty) as caught:
        template_of(text, "brief.toml")
    return [(one.code, one.where.line) for one in caught.value.faults]


def test_there_is_a_template_that_ships() -> None:
    assert "brief_news.toml" in [path.name for path in SHIPPED]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_no_number_is_typed_into_a_shipped_template(path: Path) -> None:
    assert list(typed_numbers(path.read_text(encoding="utf-8"), path.name)) == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_query_of_a_shipped_template_may_run(path: Path) -> None:
    for spec in read_template(path).figures.values():
        query, faults = passed(
            spec.records, shipped(), ("unit", "from", "to"), Where(key=spec.name)
        )
        assert faults == ()
        assert query is not None
        assert {"record", "value", "delivery"} <= set(query.columns)


@pytest.mark.parametrize(
    "typed",
    ["共60条", "６个", "①", "Ⅳ", "二项任务", "第三名", "十二宗", "百分之五", "两件", "五百万元",
     "twelve measures", "the Second place", "one hundred", "24 tasks", "millions", "twenty-fold"],
)  # fmt: skip
def test_typed_numbers_are_found(typed: str) -> None:
    assert len(list(typed_numbers(f"# a comment\nzh = '{typed}'", "t.toml"))) >= 1
    assert {one.where.line for one in typed_numbers(f"# a comment\nzh = '{typed}'", "t.toml")} == {
        2
    }


@pytest.mark.parametrize(
    "word",
    ["统一部署", "一体化", "一系列举措", "千方百计", "首次", "often", "seconds_due",
     "the tenant", "first", "one of them", "统一年度安排", "十分重视"],
)  # fmt: skip
def test_words_that_only_look_like_numbers_stay(word: str) -> None:
    found = [one.what.en for one in typed_numbers(f"zh = '{word}'", "t.toml")]
    assert found == []


def test_number_in_a_query_or_a_comment_is_typed_too() -> None:
    text = template(
        records="SELECT c.case_number AS record, c.place AS value, c.delivery FROM cases AS c WHERE c.kind = 'x9'"
    )
    assert [code for code, _ in codes(text)] == ["typed-number"]
    assert [code for code, _ in codes(template() + "\n# three things\n")] == ["typed-number"]


def test_format_line_alone_may_have_a_digit() -> None:
    assert codes('format = "steelyard-brief/1" # 2\n')[0] == ("typed-number", 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (template(zh="{{other}}"), "unknown-figure"),
        (template(zh="{{closed}}{{clo"), "broken-placeholder"),
        (template(zh="无", en="none"), "unused-figure"),
        (template(tally='"median"'), "wrong-value"),
        (template(result='"rank"'), "one-origin"),
        (template(colour='"red"'), "unknown-key"),
        (template(en=""), "wrong-value"),
        ("format = ", "not-toml"),
    ],
)
def test_faults_of_a_template(text: str, code: str) -> None:
    assert code in [found for found, _ in codes(text)]


def test_all_faults_come_at_once() -> None:
    text = template(zh="{{other}}共8件", tally='"median"')
    assert {"typed-number", "unknown-figure", "wrong-value"} <= {code for code, _ in codes(text)}


def test_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(Faulty, match="cannot-read"):
        read_template(tmp_path / "none.toml")


def test_template_of_the_guide_is_sound() -> None:
    import re

    guide = Path(__file__).parents[3] / "docs/guides/write_its_figures.md"
    found = re.search(r"```toml\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert list(template_of(found[1], "guide.toml").figures) == ["measures"]

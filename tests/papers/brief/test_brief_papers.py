"""A brief as people receive it: page, Word paper, data; and the news page of Guangdong's pack."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from steelyard.kernel.faults import Faulty
from steelyard.papers.brief.page import brief_html
from steelyard.papers.brief.read import read_template
from steelyard.papers.brief.write import brief_files, brief_of, write_brief
from steelyard.records.catalogue.read import shipped
from tests.papers.brief.small_records import (
    NEWS,
    SmallRecords,
    brief,
    closed,
    delivery,
    template,
)
from tests.papers.official.word import part, texts

NEWS_PAGE = Path(str(files("steelyard.regions.guangdong").joinpath("brief_news.toml")))
MANY = SmallRecords(closed(*"abcdefgh"))


def announced(figure: str, value: Any, bound: str = "exact") -> dict[str, Any]:
    return {"record": figure, "value": value, "bound": bound, "is_real": True, "source": "市政府新闻",
            "delivery": NEWS, "value_en": f"{value}"}  # fmt: skip


class Announcing(SmallRecords):
    """Knows announced figures, each by the name that the query asks for, and counts of everything else."""

    def rows(self, sql: str, parameters: Any = None) -> Any:
        asked = re.findall(r"a\.figure = '(\w+)'", sql)
        if asked:
            of = {"plan_aspects": 6, "plan_tasks": 24, "plan_measures": 60}
            if asked[0] in of:
                return (announced(asked[0], of[asked[0]]),)
            if asked[0] == "support_funds_paid":
                return (announced(asked[0], 24_000_000, "about"),)
            if asked[0] == "gi_pledge_financing":
                return (announced(asked[0], 500_000_000, "more_than"),)
            value: Any = "入选广东省知识产权十大事件" if "a.title" in sql else 1
            return (announced(asked[0], value, "at_least" if value == 1 else "exact"),)
        if "announced_results" in sql:
            value = 2 if "a.rank" in sql else "优秀" if "a.grade" in sql else "保护工作考核"
            return (announced("result", value) | {"value_en": "excellent"},)
        return super().rows(sql, parameters)


def delivering() -> Announcing:
    tables = ("meetings", "plan_aspects", "plan_tasks", "plan_measures", "court_services", "fund_payments",
              "contests", "contest_entries", "contest_awards")  # fmt: skip
    deliveries = [delivery(f"{table}_2021", table, "某单位", "a body") for table in tables]
    more = [delivery(NEWS, table, "市政府", "city government", sample=False)
            for table in ("announced_figures", "announced_results")]  # fmt: skip
    rows = {
        table: [{"record": f"R{at}", "value": 1000, "delivery": f"{table}_2021"} for at in range(7)]
        for table in tables
        if table != "contests"
    }
    return Announcing(rows, [*deliveries, *more])


def news(lang: Any) -> Any:
    return brief_of(read_template(NEWS_PAGE), delivering(), None, "江门", lang, "brief_news.toml")


def test_news_page_in_chinese() -> None:
    made = news("zh")
    assert made.title == "江门市知识产权保护工作取得新成效"
    assert [one.text for one in made.paragraphs] == [
        "在“保护工作考核”中，江门市2021年获评优秀等次，居全省第2名。",
        "健全统筹机制",
        "2021年，江门市召开知识产权联席会议7次（样本），其中由政府主要负责人召集7次（样本），"
        "统筹研究重点工作，协调解决跨部门问题。",
        "强化知识产权保护实施方案部署6个方面、24项任务、60条措施。方案记录逐条登记的为7个方面（样本）、"
        "7项任务（样本）、7条措施（样本），每条措施都明确了牵头单位和完成时限。",
        "司法服务就近可及",
        "全市设有知识产权诉讼服务处和巡回法庭1处（样本）。当事人在家门口即可提交立案材料，全年接收并转递立案申请"
        "7件（样本），开展巡回审判7场（样本）、委托调解7件（样本）。",
        "扶持创新创造",
        "修订知识产权扶持资金管理办法，累计兑现扶持资金约2400万元；拨付记录显示，本年度拨付0.70万元（样本）。",
        "本地举办高价值专利大赛的情况：暂无数据。全市报名参加高价值专利大赛的项目7个（样本），获奖7个（样本）。",
        "开展地理标志质押融资，融资总额超过5亿元，把地方特产的“名气”转化为发展的“底气”。",
        "这一做法入选广东省知识产权十大事件（公布为不少于1件）。",
    ]


def test_news_page_in_english() -> None:
    said = [one.text for one in news("en").paragraphs]
    assert said[3] == (
        "The city's plan for stronger protection has 6 aspects, 24 tasks and 60 measures. The records list, "
        "one by one, 7 aspects (sample), 7 tasks (sample) and 7 measures (sample), each with the body that leads "
        "it and its term."
    )
    assert "about CNY 24 million has been paid in all" in said[7]
    assert "financing of more than CNY 500 million was agreed" in said[9]


def test_every_number_of_the_news_page_belongs_to_a_figure() -> None:
    """What is left of the text without its figures and the year has no digit."""
    for lang in ("zh", "en"):
        for paragraph in news(lang).paragraphs:
            words = "".join(one for one in paragraph.pieces if isinstance(one, str))
            assert not re.search(r"\d", words.replace("2021", ""))


def test_page_links_each_mention_to_its_origin_and_back() -> None:
    page = brief_html(news("zh"), shipped())
    targets = set(re.findall(r'id="([^"]+)"', page))
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links <= targets
    assert {f"figure-{n}" for n in range(1, 24)} <= links
    assert not re.search(r"<script|https?://", page)


def test_page_shows_where_a_figure_comes_from() -> None:
    page = brief_html(brief(template(), MANY), shipped())
    for said in (
        "“案件”表8行",
        "C0、C1、C2等，共8行",
        "法院统计",
        "FROM cases AS c",
        MANY.identifier,
    ):
        assert said in page


def test_page_is_safe_from_what_records_hold() -> None:
    reads = SmallRecords(closed("<b>甲</b>", is_real=True))
    page = brief_html(brief(template(tally='"only"', show='"text"'), reads), shipped())
    assert "<b>甲" not in page
    assert "&lt;b&gt;甲" in page


def test_word_paper_has_the_origins_as_footnotes() -> None:
    content = brief_files(brief(template(), MANY), MANY, issued_on=date(2022, 3, 9))["brief.docx"]
    assert texts(part(content, "document")) == [
        "江门年报（样本）",
        "江门审结8（样本）[^1]。",
        "2022年3月9日",
    ]
    assert texts(part(content, "footnotes"))[2:] == [
        " 审结案件：“案件”表8行；提供：法院；来源：法院统计；样本数据，不代表真实情况。"
    ]


def test_brief_of_real_figures_bears_no_mark_of_a_sample() -> None:
    reads = SmallRecords(closed(*"abcdefgh", is_real=True))
    made = brief(template(), reads)
    assert not made.is_sample
    assert "样本" not in brief_html(made, shipped())


def test_same_records_give_the_same_files() -> None:
    first, second = (brief_files(brief(template(), MANY), MANY) for _ in range(2))
    assert first == second


def test_files_are_written_and_nothing_is_if_the_template_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "brief.toml"
    path.write_text(template(), encoding="utf-8")
    written = write_brief(path, MANY, None, "440700", "en", tmp_path / "out")
    assert [one.name for one in written] == [
        "brief.html", "brief.docx", "figures.json", "figures.schema.json",
    ]  # fmt: skip
    path.write_text(template(zh="共8件"), encoding="utf-8")
    with pytest.raises(Faulty, match="typed-number"):
        write_brief(path, MANY, None, "440700", "en", tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_unknown_unit_is_said() -> None:
    with pytest.raises(Faulty, match="the records know no place 'Atlantis'"):
        brief_of(read_template(NEWS_PAGE), delivering(), None, "Atlantis", "en", "brief_news.toml")


def test_a_text_of_a_unit_without_any_figure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "brief.toml"
    path.write_text(template(), encoding="utf-8")
    with pytest.raises(Faulty, match="nothing-known"):
        write_brief(path, SmallRecords(deliveries=()), None, "440700", "en", tmp_path / "out")
    assert not (tmp_path / "out").exists()

"""The parts of pages: what each draws, and that it escapes what it is given."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from steelyard.kernel.bilingual import Text

SOURCE = Path(__file__).resolve().parents[2] / "src/steelyard"
OF_THE_OFFICE = sorted(
    path.relative_to(SOURCE).as_posix()
    for area in ("supply", "people", "files", "notices", "history", "trail")
    for path in (SOURCE / area / "templates").rglob("*.html")
)
DRAWN = ('class="crumbs', 'class="tag', 'class="scroll', 'class="pages', 'class="empty')


def drawn(template: str, lang: str = "en", **told: object) -> str:
    with translation.override(lang):
        page = Template("{% load look saying %}" + template).render(Context(told))
    return " ".join(page.split())


def test_text_is_said_in_the_language_of_the_page() -> None:
    both = {"zh": "江门", "en": "Jiangmen"}
    assert drawn(
        "{{ a|said }} {{ b|said }} {{ c|said }}",
        "zh-hans",
        a=Text("广东", "Guangdong"),
        b=both,
        c=None,
    ) == ("广东 江门")


def test_crumbs_link_what_is_above_and_mark_the_page() -> None:
    assert drawn('{% crumbs "/en/" "Home" here=title %}', title="<b>") == (
        '<nav class="crumbs" aria-label="Where you are"><ol><li><a href="/en/">Home</a></li>'
        '<li aria-current="page">&lt;b&gt;</li></ol></nav>'
    )


def test_what_a_reader_may_not_open_stands_above_without_a_link() -> None:
    path = [("/1/", "Guangdong"), ("", "Jiangmen")]
    items = '<li><a href="/">All</a></li><li><a href="/1/">Guangdong</a></li><li>Jiangmen</li>'
    assert f"<ol>{items}</ol>" in drawn('{% crumbs "/" "All" below=path %}', path=path)


def test_tag_has_its_words() -> None:
    assert drawn('{% tag "late" "bad" %}{% tag "draft" %}') == (
        '<span class="tag tag-bad">late</span><span class="tag">draft</span>'
    )


def test_wide_table_scrolls_by_keyboard() -> None:
    assert drawn("{% scroll label %}<table></table>{% endscroll %}", label="Rows & more") == (
        '<div class="scroll" tabindex="0" role="region" aria-label="Rows &amp; more"><table></table></div>'
    )


@pytest.mark.parametrize(
    ("title", "is_sample", "shown"),
    [
        (Text("江门", "Jiangmen"), False, "江门"),
        (Text("江门", "Jiangmen"), True, '江门 <span class="tag tag-warn">样本</span>'),
        (Text("样本：江门", "Sample: Jiangmen"), True, "样本：江门"),
        (Text("<江门>"), False, "&lt;江门&gt;"),
    ],
)
def test_title_of_a_sample_says_so_once(title: Text, is_sample: bool, shown: str) -> None:
    told = {"title": title, "is_sample": is_sample}
    assert drawn("{% titled title is_sample %}", "zh-hans", **told) == shown


def test_downloads_say_form_and_size() -> None:
    one = {"title": "Ranking", "address": "/data/r.csv", "form": "CSV", "size": 2048}
    page = drawn('{% include "look/downloads.html" %}', "zh-hans", downloads=[one])
    assert "CSV，2 kB" in page.replace("\xa0", " ")


def test_empty_state_says_why_and_what_to_do() -> None:
    page = drawn('{% include "look/empty.html" with title="None" text="Why" url="/x/" link="Do" %}')
    assert page == (
        '<div class="empty"> <p class="empty-head">None</p> <p>Why</p> '
        '<p><a class="button" href="/x/">Do</a></p> </div>'
    )


@pytest.mark.parametrize("template", OF_THE_OFFICE)
def test_no_template_of_the_office_draws_a_part_by_hand(template: str) -> None:
    written = (SOURCE / template).read_text(encoding="utf-8")
    assert [part for part in DRAWN if part in written] == []


def test_templates_of_the_office_are_looked_at() -> None:
    assert len(OF_THE_OFFICE) > 20

"""The parts of pages: what each draws, and that it escapes what it is given."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation

from steelyard.kernel.bilingual import Text


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
    assert "CSV，2.0 KB" in page.replace("\xa0", " ")


def test_empty_state_says_why_and_what_to_do() -> None:
    page = drawn('{% include "look/empty.html" with title="None" text="Why" url="/x/" link="Do" %}')
    assert page == (
        '<div class="empty"> <p class="empty-head">None</p> <p>Why</p> '
        '<p><a class="button" href="/x/">Do</a></p> </div>'
    )

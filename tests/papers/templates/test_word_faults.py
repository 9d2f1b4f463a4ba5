"""Whatever is wrong with a Word template is said before it is used: all of it, where, and what to do."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from steelyard.kernel.faults import Faulty
from steelyard.papers.templates import fill_word, word_faults
from steelyard.papers.templates.language import is_of_the_language
from tests.papers.templates.making import FIELDS, changed, replaced, values, word


def codes(template: bytes) -> list[str]:
    return [fault.code for fault in word_faults(template, FIELDS)]


ONE_TAG = {
    "{{ titel }}": "unknown-field",
    "{{ points }}": "outside-of-loop",
    "{{ items }}": "whole-list",
    "{{ items.code }}": "outside-of-loop",
    "{{ unit.code }}": "no-parts",
    "{{ loop.index }}": "unknown-field",
    "{{ }}": "syntax",
    "{{ title": "half-a-tag",
    "title }}": "half-a-tag",
    "{% if late": "half-a-tag",
    "｛｛ title ｝｝": "full-width-braces",
    "{｛ title ｝}": "full-width-braces",
    "{% if late %}": "unclosed-block",
    "{% endif %}": "without-begin",
    "{% else %}": "without-begin",
    "{%tr if late %}": "row-tag-outside-of-table",
    "{%p if late %} and text": "tag-with-other-text",
    "{# a remark #}": "forbidden-tag",
    "{{r title }}": "forbidden-tag",
    "{{- title }}": "forbidden-tag",
    "{%- if late %}{% endif %}": "forbidden-tag",
    "{%tc if late %}": "forbidden-tag",
    "{% if late > unit %}{% endif %}": "not-allowed",
    "{% if %}{% endif %}": "syntax",
}


@pytest.mark.parametrize(("text", "code"), ONE_TAG.items())
def test_every_kind_of_fault_has_its_code(text: str, code: str) -> None:
    assert code in codes(word(text))


ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ title.__class__.__mro__ }}",
    "{{ title['__class__'] }}",
    "{{ items[0] }}",
    "{{ title|attr('__class__') }}",
    "{{ title|safe }}",
    "{{ title.upper() }}",
    "{{ title ~ unit }}",
    "{{ 10**9 }}",
    "{{ range(9) }}",
    "{{ self.__init__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ 'text' }}",
    "{{ title if late else unit }}",
    "{{ title }}{% raw %}{{ x }}{% endraw %}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% extends 'x' %}",
    "{% set x = 1 %}",
    "{% macro m() %}{% endmacro %}",
    "{% block b %}{% endblock %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with x = 1 %}{% endwith %}",
    "{% autoescape false %}{% endautoescape %}",
    "{% do x %}",
    "{% for x in range(10**9) %}{% endfor %}",
    "{% for x in title %}{% endfor %}",
    "{% for x in items recursive %}{% endfor %}",
    "{% for x in items if x.code %}{% endfor %}",
    "{% for x, y in items %}{% endfor %}",
    "{% for title in items %}{% endfor %}",
    "{% for loop in items %}{% endfor %}",
    "{% for a in items %}{% for b in items %}{% endfor %}{% endfor %}",
    "{% for a in items %}x{% else %}y{% endfor %}",
    "{% if title is defined %}{% endif %}",
    "{% if 'a' in title %}{% endif %}",
    "{% if true %}{% endif %}",
    "{% colspan title %}",
    "{% cellbg title %}",
    "{% vm %}",
    "{% hm %}",
    "{{p title }}",
    "{{ title %}",
    "{% if late }}",
    "{% if late %}{% endfor %}",
    "{{ " + "(" * 500 + "title" + ")" * 500 + " }}",
]


@pytest.mark.parametrize("text", ESCAPES)
def test_what_goes_beyond_fields_is_refused_before_anything_is_filled(text: str) -> None:
    with pytest.raises(Faulty):
        fill_word(word(text), FIELDS, values())


@pytest.mark.parametrize(
    "source",
    [
        "{{ x.y() }}", "{{ x|upper }}", "{{ x[0] }}", "{% set x = 1 %}", "{% include 'x' %}", "{{ x is y }}",
        "{{ 1 + 1 }}", "{% if %}", "{% for x in y %}", "{{ x ~ y }}", "{{ [x] }}", "{% raw %}{% endraw %}{{ x() }}",
    ],
)  # fmt: skip
def test_the_whole_part_is_looked_at_once_more(source: str) -> None:
    """As it is handed to Jinja: what tags of two paragraphs might be together."""
    assert not is_of_the_language(source)


def test_braces_at_the_ends_of_two_paragraphs_make_no_tag() -> None:
    """docxtpl takes out what stands between ``{`` and ``{``, be it the end of a paragraph."""
    template = word("one {", "{ title.__class__ }", "} two")
    with pytest.raises(Faulty):
        fill_word(template, FIELDS, values())


def test_all_faults_are_said_at_once_each_at_its_place() -> None:
    template = word(
        "第一段", "{{ titel }}", "{%p for row in items %}", "{{ row.pionts }}", "{%p endfor %}",
        table=[("项目", "{{ uint }}")], header="{{ nobody }}",
    )  # fmt: skip
    assert [(one.where.place.zh, one.mend.zh) for one in word_faults(template, FIELDS)] == [
        ("正文第2段“{{ titel }}”", "是否想写“title”"),
        ("正文第4段“{{ row.pionts }}”", "是否想写“points”"),
        ("正文表1第1行第2格“{{ uint }}”", "是否想写“unit”"),
        ("页眉第1段“{{ nobody }}”", "可用字段：title, unit, late, items"),
    ]


def test_a_fault_reads_as_a_sentence_in_both_languages() -> None:
    (fault,) = word_faults(word("{{ titel }}"), FIELDS)
    assert fault.say("en") == (
        "body, paragraph 1 “{{ titel }}”: there is no field “titel”; did you mean “title”? [unknown-field]"
    )
    assert (
        fault.say("zh")
        == "正文第1段“{{ titel }}”：没有名为“titel”的字段；是否想写“title” [unknown-field]"
    )


def test_a_block_over_paragraphs_needs_its_letter() -> None:
    template = word("{% for row in items %}", "{{ row.code }}", "{% endfor %}")
    (first, *_) = word_faults(template, FIELDS)
    assert (first.code, "{%p for … %}" in first.mend.zh) == ("unclosed-block", True)


def test_a_block_ends_in_the_cell_in_which_it_began() -> None:
    assert codes(word("x", table=[("{%p if late %}", "{%p endif %}")])) == ["other-place"]


def test_a_block_of_rows_does_not_end_as_one_of_paragraphs() -> None:
    template = word("x", table=[("{%tr if late %}",), ("x",), ("{%p endif %}",)])
    assert "without-begin" in codes(template)


def _in_link(document: Any) -> None:
    paragraph = document.paragraphs[0]
    paragraph.add_run("{{ ti")
    link = OxmlElement("w:hyperlink")
    run = paragraph.add_run("tle }}")._r
    link.append(run)
    paragraph._p.append(link)


def test_a_tag_half_in_a_link_is_refused() -> None:
    assert codes(word("", mend=_in_link)) == ["split-tag"]


def _text_box(document: Any) -> None:
    run = document.paragraphs[0].add_run()._r
    box, paragraph = OxmlElement("w:txbxContent"), OxmlElement("w:p")
    inner, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "{{ title }}"
    inner.append(text)
    paragraph.append(inner)
    box.append(paragraph)
    run.append(box)


def _alternative_text(document: Any) -> None:
    document.paragraphs[0]._p.set("descr", "{{ title }}")


def _subject(document: Any) -> None:
    document.core_properties.subject = "{{ title }}"


@pytest.mark.parametrize("mend", [_text_box, _alternative_text, _subject])
def test_a_tag_where_nobody_would_look_is_refused(mend: Any) -> None:
    assert codes(word("", mend=mend)) == ["hidden-tag"]


def test_an_unknown_field_in_the_title_of_the_properties_is_said() -> None:
    def entitle(document: Any) -> None:
        document.core_properties.title = "{{ titel }} {{ title.__class__ }}"

    assert codes(word("x", mend=entitle)) == ["unknown-field", "no-parts"]


def _revision(document: Any) -> None:
    mark = OxmlElement("w:ins")
    mark.append(document.paragraphs[0].add_run("new")._r)
    document.paragraphs[0]._p.append(mark)


def _comment(document: Any) -> None:
    document.paragraphs[0].add_run()._r.append(OxmlElement("w:commentReference"))


def _simple_field(code: str) -> Any:
    def mend(document: Any) -> None:
        made = OxmlElement("w:fldSimple")
        made.set(qn("w:instr"), code)
        document.paragraphs[0]._p.append(made)

    return mend


def _complex_field(*codes: str) -> Any:
    def mend(document: Any) -> None:
        run = document.paragraphs[0].add_run()._r
        for kind in ("begin", *codes, "end"):
            name = "w:fldChar" if kind in ("begin", "end") else "w:instrText"
            made = OxmlElement(name)
            if name == "w:fldChar":
                made.set(qn("w:fldCharType"), kind)
            else:
                made.text = kind
            run.append(made)

    return mend


@pytest.mark.parametrize(
    ("mend", "code"),
    [
        (_revision, "tracked-changes"),
        (_comment, "comments"),
        (_simple_field("DDEAUTO c:\\\\x.exe"), "field-code"),
        (_simple_field(' INCLUDETEXT "\\\\\\\\host\\\\x" '), "field-code"),
        (_simple_field('HYPERLINK "file:///etc/passwd"'), "field-code"),
        (_complex_field(" DDE", "AUTO x"), "field-code"),
        (_complex_field("INCLUDEPICTURE http://x"), "field-code"),
    ],
)
def test_what_would_go_out_with_every_paper_or_fetch_is_refused(mend: Any, code: str) -> None:
    assert codes(word("x", mend=mend)) == [code]


@pytest.mark.parametrize(
    "mend",
    [
        _simple_field(" PAGE "),
        _complex_field(" NUM", "PAGES "),
        _simple_field("HYPERLINK \\l here"),
    ],
)
def test_page_numbers_and_references_stay(mend: Any) -> None:
    assert codes(word("x", mend=mend)) == []


def test_a_template_set_up_for_mail_merge_is_refused() -> None:
    def merge(document: Any) -> None:
        document.settings.element.append(OxmlElement("w:mailMerge"))

    assert codes(word("x", mend=merge)) == ["mail-merge"]


def test_a_tag_in_a_part_that_is_not_filled_is_refused() -> None:
    settings = "word/settings.xml"
    template = changed(
        word("x"), {settings: replaced(b"</w:settings>", b"{{ title }}</w:settings>")}
    )
    assert codes(template) == ["hidden-tag"]

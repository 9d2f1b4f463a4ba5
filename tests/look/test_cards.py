"""Where a table stands as cards, each cell says its own column's heading, and what is blank says nothing."""

from __future__ import annotations

from pathlib import Path

from steelyard.look.cards import labelled

SRC = Path(__file__).resolve().parents[2] / "src/steelyard"
BY_HAND = {
    "trail/changed_meanwhile.html": "its cells hold the choices between two states, outside what scrolls",
    "website/item.html": "the public site frames its tables itself",
    "website/unit.html": "the public site frames its tables itself",
}
"""Templates that write the labels of cells themselves, and why."""

HEAD = (
    '<thead><tr><th scope="col">Unit</th><th scope="col" class="number">Points &amp; "grade"</th>'
    '<th scope="col">Reason</th><th scope="col"><span class="hidden">Change</span></th></tr></thead>'
)
NAME = '<th scope="row">Jiangmen</th>'


def table(row: str, kind: str = "dense stacked") -> str:
    return f'<table class="{kind}">{HEAD}<tbody><tr>{row}</tr></tbody></table>'


def test_each_cell_says_the_heading_of_its_column() -> None:
    row = '{}<td class="number"{}>9</td><td{}>late</td><td><a href="/">Change</a></td>'
    label = ' data-label="Points &amp; &quot;grade&quot;"'
    assert labelled(table(row.format(NAME, "", ""))) == table(
        row.format(NAME, label, ' data-label="Reason"')
    )


def test_headings_count_from_the_first_column_in_each_row() -> None:
    rows = f"{NAME}<td>9</td></tr><tr>{NAME}<td>8</td>"
    assert labelled(table(rows)).count('data-label="Points') == 2


def test_a_cell_across_columns_has_no_heading_and_the_next_one_its_own() -> None:
    assert labelled(table('<td colspan="2">all</td><td>late</td>')) == table(
        '<td colspan="2">all</td><td data-label="Reason">late</td>'
    )


def test_what_a_template_says_itself_stays() -> None:
    row = f'{NAME}<td data-label="Points">9</td>'
    assert labelled(table(row)) == table(row)


def test_a_blank_cell_becomes_empty() -> None:
    assert labelled(table(f"{NAME}<td>9</td><td>\n </td>")).endswith(
        '<td data-label="Reason"></td></tr></tbody></table>'
    )


def test_a_table_that_stays_one_stays_as_it_is() -> None:
    plain = table(f"{NAME}<td>9</td>", "dense")
    assert labelled(plain) == plain
    assert labelled(plain + table(f"{NAME}<td>9</td>")).startswith(plain)


def test_templates_write_a_heading_once() -> None:
    found = {
        str(path).rpartition("templates/")[2]
        for path in SRC.rglob("*.html")
        if "data-label=" in path.read_text(encoding="utf-8")
    }
    assert found == set(BY_HAND)

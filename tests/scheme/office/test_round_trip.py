"""Importing an export loses nothing; what a person changes in it is taken over."""

from pathlib import Path

import openpyxl
import pytest

from steelyard.scheme.model import Scheme
from steelyard.scheme.office import export_docx, export_xlsx, import_table
from steelyard.scheme.read import as_plain
from tests.builders import document, item

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = sorted(
    [*ROOT.glob("examples/*/*scheme.toml"), *ROOT.glob("src/steelyard/regions/**/*scheme.toml")]
)
WRITERS = {"xlsx": export_xlsx, "docx": export_docx}


def imported(tmp_path, content, ending):
    path = tmp_path / f"table.{ending}"
    path.write_bytes(content)
    return import_table(path)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "path", [p for p in SHIPPED if "hospital" not in p.parent.name], ids=lambda p: p.parent.name
)
def test_every_scheme_that_ships_survives_excel(tmp_path, path, lang):
    whole = dict(Scheme.read(path).document)
    back = imported(tmp_path, export_xlsx(whole, lang), "xlsx")
    assert (back.document, back.unread) == (as_plain(whole), ())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["semap", "shicheng_river_chiefs_2018", "patent_enforcement"])
def test_schemes_survive_word(tmp_path, name, lang):
    whole = dict(Scheme.read(ROOT / f"examples/{name}/scheme.toml").document)
    back = imported(tmp_path, export_docx(whole, lang), "docx")
    assert (back.document, back.unread) == (as_plain(whole), ())


def test_what_only_the_program_reads_takes_few_pages_which_the_paper_does_not_count(tmp_path):
    import docx
    from docx.oxml.ns import qn

    (tmp_path / "a.docx").write_bytes(export_docx(document(), "zh"))
    paper = docx.Document(str(tmp_path / "a.docx"))
    first, carried = paper.sections
    assert "PAGEREF paper_end" in first.footer._element.xml
    assert carried._sectPr.find(qn("w:cols")).get(qn("w:num")) == "4"
    assert "PAGE" not in carried.footer._element.xml
    text = paper.tables[-1].cell(0, 0).text
    assert text.startswith("steelyard-table/")
    assert len(text.splitlines()) > 10


def test_equal_schemes_make_equal_files():
    for write in WRITERS.values():
        assert write(document(), "zh") == write(document(), "zh")


THREE = [
    item("G", 20), item("A", 10, {"points": "a"}, parent="G", material={"zh": "清单", "en": "List"}),
    item("B", 10, [{"points": "full"}, {"deduct": "late", "each": "0.5"}], parent="G"),
]  # fmt: skip


def edited(tmp_path, changes, delete=None, **more):
    """Export, change cells by (row, column), import again."""
    path = tmp_path / "table.xlsx"
    path.write_bytes(export_xlsx(document(items=THREE, **more), "zh"))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for place, value in changes.items():
        sheet[place] = value
    if delete:
        sheet.delete_rows(delete)
    book.save(path)
    return import_table(path)


def items(back):
    return {one["code"]: one for one in back.document["items"]}


def test_the_table_is_laid_out_as_offices_write_it(tmp_path):
    path = tmp_path / "table.xlsx"
    path.write_bytes(export_xlsx(document(items=THREE), "zh"))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    shown = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=4)]
    assert shown[0][0] == "考核（样本）"
    assert shown[1] == [
        "编号",
        "一级指标",
        "二级指标",
        "分值",
        "评分标准",
        "佐证材料",
    ]
    assert shown[2][:4] == ["A", "指标G（20分）", "指标A", 10]
    assert "B3:B4" in {str(block) for block in sheet.merged_cells.ranges}


def test_an_edited_title_points_and_material_are_taken_over(tmp_path):
    back = edited(
        tmp_path, {"C3": "结案率", "D3": 12, "F3": "系统截图", "B3": "指标G（22分）", "D5": 22}
    )
    assert back.unread == ()
    assert items(back)["A"] == THREE[1] | {
        "title": {"zh": "结案率", "en": "Item A"}, "points": 12, "material": {"zh": "系统截图", "en": "List"},
    }  # fmt: skip
    assert items(back)["G"]["points"] == 22
    assert items(back)["B"] == THREE[2]


def test_an_edited_rule_is_read_from_its_words(tmp_path):
    back = edited(tmp_path, {"E4": "每缺1次扣2分，扣完为止。"})
    assert back.unread == ()
    assert items(back)["B"]["rule"][1]["each"] == 2
    assert items(back)["A"] == THREE[1]


def test_an_edited_rule_that_is_not_understood_is_listed_and_the_old_one_not_kept(tmp_path):
    back = edited(tmp_path, {"E4": "视情节严重程度处理"})
    assert [(cell.where.row, cell.text) for cell in back.unread] == [(4, "视情节严重程度处理")]
    assert "rule" not in items(back)["B"]


def test_a_removed_row_is_gone_and_an_added_row_is_read(tmp_path):
    assert set(items(edited(tmp_path, {}, delete=4))) == {"G", "A"}
    added = {"A6": "C", "B6": "新增", "C6": "公开率", "D6": 5, "E6": "≥90%得5分，低于90%不得分。"}
    back = edited(tmp_path, added)
    assert set(items(back)) >= {"G", "A", "B", "C"}
    assert items(back)["C"]["points"] == 5
    assert items(back)["C"]["rule"]["steps"][0] == [">= 90%", 5]


def test_text_that_begins_like_a_formula_stays_text(tmp_path):
    evil = [item("A", 10, {"points": "a"}, note="=HYPERLINK(1)")]
    path = tmp_path / "table.xlsx"
    path.write_bytes(export_xlsx(document(items=evil), "en"))
    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert [cell.value for cell in cells if str(cell.value).startswith("=")] == ["=HYPERLINK(1)"]
    assert all(cell.data_type != "f" for cell in cells)

"""A table's schema is read whole, and every fault of it is said at once, with its file and key."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty
from steelyard.records.catalogue.model import Catalogue, Constraint, Field
from steelyard.records.catalogue.read import read_catalogue, shipped, with_region

HEAD = 'format = "steelyard-tables/1"\n'
TITLE = '{ zh = "听证", en = "Public hearings" }'
ID = '{ code = "id", title = "编号", type = "code", required = true }'
HELD_ON = '{ code = "held_on", title = "日期", type = "day" }'


def table(*fields: str, code: str = "public_hearings", key: str = "id", more: str = "") -> str:
    """A table with an ``id``, as TOML; ``fields`` are its further fields, ``more`` its further keys."""
    listed = ", ".join((ID, *fields))
    return (
        f'[[tables]]\ncode = "{code}"\ntitle = {TITLE}\narea = "courts"\nkey = "{key}"\n'
        f"{more}\nfields = [{listed}]\n"
    )


def read(folder: Path, *files: str, beside: Catalogue | None = None) -> Catalogue:
    for number, text in enumerate(files):
        (folder / f"{number}.toml").write_text(text, encoding="utf-8")
    return read_catalogue(folder, beside=beside)


def faults(folder: Path, *files: str, beside: Catalogue | None = None) -> list[Fault]:
    with pytest.raises(Faulty) as refused:
        read(folder, *files, beside=beside)
    return list(refused.value.faults)


def said(found: list[Fault]) -> list[tuple[str, str]]:
    return [(fault.code, fault.where.key) for fault in found]


def field(text: str) -> str:
    return f'{{ code = "a", title = "甲", {text} }}'


def test_table_is_read_with_all_that_it_says(tmp_path: Path) -> None:
    fine = (
        '{ code = "fine", title = { zh = "罚款", en = "Fine" }, type = "money", personal = true,'
        ' unit_of_measure = "元", least = 0, most = 12.5, note = "法" }'
    )
    court = (
        '{ code = "court", title = "法院", type = "code", codes = "court", pattern = "[0-9]{4}" }'
    )
    more = (
        'place = "court"\ndated = ["held_on"]\ndisclosure = "open"\nnote = "一行一次"\n'
        'constraints = [{ rule = "fine > 0", say = { zh = "须为正", en = "not positive" } }]'
    )
    codes = '[codes.court]\n"0704" = { zh = "江海", en = "Jianghai" }\n'
    found = read(tmp_path, HEAD + codes + table(HELD_ON, fine, court, more=more))
    made = found.tables["public_hearings"]
    assert (made.title, made.area, made.key) == (Text("听证", "Public hearings"), "courts", ("id",))
    assert (made.place, made.dated, made.disclosure) == ("court", ("held_on",), "open")
    assert made.constraints == (Constraint("fine > 0", Text("须为正", "not positive")),)
    assert made.field["fine"] == Field(
        code="fine", title=Text("罚款", "Fine"), type="money", personal=True,
        unit_of_measure=Text("元", "元"), least=Decimal(0), most=Decimal("12.5"),
        note=Text("法", "法"),
    )  # fmt: skip
    assert (made.field["court"].codes, made.field["court"].pattern) == ("court", "[0-9]{4}")
    assert made.personal == {"fine"}
    assert found.codes == {"court": {"0704": Text("江海", "Jianghai")}}


def test_table_is_protected_unless_it_says_otherwise(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + table()).tables["public_hearings"].disclosure == "protected"


def test_key_of_several_fields_keeps_their_order(tmp_path: Path) -> None:
    day = '{ code = "held_on", title = "日期", type = "day", required = true }'
    text = HEAD + table(day).replace('key = "id"', 'key = ["held_on", "id"]')
    assert read(tmp_path, text).tables["public_hearings"].key == ("held_on", "id")


def test_reference_leads_to_a_key(tmp_path: Path) -> None:
    other = table(
        '{ code = "hearing", title = "听证", type = "code", refers_to = "public_hearings.id" }',
        code="minutes",
    )
    found = read(tmp_path, HEAD + table() + other)
    assert found.tables["minutes"].references == {"hearing": ("public_hearings", "id")}


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        (table(), "key-missing", ""),
        (HEAD.replace("/1", "/2") + table(), "wrong-value", "format"),
        (HEAD + "[[tables]]\n" + 'code = "a"\n', "key-missing", "tables[0]"),
        (HEAD + table(code="unit"), "wrong-name", "tables[0].code"),
        (HEAD + table(code="Cases"), "wrong-name", "tables[0].code"),
        (HEAD + table(field('type = "day"').replace('"a"', '"delivery"')), "wrong-name", "tables[0].fields[1].code"),
        (HEAD + table(field('type = "float"')), "wrong-value", "tables[0].fields[1].type"),
        (HEAD + table('{ code = "a", type = "day" }'), "key-missing", "tables[0].fields[1]"),
        (HEAD + table(field('type = "day", required = "yes"')), "wrong-value", "tables[0].fields[1].required"),
        (HEAD + table(field('type = "day", unit_of_mesure = "日"')), "unknown-key", "tables[0].fields[1].unit_of_mesure"),
        (HEAD + table(ID), "duplicate-code", "tables[0].fields.id"),
        (HEAD + table() + table(), "duplicate-code", "tables.public_hearings"),
        (HEAD + table(key="number"), "unknown-field", "tables[0].key"),
        (HEAD + table(HELD_ON, key="held_on"), "key-not-required", "tables[0].key"),
        (HEAD + table(more='place = "city"'), "unknown-field", "tables[0].place"),
        (HEAD + table(more='dated = "id"'), "unknown-field", "tables[0].dated"),
        (HEAD + table(more='disclosure = "secret"'), "wrong-value", "tables[0].disclosure"),
        (HEAD + table(more='constraints = [{ rule = "id > 0" }]'), "key-missing", "tables[0].constraints[0]"),
        (HEAD + table(field('type = "code", codes = "court"')), "unknown-codes", "tables.public_hearings.a"),
        (HEAD + table(field('type = "code", refers_to = "courts.code"')), "unknown-reference", "tables.public_hearings.a"),
        (HEAD + table(field('type = "code", refers_to = "public_hearings"')), "unknown-reference", "tables.public_hearings.a"),
        (HEAD + table(field('type = "code", refers_to = "public_hearings.a"')), "unknown-reference", "tables.public_hearings.a"),
        ("format = ", "not-toml", ""),
    ],
)  # fmt: skip
def test_fault_has_a_code_and_says_where(tmp_path: Path, text: str, code: str, key: str) -> None:
    assert (code, key) in said(faults(tmp_path, text))


def test_all_faults_of_all_files_are_said_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, HEAD + table(more='place = "city"'), HEAD + table(code="Minutes"))
    assert [(fault.code, fault.where.file) for fault in found if fault.where.file] == [
        ("unknown-field", "0.toml"),
        ("wrong-name", "1.toml"),
    ]


def test_every_fault_says_what_to_do_in_both_languages(tmp_path: Path) -> None:
    wrong = field('type = "float", codes = "court", refers_to = "courts.code"')
    for fault in faults(tmp_path, HEAD + table(wrong, key="number", more='dated = "id"')):
        assert all((fault.what.zh, fault.what.en, fault.mend.zh, fault.mend.en))


def test_folder_without_tables_is_refused(tmp_path: Path) -> None:
    assert said(faults(tmp_path)) == [("no-tables", "")]


def test_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(HEAD.encode("utf-16"))
    assert said(faults(tmp_path)) == [("not-toml", "")]


def test_region_adds_tables_that_use_those_that_ship(tmp_path: Path) -> None:
    place = '{ code = "place", title = "地方", type = "code", refers_to = "places.code" }'
    kind = '{ code = "kind", title = "类别", type = "code", codes = "case_kind" }'
    (tmp_path / "own.toml").write_text(HEAD + table(place, kind), encoding="utf-8")
    found = with_region(tmp_path)
    assert set(found.tables) == {*shipped().tables, "public_hearings"}


def test_region_may_not_take_a_name_that_ships(tmp_path: Path) -> None:
    text = HEAD + '[codes.case_kind]\na = "甲"\n' + table(code="cases")
    found = faults(tmp_path, text, beside=shipped())
    taken = [fault.where.key for fault in found if fault.code == "duplicate-code"]
    assert taken == ["tables.cases", "codes.case_kind"]


def test_without_a_region_there_are_the_tables_that_ship() -> None:
    assert with_region(None) is shipped()

"""What a body sends is judged by its content before anything reads it, and is called what it is."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from steelyard.files.models import Content
from steelyard.kernel.refusals import Refused
from steelyard.supply.actions.deliveries import File
from steelyard.supply.models import Delivery
from tests.supply.office import Office, trainings

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: Any, tmp_path: Path) -> Office:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    return Office()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for line in trainings(62, 140).content.decode().splitlines():
        book.active.append(line.split(","))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def zipped(*parts: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return target.getvalue()


def bomb() -> bytes:
    """A workbook of one sheet that unpacks to 300 MB of blanks."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts["xl/worksheets/sheet1.xml"] = b" " * (300 << 20)
    return zipped(*parts.items())


@pytest.mark.parametrize(
    ("name", "kept", "content"),
    [
        ("培训2021", "培训2021.csv", trainings(62, 140).content),
        ("培训2021.", "培训2021.csv", trainings(62, 140).content),
        ("培训2021", "培训2021.xlsx", workbook()),
        ("培训2021.csv", "培训2021.xlsx", workbook()),
        ("培训2021.xlsx", "培训2021.csv", trainings(62, 140).content),
    ],
)
def test_a_name_that_does_not_say_what_it_is_is_put_right_and_the_rows_are_read(
    office: Office, name: str, kept: str, content: bytes
) -> None:
    found = office.uploaded(file=File(name, content))
    assert (found.file_name, found.rows, found.fault_count) == (kept, 2, 0)


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PDF, "not_a_table"),
        (PDF + zipped(("a.txt", b"a")), "not_a_table"),  # opens as a PDF, unpacks as an archive
        (zipped(("a.csv", b"a,b")), "not_a_table"),
        (b"\x89PNG\r\n\x1a\n....IEND", "not_a_table"),
        (b"<html><script>alert(1)</script></html>", "page_or_program"),
        (b"MZ\x90\x00\x03", "unknown_kind"),
        (b"PK\x03\x04 and then nothing", "broken_file"),
        (b"", "empty_file"),
        (bomb, "unpacks_too_large"),
    ],
)
@pytest.mark.parametrize("name", ["table", "table.xlsx", "table.csv"])
def test_what_is_no_table_is_refused_by_what_it_is_and_leaves_no_draft(
    office: Office, name: str, content: Any, code: str
) -> None:
    sent = content() if callable(content) else content
    with pytest.raises(Refused) as refused:
        office.uploaded(file=File(name, sent))
    assert [(one.code, one.field) for one in refused.value.refusals] == [(code, "content")]
    assert (Delivery.objects.count(), Content.objects.count()) == (0, 0)


def test_another_file_for_a_delivery_is_judged_in_the_same_way(office: Office) -> None:
    from steelyard.supply.actions import deliveries as actions
    from tests.supply.office import NOW, details

    found = office.uploaded()
    with pytest.raises(Refused, match="not_a_table"):
        actions.mend(
            delivery=found.pk, details=details(), file=File("x", PDF), seen=found.version,
            by=office.li.pk, now=NOW,
        )  # fmt: skip
    assert Delivery.objects.get().version == found.version

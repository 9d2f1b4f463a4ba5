import codecs

import pytest

from steelyard.kernel.faults import Faulty
from steelyard.tables.encoding import decoded
from steelyard.tables.read import read_sheet

TEXT = "城市,结案率\n江门市,92.3%\n深圳市,95%\n"


def fault_of(content):
    with pytest.raises(Faulty) as refused:
        decoded(content, "values.csv")
    (fault,) = refused.value.faults
    return fault


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "utf-16-le", "utf-16-be"],
)
def test_the_same_sheet_is_read_from_every_encoding(tmp_path, content):
    (tmp_path / "values.csv").write_bytes(content)
    sheet = read_sheet(tmp_path / "values.csv")
    assert sheet.headings == ("城市", "结案率")
    assert [cell.text for cell in sheet.column("城市")] == ["江门市", "深圳市"]


def test_rare_characters_of_gb18030_are_read_among_common_ones():
    text = "姓名,单位\n陈喆,江门市中级人民法院\n㐂,广州\n"
    assert decoded(text.encode("gb18030"), "a.csv") == text


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"a,b\n1,2\n\xff\xff,3\n", 3),
        ("城市,n\n江门,1\n".encode() + b"\xe6\xb1,2\n", 3),
        ("城市,n\n江门".encode()[:-1], 2),
        (codecs.BOM_UTF8 + b"a\n\xff\n", 2),
        (codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"\x00", 2),
        ("name,n\nx,1\nQuébec,2\n".encode("latin-1"), 3),
        (b"a\r\rb\r\xff\xff", 4),
    ],
    ids=[
        "no encoding",
        "damaged utf-8",
        "cut off utf-8",
        "mark of utf-8",
        "odd utf-16",
        "western",
        "old line ends",
    ],
)
def test_bytes_that_fit_no_encoding_are_refused_with_their_row(content, row):
    fault = fault_of(content)
    assert (fault.code, fault.where.row) == ("wrong-encoding", row)


def test_damaged_utf_8_is_not_read_as_other_characters():
    damaged = "江门".encode() + b"\xb0\xa1"
    assert damaged.decode("gb18030") == "姹熼棬啊"
    assert fault_of(damaged).what.en.startswith("the bytes of this row do not fit UTF-8")


def test_a_nul_is_refused_with_its_row():
    fault = fault_of(b"a,b\n1,2\n3,\x00\n")
    assert (fault.code, fault.where.row) == ("nul-byte", 3)


def test_utf_16_without_its_mark_is_refused_and_not_read_as_nonsense():
    assert fault_of("a,b\n1,2\n".encode("utf-16-le")).code == "nul-byte"

"""What else of a Word template would go out with every paper, or hide a tag? Refused, each by name.

Tags are seen in the text of paragraphs alone. Anywhere else (a text box, alternative text, a chart, a
field's code) one would be filled unseen or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where
from steelyard.papers.templates.language import Scope, against_output
from steelyard.papers.templates.packages import Package
from steelyard.papers.templates.spots import BEGIN, SIGNS, TAG, TEXT_BOX, T

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_REVISIONS = tuple(f"{_W}{tag}" for tag in ("ins", "del", "moveFrom", "moveTo"))
_SAFE_CODES = (
    "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "TOC", "REF", "PAGEREF", "NOTEREF", "SEQ", "STYLEREF",
    "HYPERLINK", "DATE", "TIME",
)  # fmt: skip
_LINKS = ("\\l", '"http://', '"https://', '"mailto:')
"""A link may go to a place in the paper, or to the web."""
_FILLED = ("{http://purl.org/dc/elements/1.1/}title", "{http://purl.org/dc/elements/1.1/}creator")
_PROPERTY = Text("文件属性（标题、作者）", "the file's properties (title, author)")


def against_surroundings(
    package: Package, filled: Collection[str], scope: Scope
) -> Iterator[Fault]:
    for name, tree in package.trees.items():
        yield from _against_marks(name, tree)
        yield from _against_codes(name, tree)
        if not name.endswith(".rels") and name != "[Content_Types].xml":
            yield from _against_hidden_tags(name, tree, is_filled=name in filled)
        if tree.tag.endswith("}coreProperties"):
            for filled_one in tree.iter(*_FILLED):
                yield from _against_property(filled_one.text or "", scope)


def _against_marks(name: str, tree: Any) -> Iterator[Fault]:
    if next(tree.iter(*_REVISIONS), None) is not None:
        yield Fault(
            "tracked-changes",
            Text("文件中有未处理的修订", "the file holds tracked changes"),
            Text("请先接受或者拒绝全部修订", "accept or reject them all first"),
            Where(key=name),
        )
    if next(tree.iter(f"{_W}commentReference"), None) is not None:
        yield Fault(
            "comments",
            Text(
                "文件中有批注，会随每份文书发出",
                "the file holds comments, which would go out with every paper",
            ),
            Text("请删去批注", "delete them"),
            Where(key=name),
        )
    if next(tree.iter(f"{_W}mailMerge"), None) is not None:
        yield Fault(
            "mail-merge",
            Text(
                "文件设有邮件合并，打开时会去读取数据源",
                "the file is set up for mail merge, and reads its source when opened",
            ),
            Text(
                "请在“邮件”选项卡中改为“普通 Word 文档”",
                "under Mailings, turn it into a normal Word document",
            ),
            Where(key=name),
        )


def _against_codes(name: str, tree: Any) -> Iterator[Fault]:
    """Fields fetch files (INCLUDETEXT) and run programs (DDEAUTO): only those that count and refer may stay."""
    simple = [one.get(f"{_W}instr", "") for one in tree.iter(f"{_W}fldSimple")]
    for code in [*simple, *_complex_codes(tree)]:
        word, _, rest = code.strip().partition(" ")
        is_link = word.upper() == "HYPERLINK" and not rest.strip().startswith(_LINKS)
        if word.upper() not in _SAFE_CODES or is_link:
            yield Fault(
                "field-code",
                Text(
                    f"域代码“{code.strip()[:60]}”不允许",
                    f"the field code “{code.strip()[:60]}” is not allowed",
                ),
                Text(
                    "请选中后按 Ctrl+Shift+F9 转为普通文字",
                    "turn it into text: select it and press Ctrl+Shift+F9",
                ),
                Where(key=name),
            )


def _complex_codes(tree: Any) -> Iterator[str]:
    """The codes of fields that are spread over runs, from their begin to what separates them from the text."""
    open_codes: list[str] = []
    for one in tree.iter(f"{_W}fldChar", f"{_W}instrText", f"{_W}delInstrText"):
        kind = one.get(f"{_W}fldCharType", "")
        if kind == "begin":
            open_codes.append("")
        elif one.tag != f"{_W}fldChar":
            if not open_codes:
                yield one.text or "?"
            else:
                open_codes[-1] += one.text or ""
        elif kind == "separate" and open_codes:
            yield open_codes.pop()
            open_codes.append("PAGE")
        elif kind == "end" and open_codes:
            yield open_codes.pop()
    yield from open_codes


def _against_hidden_tags(name: str, tree: Any, *, is_filled: bool) -> Iterator[Fault]:
    is_core = tree.tag.endswith("}coreProperties")
    for one in tree.iter():
        if not isinstance(one.tag, str):
            said = [one.text or ""]
        else:
            said = [*one.attrib.values(), one.tail or ""]
            is_seen = is_filled and one.tag == T and not _in_text_box(one)
            if not is_seen and not (is_core and one.tag in _FILLED):
                said.append(one.text or "")
        found = next(filter(BEGIN.search, said), "")
        if found:
            yield _hidden(name, found)


def _in_text_box(element: Any) -> bool:
    return any(above.tag == TEXT_BOX for above in element.iterancestors())


def _against_property(text: str, scope: Scope) -> Iterator[Fault]:
    """The title and the author are filled; outputs alone may stand there."""
    tags = TAG.findall(text)
    if any(sign in TAG.sub("", text) for sign in SIGNS) or any(tag[1] != "{" for tag in tags):
        yield _hidden("docProps/core.xml", text)
        return
    for tag in tags:
        for problem in against_output(tag[2:-2].strip(), scope):
            yield Fault(problem.code, problem.what, problem.mend, Where(place=_PROPERTY))


def _hidden(name: str, text: str) -> Fault:
    return Fault(
        "hidden-tag",
        Text(
            f"“{text.strip()[:60]}”不在段落文字中（可能在文本框、图片说明或者文件属性中），不会被填写",
            f"“{text.strip()[:60]}” does not stand in the text of a paragraph "
            "(a text box, a picture's text, a property) and is not filled",
        ),
        Text(
            "请移到正文、表格、页眉或者页脚的段落中",
            "move it to a paragraph of the body, a table, the header or the footer",
        ),
        Where(key=name),
    )

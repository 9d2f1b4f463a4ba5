"""The rows of the table as an export prints them: one a leaf, its groups merged beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from steelyard.kernel.bilingual import Lang, Text
from steelyard.scheme.wording.say_item import item_in_words, veto_in_words
from steelyard.scheme.wording.speech import bilingual

Document = Mapping[str, object]
_LEVELS = (Text("一级指标", "Level 1"), Text("二级指标", "Level 2"), Text("三级指标", "Level 3"),
           Text("四级指标", "Level 4"), Text("五级指标", "Level 5"))  # fmt: skip
_BESIDE = {
    "points": Text("分值", "Points"),
    "rule": Text("评分标准", "Scoring rule"),
    "supplying_body": Text("数据来源", "Supplying body"),
    "scoring_body": Text("责任单位", "Scoring body"),
    "material": Text("佐证材料", "Material required"),
    "note": Text("备注", "Note"),
}
_CODE = Text("编号", "Code")
_KINDS = {"bonus": Text("（加分项）", " (bonus)"), "deduction": Text("（扣分项）", " (deduction)")}
_POINTS = Text("（{points}分）", " ({points} points)")
_SAMPLE = Text("（样本）", " (sample)")


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row: the codes and titles of its groups down to itself, and its cells by role."""

    code: str
    path: tuple[tuple[str, str], ...]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """A table to print. ``remarks`` stand below it, one a line."""

    title: str
    headings: tuple[str, ...]
    depth: int
    rows: tuple[Row, ...]
    remarks: tuple[str, ...]


def items_of(document: Document) -> list[Document]:
    return cast("list[Document]", document.get("items") or [])


def layout_of(document: Document, lang: Lang) -> Layout:
    """The document as rows to print."""
    items = items_of(document)
    below: dict[str, list[Document]] = {}
    for item in items:
        below.setdefault(str(item.get("parent", "")), []).append(item)
    rows = tuple(_rows(document, below, "", (), lang))
    depth = max((len(row.path) for row in rows), default=1)
    headings = (_CODE.say(lang), *(_LEVELS[min(i, 4)].say(lang) for i in range(depth)),
                *(heading.say(lang) for heading in _BESIDE.values()))  # fmt: skip
    vetoes = cast("Sequence[Document]", document.get("vetoes") or [])
    remarks = tuple(
        f"{bilingual(veto.get('title', veto.get('code'))).say(lang)}{'：' if lang == 'zh' else ': '}"
        f"{veto_in_words(veto, document, lang)}"
        for veto in vetoes
    )
    return Layout(_title(document, lang), headings, depth, rows, remarks)


def _title(document: Document, lang: Lang) -> str:
    title = bilingual(document.get("title", "")).say(lang)
    marked = "样本" in title or "sample" in title.lower()
    return title + (_SAMPLE.say(lang) if document.get("label") == "sample" and not marked else "")


def _rows(
    document: Document, below: Mapping[str, list[Document]], parent: str,
    path: tuple[tuple[str, str], ...], lang: Lang,
) -> Iterator[Row]:  # fmt: skip
    for item in below.get(parent, []):
        code = str(item["code"])
        is_group = code in below
        here = (*path, (code, titled(item, lang, is_group=is_group)))
        if is_group:
            yield from _rows(document, below, code, here, lang)
        else:
            yield Row(code, here, cells_of(item, document, lang))


def titled(item: Document, lang: Lang, *, is_group: bool) -> str:
    """The title as printed: a group's with its points, a bonus and a deduction marked."""
    title = bilingual(item.get("title", item["code"])).say(lang)
    kind = _KINDS.get(str(item.get("kind", "item")))
    title += kind.say(lang) if kind else ""
    if is_group and "points" in item:
        title += _POINTS.say(lang).format(points=item["points"])
    return title


def cells_of(item: Document, document: Document, lang: Lang) -> dict[str, str]:
    """The cells beside a leaf, by role."""
    return {
        "points": str(item.get("points", "")),
        "rule": item_in_words(item, document, lang),
        "supplying_body": bodies_text(item.get("supplying_body"), document, lang),
        "scoring_body": bodies_text(item.get("scoring_body"), document, lang),
        "material": bilingual(item.get("material", "")).say(lang),
        "note": bilingual(item.get("note", "")).say(lang),
    }


def bodies_text(value: object, document: Document, lang: Lang) -> str:
    """The titles of the bodies named, in a row."""
    codes = [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []
    titles = cast("Mapping[str, object]", document.get("bodies") or {})
    joined = "、" if lang == "zh" else "; "
    return joined.join(bilingual(titles.get(str(code), str(code))).say(lang) for code in codes)

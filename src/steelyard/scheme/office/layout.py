"""The rows of the table as an export prints them: one a leaf, its groups merged beside it.

Top items that are no plain items stand in sections of their own (加分项, 扣分项, 一票否决); what belongs to no
row (how a group is joined, the grades, the legal basis) stands in notes below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import exact, plain
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.wording.say_grades import grades_in_words, veto_in_words
from steelyard.scheme.wording.say_item import group_in_words, item_in_words
from steelyard.scheme.wording.speech import bilingual, rows_of

Document = Mapping[str, object]
LONGEST_CELL = 32_000
"""Characters: a cell of Excel holds 32,767."""

TITLE = "title"
"""The name of the table's title among the cells as written."""

_LEVELS = ("一二三四五六七八九十", "Level")
_HEADINGS = {
    "points": Text("分值", "Points"), "weight": Text("权重", "Weight"),
    "rule": Text("评分标准", "Scoring rule"), "supplying_body": Text("数据来源", "Supplying body"),
    "scoring_body": Text("评分单位", "Scoring body"), "material": Text("佐证材料", "Material required"),
    "source": Text("依据", "Source"), "note": Text("备注", "Note"),
}  # fmt: skip
_CODE = Text("编号", "Code")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
SECTIONS = {
    "item": Text("基本项", "Items"), "bonus": Text("加分项", "Bonus"),
    "deduction": Text("扣分项", "Deductions"), "veto": Text("一票否决", "Vetoes"),
}  # fmt: skip
KIND_MARKS = {
    "bonus": Text("（加分项）", " (bonus)"),
    "deduction": Text("（扣分项）", " (deduction)"),
}
_POINTS = Text("（{points}分）", " ({points} points)")
_SAMPLE = Text("（样本）", " (sample)")
_TOTAL = Text("合计", "Total")
_NOTE = Text("注：", "Note: ")
_GROUP = Text("“{title}”：{words}", "“{title}”: {words}")
_GRADES = Text("等次：{words}", "Grades: {words}")
_FACTS = (
    ("legal_basis", Text("依据：{words}", "Legal basis: {words}")),
    ("issuer", Text("制定单位：{words}", "Issuer: {words}")),
    ("note", Text("{words}", "{words}")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row: the codes and titles of its groups down to itself, and its cells by role."""

    code: str
    path: tuple[tuple[str, str], ...]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Band:
    """A row over the whole width: a section, or the sum at the end."""

    text: str
    points: str = ""


@dataclass(frozen=True)
class Layout:
    """A table to print. ``notes`` stand below it, one a line."""

    title: str
    depth: int
    roles: tuple[str, ...]
    """The columns right of the titles, by role."""
    rows: tuple[Row | Band, ...]
    notes: tuple[str, ...]
    lang: Lang
    written: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def headings(self) -> tuple[str, ...]:
        levels = tuple(_level(level, self.depth, self.lang) for level in range(self.depth))
        return (
            _CODE.say(self.lang),
            *levels,
            *(_HEADINGS[role].say(self.lang) for role in self.roles),
        )

    @property
    def columns(self) -> tuple[str, ...]:
        return ("code", *["level"] * self.depth, *self.roles)


def _level(level: int, depth: int, lang: Lang) -> str:
    if depth == 1:
        return Text("指标", "Indicator").say(lang)
    chinese, english = _LEVELS
    return f"{chinese[level]}级指标" if lang == "zh" else f"{english} {level + 1}"


def layout_of(document: Document, lang: Lang) -> Layout:
    """The document as rows to print.

    Raises:
        Faulty: its items form no tree: a code is missing or twice, a parent unknown, a circle.
    """
    tree = tree_of(document)
    rows = tuple(_cleaned(row) for row in _sections(document, tree, lang))
    notes = tuple(clean(note) for note in _notes(document, tree, lang))
    paths = [row.path for row in rows if isinstance(row, Row)]
    roles = tuple(_roles(document, rows))
    depth = max(map(len, paths), default=1)
    layout = Layout(clean(_title(document, lang)), depth, roles, rows, notes, lang)
    return replace(layout, written=dict(_written(layout)))


def _cleaned(row: Row | Band) -> Row | Band:
    if isinstance(row, Band):
        return Band(clean(row.text), row.points)
    path = tuple((code, clean(title)) for code, title in row.path)
    return Row(row.code, path, {role: clean(text) for role, text in row.cells.items()})


def clean(text: str) -> str:
    """The text as it stands on paper and is compared: without what XML or a cell cannot hold."""
    return _NOT_IN_XML.sub(" ", text)[:LONGEST_CELL]


def tree_of(document: Document) -> dict[str, list[Document]]:
    """The items below each code, in the order of the document; the tops below ``""``."""
    items = rows_of(document, "items")
    codes = [str(item.get("code", "")) for item in items]
    below: dict[str, list[Document]] = {}
    for item in items:
        below.setdefault(str(item.get("parent", "")), []).append(item)
    reached = sum(1 for _ in _walk(below, "", set()))
    if len(set(codes)) < len(codes) or "" in codes or reached < len(items):
        raise Faulty([_no_tree()])
    return below


def _walk(below: Mapping[str, list[Document]], code: str, seen: set[str]) -> Iterator[str]:
    for item in below.get(code, []):
        own = str(item.get("code", ""))
        if own not in seen:
            seen.add(own)
            yield own
            yield from _walk(below, own, seen)


def _no_tree() -> Fault:
    return Fault(
        "no-tree",
        Text("指标不成一棵树：编码缺失或重复，或上级不存在",
             "the items form no tree: a code is missing or twice, or a parent is unknown"),
        Text("请先用steelyard check检查细则", "run steelyard check on the scheme first"),
        Where(key="items"),
    )  # fmt: skip


def _title(document: Document, lang: Lang) -> str:
    title = bilingual(document.get("title", "")).say(lang)
    is_marked = "样本" in title or "sample" in title.lower()
    return title if document.get("label") != "sample" or is_marked else title + _SAMPLE.say(lang)


def without_sample(title: str, lang: Lang) -> str:
    return title.removesuffix(_SAMPLE.say(lang))


# --- rows


def _sections(
    document: Document, tree: Mapping[str, list[Document]], lang: Lang
) -> Iterator[Row | Band]:
    tops = tree.get("", [])
    vetoes = [row for row in rows_of(document, "vetoes") if row.get("code")]
    has_sections = bool(vetoes) or any(_kind(item) != "item" for item in tops)
    for kind in ("item", "bonus", "deduction"):
        of_kind = [item for item in tops if _kind(item) == kind]
        if of_kind and has_sections:
            yield Band(SECTIONS[kind].say(lang))
        for item in of_kind:
            yield from _rows(document, tree, item, (), lang)
        if of_kind and kind == "item" and (total := total_of(of_kind, tree)) is not None:
            yield Band(_TOTAL.say(lang), plain(total))
    if vetoes:
        yield Band(SECTIONS["veto"].say(lang))
    for veto in vetoes:
        title = _titled(veto, lang)
        yield Row(
            str(veto["code"]), ((str(veto["code"]), title),),
            {"rule": veto_in_words(veto, document, lang)},
        )  # fmt: skip


def _kind(item: Document) -> str:
    kind = str(item.get("kind", "item"))
    return kind if kind in KIND_MARKS else "item"


def _rows(
    document: Document, tree: Mapping[str, list[Document]], item: Document,
    path: tuple[tuple[str, str], ...], lang: Lang,
) -> Iterator[Row]:  # fmt: skip
    code = str(item["code"])
    is_group = code in tree
    here = (*path, (code, printed_title(item, lang, is_group=is_group, is_top=not path)))
    if not is_group:
        yield Row(code, here, cells_of(item, document, lang))
    for child in tree.get(code, []):
        yield from _rows(document, tree, child, here, lang)


def printed_title(item: Document, lang: Lang, *, is_group: bool, is_top: bool) -> str:
    """The title as printed: a group's with its points; bonus and deduction marked below the top."""
    title = _titled(item, lang)
    title += "" if is_top or _kind(item) == "item" else KIND_MARKS[_kind(item)].say(lang)
    if is_group and "points" in item:
        title += _POINTS.say(lang).format(points=item["points"])
    return title


def _titled(row: Document, lang: Lang) -> str:
    """Its title, or its code where nothing of the title can be seen."""
    title = bilingual(row.get("title")).say(lang)
    return title if clean(title).strip() else str(row["code"])


def cells_of(item: Document, document: Document, lang: Lang) -> dict[str, str]:
    """The cells beside a leaf, by role; only those that have a text."""
    cells = {
        "points": _points(item), "weight": str(item.get("weight", "")),
        "rule": item_in_words(item, document, lang),
        "supplying_body": bodies_text(item.get("supplying_body"), document, lang),
        "scoring_body": bodies_text(item.get("scoring_body"), document, lang),
    }  # fmt: skip
    cells |= {role: bilingual(item.get(role)).say(lang) for role in ("material", "source", "note")}
    return {role: text for role, text in cells.items() if text}


def _points(item: Document) -> str:
    """A leaf without a limit shows no points: the words say so."""
    if str(item.get("points", "")) == "0" and item.get("cap") == "none":
        return "—"
    return str(item.get("points", ""))


def bodies_text(value: object, document: Document, lang: Lang) -> str:
    """The titles of the bodies named, in a row."""
    codes = [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []
    bodies = document.get("bodies")
    titles = bodies if isinstance(bodies, Mapping) else {}
    said = [bilingual(titles.get(str(code))).say(lang) or str(code) for code in codes]
    return ("、" if lang == "zh" else "; ").join(said)


def total_of(items: list[Document], tree: Mapping[str, list[Document]]) -> Fraction | None:
    """What the points of the plain tops make; None if one of them has none."""
    sizes = [_size(item, tree) for item in items]
    known = [size for size in sizes if size is not None]
    return sum(known, Fraction(0)) if len(known) == len(sizes) else None


def _size(item: Document, tree: Mapping[str, list[Document]]) -> Fraction | None:
    try:
        if "points" in item:
            return exact(str(item["points"]))
    except ValueError:
        return None
    children = [child for child in tree.get(str(item["code"]), []) if _kind(child) == "item"]
    return total_of(children, tree) if children else None


def _roles(document: Document, rows: tuple[Row | Band, ...]) -> Iterator[str]:
    """The columns that are needed: points (or weights) and rules always."""
    used = {role for row in rows if isinstance(row, Row) for role in row.cells}
    is_index = document.get("family") == "index"
    for role in _HEADINGS:
        if role == ("weight" if is_index else "points") or role == "rule" or role in used:
            yield role


# --- notes, and what was written


def _notes(document: Document, tree: Mapping[str, list[Document]], lang: Lang) -> Iterator[str]:
    lines = list(_note_lines(document, tree, lang))
    for place, line in enumerate(lines, 1):
        number = "" if len(lines) == 1 else f"{place}. "
        yield f"{_NOTE.say(lang) if place == 1 else ''}{number}{line}"


def _note_lines(
    document: Document, tree: Mapping[str, list[Document]], lang: Lang
) -> Iterator[str]:
    for item in rows_of(document, "items"):
        if str(item["code"]) in tree:
            words = group_in_words(item, document, lang) + bilingual(item.get("note")).say(lang)
            title = _titled(item, lang)
            if words:
                yield _GROUP.say(lang).format(title=title, words=words)
    grades = grades_in_words(document, lang)
    if grades:
        yield _GRADES.say(lang).format(words=grades)
    for key, phrase in _FACTS:
        words = " ".join(bilingual(document.get(key)).say(lang).split())
        if words:
            yield phrase.say(lang).format(words=words)


def _written(layout: Layout) -> Iterator[tuple[tuple[str, str], str]]:
    """Every cell as it is written, by the row's code and the cell's role."""
    yield (TITLE, TITLE), layout.title
    section = "item"
    names = {text.say(layout.lang): kind for kind, text in SECTIONS.items()}
    for row in layout.rows:
        if isinstance(row, Band):
            section = names.get(row.text, section)
            continue
        for code, title in row.path:
            yield (_row_name(code, section), "title"), title
        yield (_row_name(row.code, section), "section"), section
        for role, text in row.cells.items():
            yield (_row_name(row.code, section), role), text
    for place, note in enumerate(layout.notes):
        yield ("note", str(place)), note


def _row_name(code: str, section: str) -> str:
    """Vetoes have codes of their own, which items may have, too."""
    return f"veto {code}" if section == "veto" else f"item {code}"

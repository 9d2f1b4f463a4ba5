"""A scheme document from the tree of a table, read from its words alone.

What could not be read is listed with its cell; nothing is guessed. Where the words leave a choice and the
usual one was taken, that is said, for a person to confirm.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import exact, plain
from steelyard.kernel.faults import Where
from steelyard.scheme.given import GIVEN
from steelyard.scheme.office.asides import is_grade_label, speaks_of_grades
from steelyard.scheme.office.codes import give_codes
from steelyard.scheme.office.grades import grades_in, then_of
from steelyard.scheme.office.headings import Heading, Role
from steelyard.scheme.office.lines import Line, Table
from steelyard.scheme.office.points import number
from steelyard.scheme.office.tree import Entry, Node, Tree
from steelyard.scheme.wording import NeededInput, Recognised, rule_from_words
from steelyard.scheme.wording.arranging.computed import JUDGED
from steelyard.scheme.wording.naming import identifier
from steelyard.scheme.wording.recognise import VetoRead

Document = dict[str, object]
_CHINESE = re.compile("[\u4e00-\u9fff]")
_BODIES = re.compile(r"[、，,；;/\n\t]+|\s{2,}|(?<=[局委办部院署厅会关处])\s+(?=\S)")
_VETO_SECTION = re.compile("一票否[决优]|veto", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*年)?(?!\d)")
_TITLE = re.compile("考核|考评|评价|评分|细则|标准|办法|指标|assessment|scheme|scor", re.IGNORECASE)
_NOT_A_TITLE = re.compile("^(?:附件|附表|单位|填报|被考核|考核时间|日期|得分)|[:：]$")
_BODY_ROLES: tuple[Role, ...] = ("supplying_body", "scoring_body")
_TEXT_ROLES: tuple[Role, ...] = ("material", "source", "note")
_SAID_OF_A_VETO: tuple[Role, ...] = ("level", "title", "content", "requirement")
_VETO = "一票否决"
_ENDING = re.compile(
    "(?:评|定|确定)为[^，,。；;)）]{1,8}|(?:等次|等级|档次)?降低?[1-3一二两三]个?(?:等次|等级|档次|级|档)|(?:考核)?总分[^，,。；;)）]{0,3}0分|取消评[^，,。；;)）]{1,6}"
)
_NOBODY_JUDGES = Text(
    "没有写评分单位；请写明，并把评定分的数据来源单位改为评分单位",
    "no scoring body is written: name it, and make it the supplying body of the points that it gives",
)
_FORGED_ANYWAY = Text(
    "材料经认定造假的，该项本来就不得分，不另设一票否决",
    "an item found to rest on forged material gets no points anyway: no veto is made of it",
)
_NOTHING = {"-", "—", "/", "无", "none"}


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that a person must write: where it is, what it says, why it was not read; of which item."""

    where: Where
    text: str
    why: Text
    item: str = ""


@dataclass
class Reader:
    """Reads the cells of one table into parts of a document, and keeps what was not read."""

    table: Table
    lang: Lang = "zh"
    bodies: dict[str, object] = field(default_factory=dict)
    inputs: dict[str, Document] = field(default_factory=dict)
    grades: Sequence[Document] = ()
    vetoes: list[Document] = field(default_factory=list)
    titled: dict[str, str] = field(default_factory=dict)
    """The titles that only one indicator has, by the name that an input of that title has."""
    unread: list[Unread] = field(default_factory=list)
    readings: list[Text] = field(default_factory=list)

    # --- what could not be read, what should be confirmed

    def not_read(
        self, place: Node | Entry, text: str, why: Text, heading: str = "", item: str = ""
    ) -> None:
        self.unread.append(Unread(place.sheet.where(place.row, heading), text, why, item))

    def confirm(self, where: Where, about: str, reading: Text) -> None:
        """What was read into the words, with the cell that it was read into."""
        self.readings.append(
            Text(f"{where.say('zh')} {about}：{reading.say('zh')}（请确认）",
                 f"{where.say('en')}, {about}: {reading.say('en')} (please confirm)")
        )  # fmt: skip

    # --- the parts of an item

    def rule_keys(
        self, node: Node, kind: str, words: str, points: object, base: str, *,
        names: Mapping[str, Text] | None = None, bodies: Mapping[str, object] | None = None,
    ) -> Document:  # fmt: skip
        """The rule of a cell and the other keys that its words set; empty if not all is understood.
        ``bodies``: who supplies and who scores it, as its row says."""
        requirement = "；".join(
            e.texts["requirement"] for e in node.entries if "requirement" in e.texts
        )
        for title in (base, f"{base}（{node.code}）"):
            read = rule_from_words(
                words, points, title=title, requirement=requirement, kind=kind, names=names
            )
            if not any(self._is_of_another(one.code, base) for one in read.inputs):
                break
        if not read.is_whole:
            self._list_leftovers(node, read)
            return {}
        bodies = bodies or {}
        gives = self._source_that_gives_points(bodies, words)
        if gives:
            bodies = {**bodies, "scoring_body": gives}
        for needed in read.inputs:
            self._need(needed, node, bodies, is_of_a_veto=bool(read.vetoes))
        for reading in read.readings:
            if gives and reading == JUDGED:
                continue
            self.confirm(node.sheet.where(node.row, self._heading("rule")), node.title, reading)
        for veto in read.vetoes:
            self.add_veto(node, words, veto)
        rule: Document = {} if read.rule is None else {"rule": read.rule}
        return rule | dict(read.beside) | self._remarks(read)

    def _source_that_gives_points(self, bodies: Mapping[str, object], words: str) -> str:
        """The source body that the words themselves name as who gives points: 由专家组评分, source 专家组."""
        sources = bodies.get("supplying_body")
        for key in sources if isinstance(sources, list) else [sources]:
            titles = self.bodies.get(str(key))
            named = titles.values() if isinstance(titles, dict) else (titles,)
            stems = (str(title).removesuffix("组") for title in named if title)
            if any(f"由{stem}" in words for stem in stems):
                return str(key)
        return ""

    def _need(
        self, needed: NeededInput, place: Node | Entry, bodies: Mapping[str, object], *,
        is_of_a_veto: bool = False,
    ) -> None:  # fmt: skip
        """An input of an item comes from whom the item names; what is judged, and what only a veto asks
        for, says itself from whom."""
        row = needed.as_row()
        if needed.is_judged:
            scores = bodies.get("scoring_body")
            body = scores[0] if isinstance(scores, list) else scores
            if not body and isinstance(place, Node):
                self.confirm(place.sheet.where(place.row), place.title, _NOBODY_JUDGES)
        else:
            body = bodies.get("supplying_body") if is_of_a_veto else None
        if body and needed.code not in GIVEN:
            row["supplying_body"] = body
        self.inputs.setdefault(needed.code, row)

    def _is_of_another(self, code: str, base: str) -> bool:
        """Whether another item has an input of that name. One item may speak of another by its title."""
        return code in self.inputs and self.titled.get(code, base) == base

    def _remarks(self, read: Recognised) -> Document:
        return {"note": self.text("；".join(read.remarks))} if read.remarks else {}

    def _list_leftovers(self, node: Node, read: Recognised) -> None:
        for leftover in read.leftovers:
            entry = next(
                (e for e in node.entries if leftover.text in e.texts.get("rule", "")), None
            )
            self.not_read(
                entry or node, leftover.text, leftover.why, self._heading("rule"), node.code
            )

    def _heading(self, role: str) -> str:
        return next((c.heading for c in self.table.heading.columns if c.role == role), "")

    def body_keys(self, text: str) -> object:
        """The keys of the bodies that a cell names, one or a list; new ones are added."""
        titles = [part.strip() for part in _BODIES.split(text)]
        keys = list(dict.fromkeys(self._body(title) for title in titles if title))
        return keys[0] if len(keys) == 1 else keys

    def _body(self, title: str) -> str:
        for key, known in self.bodies.items():
            if title in (known.values() if isinstance(known, dict) else (known,)):
                return key
        key = identifier(title)
        while key in self.bodies:
            key += "_"
        self.bodies[key] = self.text(title)
        return key

    def text(self, words: str) -> object:
        """Text in the language of the table."""
        return {"zh" if _CHINESE.search(words) else self.lang: words.strip()}

    # --- vetoes

    def add_veto(self, place: Node | Entry, words: str, veto: VetoRead) -> None:
        """A veto that was read; one whose outcome no grade tells is for a person to write."""
        then = then_of(veto, self.grades)
        if then is None:
            why = Text(
                "读出了条件，但细则没有等次，后果须由人写",
                "its condition is read, but no grades say what it leads to",
            )
            self.not_read(place, words, why)
            return
        code = f"v{len(self.vetoes) + 1}"
        row: Document = {
            "code": code,
            "title": self.text(veto.title),
            "when": veto.when,
            "then": then,
        }
        self.vetoes.append(row)
        if any(key == "" for key, _ in veto.then) and "grade" in then:
            reading = Text("一票否决按评为最低等次", "a veto means the lowest grade")
            self.confirm(place.sheet.where(place.row), veto.title, reading)

    def veto_from(
        self, place: Node | Entry, words: str, ending: str = "",
        bodies: Mapping[str, object] | None = None,
    ) -> None:  # fmt: skip
        """One stated veto; ``ending`` is what the section says that all of its vetoes lead to."""
        clean = re.sub(
            r"^(?:\d+[.、)）]|[（(]\d+[)）]|一票否决(?:项|事项)?[:：])\s*", "", words.strip()
        )
        tries = (clean, f"{clean.rstrip('。；;')}的，{ending}") if ending else (clean,)
        for text in tries:
            read = rule_from_words(text, None, beside_a_rule=True)
            if read.vetoes and read.rule is None:
                for needed in read.inputs:
                    self._need(needed, place, bodies or {}, is_of_a_veto=True)
                for reading in read.readings:
                    self.confirm(place.sheet.where(place.row), read.vetoes[0].title, reading)
                self.add_veto(place, words, read.vetoes[0])
                return
            if read.beside == {"on": {"forged": "zero"}} and read.rule is None:
                self.confirm(place.sheet.where(place.row), words, _FORGED_ANYWAY)
                return
        self.not_read(
            place, words, Text("一票否决的条件或后果没有读懂", "the veto is not understood")
        )


@dataclass
class Fresh:
    """Builds the document of a table that carries none."""

    reader: Reader
    tree: Tree
    items: list[Document] = field(default_factory=list)
    bases: dict[int, str] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        return self.reader.table

    def document(self) -> Document:
        notes = self._read_notes()
        give_codes(self.tree.tops)
        self.bases = input_bases(self.tree)
        self.reader.titled = {identifier(base): base for base in self.bases.values()}
        for node in self.tree.tops:
            self._add_top(node)
        self._add_vetoes()
        self._list_misread()
        self._check_sums()
        return self._head(notes) | self._sections()

    # --- head

    def _head(self, notes: Sequence[str]) -> Document:
        title = self._title()
        head: Document = {
            "format": "steelyard-scheme/1", "code": self._code(), "version": "1",
            "title": self.reader.text(title), "label": "sample", "family": "points",
        }  # fmt: skip
        head |= self._period(title)
        return (
            head
            | ({"note": self.reader.text("\n".join(notes))} if notes else {})
            | {"tables": {"units": "units.csv"}}
        )

    def _code(self) -> str:
        stem = re.sub(r"\W+", "-", self.table.sheet.file.rsplit(".", 1)[0], flags=re.ASCII).strip(
            "-_"
        )
        return stem.lower() or "imported"

    def _title(self) -> str:
        """The line above the table that names an assessment, else the last that could be a title."""
        lines = [" ".join(text.split()) for text in self.table.above]
        usable = [line for line in lines if not _NOT_A_TITLE.search(line)]
        named = [line for line in usable if _TITLE.search(line)]
        return (named or usable[-1:] or [self.table.sheet.file.rsplit(".", 1)[0]])[0]

    def _period(self, title: str) -> Document:
        """The year that the title names; else a person must write the period."""
        for line in (title, *self.table.above):
            found = _YEAR.search(line)
            if found:
                year = int(found[1])
                return {"period": {"starts": f"{year}-01-01", "ends": f"{year + 1}-01-01"}}
        why = Text("标题没有写年度，请在scheme.toml中补写period",
                   "the title names no year: write the period into scheme.toml")  # fmt: skip
        self.reader.unread.append(Unread(Where(file=self.table.sheet.file), title, why))
        return {}

    def _read_notes(self) -> list[str]:
        """Notes below the table: grades are read, all are kept, the rest is for a person to look at."""
        sheet = self.table.sheet
        below = [(Entry(sheet, sheet.height, {}), text) for text in self.table.below]
        told = [(Entry(one.sheet, one.row, {}), one.text) for one in self.tree.notes]
        self._read_grades([one for one in (*told, *below) if speaks_of_grades(one[1])])
        kept = Text("表下说明只存入备注，没有读成规则", "kept as a note, not read as a rule")
        for place, text in told:
            if not speaks_of_grades(text) and not is_grade_label(text):
                self.reader.confirm(place.sheet.where(place.row), text[:30], kept)
        left_out = Text("不是细则的内容，没有读入", "no part of the scheme, left out")
        for line in self.tree.paper:
            self.reader.confirm(line.sheet.where(line.row), line.text[:30], left_out)
        return [text for _, text in (*told, *below)]

    def _read_grades(self, told: Sequence[tuple[Entry, str]]) -> None:
        """Grades in one sentence, or one in each of several rows; not understood, each row is named."""
        sentences = [
            (place, sentence) for place, text in told for sentence in re.split("[。\n]", text)
        ]
        whole = next((found for _, one in sentences if (found := grades_in(one))), None)
        joined = "；".join(one.strip().rstrip("；;") for _, one in sentences if one.strip())
        grades = whole or grades_in(joined)
        if grades:
            self.reader.grades = [g | {"title": self.reader.text(str(g["title"]))} for g in grades]
        if grades and not whole:
            return
        why = Text(
            "像是等次，没有读懂；请在“等次”中填写",
            "it seems to speak of grades and was not understood; write them under Grades",
        )
        for place, one in sentences:
            if speaks_of_grades(one) and not grades_in(one):
                self.reader.not_read(place, one, why)

    def _sections(self) -> Document:
        named: Document = {
            "bodies": self.reader.bodies, "inputs": list(self.reader.inputs.values()),
            "items": self.items, "grades": list(self.reader.grades), "vetoes": self.reader.vetoes,
        }  # fmt: skip
        return {key: value for key, value in named.items() if value or key == "items"}

    # --- items

    def add(self, node: Node, parent: str, kind_above: str) -> None:
        """A node and all below it."""
        kind = node.kind if kind_above == "item" else kind_above
        if len(told_apart(node)) > 1:
            split(node)
        item = new_item(node, parent, kind, self.reader)
        if not node.children:
            item |= leaf_keys(
                node, kind, item.get("points"), self.bases.get(id(node), node.title), self.reader
            )
        self.items.append(item)
        for child in node.children:
            self.add(child, node.code, kind)

    def _add_top(self, node: Node) -> None:
        """A top item; a section of vetoes gives its vetoes, but no items."""
        before = len(self.items)
        self.add(node, "", "item")
        if _VETO_SECTION.search(node.title):
            del self.items[before:]

    def _add_vetoes(self) -> None:
        ending = _VETO
        for line in self.tree.vetoes:
            if line.kind == "section":
                ending = _ending_in(line.text)
                continue
            bodies = self._bodies_beside(line)
            for words in _veto_list(veto_words(line, self.table.heading)):
                self.reader.veto_from(Entry(line.sheet, line.row, {}), words, ending, bodies)

    def _bodies_beside(self, line: Line) -> Document:
        """The bodies that the row of a veto names."""
        if line.text:
            return {}
        cells = {
            column.role: cell.text
            for column in self.table.heading.of(*_BODY_ROLES)
            if (cell := line.sheet.at(line.row, column.place)) is not None
        }
        return {
            role: self.reader.body_keys(text)
            for role, text in cells.items()
            if text not in _NOTHING
        }

    # --- checks

    def _list_misread(self) -> None:
        for one in self.tree.misread:
            self.reader.not_read(Entry(one.sheet, one.row, {}), one.text, Text(one.why, one.why_en))

    def _check_sums(self) -> None:
        for node in self.tree.nodes:
            counted = [child for child in node.children if child.kind == "item"]
            made = sum_of(counted)
            if node.points is not None and made is not None and made != node.points and counted:
                self.reader.not_read(node, node.printed or node.title, wrong_sum(node.points, made))
        for line, stated, nodes in self.tree.totals:
            made = sum_of(nodes)
            if made is not None and made != stated:
                self.reader.not_read(
                    Entry(line.sheet, line.row, {}), line.text, wrong_sum(stated, made)
                )


def veto_words(line: Line, heading: Heading) -> str:
    """The words of a veto: over the width of the table, in the column of rules, or in its last title."""
    if line.text:
        return line.text
    for columns in (heading.of("rule"), heading.of(*_SAID_OF_A_VETO)):
        cells = (line.sheet.at(line.row, column.place) for column in reversed(columns))
        said = [one.line for one in cells if one is not None and one.text not in _NOTHING]
        if said:
            return said[0]
    return "，".join(one.line for one in line.sheet.rows[line.row] if not one.text.isdigit())


def _ending_in(title: str) -> str:
    """What the title of a section says that its vetoes lead to."""
    found = _ENDING.search(title)
    return found[0] if found else _VETO


def _veto_list(words: str) -> list[str]:
    """有下列情形之一的，一票否决：1.…；2.… is several, each with that ending."""
    found = re.fullmatch(
        r"(?P<lead>[^:：]*(?:下列|以下)[^:：]*)[:：](?P<rest>.+)", words, re.DOTALL
    )
    if not found:
        return [words]
    pieces = re.split(r"[；;\n]\s*|(?<=[。；;])\s*(?=\d+[.、)）])", found["rest"])
    ending = _ending_in(found["lead"])
    clean = (
        re.sub(r"^\s*(?:\d+[.、)）]|[（(]\d+[)）])\s*", "", one).strip("。； \n") for one in pieces
    )
    return [f"{one}的，{ending}" for one in clean if one]


def new_item(node: Node, parent: str, kind: str, reader: Reader) -> Document:
    """The keys that every item has."""
    item: Document = {"code": node.code}
    item |= {"parent": parent} if parent else {}
    item |= {"kind": kind} if kind != "item" else {}
    item["title"] = reader.text(node.title)
    return item | ({"points": number(node.points)} if node.points is not None else {})


def leaf_keys(node: Node, kind: str, points: object, base: str, reader: Reader) -> Document:
    """The rule of a leaf and what stands beside it."""
    keys = beside_keys(node, reader)
    words = words_of(node)
    if not words:
        shared = any(entry.shares_rule for entry in node.entries)
        why = Text("评分标准与上一项合并在一格", "its rule stands in one cell with the item above")
        empty = Text("评分标准是空的", "the scoring rule is empty")
        reader.not_read(node, node.title, why if shared else empty)
        return keys
    read = reader.rule_keys(node, kind, words, points, base, bodies=keys)
    return keys | read | _derived_points(node, kind, points, read, reader)


def _derived_points(
    node: Node, kind: str, points: object, read: Document, reader: Reader
) -> Document:
    """Points where the table has none: none are needed outside of the sum, else the rule may say."""
    if points is not None or kind != "item" or "rule" not in read:
        return {}
    most = most_of(read["rule"])
    if most is not None:
        reader.confirm(
            node.sheet.where(node.row), node.title,
            Text(f"没有写分值，按评分标准的最高分{plain(most)}分", f"no points are written: {plain(most)} by the rule"),
        )  # fmt: skip
        return {"points": number(most)}
    if node.is_unlimited or is_open_ended(read["rule"]):
        reader.confirm(
            node.sheet.where(node.row), node.title,
            Text("没有写分值，按不设上限累计", "no points are written: counted without a limit"),
        )  # fmt: skip
        return {"points": 0, "cap": "none"}
    reader.not_read(node, node.title, Text("没有写分值", "no points are written"))
    return {}


def most_of(rule: object) -> Fraction | None:
    """The most that a rule can give, where it says so in numbers; None if it does not."""
    if not isinstance(rule, dict):
        return None
    given = [step[1] for step in rule.get("steps", [])] or list(rule.get("rows", {}).values())
    given += [rule[key] for key in ("points", "at_most") if key in rule and "deduct" not in rule]
    try:
        return max((exact(one) for one in given), default=None)
    except (ValueError, TypeError):
        return None


def is_open_ended(rule: object) -> bool:
    """Whether all that a rule says is so much a case."""
    parts = rule if isinstance(rule, list) else [rule]
    return all(isinstance(part, dict) and ("add" in part or "for_each" in part) for part in parts)


def beside_keys(node: Node, reader: Reader) -> Document:
    """Bodies, material, source and note of a leaf."""
    keys: Document = {}
    for entry in node.entries:
        for role in _BODY_ROLES:
            text = entry.texts.get(role, "")
            if text and text not in _NOTHING and role not in keys:
                keys[role] = reader.body_keys(text)
        for role in _TEXT_ROLES:
            text = entry.texts.get(role, "")
            if text and text not in _NOTHING and role not in keys:
                keys[role] = reader.text(text)
    return keys


def words_of(node: Node) -> str:
    """The words of the rule: of several lines, one after the other."""
    said = [entry.texts["rule"] for entry in node.entries if entry.texts.get("rule")]
    return "\n".join(dict.fromkeys(said))


def told_apart(node: Node) -> list[Entry]:
    """The lines of one indicator that have points of their own: they are indicators below it."""
    return [entry for entry in node.entries if entry.points is not None and not node.children]


def split(node: Node) -> None:
    """Make the lines of an indicator its children, titled by what each asks for."""
    for place, entry in enumerate(node.entries, 1):
        asked = " ".join(entry.texts.get("requirement", "").split())
        child = Node(
            asked or f"{node.title}（{place}）",
            entry.sheet,
            entry.row,
            node.section,
            entries=[entry],
        )
        child.points = entry.points.number if entry.points is not None else None
        node.children.append(child)
    node.entries = []
    give_codes([node])


def sum_of(nodes: Sequence[Node]) -> Fraction | None:
    """What the points of nodes make; a group without points counts by what is below it."""
    sizes = [node.points if node.points is not None else sum_of(node.children) for node in nodes]
    known = [size for size in sizes if size is not None]
    return sum(known, Fraction(0)) if known else None


def wrong_sum(stated: Fraction, made: Fraction) -> Text:
    return Text(
        f"写的是{plain(stated)}分，下级合计{plain(made)}分",
        f"{plain(stated)} points are written, but its items make {plain(made)}",
    )


def input_bases(tree: Tree) -> dict[int, str]:
    """By which words each leaf names its inputs: its title, told apart from the same title elsewhere."""
    leaves = [(leaf, top) for top in tree.tops for leaf in top.leaves]
    times = Counter(leaf.title for leaf, _ in leaves)
    bases: dict[int, str] = {}
    for node in tree.nodes:
        for child in node.children:
            bases[id(child)] = (
                child.title if times[child.title] < 2 else f"{node.title}：{child.title}"
            )
    again = Counter(bases.values())
    for leaf, _ in leaves:
        base = bases.get(id(leaf), leaf.title)
        is_shared = again[base] > 1 or (id(leaf) not in bases and times[leaf.title] > 1)
        bases[id(leaf)] = f"{base}（{leaf.code}）" if is_shared else base
    return bases

"""A scheme document from the tree of a table, read from its words alone.

What could not be read is listed with its cell; nothing is guessed. Where the words leave a choice and the
usual one was taken, that is said, for a person to confirm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Where
from steelyard.scheme.office.asides import is_grade_label, speaks_of_a_veto, speaks_of_grades
from steelyard.scheme.office.codes import give_codes
from steelyard.scheme.office.grades import grades_in
from steelyard.scheme.office.kinds import tell_kinds
from steelyard.scheme.office.lateness import LateFiling
from steelyard.scheme.office.leaves import (
    WITH_BONUS,
    input_bases,
    is_with_bonus,
    leaf_keys,
    new_item,
    split,
    sum_of,
    told_apart,
    wrong_sum,
)
from steelyard.scheme.office.lines import Line, Table
from steelyard.scheme.office.outside import Outside
from steelyard.scheme.office.quotas import AS_READ, QUOTA_NOT_READ, quota_in, speaks_of_a_quota
from steelyard.scheme.office.reader import Document, Reader, Unread
from steelyard.scheme.office.tree import Entry, Node, Tree
from steelyard.scheme.office.vetoes import (
    HEAD_NOT_READ,
    VETO,
    bodies_beside,
    ending_in,
    is_head,
    stated_vetoes,
    veto_words,
)
from steelyard.scheme.wording.naming import identifier

_VETO_SECTION = re.compile("一票否[决优]|veto", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*年)?(?!\d)")
_TITLE = re.compile("考核|考评|评价|评分|细则|标准|办法|指标|assessment|scheme|scor", re.IGNORECASE)
_MARK = re.compile(r"^\s*(?:(?:备?注|说明)[:：])?\s*(?:\d+[.、．](?!\d))?\s*")
"""What stands before a sentence of a note: 注：1."""
_NOT_A_TITLE = re.compile("^(?:附件|附表|单位|填报|被考核|考核时间|日期|得分)|[:：]$")

_LONGEST_NAMED = 80
KEPT = Text("说明只存入备注，没有读成规则", "kept as a note, not read as a rule")


def _shortened(text: str) -> str:
    """
    >>> _shortened("逾期报送的，另行通报"), _shortened("逾" * 99).endswith("逾…")
    ('逾期报送的，另行通报', True)
    """
    return text if len(text) <= _LONGEST_NAMED else f"{text[:_LONGEST_NAMED]}…"


def _zh(title: object) -> str:
    return str(title.get("zh", "")) if isinstance(title, dict) else str(title)


@dataclass
class Fresh:
    """Builds the document of a table that carries none."""

    reader: Reader
    tree: Tree
    outside: Outside = field(default_factory=Outside)
    items: list[Document] = field(default_factory=list)
    bases: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.late_filing = LateFiling(self.reader)

    @property
    def table(self) -> Table:
        return self.reader.table

    def document(self) -> Document:
        notes = self._read_notes()
        give_codes(self.tree.tops)
        tell_kinds(self.tree, self.reader)
        self.bases = input_bases(self.tree)
        self.reader.titled = {identifier(base): base for base in self.bases.values()}
        for node in self.tree.tops:
            self._add_top(node)
        self.late_filing.add_to(self.items)
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
        read = {line.text for line in self.outside.before if line.kind != "note"}
        lines = [" ".join(text.split()) for text in self.table.above if text not in read]
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
        self.reader.unread.append(
            Unread(Where(file=self.table.sheet.file, key="period"), title, why)
        )
        return {}

    def _read_notes(self) -> list[str]:
        """Notes in and around the table: grades and their quotas are read, all are kept, and what was not read
        is named."""
        lines = (*self.tree.notes, *self.outside.notes)
        told = [(Entry(one.sheet, one.row, {}), one.text) for one in lines]
        self._read_grades([one for one in told if speaks_of_grades(one[1])])
        for place, text in told:
            if not speaks_of_grades(text) and not is_grade_label(text):
                self._keep(place, text)
        self._name_vetoes(told)
        left_out = Text("不是细则的内容，没有读入", "no part of the scheme, left out")
        for line in (*self.tree.paper, *self.outside.paper):
            self.reader.confirm(line.sheet.where(line.row), line.text[:30], left_out)
        return [text for _, text in told]

    def _name_vetoes(self, told: Sequence[tuple[Entry, str]]) -> None:
        """A note that says what overrules the points is no note alone: a person writes it as a rule."""
        why = Text(
            "像是一票否决，写在说明里，没有读成规则；请在“一票否决”中填写",
            "it seems to be a veto in a note, and was not read as a rule; write it under Vetoes",
        )
        for place, text in told:
            for one in re.split("[。\n；;]", text):
                if speaks_of_a_veto(one):
                    self.reader.not_read(place, one.strip(), why)

    def _read_grades(self, told: Sequence[tuple[Entry, str]]) -> None:
        """Grades in one sentence, or one in each of several rows, and their quotas; what is beside them is
        named, sentence by sentence."""
        sentences = [
            (place, _MARK.sub("", sentence).strip())
            for place, text in told
            for sentence in re.split("[。\n]", text)
        ]
        sentences = [(place, one) for place, one in sentences if one]
        whole = next((one for _, one in sentences if grades_in(one)), "")
        said = [one for _, one in sentences if quota_in(one) is None]
        grades = grades_in(whole or "；".join(one.rstrip("；;") for one in said))
        if grades:
            self.reader.grades = [g | {"title": self.reader.text(str(g["title"]))} for g in grades]
        read = {whole} if whole or not grades else set(said)
        for place, one in sentences:
            if one in read and any("quota" in grade for grade in self.reader.grades):
                self.reader.confirm(place.sheet.where(place.row), one, AS_READ)
            elif one not in read and not self._read_quota(place, one):
                self._name_grades(place, one)

    def _name_grades(self, place: Entry, sentence: str) -> None:
        """A sentence beside the grades that was not read into them."""
        if speaks_of_grades(sentence) and not grades_in(sentence):
            why = Text(
                "像是等次，没有读懂；请在“等次”中填写",
                "it seems to speak of grades and was not understood; write them under Grades",
            )
            self.reader.not_read(place, sentence, why)
        elif quota_in(sentence) or speaks_of_a_quota(sentence):
            self.reader.not_read(place, sentence, QUOTA_NOT_READ)
        elif not self._only_names_the_grades(sentence):
            self._keep(place, sentence)

    def _only_names_the_grades(self, sentence: str) -> bool:
        """考核结果分为优秀、良好、合格、不合格四个等次."""
        titles = {str(zh) for one in self.reader.grades if (zh := _zh(one["title"]))}
        rest = re.sub(
            "[、，,：:“”和]|考核|评定|评价|结果|划?分为?|设|共|[一二三四五六\\d]个|等次|等级|档次|划分",
            "",
            sentence,
        )
        for title in sorted(titles, key=len, reverse=True):
            rest = rest.replace(title, "")
        return not rest

    def _read_quota(self, place: Entry, sentence: str) -> bool:
        """Whether the sentence says for how many units one of the grades is, and nothing else."""
        found = quota_in(sentence)
        grade = next(
            (one for one in self.reader.grades if found and _zh(one["title"]) == found[0]), None
        )
        if found is None or grade is None or "quota" in grade:
            return False
        grade["quota"] = found[1]
        self.reader.confirm(place.sheet.where(place.row), sentence, AS_READ)
        return True

    def _keep(self, place: Entry, text: str) -> None:
        """A note: what it says for how many units a grade is and what late filing costs is read; the rest is
        for a person to look at."""
        told = [_MARK.sub("", one).strip() for one in re.split("[。\n]", text)]
        sentences = [one for one in told if one]
        rest = [one for one in sentences if not self._read_quota(place, one)]
        for one in [one for one in rest if quota_in(one) or speaks_of_a_quota(one)]:
            self.reader.not_read(place, one, QUOTA_NOT_READ)
            rest.remove(one)
        rest = [left for one in rest if (left := self.late_filing.take(place, one))]
        if rest:
            about = text if rest == sentences else "。".join(rest)
            self.reader.confirm(place.sheet.where(place.row), _shortened(about), KEPT)

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
        before, after = self.outside.vetoes
        for lines in (before, self.tree.vetoes, after):
            self._add_those_of(lines)

    def _add_those_of(self, lines: Sequence[Line]) -> None:
        """The vetoes of one part of the file, each with what the head above it leads to."""
        ending: str | None = VETO
        for line in lines:
            words = veto_words(line, self.table.heading)
            place = Entry(line.sheet, line.row, {})
            if line.kind == "section" or is_head(words):
                ending = ending_in(words)
                if ending is None:
                    self.reader.not_read(place, words, HEAD_NOT_READ)
                continue
            bodies = bodies_beside(line, self.reader)
            for one in stated_vetoes(words, ending):
                self.reader.veto_from(place, one.words, one.wordings, bodies)

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
        for line, stated, summed in self.tree.totals:
            nodes = [node for node in summed if node.kind == "item"] or summed
            made = sum_of(nodes)
            if made is not None and is_with_bonus(stated, nodes, self.tree.tops):
                self.reader.confirm(line.sheet.where(line.row), line.text, WITH_BONUS)
            elif made is not None and made != stated:
                self.reader.not_read(
                    Entry(line.sheet, line.row, {}), line.text, wrong_sum(stated, made)
                )

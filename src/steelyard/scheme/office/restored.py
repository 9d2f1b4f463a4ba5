"""A table that we exported, with what a person has changed in it since, laid over what it carries.

A cell that still says what was written keeps all of its parts. A changed one is read from its words; what
is not understood is listed, and the old rule is not kept in its place.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact
from steelyard.scheme.office.codes import below, free
from steelyard.scheme.office.headings import Role
from steelyard.scheme.office.layout import (
    KIND_MARKS,
    SECTIONS,
    TITLE,
    total_of,
    tree_of,
    without_sample,
)
from steelyard.scheme.office.leaves import input_bases, leaf_keys, new_item, words_of, wrong_sum
from steelyard.scheme.office.lines import Line
from steelyard.scheme.office.machine import SHEET, Carried
from steelyard.scheme.office.points import number, read_points, without_points
from steelyard.scheme.office.reader import Document, Reader
from steelyard.scheme.office.tree import Entry, Node, Tree
from steelyard.scheme.office.vetoes import VETO, stated_vetoes, veto_words
from steelyard.scheme.wording import rule_from_words
from steelyard.scheme.wording.own_figures import names_in, own_figures
from steelyard.scheme.wording.say_item import sentences_of
from steelyard.scheme.wording.speech import Speech, rows_of, speech_of

_IN_THE_RULE_CELL = (
    "rule", "zero_if", "full_if", "not_applicable_if", "applies_to", "cap", "floor", "on", "direction",
)  # fmt: skip
_OF_FORMULAS = {"full", "x", "total", "none"}
_TEXTS: tuple[Role, ...] = ("material", "source", "note")
_BODIES: tuple[Role, ...] = ("supplying_body", "scoring_body")


def tidy(text: str) -> str:
    """What makes two cells say the same: line breaks and doubled blanks come and go."""
    return " ".join(text.split())


@dataclass
class Restored:
    """Lays the table over the document that it carries."""

    reader: Reader
    tree: Tree
    carried: Carried
    known: dict[str, Document] = field(default_factory=dict)
    groups: set[str] = field(default_factory=set)
    items: list[Document] = field(default_factory=list)
    is_changed: bool = False

    def document(self) -> Document:
        had = self.carried.document
        self._prepare()
        tops = list(_flat(self.tree.tops))
        codes = self._identified(tops)
        self.bases = input_bases(self.tree)
        for place, node in enumerate(tops, 1):
            self._node(node, codes, "", 0, place)
        gone = set(self.known) - {str(item["code"]) for item in self.items}
        self.is_changed = self.is_changed or bool(gone)
        vetoes = self._vetoes()
        title = self._title()
        self._list_changed_notes()
        self._check_total()
        if not self.is_changed:
            return had
        return self._joined(had, title, vetoes)

    def _prepare(self) -> None:
        """Let the reader know what exists, so that words that name it mean it."""
        had = self.carried.document
        tree = tree_of(had)
        self.known = {str(item["code"]): cast("Document", item) for item in rows_of(had, "items")}
        self.groups = set(tree) - {""}
        bodies = had.get("bodies")
        self.reader.bodies = dict(cast("Document", bodies)) if isinstance(bodies, dict) else {}
        self.reader.inputs = {str(one["code"]): dict(one) for one in rows_of(had, "inputs")}
        self.reader.grades = [dict(one) for one in rows_of(had, "grades")]

    def _joined(self, had: Document, title: object, vetoes: list[Document]) -> Document:
        """The document with its changed sections; what became empty is left out."""
        changed: Document = {
            "title": title, "bodies": self.reader.bodies, "inputs": list(self.reader.inputs.values()),
            "items": self._ordered(), "vetoes": vetoes,
        }  # fmt: skip
        joined = copy.deepcopy(had)
        for key, value in changed.items():
            if value or key in had:
                joined[key] = value
        return joined

    def _ordered(self) -> list[Document]:
        """In the order of the document, if the table only shows what it had."""
        by_code = {str(item["code"]): item for item in self.items}
        written = [
            place[0].removeprefix("item ")
            for place in self.carried.written
            if place[1] == "section"
        ]
        shown = [code for code in by_code if code not in self.groups]
        is_as_written = shown == [code for code in written if code in by_code]
        if set(by_code) <= set(self.known) and is_as_written:
            return [by_code[code] for code in self.known if code in by_code]
        return self.items

    # --- which node is which item

    def _identified(self, tops: Sequence[Node]) -> dict[int, str]:
        """The code of every node that was exported; new ones have none."""
        codes: dict[int, str] = {}
        claimed: set[str] = set()
        for path in _paths(tops, ()):
            leaf = path[-1]
            is_known = leaf.code in self.known and leaf.code not in self.groups | claimed
            if is_known:
                codes[id(leaf)] = leaf.code
                claimed.add(leaf.code)
                self._claim_groups(path, codes, claimed)
        for path in _paths(tops, ()):
            for node in path[:-1]:
                self._claim_by_title(node, codes, claimed)
        return codes

    def _claim_groups(self, path: Sequence[Node], codes: dict[int, str], claimed: set[str]) -> None:
        chain = self._chain(path[-1].code)
        if len(chain) != len(path):
            return
        for node, code in zip(path[:-1], chain, strict=False):
            if id(node) not in codes and code not in claimed:
                codes[id(node)] = code
                claimed.add(code)

    def _claim_by_title(self, node: Node, codes: dict[int, str], claimed: set[str]) -> None:
        for code in sorted(self.groups - claimed) if id(node) not in codes else ():
            if tidy(self._was(code, "title")) == tidy(node.printed):
                codes[id(node)] = code
                claimed.add(code)
                return

    def _chain(self, code: str) -> list[str]:
        """The codes from the top down to an item."""
        chain = [code]
        while parent := str(self.known[chain[0]].get("parent", "")):
            chain.insert(0, parent)
        return chain

    def _was(self, code: str, what: str, kind: str = "item") -> str:
        return self.carried.written.get((f"{kind} {code}", what), "")

    # --- items

    def _node(self, node: Node, codes: dict[int, str], parent: str, depth: int, place: int) -> None:
        code = codes.get(id(node))
        item = (
            self._new(node, parent, place, depth)
            if code is None
            else self._kept(node, code, parent, depth)
        )
        self.items.append(item)
        for number_, child in enumerate(node.children, 1):
            self._node(child, codes, str(item["code"]), depth + 1, number_)

    def _new(self, node: Node, parent: str, place: int, depth: int) -> Document:
        """A row that a person has added."""
        self.is_changed = True
        used = set(self.known) | {str(item["code"]) for item in self.items}
        if not node.code or node.code in used:
            node.code = free(below(parent, place) if parent else f"N{place}", used)
        kind = node.section if depth == 0 and node.section in KIND_MARKS else "item"
        item = new_item(node, parent, kind, self.reader)
        if node.children:
            return item
        base = self.bases.get(id(node), node.title)
        return item | leaf_keys(node, kind, item.get("points"), base, self.reader)

    def _kept(self, node: Node, code: str, parent: str, depth: int) -> Document:
        """An exported item, with what was changed in its cells."""
        node.code = code
        item = copy.deepcopy(self.known[code])
        before = copy.deepcopy(item)
        self._move(item, node, code, parent, depth)
        self._retitle(item, node, code)
        if not node.children:
            self._change_cells(item, node, code)
        self.is_changed = self.is_changed or item != before
        return item

    def _move(self, item: Document, node: Node, code: str, parent: str, depth: int) -> None:
        if str(item.get("parent", "")) != parent:
            _put(item, "parent", parent)
        first = next(node.leaves)
        was = self._was(code, "section") or self._was(first.code, "section")
        if depth == 0 and was and node.section in SECTIONS and node.section != was:
            _put(item, "kind", node.section if node.section in KIND_MARKS else "")

    def _retitle(self, item: Document, node: Node, code: str) -> None:
        if tidy(node.printed) == tidy(self._was(code, "title")):
            return
        title = tidy(node.printed)
        if node.children:
            title, points = without_points(title)
            _put(item, "points", "" if points is None else number(points))
        mark = KIND_MARKS.get(str(item.get("kind", "item")))
        title = title.removesuffix(mark.say(self.carried.lang)) if mark else title
        item["title"] = self._said(item.get("title"), title)

    def _said(self, had: object, text: str) -> object:
        """A text with its side of the table's language changed; a plain one stands for both."""
        if isinstance(had, str):
            return text
        sides = had if isinstance(had, dict) else {}
        return {**sides, self.carried.lang: text}

    def _change_cells(self, item: Document, node: Node, code: str) -> None:
        self._change_points(item, node, code)
        if tidy(words_of(node)) != tidy(self._was(code, "rule")):
            self._rewrite(item, node)
        for role in _BODIES:
            text = self._text(node, role)
            if tidy(text) != tidy(self._was(code, role)):
                _put(item, role, self.reader.body_keys(text) if text else "")
        for role in _TEXTS:
            text = self._text(node, role)
            if tidy(text) != tidy(self._was(code, role)):
                _put(item, role, self._said(item.get(role), text) if text else "")

    def _text(self, node: Node, role: Role) -> str:
        return next((e.texts[role] for e in node.entries if e.texts.get(role)), "")

    def _change_points(self, item: Document, node: Node, code: str) -> None:
        """The points beside a leaf, or its weight in an index scheme."""
        is_index = self.carried.document.get("family") == "index"
        key, was = (
            ("weight", self._was(code, "weight"))
            if is_index
            else ("points", self._was(code, "points"))
        )
        columns = self.reader.table.heading.of("points")
        cell = node.sheet.at(node.row, columns[-1].place) if columns else None
        text = cell.text if cell is not None else ""
        now, before = read_points(text), read_points(was)
        if now is None:
            self.reader.not_read(node, text, Text("分值没有读懂", "the points are not understood"))
        elif before is None or now.number != before.number:
            _put(item, key, "" if now.number is None else number(now.number))

    # --- a changed rule

    def _rewrite(self, item: Document, node: Node) -> None:
        """Sentences that still stand keep their keys; the rest is read from its words."""
        words = words_of(node)
        document = self.carried.document
        had = {key: item.pop(key) for key in _IN_THE_RULE_CELL if key in item}
        for key, state, sentence in sentences_of(had | item, document, self.carried.lang):
            if key in had and sentence in words:
                words = words.replace(sentence, "", 1)
                _keep(item, key, state, had[key])
        self.is_changed = True
        if words.strip(" 。.;；，,\n"):
            self._read_rest(item, node, words, had)
        elif "rule" not in item:
            self.reader.not_read(
                node, node.title, Text("评分标准是空的", "the scoring rule is empty")
            )

    def _read_rest(self, item: Document, node: Node, words: str, had: Document) -> None:
        kind, base = str(item.get("kind", "item")), self.bases.get(id(node), node.title)
        names = self._names(had | item, base)
        if "rule" in item:
            read = rule_from_words(
                words, item.get("points"), title=base, kind=kind, names=names, beside_a_rule=True
            )
            if read.is_whole and read.rule is None:
                item |= dict(read.beside)
                for needed in read.inputs:
                    self.reader.inputs.setdefault(needed.code, needed.as_row())
                return
        item.pop("rule", None)  # the words say more than it does: half of them would be wrong
        keys = self.reader.rule_keys(
            node, kind, words, item.get("points"), base, names=names,
            bodies=item, own=own_figures(had.get("rule"), self.carried.document),
        )  # fmt: skip
        item |= {key: value for key, value in keys.items() if key != "note" or "note" not in item}

    def _names(self, item: Document, about: str) -> dict[str, Text]:
        """What words may name: first what the old rule uses, then titles that only one thing has."""
        speech = speech_of(self.carried.document, self.carried.lang)
        own = set(re.findall(r"[^\W\d]\w*", repr([item.get(key) for key in _IN_THE_RULE_CELL])))
        used = set(names_in([item.get(key) for key in _IN_THE_RULE_CELL])) - _OF_FORMULAS
        declared = {
            str(row.get("code"))
            for section in ("inputs", "figures", "quantities")
            for row in rows_of(self.carried.document, section)
        }
        named = {code: speech.names[code] for code in declared if code in own}
        named |= {code: Text(code, code) for code in own - declared if code in used}
        titles = Counter(
            Speech(speech.lang, speech.names, about=about).name(code) for code in declared
        )
        for code in sorted(declared - set(named)):
            if titles[speech.name(code)] == 1:
                named[code] = speech.names[code]
        return named

    # --- vetoes, title, notes, sum

    def _vetoes(self) -> list[Document]:
        known = {
            str(row["code"]): dict(row)
            for row in rows_of(self.carried.document, "vetoes")
            if row.get("code")
        }
        kept: list[Document] = []
        for line in self.tree.vetoes:
            if line.kind != "section":
                kept += self._veto(line, known)
        self.is_changed = self.is_changed or bool(known)
        unnamed = [
            dict(row) for row in rows_of(self.carried.document, "vetoes") if not row.get("code")
        ]
        return kept + unnamed

    def _veto(self, line: Line, known: dict[str, Document]) -> list[Document]:
        """The veto of a row; read from its words if they have changed."""
        heading, place = self.reader.table.heading, Entry(line.sheet, line.row, {})
        texts = [
            cell.text if (cell := line.sheet.at(line.row, columns[0].place)) else ""
            for columns in (
                heading.of("code"),
                heading.of("level", "title", "content"),
                heading.of("rule"),
            )
            if columns
        ]
        code, title, rule = [*texts, "", "", ""][:3]
        veto = known.pop(code, None)
        if veto is not None and tidy(rule) == tidy(self._was(code, "rule", "veto")):
            if tidy(title) != tidy(self._was(code, "title", "veto")):
                veto["title"] = self._said(veto.get("title"), tidy(title))
                self.is_changed = True
            return [veto]
        self.is_changed = True
        self.reader.vetoes = []
        for one in stated_vetoes(rule or veto_words(line, heading), VETO):
            self.reader.veto_from(place, one.words, one.wordings)
        for new in self.reader.vetoes:
            taken = {*known, *(str(one["code"]) for one in self.reader.vetoes if one is not new)}
            is_first = new is self.reader.vetoes[0]
            new["code"] = code if code and is_first else free(f"v{line.row + 1}", taken)
            new["title"] = (
                self._said(veto.get("title") if veto else {}, tidy(title))
                if title
                else new["title"]
            )
        return self.reader.vetoes

    def _title(self) -> object:
        had = self.carried.document.get("title")
        above = [tidy(text) for text in self.reader.table.above]
        was = tidy(self.carried.written.get((TITLE, TITLE), ""))
        if not above or was in above:
            return had
        self.is_changed = True
        return self._said(had, without_sample(above[0], self.carried.lang))

    def _list_changed_notes(self) -> None:
        """Text around the table says what other parts of the scheme say: changed there, it is listed."""
        written = {tidy(text) for place, text in self.carried.written.items() if place[0] == "note"}
        lines = [(Entry(one.sheet, one.row, {}), one.text) for one in self.tree.notes]
        sheet = self.reader.table.sheet
        lines += [(Entry(sheet, sheet.height, {}), text) for text in self.reader.table.below]
        why = Text(
            "表下文字有改动，请写进细则的相应部分",
            "text below the table was changed: write it into the scheme",
        )
        for place, text in lines:
            if tidy(text) not in written and tidy(text) != SHEET:
                self.reader.not_read(place, text, why)
        gone = written - {tidy(text) for _, text in lines}
        why_gone = Text(
            "表下这一条被删去，细则没有改", "this note was removed; the scheme still has it"
        )
        for text in sorted(gone):
            self.reader.not_read(Entry(sheet, sheet.height, {}), text, why_gone)

    def _check_total(self) -> None:
        if not self.is_changed:
            return
        now: Document = {"items": self.items}
        tree = tree_of(now)
        made = total_of(
            [item for item in tree.get("", []) if item.get("kind", "item") == "item"], tree
        )
        for line, stated, _ in self.tree.totals[-1:]:
            if made is not None and made != stated:
                self.reader.not_read(
                    Entry(line.sheet, line.row, {}), line.text, wrong_sum(stated, made)
                )


def _flat(tops: Sequence[Node]) -> Iterator[Node]:
    """The tops without the sections that we print for kinds."""
    for node in tops:
        if node.is_section and node.section in KIND_MARKS:
            yield from node.children
        else:
            yield node


def _paths(nodes: Sequence[Node], above: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    for node in nodes:
        here = (*above, node)
        if node.children:
            yield from _paths(node.children, here)
        else:
            yield here


def _put(item: Document, key: str, value: object) -> None:
    """Set a key, or remove it where there is nothing to say."""
    if value == "":
        item.pop(key, None)
    elif not _is_same_number(item.get(key), value):
        item[key] = value


def _is_same_number(had: object, value: object) -> bool:
    """0.50 in the document and 0.5 in the cell are one number: the document's writing stays."""
    if not isinstance(had, int | str) or not isinstance(value, int | str) or isinstance(had, bool):
        return False
    try:
        return exact(had) == exact(value)
    except ValueError:
        return False


def _keep(item: Document, key: str, state: str, value: object) -> None:
    if not state:
        item[key] = value
        return
    states = cast("Document", item.setdefault(key, {}))
    states[state] = cast("Document", value)[state]

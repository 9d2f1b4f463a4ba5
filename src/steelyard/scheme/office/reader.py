"""Cells of a scoring table read into parts of a document; what could not be read, and what to confirm."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from steelyard.kernel.bilingual import LANGS, Lang, Text
from steelyard.kernel.faults import Where
from steelyard.scheme.given import FORGED_ITEMS, GIVEN, UNITS
from steelyard.scheme.office.grades import then_of
from steelyard.scheme.office.headings import Role
from steelyard.scheme.office.lines import Table
from steelyard.scheme.office.tree import Entry, Node
from steelyard.scheme.wording import NeededInput, Recognised, rule_from_words, veto_in_words
from steelyard.scheme.wording.arranging.computed import JUDGED
from steelyard.scheme.wording.naming import identifier
from steelyard.scheme.wording.own_figures import OwnFigure
from steelyard.scheme.wording.recognise import VetoRead

Document = dict[str, object]
_CHINESE = re.compile("[\u4e00-\u9fff]")
_BODIES = re.compile(r"[、，,；;/\n\t]+|\s{2,}|(?<=[局委办部院署厅会关处])\s+(?=\S)")
_THEMSELVES = re.compile(
    r"由?(?:(?:各|被考核)(?:地级以上市|市、?县|县、?区|地市|市州|市|县|区|地|单位))?(?:自报|自评|自评自报|自行填报|自行报送)"
    r"|由?(?:各|被考核)(?:地级以上市|市、?县|县、?区|地市|市州|市|县|区|地|单位)(?:填报|报送|上报)"
    r"|self-reported|(?:reported by )?the (?:cities|units|districts) themselves",
    re.IGNORECASE,
)
"""What a table writes in the place of a body if the assessed units report a figure themselves."""

REPORTED_BY_UNITS = Text(
    "按各单位自报读：由被考核单位在填报时填写，不发数据表，也没有可以比对的提供数",
    "read as reported by the assessed units themselves: asked in their collection, on no sheet, with no supplied "
    "figure to compare it with",
)
_NOBODY_JUDGES = Text(
    "没有写评分单位，请写明",
    "no scoring body is written: name it",
)
_FORGED_ANYWAY = Text(
    "材料经认定造假的，该项本来就不得分，不另设一票否决",
    "an item found to rest on forged material gets no points anyway: no veto is made of it",
)
_NO_GRADES = Text(
    "读出了条件，但细则没有等次，后果须由人写",
    "its condition is read, but no grades say what it leads to",
)
_NO_SUCH_GRADE = Text(
    "读出了条件，但细则的等次说不出它的后果，须由人写；一票否决不会评为最高等次",
    "its condition is read, but the grades of the scheme do not say what it leads to: a person writes that. "
    "No veto gives the best grade",
)
_LOWEST_GRADE = Text("一票否决按评为最低等次", "a veto means the lowest grade")
_NOT_THE_BEST = Text(
    "不得评优按最高评为第二个等次", "not to be called excellent: at best the second grade"
)
BODY_ROLES: tuple[Role, ...] = ("supplying_body", "scoring_body")
NOTHING = {"-", "—", "/", "无", "none"}


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that a person must write: where it is, what it says, why it was not read; of which item."""

    where: Where
    text: str
    why: Text
    item: str = ""


@dataclass(frozen=True, slots=True)
class Reading(Text):
    """What was taken for meant where the words leave a choice; of which item, if of one. ``kind``: without
    where it was read, so that it is alike wherever the same was."""

    item: str = ""
    kind: Text | None = None


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
    readings: list[Reading] = field(default_factory=list)

    # --- what could not be read, what should be confirmed

    def not_read(
        self, place: Node | Entry, text: str, why: Text, heading: str = "", item: str = ""
    ) -> None:
        self.unread.append(Unread(place.sheet.where(place.row, heading), text, why, item))

    def confirm(self, where: Where, about: str, reading: Text, item: str = "") -> None:
        """What was read into the words, with the cell that it was read into."""
        self.readings.append(
            Reading(f"{where.say('zh')} {about}：{reading.say('zh')}（请确认）",
                    f"{where.say('en')}, {about}: {reading.say('en')} (please confirm)", item, reading)
        )  # fmt: skip

    # --- the parts of an item

    def rule_keys(
        self, node: Node, kind: str, words: str, points: object, base: str, *,
        names: Mapping[str, Text] | None = None, bodies: Mapping[str, object] | None = None,
        own: Sequence[OwnFigure] = (),
    ) -> Document:  # fmt: skip
        """The rule of a cell and the other keys that its words set; empty if not all is understood.
        ``bodies``: who supplies and who scores it, as its row says. ``own``: what its rule read before."""
        requirement = "；".join(
            e.texts["requirement"] for e in node.entries if "requirement" in e.texts
        )
        types = {code: str(row.get("type", "number")) for code, row in self.inputs.items()}
        for title in (base, f"{base}（{node.code}）"):
            read = rule_from_words(
                words, points, title=title, requirement=requirement, kind=kind, names=names,
                own=own, types=types if names else None,
            )  # fmt: skip
            if not any(self._is_of_another(one.code, base) for one in read.inputs):
                break
        if not read.is_whole:
            self._list_leftovers(node, read)
            return {}
        bodies = bodies or {}
        gives = self._source_that_gives_points(bodies, words)
        for needed in read.inputs:
            self._need(needed, node, bodies, is_of_a_veto=bool(read.vetoes), gives=gives)
        for reading in read.readings:
            if gives and reading == JUDGED:
                continue
            where = node.sheet.where(node.row, self._heading("rule"))
            self.confirm(where, node.title, reading, node.code)
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
        is_of_a_veto: bool = False, gives: str = "",
    ) -> None:  # fmt: skip
        """An input of an item comes from whom the item names; what only a veto asks for says itself from
        whom. What is judged comes from who scores the item, unless another one ``gives`` the points: then
        they are supplied like any figure."""
        row = needed.as_row()
        scores = bodies.get("scoring_body")
        if (
            needed.is_judged
            and not needed.case_files
            and gives
            and gives not in (scores if isinstance(scores, list) else [scores])
        ):
            del row["judged"]
            row["supplying_body"] = gives
        elif needed.is_judged and not scores and isinstance(place, Node):
            self.confirm(place.sheet.where(place.row), place.title, _NOBODY_JUDGES, place.code)
        body = bodies.get("supplying_body")
        if is_of_a_veto and body and not needed.is_judged and needed.code not in GIVEN:
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
        if _THEMSELVES.fullmatch(title):
            self.bodies.setdefault(UNITS, self.text(title))
            return UNITS
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

    def add_veto(self, place: Node | Entry, words: str, veto: VetoRead) -> bool:
        """A veto that was read, and whether it was added: one whose outcome no grade tells is for a person
        to write."""
        then = then_of(veto, self.grades)
        if then is None:
            self.not_read(place, words, _NO_SUCH_GRADE if self.grades else _NO_GRADES)
            return False
        code = f"v{len(self.vetoes) + 1}"
        row: Document = {"code": code, "title": {}, "when": veto.when, "then": then}
        row["title"] = self._title_of_veto(veto, row)
        self.vetoes.append(row)
        unsaid = {key for key, value in veto.then if not value}
        usual = (("", "grade", _LOWEST_GRADE), ("best_grade", "best_grade", _NOT_THE_BEST))
        for said, key, reading in usual:
            if said in unsaid and key in then:
                self.confirm(place.sheet.where(place.row), veto.title, reading)
        return True

    def _need_for_vetoes(
        self, read: Recognised, place: Node | Entry, bodies: Mapping[str, object]
    ) -> None:
        for needed in read.inputs:
            self._need(needed, place, bodies, is_of_a_veto=True)
        for reading in read.readings:
            self.confirm(place.sheet.where(place.row), read.vetoes[0].title, reading)

    def _title_of_veto(self, veto: VetoRead, row: Document) -> object:
        """Its condition; of what forged material costs, the whole sentence: letters to units say it."""
        if veto.when != GIVEN[FORGED_ITEMS].condition:
            return self.text(veto.title)
        document = {"grades": list(self.grades)}
        return {lang: veto_in_words(row, document, lang).rstrip("。.") for lang in LANGS}

    def veto_from(
        self, place: Node | Entry, words: str, wordings: Sequence[str],
        bodies: Mapping[str, object] | None = None,
    ) -> None:  # fmt: skip
        """One stated veto, from the first of ``wordings`` that says one and nothing else."""
        for text in wordings:
            read = rule_from_words(text, None, beside_a_rule=True)
            if read.vetoes and read.rule is None and not read.beside:
                added = [self.add_veto(place, words, veto) for veto in read.vetoes]
                if any(added):
                    self._need_for_vetoes(read, place, bodies or {})
                return
            if read.beside == {"on": {"forged": "zero"}} and read.rule is None:
                self.confirm(place.sheet.where(place.row), words, _FORGED_ANYWAY)
                return
        self.not_read(
            place, words, Text("一票否决的条件或后果没有读懂", "the veto is not understood")
        )

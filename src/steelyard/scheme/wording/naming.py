"""What the things that a wording speaks of are called: names that exist, and inputs that it needs."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Literal

from steelyard.kernel.bilingual import Lang, Text
from steelyard.scheme.case_files import CaseFigure
from steelyard.scheme.formula import FUNCTIONS, Name
from steelyard.scheme.wording.kinds import is_of_things
from steelyard.scheme.wording.own_figures import OwnFigure
from steelyard.scheme.wording.say_formula import say_denied
from steelyard.scheme.wording.speech import Speech
from steelyard.scheme.wording.units import SHARE_UNITS

InputType = Literal["number", "count", "share", "yes_no", "text"]
_RESERVED = frozenset({"full", "x", "total", "yes", "no", *FUNCTIONS, *keyword.kwlist})
_KINDS = {"number": "数值", "count": "数量", "share": "比例", "yes_no": "是否", "text": "类别"}
_FIRST_TOKEN = 0xE000
_LAST_TOKEN = 0xF8FF
_GROWTH = re.compile("(?:的)?(?:增长率|增长幅度|增长情况|增长|增幅|增速)$")
_CHANGES = re.compile("增长|增幅|增速|升幅|降幅|下降|变化|提高|提升|增加|减少|降低|上升")
_SHARE_ENDS = re.compile("(?:率|比例|占比|比重|百分比|rate|share|ratio)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NeededInput:
    """A column of the data that a rule read from words needs."""

    code: str
    title: str
    type: InputType = "number"
    unit: str = ""
    least: int | None = None
    most: int | None = None
    """Bounds that the type alone does not set: a growth of −30%, a completion of 120%."""
    is_judged: bool = field(default=False, compare=False)
    """The points that a person gives: the scoring body has it, no other body supplies it."""

    case_files: CaseFigure | None = field(default=None, compare=False)
    """The figure that reviewed case files give it: whoever scores the item has it, no other body supplies it."""

    def as_row(self) -> dict[str, object]:
        """The row of ``[[inputs]]``."""
        row: dict[str, object] = {"code": self.code, "title": self.title, "type": self.type}
        row |= {"unit_of_measure": self.unit} if self.unit else {}
        bounds = {"least": self.least, "most": self.most}
        row |= {name: bound for name, bound in bounds.items() if bound is not None}
        row |= {"judged": True} if self.is_judged else {}
        return row | ({"case_files": self.case_files} if self.case_files else {})


def identifier(words: str) -> str:
    """A name that formulas can use, as near to the words as it can be.

    >>> identifier("年度会议：缺少次数"), identifier("3日内报送"), identifier("full")
    ('年度会议_缺少次数', '_3日内报送', 'full_')
    """
    code = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", words)).strip("_") or "input"
    if not code.isidentifier():
        code = f"_{code}"
    return f"{code}_" if code in _RESERVED else code


@dataclass(slots=True)
class Tokens:
    """Known titles in a text, each replaced by one private letter, so that no comma in them counts."""

    by_letter: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """Letter to code, and whether it says that the thing is not so."""
    words: dict[str, str] = field(default_factory=dict)
    """Letter to the words that it stands for."""

    def put_into(self, text: str) -> str:
        for letter, words in self.words.items():
            text = text.replace(words, letter).replace(words[0].upper() + words[1:], letter)
        return text

    def title_of(self, code: str) -> str:
        letters = (one for one, said in self.by_letter.items() if said == (code, False))
        return next((self.words[letter] for letter in letters), code)

    def taken_out(self, text: str) -> str:
        for letter, words in self.words.items():
            text = text.replace(letter, words)
        return text


def tokens_of(
    names: Mapping[str, Text], lang: Lang, write: Callable[[str], str], about: str = ""
) -> Tokens:
    """Letters for all titles and what denies them, the longest first, in the writing of the text.

    Titles also count without the item's own title in front. Of equal titles the first counts.
    """
    said: list[tuple[str, str, bool]] = []
    for speech in (Speech(lang, names), Speech(lang, names, about=about)):
        said += [(speech.name(code), code, False) for code in names]
        said += [(say_denied(Name(code), speech), code, True) for code in names]
    tokens = Tokens()
    written = [(write(words), code, denied) for words, code, denied in said]
    usable = (one for one in written if len(one[0]) > 1 and not one[0].isdigit())
    for place, (words, code, denied) in enumerate(sorted(usable, key=lambda one: -len(one[0]))):
        letter = chr(_FIRST_TOKEN + place)
        if ord(letter) > _LAST_TOKEN:
            break
        if words not in tokens.words.values():
            tokens.by_letter[letter] = (code, denied)
            tokens.words[letter] = words
    return tokens


def _are_one(had: NeededInput, needed: NeededInput) -> bool:
    """Whether two clauses ask for one figure: in one of them its number may stand without %."""
    plain_or_share = {"number", "share"}
    return had == needed or (
        {had.type, needed.type} == plain_or_share and not had.unit and not needed.unit
    )


@dataclass(slots=True)
class Namer:
    """Gives codes to what a wording speaks of, and keeps the inputs that it needs."""

    base: str
    """The item's title: what words without a subject speak of."""
    tokens: Tokens = field(default_factory=Tokens)
    inputs: dict[str, NeededInput] = field(default_factory=dict)
    unclear: dict[str, NeededInput] = field(default_factory=dict)
    """Inputs that have a unit, of which the words leave open whether they are whole."""
    own: Sequence[OwnFigure] = ()
    """The figures that the item's rule reads so far."""
    meant: dict[str, str] = field(default_factory=dict)
    """Those of them for which words stand that do not name them, by code."""
    _spoken: dict[str, str] = field(default_factory=dict)

    def known(self, words: str) -> str | None:
        """The code of a title that exists already."""
        code, denied = self.tokens.by_letter.get(words, ("", False))
        return code if code and not denied else None

    def known_denied(self, words: str) -> str | None:
        code, denied = self.tokens.by_letter.get(words, ("", False))
        return code if code and denied else None

    def quantity(self, words: str, unit: str = "") -> str:
        """A share if it is counted in per cent or called a rate, else as its unit says."""
        if unit in SHARE_UNITS:
            is_difference = unit != "%" and _CHANGES.search(words or self.base)
            return self.name(words, "share", unit if is_difference else "")
        if unit:
            return self.measured(words, unit)
        return self.name(words, "share" if _SHARE_ENDS.search(words or self.base) else "number")

    def measured(self, words: str, unit: str, about: str = "") -> str:
        """What is measured in the unit: a count if it is of things, a number if not or if that is open.

        ``about``: what the words are of, if not of themselves.
        """
        said = self.tokens.taken_out(about or words)
        whole = is_of_things(self.base if said in self.base else said, unit)
        code = self.name(words, "count" if whole else "number", unit)
        if whole is None and code in self.inputs:
            self.unclear[code] = self.inputs[code]
        return code

    def name(self, words: str, kind: InputType, unit: str = "") -> str:
        """The code of what ``words`` name: a known title, else an input of this item."""
        known = self.known(words)
        if known is not None:
            return known
        words = self.tokens.taken_out(words)
        return self._own(words, kind, unit) or self._new(words, kind, unit)

    def _own(self, words: str, kind: InputType, unit: str) -> str:
        """The one figure of the item that the words may mean; "" if there is none, or several."""
        fitting = [
            one.code
            for one in self.own
            if one.fits(kind, unit) and one.may_be_called(words, self.base)
        ]
        if len(fitting) != 1:
            return ""
        said = self.meant.get(fitting[0], "")
        if said and words and said != words:
            return ""
        self.meant[fitting[0]] = said or words
        return fitting[0]

    def _new(self, words: str, kind: InputType, unit: str) -> str:
        for title in self._titles(words, kind, unit):
            needed = NeededInput(identifier(title), title, kind, unit)
            had = self.inputs.setdefault(needed.code, needed)
            if _are_one(had, needed) and self._is_for(needed, words):
                if kind == "share":
                    self.inputs[needed.code] = needed
                return needed.code
        raise AssertionError("the last title is like no other")

    def mark(self, words: str) -> str:
        """The code of points that a person gives: those of the item, if it has such."""
        known = self.known(words)
        judged = [one.code for one in self.own if one.is_judged]
        if known is None and len(judged) == 1:
            self.meant.setdefault(judged[0], words)
            return judged[0]
        code = known or self._new(self.tokens.taken_out(words), "number", "")
        if code in self.inputs:
            self.inputs[code] = replace(self.inputs[code], is_judged=True)
        return code

    def grown(self, words: str) -> str:
        """The quantity whose growth is spoken of: 专利纠纷办案量增长 is the growth of 专利纠纷办案量."""
        known = self.known(words)
        if known is not None:
            return known
        own = Namer(
            _GROWTH.sub("", self.base) or self.base, self.tokens, self.inputs, self.unclear, self.own,
            self.meant, self._spoken,
        )  # fmt: skip
        return own.name(_GROWTH.sub("", words), "number")

    def list_name(self) -> str:
        """The name of a list of the item's cases."""
        return identifier(self._qualified("清单"))

    def _titles(self, words: str, kind: InputType, unit: str) -> Iterator[str]:
        """From the shortest that is clear: the item's title says what the words leave out."""
        if self.base and self.base in words:
            yield words
        elif not words or (words in self.base and kind != "yes_no"):
            yield self.base or "评定分"
        yield self._qualified(words or _KINDS[kind])
        for place in count(2):
            yield self._qualified(f"{words or _KINDS[kind]}（{unit or _KINDS[kind]}{place}）")

    def _qualified(self, words: str) -> str:
        return f"{self.base}：{words}" if self.base else words

    def _is_for(self, needed: NeededInput, words: str) -> bool:
        """Whether the input was made for these words: one title must not stand for two things."""
        own = "" if words == self.base else words
        return self._spoken.setdefault(needed.code, own) in (own, "") or not own

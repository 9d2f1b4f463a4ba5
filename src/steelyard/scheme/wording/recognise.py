"""Words of a scoring table read into a rule, whole or not at all.

plain text → clauses → rule. What is not understood is named, with the reason; a rule that is only
half understood is no rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import exact
from steelyard.scheme.case_files import TITLES, figure_in, speaks_of_files
from steelyard.scheme.given import FORGED_ITEMS, GIVEN
from steelyard.scheme.wording import hear_chinese, hear_english
from steelyard.scheme.wording.arranging import Arranged, Undecided, Work, arranged
from steelyard.scheme.wording.arranging.conditions import condition_text
from steelyard.scheme.wording.arranging.scales import with_room
from steelyard.scheme.wording.clauses import Clause, Edge, Unclear, Vetoed
from steelyard.scheme.wording.hear_band import band_of
from steelyard.scheme.wording.naming import Namer, NeededInput, tokens_of
from steelyard.scheme.wording.own_figures import OwnFigure, in_place_of, meant, names_in
from steelyard.scheme.wording.plain_text import counted, half_width

_CHINESE = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[A-Za-z]{2,}")
LONGEST = 1000
"""Characters of a cell. A longer one is a text, not a rule."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """Words that were not understood, and why."""

    text: str
    why: Text


@dataclass(frozen=True, slots=True)
class VetoRead:
    """A veto read from words: its condition as a formula, and what it leads to, as worded."""

    title: str
    when: str
    then: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a wording says. With ``leftovers`` there is no rule and nothing else."""

    rule: object = None
    inputs: tuple[NeededInput, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    beside: Mapping[str, object] = field(default_factory=dict)
    """Other keys of the item that the words set: ``zero_if``, ``cap``, ``on`` …"""
    vetoes: tuple[VetoRead, ...] = ()
    remarks: tuple[str, ...] = ()
    """What changes no points."""
    readings: tuple[Text, ...] = ()
    """Where the words leave a choice and the usual one was taken: for a person to confirm."""

    @property
    def is_whole(self) -> bool:
        return not self.leftovers


@dataclass(frozen=True, slots=True)
class _Language:
    """How one language is read: to one writing, in two steps around the known titles, to clauses."""

    lang: Lang
    first: Callable[[str], str]
    then: Callable[[str], str]
    heard: Callable[[str], list[Clause]]


_LANGUAGES = {
    "zh": _Language("zh", half_width, counted, hear_chinese.heard),
    "en": _Language("en", hear_english.plain, str, hear_english.heard),
}


def rule_from_words(
    text: str,
    points: object = None,
    *,
    title: str = "",
    requirement: str = "",
    kind: str = "item",
    names: Mapping[str, Text] | None = None,
    own: Sequence[OwnFigure] = (),
    types: Mapping[str, str] | None = None,
    beside_a_rule: bool = False,
) -> Recognised:
    """The rule that the words of a cell say.

    Args:
        text: the words, Chinese, or English as our own export writes it.
        points: the item's full points, as the document writes them; None if it has none.
        title: the item's title: inputs that the words do not name are named by it.
        requirement: what the item asks for, if the table has a column for that: 结案率不低于90%.
        kind: ``item``, ``bonus`` or ``deduction``.
        names: titles of what exists already, by code. Words that are such a title mean it.
        own: the figures that the item's rule reads so far, if it is worded anew: words that name none
            mean the one that fits.
        types: their types, by code, of those that are figures.
        beside_a_rule: the item has a rule already: the words may add conditions alone.

    >>> read = rule_from_words("每缺1次扣0.5分，扣完为止", 5, title="月报")
    >>> read.rule
    [{'points': 'full'}, {'deduct': '月报_缺少数', 'each': '0.5'}]
    >>> [(one.code, one.type, one.unit) for one in read.inputs]
    [('月报_缺少数', 'count', '次')]
    >>> rule_from_words("视情节严重程度处理", 5).leftovers[0].text
    '视情节严重程度处理'
    """
    if len(text) > LONGEST:
        return _unread(text[:40] + "…", Text("文字太长，不像计分规则", "too long for a rule"))
    reads = [
        _read(
            words,
            language,
            names or {},
            types or {},
            points,
            title,
            requirement,
            kind,
            own,
            beside_a_rule=beside_a_rule,
        )
        for language in _languages_of(text)
        for words in dict.fromkeys([text, "".join(line.strip() for line in text.splitlines())])
    ]
    return next((read for read in reads if read.is_whole), reads[0])


def _languages_of(text: str) -> tuple[_Language, ...]:
    """The language that it is written in, and then the other, if it has words of both."""
    chinese, latin = len(_CHINESE.findall(text)), len(_LATIN.findall(text))
    order = ("zh", "en") if chinese >= latin else ("en", "zh")
    return tuple(_LANGUAGES[lang] for lang in (order if chinese and latin else order[:1]))


def _read(
    text: str, language: _Language, names: Mapping[str, Text], types: Mapping[str, str],
    points: object, title: str, requirement: str, kind: str, own: Sequence[OwnFigure], *,
    beside_a_rule: bool,
) -> Recognised:  # fmt: skip
    tokens = tokens_of(names, language.lang, language.first, title)
    plain = language.then(tokens.put_into(language.first(text)))
    clauses = language.heard(plain)
    unclear = [one for one in clauses if isinstance(one, Unclear)]
    if unclear:
        leftovers = (
            Leftover(tokens.taken_out(one.words), Text(one.why_zh, one.why_en)) for one in unclear
        )
        return Recognised(leftovers=tuple(leftovers))
    base, target = _target_in(title, requirement)
    work = Work(
        Namer(base, tokens, own=own), clauses, kind, _exact(points), target,
        beside_a_rule=beside_a_rule, types=types,
    )  # fmt: skip
    try:
        made = arranged(work)
        vetoes = tuple(_veto(one, work) for one in made.vetoes)
    except Undecided as error:
        return _unread(text, error.why)
    _list_unclear(work)
    _list_own(made.rule, work)
    return _recognised(made, work, vetoes)


def _list_unclear(work: Work) -> None:
    """Figures of which the words leave open whether they are whole: numbers, which may be."""
    for one in work.namer.unclear.values():
        work.read_into(
            f"“{one.title}”以“{one.unit}”计，按数值读，可以有小数；如应为整数，请把类型改为“数量”",
            f"{one.title!r}, in {one.unit!r}, is read as a number, which may have decimals; "
            "if it is a whole number, make its type a count",
        )


def _list_own(rule: object, work: Work) -> None:
    """Which of the item's own figures were meant by words that name none, or gave way to new ones."""
    own, inputs = work.namer.own, work.namer.inputs
    work.readings += [
        meant(work.namer.meant[one.code], one) for one in own if one.code in work.namer.meant
    ]
    new = [inputs[name].title for name in dict.fromkeys(names_in(rule)) if name in inputs]
    gone = [one for one in own if one.code not in set(names_in(rule))]
    if new and gone:
        work.readings.append(in_place_of(gone, new))


def _recognised(made: Arranged, work: Work, vetoes: tuple[VetoRead, ...]) -> Recognised:
    inputs = [_of_case_files(with_room(one), work) for one in work.namer.inputs.values()]
    if any(speaks_of_files(one.title) for one in inputs) and not any(o.case_files for o in inputs):
        work.read_into(
            "说到案卷，但没有读出由案卷评查得出的数据项；如按抽取的案卷计分，请在数据项中选“由案卷评查得出”",
            "speaks of case files, but no figure that their review gives was read; if drawn files decide it, "
            "say so of the figure",
        )
    return Recognised(
        rule=made.rule,
        inputs=tuple(inputs),
        beside=made.beside,
        vetoes=vetoes,
        remarks=tuple(made.remarks),
        readings=tuple(dict.fromkeys(made.readings)),
    )


def _of_case_files(needed: NeededInput, work: Work) -> NeededInput:
    """A figure that its words call the mean points, or the defect rate, of case files: reviews give it."""
    figure = figure_in(needed.title, needed.type)
    if figure is None:
        return needed
    title = TITLES[figure]
    work.read_into(
        f"“{needed.title}”按{title.zh}读：由抽取的案卷评查得出，评分单位评定，不由数据来源单位报送",
        f"{needed.title!r} is read as the {title.en}: the review of drawn files gives it, to who scores the "
        "item; it is supplied on no sheet",
    )
    return replace(needed, is_judged=True, case_files=figure)


def _unread(text: str, why: Text) -> Recognised:
    return Recognised(leftovers=(Leftover(text, why),))


def _exact(points: object) -> Fraction | None:
    if isinstance(points, bool) or not isinstance(points, int | str | Fraction):
        return None
    try:
        return exact(points)
    except ValueError:
        return None


def _veto(one: Vetoed, work: Work) -> VetoRead:
    words = work.namer.tokens.taken_out(one.condition.words)
    if not one.is_for_forgery:
        return VetoRead(words, condition_text(work, one.condition), one.then)
    given = GIVEN[FORGED_ITEMS]
    needed = NeededInput(FORGED_ITEMS, given.title.zh, "count", given.unit.zh)
    work.namer.inputs.setdefault(FORGED_ITEMS, needed)
    work.read_into(
        f"按{given.title.zh}（{FORGED_ITEMS}）大于0读，由考核办认定后计数，不报送",
        f"read as {FORGED_ITEMS} above 0: counted by the office from what it found, supplied by nobody",
    )
    return VetoRead(words, given.condition, one.then)


def _target_in(title: str, requirement: str) -> tuple[str, Edge | None]:
    """The item's title without its target, and the target: 结案率不低于90%."""
    plain = counted(half_width(title))
    found = band_of(plain) if re.search("不低于|不少于|达到|≥|以上", plain) else None
    if found and found[0] and found[1].high is None:
        return found[0], found[1].low
    wanted = counted(half_width(requirement))
    edges = [
        band[1].low
        for piece in re.split("[,;。]", wanted)
        if re.search("不低于|不少于|达到|≥|以上|至少", piece) and (band := band_of(piece))
        and band[1].high is None
    ]  # fmt: skip
    return title, edges[0] if len(edges) == 1 else None

"""Which cause of action do the words of a person at the counter name?

Read from a country's ``causes.csv``; its columns are told in the ``PROVENANCE.md`` beside it. A
cause says what the case is about, on what relation it stands and what it turns on, which is all
that jurisdiction asks of it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from steelyard.courts.rules.unreadable import BY_THE_PROVENANCE
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Unreadable, Where, raise_if_any

UNREADABLE = Unreadable(
    "unreadable-cause", Text("这一行案由", "this row of causes"), BY_THE_PROVENANCE
)

TRACKS: Mapping[str, Text] = {
    "civil": Text("民事", "civil"),
    "administrative": Text("行政", "administrative"),
}

MATTERS: Mapping[str, Text] = {
    "invention": Text("发明专利", "invention patent"),
    "utility_model": Text("实用新型专利", "utility model patent"),
    "design": Text("外观设计专利", "design patent"),
    "plant_variety": Text("植物新品种", "plant variety"),
    "ic_layout": Text("集成电路布图设计", "layout design of integrated circuits"),
    "technical_secret": Text("技术秘密", "technical secret"),
    "software": Text("计算机软件", "computer software"),
    "monopoly": Text("垄断", "monopoly"),
    "copyright": Text("著作权", "copyright"),
    "online_copyright": Text("信息网络传播权", "dissemination of works over networks"),
    "trademark": Text("商标", "trademark"),
    "unfair_competition": Text("不正当竞争", "unfair competition"),
    "technology": Text("技术合同", "technology contract"),
    "domain_name": Text("网络域名", "domain name"),
    "ip_other": Text("其他知识产权", "other intellectual property"),
    "drug_patent": Text("药品专利链接", "patent linkage of drugs"),
    "grant_patent": Text("专利授权确权", "grant and confirmation of patents"),
    "grant_plant": Text("植物新品种授权确权", "grant and confirmation of plant varieties"),
    "grant_ic": Text("集成电路布图设计授权确权", "grant and confirmation of layout designs"),
    "grant_trademark": Text("商标授权确权", "grant and confirmation of trademarks"),
    "compulsory_licence": Text("强制许可", "compulsory licence"),
}
"""What a case is about. Grants and compulsory licences are of the administrative track alone."""

RELATIONS: Mapping[str, Text] = {
    "ownership_infringement": Text("权属、侵权", "ownership or infringement"),
    "contract": Text("合同", "contract"),
    "other": Text("其他", "other"),
}

NATURES: Mapping[str, Text] = {
    "tort": Text("侵权", "tort"),
    "ownership": Text("权属等", "ownership and the like"),
    "contract": Text("合同", "contract"),
    "declaratory": Text("确认之诉", "declaration"),
    "preservation_damage": Text("因申请临时措施造成损害", "damage by interim measures"),
    "administrative": Text("行政", "administrative"),
    "monopoly": Text("垄断", "monopoly"),
}
"""What a case turns on, which decides the courts of which places may hear it."""

SURE: Mapping[str, Text] = {
    "read": Text("见于规定原文", "read in the provisions themselves"),
    "reported": Text(
        "见于他人转载的案由表", "in reprints of the list; the provisions were not seen"
    ),
    "reading": Text("名称为本表所拟", "named by us: the provisions have no such name"),
}
"""How sure the name of a cause is. Matter, relation and nature are always our reading."""

_NEAREST = 8
_LISTED = 12
_BRACKETS_AND_POINTS = re.compile(r"[\W_]+")
_FILLER = re.compile(r"纠纷|\b(?:disputes?|cases?|an?|the)\b")
_JOINED = re.compile(r"以及|[及和与并;；+]|\band\b")
_BRACKET_LAST = re.compile(r"(.+)[（(][^（(]+[）)]$")
_INFRINGEMENT_FIRST = re.compile(r"\s*infring(?:ement of|ing)\s+(.+)", re.IGNORECASE | re.DOTALL)
_LAST = re.compile(r"(?:一案|案件|案由|案|诉讼)+$")


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause of action. ``aliases`` are short words that people use for it."""

    code: str
    track: str
    title: Text
    matter: str
    relation: str
    nature: str
    aliases: tuple[str, ...]
    sure: str
    source: str

    @property
    def names(self) -> tuple[str, ...]:
        """All that finds this cause: code, title in both languages, aliases."""
        return (self.code, self.title.zh, self.title.en, *self.aliases)


@dataclass(frozen=True, slots=True)
class Causes:
    """All causes of a country, in the order of the table."""

    rows: tuple[Cause, ...]
    _squeezed: tuple[tuple[Cause, tuple[str, ...]], ...] = field(
        init=False, repr=False, compare=False
    )
    _exact: Mapping[str, Cause] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        squeezed = tuple((row, tuple(map(squeeze, row.names))) for row in self.rows)
        object.__setattr__(self, "_squeezed", squeezed)
        object.__setattr__(self, "_exact", {name: row for row, names in squeezed for name in names})

    def find(self, words: str, *, track: str | None = None) -> Cause:
        """The cause that ``words`` name: by code, title, alias, or a part that only one has.

        A whole name wins over one that is whole but for a bracket （…）, and that over a part.
        Infringement of a thing, where no name has it so, is sought as "thing infringement".
        ``track`` narrows the search where it is known.

        Raises:
            Faulty: ``cause-unknown``, with the nearest causes; ``cause-ambiguous``, with those
                that the words could mean.
        """
        found = self._meant(squeeze(words), track) or self._meant(squeeze(_turned(words)), track)
        if not found:
            raise Faulty([_unknown(words, _nearest(squeeze(words), self._of(track)))])
        if len(found) > 1:
            raise Faulty([_ambiguous(words, found)])
        return found[0]

    def find_all(self, words: str, *, track: str | None = None) -> tuple[Cause, ...]:
        """The causes that ``words`` join, as in 侵害商标权及不正当竞争纠纷; one where they name one.

        Raises:
            Faulty: for each part what :meth:`find` says of it, all at once.
        """
        parts = [part for part in _JOINED.split(words) if squeeze(part)]
        found: list[Cause] = []
        faults: list[Fault] = []
        for part in [words] if len(parts) < 2 or self._is_known(words, track) else parts:
            try:
                found.append(self.find(part, track=track))
            except Faulty as refused:
                faults.extend(refused.faults)
        raise_if_any(faults)
        return tuple(dict.fromkeys(found))

    def _is_known(self, words: str, track: str | None) -> bool:
        """Whether the words, taken whole, name at least one cause."""
        try:
            self.find(words, track=track)
        except Faulty as refused:
            return refused.faults[0].code == "cause-ambiguous"
        return True

    def _of(self, track: str | None) -> list[Cause]:
        return [row for row in self.rows if track in {None, row.track}]

    def _meant(self, sought: str, track: str | None) -> list[Cause]:
        """All that squeezed words could mean."""
        exact = self._exact.get(sought)
        if exact and track in {None, exact.track}:
            return [exact]
        return [row for row in self._of(track) if sought in _stems(row)] or self._with_part(
            sought, track
        )

    def _with_part(self, sought: str, track: str | None) -> list[Cause]:
        return [
            row
            for row, names in self._squeezed
            if sought
            and track in {None, row.track}
            and any(_is_part(sought, name) for name in names)
        ]


def squeeze(words: str) -> str:
    """What is left of a name for comparing: no 纠纷, 案, brackets, points, spaces or case.

    >>> squeeze("侵犯 发明专利权 纠纷一案") == squeeze("侵害发明专利权纠纷")
    True
    >>> squeeze("Infringement of a Technical Secret")
    'infringementoftechnicalsecret'
    """
    plain = unicodedata.normalize("NFKC", words).casefold().replace("侵犯", "侵害")
    bare = _BRACKETS_AND_POINTS.sub("", _FILLER.sub("", plain))
    return _LAST.sub("", bare) or bare


def _turned(words: str) -> str:
    """
    >>> _turned("infringement of an invention patent")
    'an invention patent infringement'
    """
    found = _INFRINGEMENT_FIRST.fullmatch(words)
    return f"{found[1]} infringement" if found else words


def read_causes(lines: Iterable[str], *, file: str) -> Causes:
    """The causes from the rows of a country's ``causes.csv``.

    Raises:
        Faulty: a row cannot be read, or two rows answer to one name.
    """
    rows: list[Cause] = []
    faults: list[Fault] = []
    taken: dict[str, Cause] = {}
    for number, row in enumerate(csv.DictReader(lines), start=2):
        where = Where(file=file, row=number)
        try:
            cause = _cause(row)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            faults.append(UNREADABLE.at(where, error))
            continue
        faults.extend(_clashes(cause, taken, where))
        taken.update({squeeze(name): cause for name in cause.names})
        rows.append(cause)
    raise_if_any(faults)
    return Causes(tuple(rows))


def _cause(row: Mapping[str, str]) -> Cause:
    return Cause(
        code=_filled(row, "code"),
        track=_one_of(TRACKS, row, "track"),
        title=Text(_filled(row, "zh"), _filled(row, "en")),
        matter=_one_of(MATTERS, row, "matter"),
        relation=_one_of(RELATIONS, row, "relation"),
        nature=_one_of(NATURES, row, "nature"),
        aliases=tuple(alias for alias in row["aliases"].split(";") if alias),
        sure=_one_of(SURE, row, "sure"),
        source=_filled(row, "source"),
    )


def _filled(row: Mapping[str, str], column: str) -> str:
    if not row[column].strip():
        raise ValueError(f"{column} is empty")
    return row[column]


def _one_of(known: Mapping[str, Text], row: Mapping[str, str], column: str) -> str:
    if row[column] not in known:
        raise ValueError(f"{column} {row[column]!r}")
    return row[column]


def _clashes(cause: Cause, taken: Mapping[str, Cause], where: Where) -> list[Fault]:
    names = {squeeze(name): name for name in cause.names}
    return [
        _named_twice(name, taken[squeezed], where)
        for squeezed, name in names.items()
        if squeezed in taken
    ]


def _stems(cause: Cause) -> set[str]:
    """The names without the bracket that tells a kind: 专利权权属纠纷 of 专利权权属纠纷（发明）."""
    return {squeeze(found[1]) for name in cause.names if (found := _BRACKET_LAST.match(name))}


def _is_part(sought: str, name: str) -> bool:
    """Whether the words stand in a name, and not turned round there: 侵害 in 确认不侵害."""
    turned = any(before + sought in name for before in ("不", "non"))
    return sought in name and not turned


def _nearest(sought: str, rows: Iterable[Cause]) -> list[Cause]:
    """The causes with a name most like the words, best first."""
    likeness = {row: max(_likeness(sought, squeeze(name)) for name in row.names) for row in rows}
    best = sorted(likeness, key=lambda row: -likeness[row])[:_NEAREST]
    return [row for row in best if likeness[row]]


def _likeness(one: str, other: str) -> float:
    """The share of pairs of letters that two names have in common (Dice's coefficient)."""
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / max(len(pairs) + len(others), 1)


def _pairs(letters: str) -> set[str]:
    return {letters[at : at + 2] for at in range(len(letters) - 1)}


def _listed(causes: list[Cause]) -> Text:
    shown, more = causes[:_LISTED], len(causes) - _LISTED
    zh = "、".join(f"{cause.title.zh}（{cause.code}）" for cause in shown)
    en = ", ".join(f"{cause.title.en} ({cause.code})" for cause in shown)
    return Text(zh + f"等{len(causes)}个", f"{en} and {more} more") if more > 0 else Text(zh, en)


def _unknown(words: str, nearest: list[Cause]) -> Fault:
    near = _listed(nearest)
    return Fault(
        "cause-unknown",
        Text(f"案由表中没有“{words}”", f"no cause of action is called {words!r}"),
        Text(f"相近的案由有：{near.zh}；请从中选择", f"the nearest are {near.en}; name one of them")
        if nearest
        else Text("请写明案由全称", "write the full name of the cause"),
    )


def _ambiguous(words: str, found: list[Cause]) -> Fault:
    listed = _listed(found)
    return Fault(
        "cause-ambiguous",
        Text(
            f"“{words}”可以指不止一个案由：{listed.zh}",
            f"{words!r} may mean more than one cause of action: {listed.en}",
        ),
        Text("请写明是哪一个", "say which of them is meant"),
    )


def _named_twice(name: str, other: Cause, where: Where) -> Fault:
    return Fault(
        "cause-named-twice",
        Text(f"“{name}”已经是“{other.title.zh}”的名称", f"{name!r} already names {other.title.en}"),
        Text("一个名称只能指一个案由，请改写或者删去", "a name has one cause: change or drop it"),
        where,
    )

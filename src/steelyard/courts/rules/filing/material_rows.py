"""Which papers does a suit of this kind need? The rows of a country's ``filing_materials.toml``.

The head of that file tells its keys.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeVar, get_args

from steelyard.courts.rules.articles import article
from steelyard.courts.rules.filing.contents import When
from steelyard.courts.rules.filing.fact import Fact
from steelyard.courts.rules.filing.filing import Claim, Filing, Kind
from steelyard.courts.rules.filing.filing_facts import FACTS, holds
from steelyard.courts.rules.unreadable import BY_THE_HEAD_OF_THE_FILE
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Unreadable, Where, raise_if_any

UNREADABLE = Unreadable(
    "unreadable-material", Text("这一条材料", "this entry of materials"), BY_THE_HEAD_OF_THE_FILE
)

Need = Literal["required", "one_of_group", "to_prove", "court_may_ask", "usual"]
Sure = Literal["read", "reported", "practice"]
NEEDS: Mapping[Need, Text] = {
    "required": Text("必须提交", "required"),
    "one_of_group": Text("任交其一", "any one of its group"),
    "to_prove": Text(
        "由原告举证，立案时不是条件", "the plaintiff's to prove, no condition of filing"
    ),
    "court_may_ask": Text("法院可以要求提交", "the court may ask for it"),
    "usual": Text("实务通常提交", "usually handed in"),
}
SURE: Mapping[Sure, Text] = {
    "read": Text("见于条文", "by the text itself"),
    "reported": Text("据他人转述", "known from others' accounts"),
    "practice": Text("实务做法，条文未列", "practice; no article names it"),
}


@dataclass(frozen=True, slots=True)
class Cited:
    """An article from one day up to, but not including, another. ``text`` is how it is cited."""

    text: Text
    starts: date
    ends: date

    def holds_on(self, day: date) -> bool:
        return self.starts <= day < self.ends


@dataclass(frozen=True, slots=True)
class Group:
    """Papers of which any one is enough."""

    code: str
    title: Text
    articles: tuple[Cited, ...]
    sure: Sure


@dataclass(frozen=True, slots=True)
class Material:
    """A paper, when it matters, and how much. Empty ``kinds`` or ``claims``: all.

    ``fact`` is the question whether it was handed in; its ``when`` holds every condition.
    ``unless`` lists papers that make it needless. ``serves_preservation``: it is part of an
    application for preservation, not of the suit.
    """

    code: str
    title: Text
    need: Need
    group: str
    kinds: tuple[Kind, ...]
    claims: tuple[Claim, ...]
    when: When
    unless: tuple[str, ...]
    articles: tuple[Cited, ...]
    starts: date
    sure: Sure
    note: Text
    serves_preservation: bool
    fact: Fact

    def matters(self, filing: Filing, on: date) -> bool:
        return self.starts <= on and holds(self.fact.when, filing)


@dataclass(frozen=True, slots=True)
class Materials:
    """The rows and groups, in the order of the file."""

    rows: tuple[Material, ...]
    groups: Mapping[str, Group]

    def facts(self) -> tuple[Fact, ...]:
        """A question for each paper, to stand after those of ``FACTS``."""
        return tuple(row.fact for row in self.rows)


def articles_on(cited: Iterable[Cited], day: date) -> tuple[Text, ...]:
    return tuple(one.text for one in cited if one.holds_on(day))


def read_materials(text: str, *, file: str) -> Materials:
    """The table from the text of a country's ``filing_materials.toml``.

    Raises:
        Faulty: an entry cannot be read, names what does not exist, or stands there twice.
    """
    document = tomllib.loads(text)
    faults: list[Fault] = []
    laws = {code: Text(law["zh"], law["en"]) for code, law in document["laws"].items()}
    groups = _read(document["groups"], lambda entry: _group(entry, laws), faults, file)
    rows = _read(document["materials"], lambda entry: _material(entry, laws), faults, file)
    by_code = {group.code: group for group in groups}
    faults += _unknown(rows, by_code, file)
    raise_if_any(faults)
    return Materials(tuple(rows), by_code)


_Row = TypeVar("_Row", Group, Material)


def _read(
    entries: Iterable[Mapping[str, Any]],
    read: Callable[[Mapping[str, Any]], _Row],
    faults: list[Fault],
    file: str,
) -> list[_Row]:
    rows: list[_Row] = []
    for entry in entries:
        where = Where(file=file, key=str(entry.get("code", "")))
        try:
            row = read(entry)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            faults.append(UNREADABLE.at(where, error))
            continue
        if any(row.code == other.code for other in rows):
            faults.append(UNREADABLE.at(where, "code twice"))
        rows.append(row)
    return rows


def _group(entry: Mapping[str, Any], laws: Mapping[str, Text]) -> Group:
    return Group(
        entry["code"], _text(entry["title"]), _articles(entry, laws), _one(entry["sure"], Sure)
    )


def _material(entry: Mapping[str, Any], laws: Mapping[str, Text]) -> Material:
    group = entry.get("group", "")
    when = {code: tuple(answers) for code, answers in entry.get("when", {}).items()}
    if "track" in entry:
        track = entry["track"]
        when = {"track": (track,) if isinstance(track, str) else tuple(track), **when}
    kinds = tuple(_one(kind, Kind) for kind in entry.get("kinds", ()))
    claims = tuple(_one(claim, Claim) for claim in entry.get("claims", ()))
    title = _text(entry["title"])
    note = _text(entry["note"]) if "note" in entry else Text()
    return Material(
        code=entry["code"],
        title=title,
        need="one_of_group" if group else _one(entry["need"], Need),
        group=group,
        kinds=kinds,
        claims=claims,
        when=tuple(when.items()),
        unless=tuple(entry.get("unless", ())),
        articles=_articles(entry, laws),
        starts=entry.get("starts", date.min),
        sure=_one(entry["sure"], Sure),
        note=note,
        serves_preservation=_serves(entry),
        fact=Fact(
            f"materials.{entry['code']}",
            Text(f"提交{title.zh}", f"handed in: {title.en}"),
            "yes_no",
            (),
            note,
            _all_conditions(when, kinds, claims),
        ),
    )


def _all_conditions(
    when: Mapping[str, tuple[str, ...]], kinds: tuple[Kind, ...], claims: tuple[Claim, ...]
) -> When:
    conditions: dict[str, tuple[str, ...]] = dict(when)
    if kinds:
        conditions["kind"] = kinds
    if claims:
        conditions["claim"] = claims
    return tuple(conditions.items())


def _serves(entry: Mapping[str, Any]) -> bool:
    if entry.get("serves", "suit") not in ("suit", "preservation"):
        raise ValueError(f"serves {entry['serves']!r}")
    return entry.get("serves") == "preservation"


def _articles(entry: Mapping[str, Any], laws: Mapping[str, Text]) -> tuple[Cited, ...]:
    return tuple(
        Cited(
            article(laws[one["law"]], one["number"]) if "number" in one else laws[one["law"]],
            one.get("starts", date.min),
            one.get("ends", date.max),
        )
        for one in entry["articles"]
    )


def _one(text: Any, choices: Any) -> Any:
    if text not in get_args(choices):
        raise ValueError(f"{text!r} is none of {', '.join(get_args(choices))}")
    return text


def _text(entry: Mapping[str, str]) -> Text:
    return Text(entry["zh"], entry["en"])


def _unknown(rows: Iterable[Material], groups: Mapping[str, Group], file: str) -> list[Fault]:
    """Rows that name a group, a fact, an answer or a paper that there is not."""
    rows = list(rows)
    answers = {one.code: _answers(one) for one in FACTS}
    codes = {row.code for row in rows}
    faults = []
    for row in rows:
        names = [
            *([row.group] if row.group and row.group not in groups else []),
            *(code for code in row.unless if code not in codes),
            *(code for code, _ in row.when if code not in answers),
            *(
                f"{code} = {answer}"
                for code, given in row.when
                for answer in given
                if code in answers and answer not in answers[code]
            ),
        ]
        faults += [UNREADABLE.at(Where(file=file, key=row.code), f"no {name}") for name in names]
    return faults


def _answers(one: Fact) -> tuple[str, ...]:
    if one.kind == "yes_no":
        return ("yes", "no", "")
    return tuple(code for code, _ in one.choices)

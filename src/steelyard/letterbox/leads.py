"""A lead as a citizen reports it on the public form: what it may be, and as a file that is carried in. Pure.

Who reports may stay unknown. Whatever prints one of these, a log or a fault, says nothing of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.letterbox import limits

FORMAT = "steelyard-lead/1"
BLOCK = 4096
"""The file is filled up to whole blocks before it is sealed: its length tells neither a name nor none."""

LONGEST: Mapping[str, int] = {
    "unit": 40, "item": 40, "matter": 120, "text": 4000, "place": 200, "happened": 120, "name": 60,
    "contact": 200,
}  # fmt: skip
ONE_LINE = ("unit", "item", "matter", "place", "happened", "name", "contact")
NUMBER = re.compile(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A lead as it was typed. ``unit`` and ``item`` are codes; ``happened`` is when, in their words.

    ``trap``: a field that people do not see, and machines fill in.
    """

    unit: str = ""
    item: str = ""
    matter: str = ""
    text: str = ""
    place: str = ""
    happened: str = ""
    name: str = ""
    contact: str = ""
    trap: str = ""

    def __repr__(self) -> str:
        return "Reported(***)"

    @property
    def told(self) -> dict[str, str]:
        """By field, as it is kept: without blanks around it, its lines ending one way."""
        found = {name: getattr(self, name) for name in LONGEST}
        return {
            name: re.sub(r"\r\n?", "\n", said).strip(" \t\r\n\u3000")
            for name, said in found.items()
        }


Limit = Callable[[Reported], Iterator[Refusal]]


def is_from_a_person(one: Reported) -> Iterator[Refusal]:
    yield from limits.from_a_machine(one.trap)


def says_what(one: Reported) -> Iterator[Refusal]:
    if not one.told["text"]:
        yield Refusal("no_text", Text("请写明发生了什么", "say what happened"), "text")


def says_where(one: Reported) -> Iterator[Refusal]:
    told = one.told
    if not told["unit"] and not told["place"]:
        what = Text(
            "请选择地区，或写明发生在哪里", "choose a place of the assessment, or say where it happened"
        )  # fmt: skip
        yield Refusal("no_place", what, "unit")


def is_not_too_long(one: Reported) -> Iterator[Refusal]:
    yield from limits.too_long(one.told, LONGEST)


def is_one_line(one: Reported) -> Iterator[Refusal]:
    told = one.told
    yield from limits.several_lines({name: told[name] for name in ONE_LINE})


def can_be_seen(one: Reported) -> Iterator[Refusal]:
    yield from limits.unseen({"text": one.told["text"]})


LIMITS: tuple[Limit, ...] = (
    is_from_a_person, says_where, says_what, is_not_too_long, is_one_line, can_be_seen,
)  # fmt: skip


def refusals_of(one: Reported) -> list[Refusal]:
    """All that speaks against taking it; empty: it is taken."""
    return [refusal for limit in LIMITS for refusal in limit(one)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadLetter:
    """A lead that was taken outside: as a file there, inside as a lead and a seal.

    ``number`` is the receipt: drawn from a hash, it tells neither day nor place nor person.
    """

    number: str
    unit: str
    item: str
    matter: str
    text: str
    place: str
    happened: str
    name: str
    contact: str

    def __repr__(self) -> str:
        """
        >>> LeadLetter(**dict.fromkeys(("number", *LONGEST), "张三"))
        LeadLetter(***)
        """
        return "LeadLetter(***)"


def received(one: Reported, once: str) -> LeadLetter:
    """The letter. ``once``: what the form was given at random, unknown to others.

    The same form sent twice with the same words is the same letter.
    """
    told = one.told
    drawn = limits.letters("lead", "\0".join([once, *told.values()]), 12)
    return LeadLetter(number="-".join(re.findall("....", drawn)), **told)


def written(letter: LeadLetter) -> bytes:
    """The letter as a file, filled up; to be sealed."""
    document = {"format": FORMAT} | asdict(letter)
    content = json.dumps(document, ensure_ascii=False).encode()
    return content.ljust(-(-len(content) // BLOCK) * BLOCK)


def read_letter(content: bytes) -> LeadLetter:
    """
    Raises:
        ValueError: it is no lead, or one that the form would have refused. It says nothing of the words.
    """
    document = json.loads(content)
    names = {one.name for one in fields(LeadLetter)}
    if not isinstance(document, dict) or set(document) != names | {"format"}:
        raise ValueError("its fields are not those of a lead")
    if document["format"] != FORMAT or not all(isinstance(one, str) for one in document.values()):
        raise ValueError(f"its format is not {FORMAT}")
    if not NUMBER.fullmatch(document["number"]):
        raise ValueError("the number is none")
    reported = Reported(**{name: document[name] for name in LONGEST})
    if against := refusals_of(reported):
        raise ValueError("; ".join(one.code for one in against))
    return LeadLetter(number=document["number"], **reported.told)

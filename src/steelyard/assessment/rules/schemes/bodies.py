"""Which organisation is each body that a scheme names? The same name, and nothing that only resembles it.

An office's table names its bodies by their titles. One is an organisation if exactly one that the office
knows has that name: written alike, else alike in half width and without blanks. Between two nobody
guesses; what has no organisation is listed with what to do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from steelyard.assessment.rules.drafting import Document, as_text, listed, renamed_body
from steelyard.assessment.rules.schemes.writing_rules import bodies_of
from steelyard.kernel.bilingual import Text
from steelyard.scheme.given import UNITS


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation that may supply and score."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A body that is no organisation yet. ``candidates``: those of its name; one, or several."""

    code: str
    title: Text
    candidates: tuple[Known, ...] = ()
    is_outside: bool = False
    """Its code is that of an organisation that has no part in the assessment."""

    @property
    def why(self) -> Text:
        zh = "、".join(f"{one.name.zh}（{one.code}）" for one in self.candidates)
        en = ", ".join(f"{one.name.en or one.name.zh} ({one.code})" for one in self.candidates)
        match len(self.candidates):
            case 0 if self.is_outside:
                return Text(
                    "该机构不在本考核的范围内，不能参与",
                    "this organisation is not within what is assessed: it has no part in it",
                )
            case 0:
                return Text("没有这个名称的机构", "no organisation has this name")
            case 1:
                return Text(f"名称与机构{zh}相同", f"an organisation has this name: {en}")
            case _:
                return Text(
                    f"有几个机构都叫这个名称：{zh}", f"several organisations have this name: {en}"
                )

    @property
    def mend(self) -> Text:
        match len(self.candidates):
            case 0 if self.is_outside:
                return Text(
                    "请选定考核办、被考核地区及其下属的机构",
                    "choose the office, the region that is assessed, or one below it",
                )
            case 0:
                return Text(
                    "请选定已有的机构；如果确实还没有，请管理员先建立该机构",
                    "choose one that exists; if there is none yet, have an administrator open it first",
                )
            case 1:
                return Text("请确认对应", "confirm that it is the one")
            case _:
                return Text("请选定是哪一个", "choose which one it is")


@dataclass(frozen=True, slots=True)
class Matching:
    """``found``: code of the body → organisation of its name. ``loosely``: those of them whose names are
    alike only in half width and without blanks. ``open``: all that are no organisation yet, those of
    them that have one of their name too."""

    found: Mapping[str, Known]
    loosely: frozenset[str]
    open: tuple[Unmatched, ...]

    @property
    def unmatched(self) -> tuple[Unmatched, ...]:
        return tuple(one for one in self.open if one.code not in self.found)


def match(
    document: Document, organisations: Sequence[Known], outside: Collection[str] = ()
) -> Matching:
    """Every body of the scheme that is not named by the code of an organisation. ``outside``: codes of those
    that there are, and that have no part in the assessment."""
    codes = {one.code for one in organisations}
    found: dict[str, Known] = {}
    loosely: set[str] = set()
    waiting: list[Unmatched] = []
    for code, title in bodies_in(document).items():
        if code in codes or code == UNITS:
            continue
        exact = _of_name(title, organisations, _as_written)
        candidates = exact or _of_name(title, organisations, _plain)
        waiting.append(Unmatched(code, title, candidates, code in outside))
        if len(candidates) == 1:
            found[code] = candidates[0]
            loosely |= set() if exact else {code}
    return Matching(found, frozenset(loosely), tuple(waiting))


def bodies_in(document: Document) -> dict[str, Text]:
    """Code → title, of the bodies that the scheme tells and of those that it only names."""
    told = document.get("bodies")
    found = (
        {code: as_text(one) or Text(code, code) for code, one in told.items()}
        if isinstance(told, Mapping)
        else {}
    )
    for section in ("items", "inputs"):
        for row in listed(document, section):
            for name in ("supplying_body", "scoring_body"):
                for code in bodies_of(row.told.get(name)):
                    found.setdefault(code, Text(code, code))
    return found


def matched(document: Document, matching: Matching) -> Document:
    """The scheme with the organisations in place of the bodies of their names."""
    for code, one in matching.found.items():
        document = renamed_body(document, code, one.code, one.name)
    return document


def readings(document: Document, matching: Matching) -> list[Text]:
    """What a person should confirm: names that are not written quite alike."""
    titles = bodies_in(document)
    return [
        Text(f"单位“{titles[code].zh or titles[code].en}”按机构“{one.name.zh}”（{one.code}）对应（请确认）",
             f"the body “{titles[code].en or titles[code].zh}” was taken for the organisation "
             f"“{one.name.en or one.name.zh}” ({one.code}) (please confirm)")
        for code, one in matching.found.items() if code in matching.loosely
    ]  # fmt: skip


def _of_name(
    title: Text, organisations: Iterable[Known], written: Callable[[str], str]
) -> tuple[Known, ...]:
    wanted = {written(one) for one in (title.zh, title.en)} - {""}
    return tuple(
        one
        for one in organisations
        if wanted & ({written(name) for name in (one.name.zh, one.name.en)} - {""})
    )


def _as_written(name: str) -> str:
    return name


def _plain(name: str) -> str:
    """
    >>> _plain("省 市场监管局（知识产权局）") == _plain("省市场监管局(知识产权局)")
    True
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).casefold()

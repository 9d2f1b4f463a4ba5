"""Inside one assessment, each sees what is theirs: of everything that was planted, exactly that.

All of it is Jiangmen's (:mod:`planted`). Everybody opens every address with every number, asks every
question of it and sends every form; what they found is compared with the table, word by word. So a
word too many is a leak, and a word too few says that the walk no longer looks where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from steelyard.assessment.models import (
    Answer,
    Approval,
    Deduction,
    Difference,
    Draw,
    DrawnFile,
    FileReview,
    Finding,
    Informant,
    InformantRead,
    Lead,
    Mark,
    Material,
    MaterialUse,
    MissingFigure,
    Objection,
    ReportCorrection,
    Score,
    Settlement,
    Suspicion,
    Visit,
    Weighing,
)
from steelyard.assessment.rules.papers.kinds import PaperKind
from steelyard.assessment.rules.states import Stage
from steelyard.files.models import File
from steelyard.history.queries import traced_models
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from tests.assessment.files import frozen
from tests.assessment.inside import all_rows, filled_in, is_inside, of_papers
from tests.assessment.planted import FIGURES, WORD, Rows, said
from tests.assessment.year import Year
from tests.once import made_once, taken_back
from tests.people.looking import filled, has_parameter, noting_what_is_read, shown_of
from tests.people.test_addresses import TABLE
from tests.people.walking import office_addresses
from tests.supply.office import account

pytestmark = pytest.mark.django_db

WORDS = re.compile(rf"{WORD}\.([a-z_]+)")
WRITTEN = {word: re.compile(rf"(?<![\d.])(?:{pattern})") for word, pattern in FIGURES.items()}


class World(Year):
    """The year, and everybody who has any part in it."""

    def everybody(self) -> dict[str, Account]:
        first, _, third = self.experts
        for word, one in zip(("first", "second", "third"), self.experts, strict=True):
            Account.objects.filter(pk=one.pk).update(name=said(word))
        elsewhere = {role.value: (role, self.guangzhou) for role in Role}
        return {
            "office": self.chen,
            "head": self.zhao,
            "auditor": account("沈审计", x=(Role.AUDITOR, self.province)),
            "market": self.li,
            "team": self.sun,
            "panel": self.gu,
            "first": first,
            "third": third,
            "jiangmen": self.tan,
            "jiangmen_head": self.huang,
            "jiangmen_bureau": self.mo,
            "jiangmen_auditor": account("江审计", x=(Role.AUDITOR, self.jiangmen)),
            "guangzhou": account("广州各科", **elsewhere),
        }

    def rows(self) -> Rows:
        return Rows(
            self.assessment, self.jiangmen, self.market, self.team, self.panel, filler=self.tan,
            by=self.qian, signer=self.zhao, reviewers=self.experts[:2], now=self.now,
        )  # fmt: skip


def planted(stage: Stage) -> World:
    """The year at a stage, with all that there may be by then."""
    world = World()
    world.everyone = world.everybody()
    if stage == Stage.COMMENTS:
        world.at(stage)
        world.rows().comments(world.version)
        return world
    world.at(Stage.COLLECTING)
    rows = world.rows()
    rows.while_collecting(world.bureau)
    if stage == Stage.COLLECTING:
        return world
    rows.after(frozen(world), world.version)
    if stage == Stage.FROZEN:
        rows.to(stage)
    return world


OF_JIANGMEN = (
    Answer, MaterialUse, Material, Objection, Difference, Settlement, Score, Deduction, Suspicion, Visit,
    ReportCorrection, MissingFigure, Finding, Lead, Informant, InformantRead, Draw, DrawnFile, FileReview,
    Mark, Approval, Weighing,
)  # fmt: skip
"""What is planted, but for the submission: that there is one, the scheme says."""


# --- the walk -----------------------------------------------------------------------------------

ALONE = ("/account/logout/", "/language/", "/health/", "/metrics", "/site-check/")
"""They end or change the session of whoever asks, or are of the machine."""


def addresses_of_the_year() -> Iterator[tuple[str, list[str]]]:
    """Each pattern inside the assessment and each page that lists, with its addresses; the files; the
    history of each row."""
    for pattern in office_addresses():
        if is_inside(pattern):
            yield f"/{pattern}", list(filled_in(pattern, "2021"))
        elif not has_parameter(pattern) and not f"/{pattern}".startswith(ALONE):
            yield f"/{pattern}", [f"/{pattern}"]
    files = list(all_rows(File))
    yield "/files/<int:number>/", [f"/files/{one}/" for one in files]
    yield "/files/<int:number>/download/", [f"/files/{one}/download/" for one in files]
    for model in traced_models():
        if model._meta.app_label in ("assessment", "files"):
            table = model._meta.db_table
            rows = list(all_rows(model))
            yield f"/history/{table}/", [f"/history/{table}/{one}/" for one in rows]
            yield (
                f"/history/{table}/csv/",
                [f"/history/{table}/{one}/history.csv" for one in rows[:1]],
            )


def takes(method: str, pattern: str) -> bool:
    """Whether an address takes it at all, from anybody."""
    got, posted = TABLE.get(pattern, ("o", "o" if is_inside(pattern[1:]) else "x"))
    return bool(set({"get": got, "post": posted}[method]) - set("Sx"))


NOT_THUS = "405"
"""Said of a pattern before anything is looked for: it takes the method from nobody."""


def words_in(page: str) -> set[str]:
    return {*WORDS.findall(page), *(word for word, one in WRITTEN.items() if one.search(page))}


@dataclass
class Walk:
    """One person looks everywhere. ``found``: word → where it was first seen."""

    client: Client
    asked: int = 0

    def everywhere(self) -> dict[str, str]:
        found: dict[str, str] = {}
        with taken_back():
            for pattern, addresses in addresses_of_the_year():
                if takes("get", pattern):
                    self._get_all(found, addresses)
                if takes("post", pattern) and is_inside(pattern[1:]):
                    self._post_all(found, addresses)
        return found

    def _get_all(self, found: dict[str, str], addresses: list[str]) -> None:
        for at, address in enumerate(addresses):
            if self._get(found, address, is_first=not at).startswith(NOT_THUS):
                return

    def _post_all(self, found: dict[str, str], addresses: list[str]) -> None:
        for address in addresses:
            page = self.page("post", address, filled())
            self._note(found, page, f"post {address}")
            if page.startswith(NOT_THUS):
                return

    def _get(self, found: dict[str, str], address: str, *, is_first: bool) -> str:
        """The page; and of the first of its kind, what it answers to each question that it reads."""
        with noting_what_is_read() if is_first else nullcontext(set()) as read:
            page = self.page("get", address)
        self._note(found, page, f"get {address}")
        if is_first and page.startswith("200") and address.startswith("/assessments/"):
            for told in ({name: value} for name in sorted(read) for value in asked(name)):
                self._note(found, self.page("get", address, told), f"get {address} {told}")
        return page

    def page(self, method: str, address: str, told: Mapping[str, Any] | None = None) -> str:
        """What a form wrote is taken back at once, what a page that was read did, when all is over."""
        self.asked += 1
        kept = self.client.cookies.copy()
        with nullcontext() if method == "get" else taken_back():
            answer = getattr(self.client, method)(address, dict(told or {}))
            answer.whole = (
                b"".join(answer.streaming_content) if answer.streaming else answer.content
            )
        self.client.cookies = kept
        return shown_of(answer)

    def _note(self, found: dict[str, str], page: str, where: str) -> None:
        for word in words_in(page.replace("%2E", ".")):
            found.setdefault(word, where)


ASKED: Mapping[str, tuple[str, ...]] = {
    "q": (WORD,), "unit": ("440700",), "item": ("A1", "B2"), "input": ("closed_in_time",),
    "body": ("market",), "as": ("csv", "xlsx"), "page": ("2",), "sort": ("unit", "-state"),
    "show": ("all", "open", "late"), "state": ("open", "settled"), "version": ("1",),
}  # fmt: skip


def asked(name: str) -> tuple[str, ...]:
    return ASKED.get(name, ("1",))


def as_(who: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who)
    return client


# --- who sees what ------------------------------------------------------------------------------

MATERIAL = frozenset({"material", "number", "pages", "paper"})
GIVEN = frozenset({"given", "grounds"}) | MATERIAL
"""The answer that was given to a department, and the material behind it."""

ANSWERS = frozenset({"statement", "self_score", "reported"}) | GIVEN
SUPPLIED = frozenset({"supplied", "note"})
DRAFT = frozenset({"draft", "draft_figure"})
OBJECTION = frozenset({"objection", "record"})
SCORE = frozenset({"scored", "judged", "off", "deduction", "again"})
SUSPECTED, DECIDED = frozenset({"suspected", "heard"}), frozenset({"suspected_then", "decision"})
VISITED = frozenset({"went", "finding", "spot", "summary", "photograph", "before", "slip"})
TO_COME = frozenset({"surprise", "where", "not_yet"})
DRAWN = frozenset({"case", "brought", "witness"})
REVIEWERS = frozenset({"first", "second", "third"})
FOUND = frozenset({"first_found", "second_found"})
LEAD, INFORMANT = frozenset({"lead", "conclusion"}), frozenset({"informant", "phone"})
NOTHING: frozenset[str] = frozenset()

OF_THE_CITY = (
    ANSWERS | OBJECTION | SUPPLIED | SUSPECTED | DECIDED | VISITED | DRAWN
    | {"difference", "settlement", "settled_anew", "announced", "returned"}
)  # fmt: skip
OF_THE_OFFICE = (
    OF_THE_CITY
    | SCORE
    | TO_COME
    | REVIEWERS
    | {"reserve", "why_corrected", "fault", "opened", "found_earlier"}
)
OF_THE_TRAIL = OF_THE_OFFICE | DRAFT | FOUND | {"missing"}
"""Whoever sees the trail sees what was saved and by whom; no lead, and nobody who told of it."""

SUPPLIES = SUPPLIED | DRAFT | OBJECTION | {"why_corrected"}
SCORES = ANSWERS | SCORE | SUSPECTED | {
    "supplied", "difference", "photograph", "finding", "spot",
}  # fmt: skip

SEES: Mapping[Stage, Mapping[str, frozenset[str]]] = {
    Stage.COMMENTS: {
        "office": REVIEWERS | {"comment", "withdrawn"},
        "market": NOTHING,
        "guangzhou": NOTHING,
        "jiangmen": frozenset({"comment", "withdrawn"}),
    },
    Stage.COLLECTING: {
        "office": OBJECTION | SUPPLIED | REVIEWERS | {"why_corrected"},
        "market": SUPPLIES,
        "team": NOTHING,
        "jiangmen": ANSWERS | OBJECTION,
        "jiangmen_bureau": GIVEN,
        "guangzhou": NOTHING,
    },
    Stage.SCORING: {
        "office": OF_THE_OFFICE | LEAD,
        "head": OF_THE_OFFICE | LEAD | INFORMANT,
        "auditor": OF_THE_TRAIL,
        "market": SUPPLIES,
        "team": SCORES,
        "panel": DECIDED,
        "first": DRAWN | {"first", "first_found"},
        "third": frozenset({"third"}),
        "jiangmen": OF_THE_CITY,
        "jiangmen_head": OF_THE_CITY,
        "jiangmen_bureau": GIVEN,
        "jiangmen_auditor": ANSWERS
        | OBJECTION
        | SUPPLIED
        | VISITED
        | {"difference", "settlement", "settled_anew", "announced"},
        "guangzhou": NOTHING,
    },
    Stage.FROZEN: {"team": SCORES, "jiangmen": OF_THE_CITY | SCORE, "guangzhou": NOTHING},
}
"""Word for word: what each finds at each stage. What stands here for nobody, nobody sees."""

AT = [(stage, who) for stage, seen in SEES.items() for who in seen]
scoring = pytest.mark.parametrize("world", [Stage.SCORING], indirect=True)


@pytest.fixture(scope="module")
def world(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:  # fmt: skip
    """Planted once for all who look; nothing of it stays."""
    with made_once(django_db_blocker, tmp_path_factory):
        yield planted(request.param)


@pytest.mark.parametrize(("world", "who"), AT, indirect=["world"], scope="module")
def test_each_finds_what_is_theirs_and_nothing_else(world: World, who: str) -> None:
    found = Walk(as_(world.everyone[who])).everywhere()
    expected = SEES[Stage(world.assessment.stage)][who]
    assert {word: where for word, where in found.items() if word not in expected} == {}
    assert expected - found.keys() == set()


@scoring
def test_of_what_there_is_no_paper_of_a_kind_not_even_the_office_gets_one(world: World) -> None:
    """So the walk asks everybody for those that there are."""
    walk = Walk(as_(world.everyone["office"]))
    of = {kind: of_papers(kind, all_rows) for kind in PaperKind}
    others = [
        f"/assessments/2021/papers/{kind}/{one}/zh/word/"
        for kind, own in of.items()
        for one in {one for several in of.values() for one in several} - set(own)
    ]
    assert len(others) > 20
    assert [one for one in others if not walk.page("get", one).startswith("404")] == []


@scoring
def test_what_a_city_sees_is_the_same_whether_the_other_filed_anything_or_not(world: World) -> None:
    """No count, no order, no sum tells of it: all pages are the same, to the letter."""
    walk = Walk(as_(world.liang))
    addresses = [one for pattern, several in addresses_of_the_year() if takes("get", pattern)
                 for one in several if not one.startswith("/history/")]  # fmt: skip
    before = {address: walk.page("get", address) for address in addresses}
    with taken_back():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger, no key
            for model in OF_JIANGMEN:
                cursor.execute(f'DELETE FROM "{model._meta.db_table}"')
        after = {address: walk.page("get", address) for address in addresses}
    assert [one for one in addresses if after[one] != before[one]] == []

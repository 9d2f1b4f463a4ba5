"""How somebody looks for what they must not see: every address, every question, every form.

Each way of looking gives what it finds as it goes, as lines to read; none means that nothing leaks.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from itertools import product
from typing import Any
from unittest.mock import patch

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models, transaction
from django.http import HttpResponse, QueryDict
from django.test import Client

from steelyard.assessment.models import Lead, Material, Visit
from steelyard.config.api import api
from steelyard.files.models import File
from steelyard.history.queries import traced_models
from steelyard.notices.models import Deadline, Notice
from steelyard.people.models import Account, Holding, Organisation
from steelyard.supply.models import Delivery, DeliveryRequest, Snapshot
from steelyard.supply.rules.deliveries import Move
from steelyard.trail.models import Entry
from tests.assessment.inside import filled_in, is_inside
from tests.people.builders import day
from tests.people.planting import CANARY, FIRST, HIDDEN, NONE, OWN, Planted
from tests.people.walking import office_addresses

WHOSE: Mapping[str, type[models.Model]] = {
    "organisations": Organisation,
    "accounts": Account,
    "roles": Holding,
    "deliveries": Delivery,
    "requests": DeliveryRequest,
    "snapshots": Snapshot,
    "files": File,
    "notices": Notice,
    "deadlines": Deadline,
    "leads": Lead,
    "account/2fa/webauthn/keys": Authenticator,
}
"""What the number in an address is of: by what stands before it, under ``api/`` too."""

HISTORY = "history/"
NOT_OF_OBJECTS = {
    "account/^confirm-email/(?P<key>[-:\\w]+)/$": "no such page",
    "account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "a signed link",
    "account/oidc/^(?P<provider_id>[^/]+)/login/": "another service",
    "account/oidc/^(?P<provider_id>[^/]+)/login/callback/": "another service",
    "^account/(email|confirm-email)/": "no such page",
    "messages/<int:number>/": "a message of the public, to whoever edits the website",
    "messages/<int:number>/answer/": "the same",
    "messages/<int:number>/close/": "the same",
    "messages/<int:number>/publish/": "the same",
}
"""Addresses with a parameter that names none of our objects, and what it names."""

ALONE = ("/account/logout/", "/language/", "/health/", "/metrics")
"""They end or change the session of whoever asks, or are of the machine; none names an object."""

SEARCHES = ("zqx", "鸩鹮", "zqx-bank", "zqx.supplier", "supplier@zqx.example.org", str(FIRST))
ABSENT = ("qzx", "鹮鸩", "qzx-bank", "qzx.supplier", "supplier@qzx.example.org", str(NONE))
"""The same in length, and of nothing: whoever searches gets the same answer for both."""

STATUSES = ("draft", "signed", "accepted", "returned", "replaced", "discarded")
COLUMNS = ("code", "name", "kind", "starts", "username", "email", "body", "table", "period", "rows",
           "uploaded", "status", "id", "body__code")  # fmt: skip
VALUES: Mapping[str, tuple[str, ...]] = {
    "sort": tuple(f"{sign}{by}" for sign, by in product(("", "-"), COLUMNS)),
    "state": ("open", "closed", "x"),
    "kind": ("city", "bank", "x"),
    "role": ("expert", "supplying_body", "assessing_office", "clerk", "x"),
    "status": (*STATUSES, "x"),
    "table": ("trainings", "places", "x"),
    "mark": ("public", "internal", "confidential", "x"),
    "page": ("0", "2", "99", "-1", "x"),
    "as": ("csv", "xlsx", "x"),
    "new": ("", "1"),
    "next": ("/", "/deliveries/"),
    "request": ("1", "x"),
    "period": ("2014", "2021", "x"),
    "item": ("A1", "x"),
    "read": ("x",),
    "input": ("trained", "x"),
    "show": ("missing", "late", "signed", "accepted", "withdrawn", "x"),
}
"""What a page may be asked in its address, and with which values."""

SEARCHED = ("q",)
OF_LIBRARIES = ("account/", "language/")
"""Pages of libraries: they know none of our objects, and show a new secret each time."""

NAMES_AN_OBJECT = {
    "parent": Organisation, "organisation": Organisation, "body": Organisation, "office": Organisation,
    "in": Organisation, "below": Organisation, "account": Account, "notice": Notice, "file": File,
    "request": DeliveryRequest, "unit": Organisation, "department": Organisation, "visit": Visit,
    "snapshot": Snapshot, "reviewer": Account, "reviewers": Account, "material": Material,
}  # fmt: skip
"""Fields of forms and addresses that hold the number of an object."""


def filled(version: int = 1) -> dict[str, Any]:
    """Something fit for every field of every form: each takes what it knows."""
    return {
        "seen": version, "version": version, "reason": "why", "why": "why", "table": "trainings",
        "period": "2021", "cut_off": "2022-01-10", "covers": "", "code": "new", "username": "new",
        "name": "new", "name_zh": "new", "name_en": "new", "kind": "bank", "place": "", "role": "clerk",
        "starts": day(0).isoformat(), "ends": day(0).isoformat(), "mark": "internal", "mode": "digest",
        "working_days": "3", "all": "1", "email": "new@example.org", "text": "new", "grounds": "new",
        "team": "new", "planned_on": day(0).isoformat(), "channel": "letter", "decision": "new",
    }  # fmt: skip


@dataclass
class Look:
    """One person looking for what is hidden; each way of looking gives what it finds, a line each.

    ``is_thorough``: with every object and in every way; else with one of each model, once.
    ``fetched``: files that the rules let this person fetch by number; lists must not show them.
    """

    client: Client
    planted: Planted
    fetched: frozenset[int] = frozenset()
    is_thorough: bool = False
    asked: int = 0
    _nothing: dict[tuple[str, str, bool], str] = field(default_factory=dict)
    _entries: int = field(default_factory=lambda: _entries())
    """In the trail before anything is asked, and after it is taken back."""

    def by_guessing(self) -> Iterator[str]:
        """Every address with the number of every hidden object, against one that nothing has."""
        for pattern in office_addresses():
            if not has_parameter(pattern) or not_of_objects(pattern):
                continue
            if is_inside(pattern) and not self.is_thorough:
                continue  # all roles together found nothing; within one assessment: tests/assessment
            yield from self._by_guessing_at(pattern)

    def _by_guessing_at(self, pattern: str) -> Iterator[str]:
        not_taken: set[tuple[str, bool]] = set()
        for at, (address, number) in enumerate(objects_at(pattern, self.planted)):
            if at and not self.is_thorough and not self._is_first_of_another(pattern, number):
                continue
            every = self.is_thorough and not at and not is_inside(pattern)
            for method, told in ways(address, every=every):
                way = method, bool(told.get("json"))
                if way in not_taken or (at and pattern.startswith(HISTORY) and method != "get"):
                    continue
                yield from self._guess(method, address, number, told)
                if self._nothing_at(method, address, number, told).startswith("405"):
                    not_taken.add(way)  # from nobody, of nothing: it was asked once

    def _is_first_of_another(self, pattern: str, number: int | str) -> bool:
        """One of each model tells whether a history shows itself; the tables to take away ask the same."""
        return pattern == f"{HISTORY}<slug:table>/<int:number>/" and number == FIRST + 1

    def by_asking(self) -> Iterator[str]:
        """Every list with every search, sort, filter and page; whatever a page reads is asked."""
        for address in whole_addresses():
            with noting_what_is_read() as read:
                answer = self._ask("get", address)
            yield from self._canaries(answer, address)
            if address.removeprefix("/").startswith(OF_LIBRARIES):
                continue
            for name in sorted(read | self._documented(address)):
                if self.is_thorough or name in SEARCHED:
                    yield from self._question(address, name)

    def by_telling(self) -> Iterator[str]:
        """Every form without a number in its address, told the numbers of hidden objects."""
        for address in whole_addresses():
            is_ours = not address.removeprefix("/").startswith(OF_LIBRARIES)
            for method, told in ways(address, every=self.is_thorough and is_ours):
                if method != "get":
                    yield from self._tell(method, address, told)

    # --- the steps --------------------------------------------------------------------------

    def _ask(
        self, method: str, address: str, told: Mapping[str, Any] | None = None, *,
        counts: bool = False,
    ) -> HttpResponse:  # fmt: skip
        """As if nothing came of it; a form is sent as a form, and to the API as JSON too.

        ``counts``: how many entries the trail has more for it.
        """
        self.asked += 1
        kept = self.client.cookies.copy()
        with transaction.atomic():
            answer = self._sent(method, address, dict(told or {}))
            if counts:
                answer.was_written = _entries() - self._entries
            answer.whole = (
                b"".join(answer.streaming_content) if answer.streaming else answer.content
            )
            transaction.set_rollback(True)
        self.client.cookies = kept
        return answer

    def _sent(self, method: str, address: str, told: dict[str, Any]) -> HttpResponse:
        if method == "get":
            return self.client.get(address, told)
        if told.pop("json", False) or method in ("put", "patch", "delete"):
            send = getattr(self.client, method)
            return send(address, told, content_type="application/json")
        upload = {name: _upload() for name in ("file", "content", "sheet")}
        return self.client.post(address, told | upload)

    def _nothing_at(
        self, method: str, address: str, number: int | str, told: Mapping[str, Any]
    ) -> str:
        """What is answered with the number of nothing."""
        asked = address.replace(str(number), str(NONE)), method, bool(told.get("json"))
        if asked not in self._nothing:
            answer = self._ask(method, asked[0], told)
            self._nothing[asked] = shown_of(answer).replace(str(NONE), "#")
        return self._nothing[asked]

    def _guess(
        self, method: str, address: str, number: int | str, told: Mapping[str, Any]
    ) -> Iterator[str]:
        nothing = self._nothing_at(method, address, number, told)
        answer = self._ask(method, address, told, counts=True)
        if answer.was_written:
            yield f"{method} {address}: wrote {answer.was_written}"
        if number in self.fetched and address.removeprefix("/api").startswith("/files/"):
            return
        shown = shown_of(answer).replace(str(number), "#")
        if shown != nothing:
            yield f"{method} {address}: {answer.status_code}, else {nothing[:3]}"
        if found := CANARY.search(shown):
            yield f"{method} {address}: shows {found[0]}"

    def _question(self, address: str, name: str) -> Iterator[str]:
        if name in SEARCHED:
            pairs = list(zip(SEARCHES, ABSENT, strict=True))
            for there, absent in pairs if self.is_thorough else (*pairs[:2], pairs[-1]):
                yield from self._compare(address, {name: there}, {name: absent})
        elif name in NAMES_AN_OBJECT:
            number = str(self.planted[NAMES_AN_OBJECT[name]][0])
            yield from self._compare(address, {name: number}, {name: str(NONE)})
        elif name not in VALUES:
            yield f"{address} reads ?{name}=, and nobody said what may be asked with it"
        else:
            for value in VALUES[name]:
                answer = self._ask("get", address, {name: value})
                yield from self._canaries(answer, f"{address} {name}={value}")

    def _documented(self, address: str) -> set[str]:
        """What the API says may be asked there."""
        if not address.startswith("/api/"):
            return set()
        told = documented().get(address, {}).get("get", {}).get("parameters", ())
        return {one["name"] for one in told}

    def _compare(
        self, address: str, there: dict[str, str], absent: dict[str, str]
    ) -> Iterator[str]:
        (word,), (none,) = there.values(), absent.values()
        one, other = self._ask("get", address, there), self._ask("get", address, absent)
        shown = _blanked(shown_of(one), word), _blanked(shown_of(other), none)
        if shown[0] != shown[1]:
            yield f"get {address} {there}: another answer than {absent}"
        if found := CANARY.search(shown[0]):
            yield f"get {address} {there}: shows {found[0]}"

    def _tell(self, method: str, address: str, told: Mapping[str, Any]) -> Iterator[str]:
        """Once with all hidden numbers, once with numbers of nothing."""
        there = {name: self.planted[model][0] for name, model in NAMES_AN_OBJECT.items()}
        nothing = dict.fromkeys(there, NONE)
        if address.startswith("/api/"):
            there["body"] = there["organisation"] = "zqx-bank"
            nothing["body"] = nothing["organisation"] = "qzx-bank"
        shown = []
        for told_of in (there, nothing):
            answer = self._ask(method, address, {**told, **told_of})
            page = shown_of(answer)
            for value in told_of.values():
                page = page.replace(str(value), "#")
            shown.append(page)
        is_ours = not address.removeprefix("/").startswith(OF_LIBRARIES)
        if is_ours and shown[0] != shown[1]:
            lines = set(shown[0].splitlines()) ^ set(shown[1].splitlines())
            yield f"{method} {address}: another answer for what is hidden: {lines}"
        if found := CANARY.search(shown[0]):
            yield f"{method} {address}: shows {found[0]}"

    def _canaries(self, answer: HttpResponse, what: str) -> Iterator[str]:
        if found := CANARY.search(shown_of(answer)):
            yield f"get {what}: shows {found[0]}"


def _entries() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{Entry._meta.db_table}"')
        return cursor.fetchone()[0]


def not_of_objects(pattern: str) -> bool:
    return pattern in NOT_OF_OBJECTS


def has_parameter(pattern: str) -> bool:
    return any(sign in pattern for sign in "<^(")


def whole_addresses() -> list[str]:
    """Those that need nothing filled in, or the code of one's own assessment alone."""
    found = [f"/{pattern}" for pattern in office_addresses() if not has_parameter(pattern)]
    inside = [
        pattern.replace("<slug:code>", OWN)
        for pattern in office_addresses()
        if is_inside(pattern) and not has_parameter(pattern.replace("<slug:code>", OWN))
    ]
    return [address for address in found if address not in ALONE] + [f"/{one}" for one in inside]


@cache
def documented() -> dict[str, Any]:
    """The paths of the API by their addresses."""
    return json.loads(json.dumps(api.get_openapi_schema(), default=str))["paths"]


def ways(address: str, *, every: bool) -> list[tuple[str, dict[str, Any]]]:
    """How an address is asked: a page by a form, the API by JSON too, and once by all methods."""
    as_json = {"json": True, **filled()}
    found: list[tuple[str, dict[str, Any]]] = [("get", {}), ("post", filled())]
    if every or address.startswith("/api/"):
        found.append(("post", as_json))
    if every:
        found += [("put", filled()), ("patch", filled()), ("delete", {})]
    return found


@contextmanager
def noting_what_is_read() -> Iterator[set[str]]:
    """The names that are looked for in an address (or a form) meanwhile."""
    read: set[str] = set()

    def noting(method: str) -> Any:
        usual = getattr(QueryDict, method)

        def noted(self: QueryDict, key: str, *more: Any, **told: Any) -> Any:
            read.add(key)
            return usual(self, key, *more, **told)

        return noted

    with ExitStack() as patches:
        for method in ("__getitem__", "__contains__", "get", "getlist"):
            patches.enter_context(patch.object(QueryDict, method, noting(method)))
        yield read


def objects_at(pattern: str, planted: Planted) -> Iterator[tuple[str, int | str]]:
    """Each address that the pattern makes of the hidden objects, with the number in it."""
    if pattern.startswith(HISTORY):
        for model in traced_models():
            every = planted.rows.get(model, ())
            for number in sorted({*every[:1], *every[-1:]}):
                table = model._meta.db_table
                endings = ("csv", "xlsx") if "ending" in pattern else ("",)
                for ending in endings:
                    tail = f"{number}/history.{ending}" if ending else f"{number}/"
                    yield f"/{HISTORY}{table}/{tail}", number
        return
    if is_inside(pattern):
        yield from _inside(pattern, planted)
        return
    model = whose(pattern)
    for number in planted[model]:
        moves = [move.value for move in Move] if "<slug:move>" in pattern else [""]
        for move in moves:
            address = re.sub(r"<(int:)?(pk|number)>", str(number), pattern)
            yield "/" + address.replace("<slug:move>", move), number


def _inside(pattern: str, planted: Planted) -> Iterator[tuple[str, int | str]]:
    """In their assessment; and what is theirs, asked for in one's own."""
    for address in filled_in(pattern, HIDDEN, lambda model: planted[model][:1]):
        yield address, HIDDEN
    if "number>" in pattern or "<int:use>" in pattern:
        for address in filled_in(pattern, OWN, lambda model: planted[model][:1]):
            numbers = (one for one in address.split("/") if one.isdigit() and int(one) >= FIRST)
            yield from ((address, number) for number in numbers)


def whose(pattern: str) -> type[models.Model]:
    """Of which model the number in an address is.

    Raises:
        LookupError: nobody said so: put it into ``WHOSE``, or into ``NOT_OF_OBJECTS`` with a reason.
    """
    before = re.split(r"/<", pattern.removeprefix("api/"))[0]
    if before not in WHOSE:
        raise LookupError(f"whose number is in the address {pattern}?")
    return WHOSE[before]


def _upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("new.csv", b"a,b\n1,2\n")


VOLATILE = {"X-Request-ID", "Date", "Expires", "Last-Modified"}


def shown_of(answer: HttpResponse) -> str:
    """Status, headers and content, without what differs from one time to the next."""
    heads = sorted(
        f"{name}: {value}" for name, value in answer.headers.items() if name not in VOLATILE
    )
    page = _words(answer.whole)
    page = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", "", page)  # when it was asked
    page = re.sub(r'csrfmiddlewaretoken\\*" value=\\*"\w+', "", page)
    heads = [one for one in heads if "Content-Length" not in one or "zip" not in str(heads)]
    return "\n".join([str(answer.status_code), *heads, unescape(page)])


def _words(content: bytes) -> str:
    """A workbook is its parts."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        kept = [name for name in sorted(book.namelist()) if "docProps" not in name]
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in kept)


def _blanked(page: str, word: str) -> str:
    from urllib.parse import quote, quote_plus

    for said in {word, quote(word), quote_plus(word), quote_plus(quote_plus(word))}:
        page = page.replace(said, "#")
    return page

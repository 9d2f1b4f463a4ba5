"""Many people who ask at once: plain HTTP over asyncio, a connection a question."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

PATIENCE = 60
TOKEN = "b" * 32
"""A form is taken if it repeats the token of its cookie, whichever that is."""


@dataclass(frozen=True, slots=True)
class Question:
    """A page, or a form that is sent when ``form`` is given, by whoever holds the session."""

    path: str
    session: str
    form: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str
    seconds: float


def ask_at_once(address: str, askers: Sequence[Sequence[Question]]) -> list[list[Answer]]:
    """All askers begin in the same moment; each asks its questions one after the other."""
    return asyncio.run(_all(address, askers))


def ask(address: str, question: Question) -> Answer:
    return ask_at_once(address, [[question]])[0][0]


def p95(answers: Sequence[Answer]) -> float:
    return statistics.quantiles([one.seconds for one in answers], n=20, method="inclusive")[-1]


async def _all(address: str, askers: Sequence[Sequence[Question]]) -> list[list[Answer]]:
    return await asyncio.gather(*(_one_after_the_other(address, one) for one in askers))


async def _one_after_the_other(address: str, questions: Sequence[Question]) -> list[Answer]:
    return [await _answer(address, question) for question in questions]


async def _answer(address: str, question: Question) -> Answer:
    began = time.perf_counter()
    async with asyncio.timeout(PATIENCE):
        said = await _exchange(address, question)
    seconds = time.perf_counter() - began
    head, _, body = said.partition(b"\r\n\r\n")
    return Answer(int(head.split(b" ", 2)[1]), body.decode(errors="replace"), seconds)


async def _exchange(address: str, question: Question) -> bytes:
    to = urlsplit(address)
    reader, writer = await asyncio.open_connection(to.hostname, to.port)
    try:
        writer.write(_written(to.netloc, question))
        return await reader.read()
    finally:
        writer.close()


def _written(host: str, question: Question) -> bytes:
    is_form = question.form is not None
    sent = {"csrfmiddlewaretoken": TOKEN, **(question.form or {})}
    body = urlencode(sent).encode() if is_form else b""
    lines = [
        f"{'POST' if is_form else 'GET'} {question.path} HTTP/1.1",
        f"Host: {host}",
        f"Cookie: sessionid={question.session}; csrftoken={TOKEN}",
        "Connection: close",
    ]
    if is_form:
        lines += [
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
    return "\r\n".join([*lines, "", ""]).encode() + body

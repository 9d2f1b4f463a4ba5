"""A search index that finds Chinese words: SQLite's FTS5, with Chinese cut into pairs of characters.

Each run of Chinese characters is indexed as its overlapping pairs and its last character, so that a word is
found as a phrase of pairs, and a single character as the beginning of a pair. Latin words are found by their
beginning. Every word asked for must be there; the best stand first (BM25, a title counting five times). What
a reader writes never reaches SQLite as a query: it is cut into words, and each is quoted.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from steelyard.kernel.bilingual import Lang, Text

LONGEST = 200
"""Characters of a search that are read."""
MOST_WORDS = 12
AROUND = 60
"""Characters before and after the first word found, in an excerpt."""

_HAN = "㐀-䶿一-鿿豈-﫿〇々\U00020000-\U0003fffd"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")


@dataclass(frozen=True, slots=True)
class Searchable:
    """Something to be found. ``address`` is below a language; ``language``: "zh" or "en" if it has only one."""

    kind: str
    title: Text
    text: Text
    address: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """``excerpt``: pieces of the text, and whether each is a word that was looked for."""

    one: Searchable
    title: Sequence[tuple[str, bool]]
    excerpt: Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Answer:
    """``count``: all that were found of the kind asked for; ``kinds``: of every kind how many."""

    found: Sequence[Found]
    count: int
    kinds: Mapping[str, int]
    words: Sequence[str]


def words_of(text: str) -> list[str]:
    """The words of a search: runs of Chinese, and of other letters and digits.

    >>> words_of('“知识产权” OR pledges*'), words_of("")
    (['知识产权', 'or', 'pledges'], [])
    """
    return _RUNS.findall(_folded(text[:LONGEST]))[:MOST_WORDS]


def tokens_of(text: str) -> str:
    """Text as it is indexed.

    >>> tokens_of("知识产权 IP"), tokens_of("法")
    ('知识 识产 产权 权 ip', '法')
    """
    return " ".join(_tokens(_folded(text)))


def _tokens(text: str) -> Iterable[str]:
    for run in _RUNS.findall(text):
        if _IS_HAN.match(run):
            yield from _pairs(run)
            yield run[-1]
        else:
            yield run


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _folded(text: str) -> str:
    """Full width as half width, capitals as small, and nothing that no text should hold."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFKC", clean).casefold()


def query_of(words: Iterable[str]) -> str:
    """The words as a query of FTS5: every one must be there.

    >>> query_of(["知识产权", "法", "pledge"])
    '"知识 识产 产权" AND "法"* AND "pledge"*'
    """
    return " AND ".join(_term(word) for word in words)


def _term(word: str) -> str:
    if _IS_HAN.match(word) and len(word) > 1:
        return f'"{" ".join(_pairs(word))}"'
    return f'"{word}"*'


class Index:
    """Everything that can be found, in memory. Made once for a state of the site; safe among threads."""

    def __init__(self, entries: Iterable[Searchable]) -> None:
        self._entries = tuple(entries)
        self._lock = Lock()
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.execute(
            "CREATE VIRTUAL TABLE found USING fts5(title, body, kind UNINDEXED, language UNINDEXED,"
            " tokenize = \"unicode61 remove_diacritics 2\", prefix = '1 2')"
        )
        self._base.executemany(
            "INSERT INTO found(rowid, title, body, kind, language) VALUES (?, ?, ?, ?, ?)",
            (
                (number, _both(one.title), _both(one.text), one.kind, one.language)
                for number, one in enumerate(self._entries)
            ),
        )

    def __len__(self) -> int:
        return len(self._entries)

    def search(
        self, asked: str, lang: Lang, *, kind: str = "", first: int = 0, most: int = 20
    ) -> Answer:
        """What holds every word asked for, the best first: those from ``first`` on, at most ``most``."""
        words = words_of(asked)
        if not words:
            return Answer((), 0, {}, ())
        holds = (query_of(words), lang)
        where = "found MATCH ? AND language IN ('', ?)"
        with self._lock:
            kinds = dict(
                self._base.execute(
                    f"SELECT kind, count(*) FROM found WHERE {where} GROUP BY kind",
                    holds,
                ).fetchall()
            )
            rows = self._base.execute(
                f"SELECT rowid FROM found WHERE {where} AND (? = '' OR kind = ?)"
                " ORDER BY bm25(found, 5.0, 1.0), rowid LIMIT ? OFFSET ?",
                (*holds, kind, kind, most, first),
            ).fetchall()
        count = kinds.get(kind, 0) if kind else sum(kinds.values())
        found = [_found(self._entries[number], words, lang) for (number,) in rows]
        return Answer(found, count, kinds, words)


def _both(text: Text) -> str:
    return tokens_of(f"{text.zh}\n{text.en}" if text.zh != text.en else text.zh)


def _found(one: Searchable, words: Sequence[str], lang: Lang) -> Found:
    text = one.text.say(lang)
    if not _pattern(words).search(text):
        other = one.text.say("en" if lang == "zh" else "zh")
        text = other if _pattern(words).search(other) else text
    return Found(one, marked(one.title.say(lang), words), marked(excerpt(text, words), words))


def excerpt(text: str, words: Sequence[str]) -> str:
    """The part of a text around the first word found; its beginning if none is in it.

    >>> excerpt("一" * 200 + "知识产权" + "二" * 200, ["知识"])[:3], len(excerpt("a" * 500, ["b"]))
    ('…一一', 122)
    """
    plain = " ".join(text.split())
    at = _pattern(words).search(plain)
    start = max(0, at.start() - AROUND) if at else 0
    end = max(at.end() if at else 0, start) + (AROUND if at else 2 * AROUND + 1)
    before, after = ("…" if start else ""), ("…" if end < len(plain) else "")
    return f"{before}{plain[start:end]}{after}"


def marked(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """
    >>> marked("保护知识产权", ["知识"])
    [('保护', False), ('知识', True), ('产权', False)]
    """
    pieces = _pattern(words).split(text)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece]


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted({re.escape(one) for one in words}, key=len, reverse=True)
    return re.compile(f"({'|'.join(longest_first)})", re.IGNORECASE)

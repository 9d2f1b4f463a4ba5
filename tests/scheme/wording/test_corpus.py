"""Every sentence of the corpus is read as it was judged, or left to a person; none says more than its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from steelyard.kernel.exact import exact
from steelyard.scheme.wording import rule_from_words
from steelyard.scheme.wording.plain_text import plain_chinese
from tests.scheme.wording.corpus import SENTENCES

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?%?")
"""In a rule: not one that belongs to a name."""
_WRITTEN = re.compile(r"\d+(?:\.\d+)?%?")
_HOLDS_MORE = re.compile("除外|除.+外|但|原则上|酌情|视情|另行")
"""What makes an exception, or leaves it to somebody: no rule says that."""


@pytest.mark.parametrize(
    ("words", "points", "title", "kind", "rule", "beside"), SENTENCES, ids=[one[0] for one in SENTENCES]
)  # fmt: skip
def test_a_sentence_is_read_as_judged_or_left(
    words: str, points: int, title: str, kind: str, rule: Any, beside: dict[str, Any]
) -> None:
    read = rule_from_words(words, points, title=title, kind=kind)
    got = [(one.when, dict(one.then)) for one in read.vetoes] or read.rule
    assert (got, dict(read.beside)) == (rule, beside)
    assert read.is_whole is (rule is not None)


def test_the_corpus_holds_sixty_sentences_of_which_many_are_left() -> None:
    left = [one for one in SENTENCES if one[4] is None]
    assert len(SENTENCES) >= 60
    assert 20 <= len(left) <= len(SENTENCES) - 30


@pytest.mark.parametrize("words", [one[0] for one in SENTENCES if one[4] is not None])
def test_no_number_of_a_reading_is_of_its_own(words: str) -> None:
    _, points, title, kind, rule, beside = next(one for one in SENTENCES if one[0] == words)
    read = rule_from_words(words, points, title=title, kind=kind)
    written = _WRITTEN.findall(plain_chinese(words))
    said = {exact(one) for one in written} | {exact(one.rstrip("%")) / 100 for one in written}
    implied = {exact(0), exact(1)}
    assert {exact(one) for one in _numbers([read.rule, beside, rule])} <= said | implied


def _numbers(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _numbers(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _numbers(one)
    elif isinstance(value, str):
        yield from _NUMBER.findall(value)
    elif isinstance(value, int):
        yield str(value)


@pytest.mark.parametrize("words", [one[0] for one in SENTENCES if _HOLDS_MORE.search(one[0])])
def test_no_exception_is_read_as_a_rule(words: str) -> None:
    _, points, title, kind, *_ = next(one for one in SENTENCES if one[0] == words)
    read = rule_from_words(words, points, title=title, kind=kind)
    assert read.leftovers
    assert (read.rule, read.vetoes, read.inputs) == (None, (), ())


@pytest.mark.parametrize("exception", ["（不可抗力除外）", "，但经批准的除外", "，原则上按此执行"])
@pytest.mark.parametrize("words", [one[0] for one in SENTENCES if one[4] is not None])
def test_no_sentence_is_read_that_has_an_exception_more(words: str, exception: str) -> None:
    _, points, title, kind, *_ = next(one for one in SENTENCES if one[0] == words)
    read = rule_from_words(words.rstrip("。") + exception + "。", points, title=title, kind=kind)
    assert read.leftovers

"""What the papers say exists in both languages."""

from __future__ import annotations

import re

import pytest

from steelyard.papers.words import WORDS


@pytest.mark.parametrize("key", WORDS)
def test_words_exist_in_both_languages_with_the_same_blanks(key: str) -> None:
    said = WORDS[key]
    blanks = [sorted(set(re.findall(r"\{(\w+)\}", side))) for side in (said.zh, said.en)]
    assert said.zh.strip()
    assert said.en.strip()
    assert blanks[0] == blanks[1]
    assert re.search("[\u4e00-\u9fff–]", said.zh) or said.zh == said.en


def test_chinese_sentences_have_full_width_punctuation() -> None:
    wrong = [key for key, said in WORDS.items() if re.search(r"[\u4e00-\u9fff][,;:?!]", said.zh)]
    assert wrong == []

"""What is wrong with a text in the notation is said in the reader's words, with its place."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib._parser as parser  # type: ignore[import-not-found]

import pytest

from steelyard.scheme.notation import read_notation, what_is_wrong, why_not


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("cap = 10\nfloor 5", "第2行第7列：名称后面缺少等号", "line 2, column 7: there is no ="),
        ('{ points = "full', "引号没有配对", "the closing quotation mark"),
        ('{ points = "full"', "末尾：花括号没有配对", "at the end: a brace is not closed"),
        ("{ points = full }", "第1行第12列：等号后面的值不能识别", "line 1, column 12: the value"),
        ("steps = [[1, 2]", "末尾：方括号没有配对", "at the end: a square bracket"),
        ("cap = 10 floor = 5", "第1行第10列：值的后面还有多余的内容", "line 1, column 10: something"),
        ("满分 = 10", "第1行第1列：", "line 1, column 1: "),
        ("cap = 1\ncap = 2", "这个名称写了两次", "this name is written twice"),
        ("day = 2021-02-30", "没有这一天", "there is no such day"),
        ("[[grades]\ncode = 1", "第1行第9列：标题的方括号没有配对", "line 1, column 9: the brackets of"),
        ("[" * 3000, "括号嵌套过深", "brackets stand too deep"),
    ],
)  # fmt: skip
def test_the_fault_is_told_with_line_and_column(text: str, zh: str, en: str) -> None:
    said = why_not(text)
    assert (zh in said.zh, en in said.en) == (True, True), said
    assert not re.search("[A-Za-z]{2,}", said.zh)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{ points = "full" }', {"points": "full"}), ("0.5", "0.5"), ('"a"', "a"), ("[1, 2]", [1, 2]),
        ("cap = 10\nfloor = 0", {"cap": 10, "floor": 0}),
        ('[[grades]]\ncode = "a"', {"grades": [{"code": "a"}]}), ("[on]\nmissing = \"zero\"", {"on": {"missing": "zero"}}),
        ('\n{ points = "full" }\n', {"points": "full"}), ("# nothing", {}),
    ],
)  # fmt: skip
def test_a_value_and_lines_are_read(text: str, value: object) -> None:
    assert read_notation(text) == value
    assert not why_not(text)


def test_every_sentence_of_the_parser_is_told_in_chinese() -> None:
    """A sentence that a later Python adds shows here, and not first on somebody's page."""
    source = inspect.getsource(parser)
    said = re.findall(r'_err\(\s*\w+,\s*\w+,\s*f?("[^"]*"|\'[^\']*\')', source)
    said += re.findall(r'rror\(\s*(?:f?)("[^"]*")\s*,\s*src', source)
    general = what_is_wrong(ValueError("no such sentence"))
    assert len(said) > 15
    unknown = [
        one for one in said
        if what_is_wrong(ValueError(re.sub(r"\{[^}]*\}", "'\"'", ast.literal_eval(one)))) == general
    ]  # fmt: skip
    assert unknown == []

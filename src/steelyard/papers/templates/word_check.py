"""What is wrong with the tags of a Word template? All of it, each at its paragraph.

A block ``{%p for … %}`` stands alone in its paragraph, which goes; so does ``{%tr for … %}`` in its row.
``{% if … %}`` without a letter begins and ends within one paragraph. What is open stands on a stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where
from steelyard.papers.templates.fields import Field
from steelyard.papers.templates.language import (
    Loop,
    Problem,
    Scope,
    against_condition,
    against_output,
    loop_of,
    scope_of,
)
from steelyard.papers.templates.spots import FULL_WIDTH, SIGNS, TAG, Piece, Spot, tags_of, text_of

_STATEMENT = re.compile(
    r"\{%(?P<level>\w* |\s*)(?P<word>\w+)(?:\s+(?P<rest>.*?))?\s*%\}", re.DOTALL
)
_WORDS = ("for", "endfor", "if", "elif", "else", "endif")


@dataclass(frozen=True, slots=True)
class _Open:
    """A block that waits for its end."""

    word: str
    level: str
    spot: Spot
    holder: Any
    scope: Scope
    """What names meant outside of it."""


@dataclass
class Check:
    """Reads the paragraphs of the parts; ``faults`` holds what it found, ``tags`` what it read."""

    fields: tuple[Field, ...]
    faults: list[Fault] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _scope: Scope = field(default_factory=dict)

    def part(self, spots: Iterable[Spot]) -> None:
        """Every paragraph of a part, from first to last."""
        self._scope, self._open = scope_of(self.fields), []
        for spot in spots:
            self._paragraph(spot)
        for left in self._open:
            self._add(left.spot, _unclosed(left))

    def _paragraph(self, spot: Spot) -> None:
        pieces = tags_of(spot)
        for problem in _against_signs(text_of(spot.element)):
            self._add(spot, problem)
        for piece in pieces:
            self.tags.append(piece.text)
            if piece.holder is None:
                self._add(spot, _split(piece.text))
            for problem in self._tag(spot, piece, is_alone=len(pieces) == 1):
                self._add(spot, problem)
        self._close_inline(spot)

    def _close_inline(self, spot: Spot) -> None:
        while self._open and not self._open[-1].level and self._open[-1].spot is spot:
            left = self._open.pop()
            self._scope = left.scope
            self._add(spot, _across(left))

    def _tag(self, spot: Spot, piece: Piece, *, is_alone: bool) -> Iterator[Problem]:
        text = piece.text
        if text.startswith("{#"):
            yield _forbidden(text)
        elif text.startswith("{{"):
            yield from self._output(text)
        else:
            yield from self._statement(spot, piece, is_alone=is_alone)

    def _output(self, text: str) -> Iterator[Problem]:
        inner = text[2:-2]
        if re.match(r"(p|r|tr|tc)\s|[-+]", inner) or inner.endswith(("-", "+")):
            yield _forbidden(text)
            return
        yield from against_output(inner.strip(), self._scope)

    def _statement(self, spot: Spot, piece: Piece, *, is_alone: bool) -> Iterator[Problem]:
        found = _STATEMENT.fullmatch(piece.text)
        if (
            found is None
            or found["word"] not in _WORDS
            or found["level"].strip() not in ("", "p", "tr")
        ):
            yield _forbidden(piece.text)
            return
        level, word, rest = found["level"].strip(), found["word"], (found["rest"] or "").strip()
        yield from _against_place(spot, level, piece.text, is_alone=is_alone)
        at = _holder(spot, level, piece)
        if word in ("for", "if"):
            yield from self._begin(_Open(word, level, spot, at, self._scope), rest)
        elif word in ("elif", "else"):
            yield from self._between(word, rest, level, piece.text)
        else:
            yield from self._end(word, rest, level, at, piece.text)

    def _begin(self, opened: _Open, rest: str) -> Iterator[Problem]:
        self._open.append(opened)
        if opened.word == "if":
            yield from against_condition(rest, self._scope)
            return
        found = loop_of(rest, self._scope)
        if isinstance(found, Loop):
            self._scope = {**self._scope, found.variable: found.field.of}
        else:
            yield found

    def _between(self, word: str, rest: str, level: str, text: str) -> Iterator[Problem]:
        if (
            not self._open
            or self._open[-1].level != level
            or (word == "elif" and self._open[-1].word != "if")
        ):
            yield _without_begin(text)
        elif word == "elif":
            yield from against_condition(rest, self._scope)
        elif rest or self._open[-1].word == "for":
            yield _forbidden(text)

    def _end(self, word: str, rest: str, level: str, at: Any, text: str) -> Iterator[Problem]:
        last = self._open[-1] if self._open else None
        if rest:
            yield _forbidden(text)
        if last is None or last.word != word.removeprefix("end") or last.level != level:
            yield _without_begin(text)
            return
        self._open.pop()
        self._scope = last.scope
        if last.holder is not at:
            yield _other_place(text, last)

    def _add(self, spot: Spot, problem: Problem) -> None:
        self.faults.append(Fault(problem.code, problem.what, problem.mend, Where(place=spot.place)))


def _holder(spot: Spot, level: str, piece: Piece) -> Any:
    """Within what a block has to end: the table, the cell or part, the paragraph's own run."""
    return {"tr": spot.table, "p": spot.holder}.get(level, piece.holder)


def _against_place(spot: Spot, level: str, text: str, *, is_alone: bool) -> Iterator[Problem]:
    if not level:
        return
    if level == "tr" and spot.row is None:
        yield Problem(
            "row-tag-outside-of-table",
            Text(f"“{text}”不在表格中", f"“{text}” does not stand in a table"),
            Text("表格之外请用 {%p … %}", "outside of a table write {%p … %}"),
        )
        return
    block = spot.element if level == "p" else spot.row
    others = _own_text(block).replace(text, "", 1).strip()
    if others or not is_alone:
        yield Problem(
            "tag-with-other-text",
            Text(
                f"“{text}”所在的{'段落' if level == 'p' else '表格行'}会被整个删去，但其中还有“{others[:40]}”",
                f"the {'paragraph' if level == 'p' else 'row'} of “{text}” is taken out, "
                f"and “{others[:40]}” stands in it",
            ),
            Text("请把其他文字移到别处", "move the other text elsewhere"),
        )


def _own_text(block: Any) -> str:
    from steelyard.papers.templates.spots import T

    return "".join(one.text or "" for one in block.iter(T))


def _against_signs(text: str) -> Iterator[Problem]:
    rest = TAG.sub("", text)
    stray = next((sign for sign in SIGNS if sign in rest), "")
    full = FULL_WIDTH.search(rest)
    if full:
        yield Problem(
            "full-width-braces",
            Text(
                f"“{full[0]}”是全角括号，不会被识别",
                f"“{full[0]}” are full-width braces, which are not seen",
            ),
            Text("请改为半角 {{ }}、{% %}", "type {{ }} and {% %} in half width"),
        )
    elif stray:
        yield Problem(
            "half-a-tag",
            Text(f"“{stray}”没有与之成对的括号", f"“{stray}” has no counterpart in this paragraph"),
            Text("请在同一段内写全 {{ 字段名 }}", "write {{ field }} whole, in one paragraph"),
        )


def _forbidden(text: str) -> Problem:
    return Problem(
        "forbidden-tag",
        Text(f"模板中不能写“{text[:80]}”", f"a template may not say “{text[:80]}”"),
        Text(
            "只能用 {{ 字段名 }}，以及 for、if、elif、else 及其结束标记（整段加 p，整行加 tr）",
            "only {{ field }}, for, if, elif, else and their ends (with p for paragraphs, tr for rows)",
        ),
    )


def _split(text: str) -> Problem:
    return Problem(
        "split-tag",
        Text(
            f"“{text}”一半在链接或者控件之内，一半在外",
            f"half of “{text}” stands in a link or control",
        ),
        Text("请删去后重新输入", "delete it and type it anew"),
    )


def _unclosed(opened: _Open) -> Problem:
    end = f"{{%{opened.level} end{opened.word} %}}"
    return Problem(
        "unclosed-block",
        Text(f"{opened.word} 没有结束标记", f"this “{opened.word}” has no end"),
        Text(f"请在其后加上 {end}", f"put {end} after it"),
    )


def _across(opened: _Open) -> Problem:
    word = opened.word
    return Problem(
        "unclosed-block",
        Text(f"{word} 在本段内没有结束标记", f"this “{word}” does not end within its paragraph"),
        Text(
            f"跨段请写 {{%p {word} … %}} 和 {{%p end{word} %}}，各占一段；表格行用 {{%tr … %}}",
            f"over several paragraphs write {{%p {word} … %}} and {{%p end{word} %}}, "
            "each alone in its paragraph; {%tr … %} for rows",
        ),
    )


def _without_begin(text: str) -> Problem:
    return Problem(
        "without-begin",
        Text(f"“{text}”没有对应的开始标记", f"“{text}” ends nothing that is open here"),
        Text(
            "请检查 for、if 与结束标记是否成对，是否同为 p 或者 tr",
            "check that blocks are in pairs, both with p or both with tr",
        ),
    )


def _other_place(text: str, opened: _Open) -> Problem:
    return Problem(
        "other-place",
        Text(
            f"“{text}”与开始标记（{opened.spot.place.zh}）不在同一处",
            f"“{text}” does not stand in the same part as its beginning ({opened.spot.place.en})",
        ),
        Text(
            "请放在同一单元格、同一表格或者同在表格之外",
            "put both in one cell, one table, or outside of tables",
        ),
    )

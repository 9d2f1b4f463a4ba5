"""How does TOML become a template? Every fault is gathered, a typed number first of all."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any
from steelyard.papers.brief.template import (
    FIELDS,
    FORMAT,
    KINDS,
    NAMES,
    PLACEHOLDER,
    ROUNDINGS,
    SCALES,
    SHOWS,
    STANDINGS,
    TALLIES,
    Passage,
    Spec,
    Template,
    placeholders,
)
from steelyard.papers.brief.typed_numbers import typed_numbers

T = TypeVar("T", bound=str)
_TOP = ("format", "kind", "title", "signature", "figures", "paragraphs")
_OF_A_FIGURE = (
    "title", "records", "tally", "result", "measure", "show", "round", "scale", "source",
)  # fmt: skip
_OF_A_PARAGRAPH = ("standing", "zh", "en", "without")


def read_template(path: Path) -> Template:
    """Read a template.

    Raises:
        Faulty: with every fault: numbers typed into it, keys unknown or missing, placeholders of
            no figure, figures that no text mentions.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Faulty([_unreadable(path, error)]) from error
    return template_of(text, str(path))


def template_of(text: str, file: str) -> Template:
    """The template in a text. ``file`` is its name in faults."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Faulty([_no_toml(file, error)]) from error
    reader = _Reader(file, list(typed_numbers(text, file)))
    template = reader.template(document)
    raise_if_any(reader.faults)
    return template


@dataclass
class _Reader:
    file: str
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, code: str, key: str, what: Text, mend: Text) -> None:
        self.faults.append(Fault(code, what, mend, Where(file=self.file, key=key)))

    def template(self, document: Mapping[str, Any]) -> Template:
        self.known(document, _TOP, "")
        if document.get("format") != FORMAT:
            self.refuse("wrong-format", "format", Text("不是新闻稿模板", "this is no brief's template"),
                        Text(f'请写 format = "{FORMAT}"', f'write format = "{FORMAT}"'))  # fmt: skip
        figures = {
            name: self.spec(name, one)
            for name, one in self.table(document.get("figures", {}), "figures").items()
        }
        passages = tuple(
            self.passage(one, f"paragraphs[{at}]")
            for at, one in enumerate(self.rows(document.get("paragraphs", []), "paragraphs"))
        )
        template = Template(
            kind=self.choice(document.get("kind", "news"), KINDS, "kind"),
            title=self.both(document.get("title"), "title"),
            signature=self.maybe(document.get("signature"), "signature"),
            figures=figures,
            passages=passages,
        )
        self.check(template)
        return template

    def spec(self, name: str, given: Any) -> Spec:
        key = f"figures.{name}"
        row = self.table(given, key)
        self.known(row, _OF_A_FIGURE, key)
        if not PLACEHOLDER.fullmatch(f"{{{{{name}}}}}") or name in NAMES:
            self.refuse("wrong-name", key, Text("名称不能用", "this name cannot be used"),
                        Text("请用小写字母和下划线，不用unit、period",
                             "use small letters and underscores, and neither unit nor period"))  # fmt: skip
        if ("records" in row) == ("result" in row):
            self.refuse("one-origin", key, Text("数字须来自记录或结果之一", "a figure has one origin"),
                        Text("请写records或result，二者取一", "write either records or result"))  # fmt: skip
        result = row.get("result")
        return Spec(
            name=name,
            title=self.both(row.get("title"), f"{key}.title"),
            records=self.text(row.get("records", ""), f"{key}.records"),
            tally=self.choice(row.get("tally", "count"), TALLIES, f"{key}.tally"),
            result=None if result is None else self.choice(result, FIELDS, f"{key}.result"),
            **self.measure(row.get("measure"), f"{key}.measure"),
            show=self.choice(row.get("show", "number"), SHOWS, f"{key}.show"),
            rounding=self.choice(row.get("round", "as_it_is"), ROUNDINGS, f"{key}.round"),
            scale=self.choice(row.get("scale", "plain"), SCALES, f"{key}.scale"),
            source=self.maybe(row.get("source"), f"{key}.source"),
        )

    def measure(self, given: Any, key: str) -> dict[str, Any]:
        """What is counted, in English also by the word for a single one."""
        row = dict(self.table(given or {}, key))
        of_one = self.text(row.pop("one", ""), f"{key}.one")
        return {"measure": self.maybe(row, key), "measure_of_one": of_one}

    def passage(self, given: Any, key: str) -> Passage:
        row = self.table(given, key)
        self.known(row, _OF_A_PARAGRAPH, key)
        text = {lang: row.get(lang) for lang in ("zh", "en")}
        return Passage(
            self.choice(row.get("standing", "text"), STANDINGS, f"{key}.standing"),
            self.both(text, key),
            self.maybe(row.get("without"), f"{key}.without"),
        )

    def check(self, template: Template) -> None:
        """Every placeholder is a figure, every figure is mentioned."""
        said = [template.title, template.signature]
        said += [text for one in template.passages for text in (one.text, one.without)]
        mentioned = dict.fromkeys(name for text in said for name in placeholders(text))
        for name in mentioned:
            if name not in template.figures and name not in NAMES:
                self.refuse("unknown-figure", name,
                            Text(f"没有定义数字“{name}”", f"no figure {name!r} is defined"),
                            Text("请在[figures]中定义", "define it under [figures]"))  # fmt: skip
        for name in template.figures:
            if name not in mentioned:
                self.refuse("unused-figure", f"figures.{name}",
                            Text("正文没有用到这个数字", "no text mentions this figure"),
                            Text("请删去，或写进正文", "remove it, or mention it"))  # fmt: skip
        for text in said:
            for side in (text.zh, text.en):
                if "{{" in PLACEHOLDER.sub("", side) or "}}" in PLACEHOLDER.sub("", side):
                    self.refuse("broken-placeholder", "paragraphs",
                                Text("双花括号不成对或名称不合规", "a placeholder is not closed or misnamed"),
                                Text("请写{{名称}}", "write {{name}}"))  # fmt: skip

    # --- the parts of TOML

    def table(self, given: Any, key: str) -> Mapping[str, Any]:
        if isinstance(given, dict):
            return given
        self.wrong(key, Text("一张表", "a table"))
        return {}

    def rows(self, given: Any, key: str) -> Sequence[Any]:
        if isinstance(given, list) and given:
            return given
        self.wrong(key, Text("至少一段[[paragraphs]]", "at least one of [[paragraphs]]"))
        return ()

    def text(self, given: Any, key: str) -> str:
        if isinstance(given, str):
            return given
        self.wrong(key, Text("一段文字", "a text"))
        return ""

    def both(self, given: Any, key: str) -> Text:
        """A text in both languages."""
        found = self.maybe(given, key)
        if not (found.zh and found.en):
            self.wrong(key, Text("中英文都要有", "a text in zh and in en"))
        return found

    def maybe(self, given: Any, key: str) -> Text:
        if given is None:
            return Text()
        row = self.table(given, key)
        self.known(row, ("zh", "en"), key)
        return Text(*(self.text(row.get(lang) or "", f"{key}.{lang}") for lang in ("zh", "en")))

    def choice(self, given: Any, known: tuple[T, ...], key: str) -> T:
        for one in known:
            if given == one:
                return one
        self.wrong(key, Text("、".join(known) + "之一", "one of " + ", ".join(known)))
        return known[0]

    def wrong(self, key: str, wanted: Text) -> None:
        self.refuse("wrong-value", key, Text(f"应为{wanted.zh}", f"it should be {wanted.en}"),
                    Text("请改正", "mend it"))  # fmt: skip

    def known(self, row: Mapping[str, Any], keys: Iterable[str], key: str) -> None:
        for one in row:
            if one not in keys:
                self.refuse("unknown-key", f"{key}.{one}".lstrip("."),
                            Text(f"没有“{one}”这一项", f"there is no {one!r} here"),
                            Text(f"可用：{'、'.join(keys)}", f"use {', '.join(keys)}"))  # fmt: skip


def _unreadable(path: Path, error: Exception) -> Fault:
    what = Text("读不了模板文件", f"the template cannot be read ({type(error).__name__})")
    mend = Text("请检查路径，并存为UTF-8", "check the path, and save it as UTF-8")
    return Fault("cannot-read", what, mend, Where(file=str(path)))


def _no_toml(file: str, error: Exception) -> Fault:
    what = Text(f"不是TOML（{error}）", f"this is not TOML ({error})")
    return Fault("not-toml", what, Text("请改正", "mend it"), Where(file=file))

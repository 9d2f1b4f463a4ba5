"""Every word of the office has its Chinese, one Chinese, and no page mixes the two languages."""

from __future__ import annotations

import ast
import gettext
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[2] / "src" / "steelyard"
CATALOGUES = sorted(SOURCE.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"))
Key = tuple[str, str]
"""Context, "" for none, and the English."""


@dataclass
class Message:
    context: str = ""
    english: str = ""
    plural: str = ""
    chinese: str = ""
    is_fuzzy: bool = False


def messages(path: Path) -> list[Message]:
    """What stands in a .po, without its header."""
    found = [_message(block) for block in re.split(r"\n\s*\n", path.read_text("utf-8"))]
    return [one for one in found if one.english]


def _message(block: str) -> Message:
    names = {
        "msgctxt": "context",
        "msgid": "english",
        "msgid_plural": "plural",
        "msgstr": "chinese",
    }
    message, at = Message(), ""
    for line in block.splitlines():
        if line.startswith("#"):
            message.is_fuzzy |= line.startswith("#,") and "fuzzy" in line
            continue
        word, _, rest = line.partition(" ")
        word = word.partition("[")[0]
        if word in names:
            at = names[word]
        else:
            rest = line
        if at and rest.strip():
            setattr(message, at, getattr(message, at) + ast.literal_eval(rest.strip()))
    return message


def merged() -> dict[Key, str]:
    return {
        (one.context, one.english): one.chinese for path in CATALOGUES for one in messages(path)
    }


KINDS: Mapping[str, int] = {"gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
"""How many texts stand first in a call."""


def in_python(source: str) -> Iterator[Key]:
    """What a module asks to be translated, by whatever name it calls the function."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name.removesuffix("_lazy")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name.removesuffix("_lazy") in KINDS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            kind = names.get(node.func.id)
            if kind:
                yield _key(kind, [one.value for one in node.args if isinstance(one, ast.Constant)])


def _key(kind: str, texts: list[str]) -> Key:
    return (texts[0], texts[1]) if kind in ("pgettext", "npgettext") else ("", texts[0])


TEXT = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(({TEXT}(?:,\s*{TEXT})*)", re.DOTALL)


def in_template(source: str) -> Iterator[Key]:
    """Django makes of a template the calls that it stands for."""
    for name, said in IN_TEMPLATE.findall(templatize(source)):
        texts = [ast.literal_eval(_one_line(text)) for text in re.findall(TEXT, said, re.DOTALL)]
        yield _key("gettext" if name == "_" else name, texts)


def _one_line(text: str) -> str:
    return text.replace("\n", "\\n")


def asked() -> dict[Key, str]:
    found = {}
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix == ".py" and "gettext" in (text := path.read_text("utf-8")):
            found |= {key: str(path.relative_to(SOURCE)) for key in in_python(text)}
        elif path.suffix == ".html" and "locale" not in path.parts:
            text = path.read_text("utf-8")
            found |= {key: str(path.relative_to(SOURCE)) for key in in_template(text)}
    return found


def test_everything_that_is_asked_for_is_found_by_this_test() -> None:
    places = {path.partition("/")[0] for path in asked().values()}
    assert places >= {"people", "supply", "files", "notices", "history", "trail", "config"}
    assert len(asked()) > 400


def test_every_word_of_every_area_has_its_chinese() -> None:
    known = merged()
    assert {key: where for key, where in asked().items() if not known.get(key)} == {}


def test_nothing_is_left_untranslated_or_fuzzy_and_nothing_is_left_over() -> None:
    every = [(path.parts[-5], one) for path in CATALOGUES for one in messages(path)]
    assert [(area, one.english) for area, one in every if one.is_fuzzy or not one.chinese] == []
    wanted = asked()
    unasked = {
        (area, one.english)
        for area, one in every
        if (one.context, one.english) not in wanted and area != "config"
    }  # what stands with config is said by libraries too
    assert unasked == set()


def test_one_english_has_one_chinese() -> None:
    """All catalogues are one: what the last says is said everywhere."""
    meanings: dict[Key, set[str]] = defaultdict(set)
    for path in CATALOGUES:
        for one in messages(path):
            meanings[one.context, one.english].add(one.chinese)
    assert {key: several for key, several in meanings.items() if len(several) > 1} == {}


def test_a_translation_keeps_the_places_that_are_filled_in() -> None:
    held = re.compile(r"%\(\w+\)[sd]|%[sd]")
    wrong = [
        one.english
        for path in CATALOGUES
        for one in messages(path)
        if set(held.findall(one.chinese)) != set(held.findall(one.plural or one.english))
    ]
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_what_is_compiled_is_what_is_written(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as compiled:
        held = gettext.GNUTranslations(compiled)._catalog
    written = {}
    for one in messages(path):
        key = f"{one.context}\4{one.english}" if one.context else one.english
        written[(key, 0) if one.plural else key] = one.chinese
    assert {key: text for key, text in held.items() if key} == written

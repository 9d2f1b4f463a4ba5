"""The text with its figures in it, each numbered where it is first mentioned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.periods import Period
from steelyard.papers.brief.figure import Figure
from steelyard.papers.brief.show import marked_text
from steelyard.papers.brief.template import (
    NAMES,
    PLACEHOLDER,
    Kind,
    Passage,
    Standing,
    Template,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure where the text mentions it: its number, and what is read there."""

    number: int
    figure: Figure
    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A paragraph as it is read."""

    standing: Standing
    pieces: tuple[str | Mention, ...]

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.pieces)


@dataclass(frozen=True, kw_only=True)
class Brief:
    """A brief in one language. ``figures`` are in the order of their numbers, from 1.

    ``identifier`` is that of the snapshot. ``is_specimen``: nobody issued it, it shows what such a
    paper looks like, whatever its figures rest on.
    """

    lang: Lang
    kind: Kind
    title: str
    unit: Text
    unit_code: str
    period: Period
    signature: str
    paragraphs: tuple[Filled, ...]
    figures: tuple[Figure, ...]
    identifier: str
    result_hash: str = ""
    is_specimen: bool = False

    @property
    def is_sample(self) -> bool:
        return self.is_specimen or any(
            one.is_sample and one.state != "no_data" for one in self.figures
        )


def filled(
    template: Template, figures: Mapping[str, Figure], names: Mapping[str, Text], lang: Lang
) -> tuple[str, str, tuple[Filled, ...], tuple[Figure, ...]]:
    """Title, signature, paragraphs and the figures in order of mention; those unmentioned last."""
    filler = _Filler(figures, names, lang)
    title = "".join(_said(one) for one in filler.pieces(template.title))
    signature = "".join(_said(one) for one in filler.pieces(template.signature))
    paragraphs = tuple(
        Filled(one.standing, filler.pieces(_chosen(one, figures))) for one in template.passages
    )
    rest = [figure for name, figure in figures.items() if name not in filler.numbers]
    mentioned = sorted(filler.numbers, key=filler.numbers.__getitem__)
    return title, signature, paragraphs, (*(figures[name] for name in mentioned), *rest)


def _said(piece: str | Mention) -> str:
    return piece if isinstance(piece, str) else piece.text


def _chosen(passage: Passage, figures: Mapping[str, Figure]) -> Text:
    lacking = any(
        figures[name].state == "no_data" for name in passage.mentioned if name not in NAMES
    )
    return passage.without if lacking and passage.without else passage.text


class _Filler:
    """Numbers figures as they come."""

    def __init__(
        self, figures: Mapping[str, Figure], names: Mapping[str, Text], lang: Lang
    ) -> None:
        self.figures, self.names, self.lang = figures, names, lang
        self.numbers: dict[str, int] = {}

    def pieces(self, text: Text) -> tuple[str | Mention, ...]:
        found: list[str | Mention] = []
        for at, part in enumerate(PLACEHOLDER.split(text.say(self.lang))):
            if at % 2 == 0:
                found += [part] if part else []
            elif part in self.names:
                found.append(self.names[part].say(self.lang))
            else:
                found.append(self._mention(part))
        return tuple(found)

    def _mention(self, name: str) -> Mention:
        number = self.numbers.setdefault(name, len(self.numbers) + 1)
        figure = self.figures[name]
        return Mention(number, figure, marked_text(figure, self.lang))

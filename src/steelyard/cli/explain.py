"""``steelyard explain SCHEME UNIT --data DIR``: the tree of points of one unit."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from steelyard.cli.say import headline, show_rank
from steelyard.cli.weighing import unit_named, weighed
from steelyard.kernel.bilingual import Lang, Text
from steelyard.weighing.document import show_score
from steelyard.weighing.explain import Explanation, explain, why_no_better
from steelyard.weighing.result import Result, Standing

_NOT = Text("未得", "not ")


def run(asked: argparse.Namespace) -> int:
    result = weighed(asked)
    unit = unit_named(result, asked.unit)
    print(headline(result, asked.lang))
    print(_standing(result, result.standing[unit], asked.lang))
    for grade, reason in why_no_better(result, unit):
        joined = "：" if asked.lang == "zh" else ": "
        print(
            f"  {_NOT.say(asked.lang)}{grade.title.say(asked.lang)}{joined}{reason.say(asked.lang)}"
        )
    for line in _lines(explain(result, unit), asked.lang, 0):
        print(line)
    return 0


def _standing(result: Result, standing: Standing, lang: Lang) -> str:
    score = show_score(standing.score, result.scheme.total.places) or "—"
    grades = {grade.code: grade.title.say(lang) for grade in result.scheme.grades}
    vetoes = {veto.code: veto.title.say(lang) for veto in result.scheme.vetoes}
    grade = grades.get(standing.grade, "")
    held = [vetoes[code] for code in standing.vetoes]
    title = standing.unit.title.say(lang)
    if lang == "zh":
        said = [f"{title}：{score}分，第{show_rank(standing)}名", grade, *held]
        return "，".join(part for part in said if part)
    said = [f"{title}: {score}, rank {show_rank(standing)}", grade, *held]
    return ", ".join(part for part in said if part)


def _behind(node: Explanation, lang: Lang) -> Iterator[str]:
    """The records behind the figures of a leaf, and the query that found them."""
    for one in node.behind:
        yield f"└ {one.sentence.say(lang)}"
        yield f"  SQL: {' '.join(one.query.split())}"


def _lines(node: Explanation, lang: Lang, depth: int) -> list[str]:
    """The node on one line, with its source, and its children below it, further in."""
    own = []
    if node.code:
        source = node.source.say(lang)
        ending = (f"（来源：{source}）" if lang == "zh" else f" [{source}]") if source else ""
        said = node.sentence.say(lang)
        name = f"{node.code} {node.title.say(lang)}: " if node.children else f"{node.code} "
        own = [f"{'  ' * depth}{name}{said}{ending}"]
        own += [f"{'  ' * (depth + 1)}{line}" for line in _behind(node, lang)]
    deeper = depth + 1 if node.code else depth
    return own + [line for child in node.children for line in _lines(child, lang, deeper)]

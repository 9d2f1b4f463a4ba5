"""A stress test as the terminal says it: the answer, the findings by gravity, what is sound, what waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.cli.say import width
from steelyard.kernel.bilingual import Lang, Text
from steelyard.weighing.stress.findings import LEVELS, Finding, Level, Stress

_COLUMNS = 100
_MOST_CASES = 8
_HEADS: dict[Level, Text] = {
    "stop": Text("先解决，再印发", "Mend before it is issued"),
    "mend": Text("最好修改", "Had better be mended"),
    "know": Text("须知", "To know"),
}
_WHY = Text("为什么要紧：", "Why it matters: ")
_HOW = Text("上年数据用 --data 给出。", "Give last year's data with --data DIR.")
_MEND = Text("怎么改：", "What would mend it: ")


def report(found: Stress, lang: Lang) -> str:
    """The whole, in the order in which one would tell it."""
    parts = [_head(found, lang), found.summary.say(lang)]
    number = 0
    for level in LEVELS:
        findings = found.of(level)
        if findings:
            parts.append(f"【{_HEADS[level].zh}】" if lang == "zh" else _HEADS[level].en.upper())
        for finding in findings:
            number += 1
            parts.append("\n".join(_finding(number, finding, lang)))
    parts += _rest(Text("测过，没有问题", "TESTED AND FOUND SOUND"), found.sound, lang)
    waits = (*found.waits, _HOW) if found.waits and not found.with_data else found.waits
    parts += _rest(Text("这次测不了的", "NOT TESTED, AND WHY"), waits, lang)
    return "\n\n".join(parts)


def _head(found: Stress, lang: Lang) -> str:
    title, by = found.title.say(lang), Text("按上年数据", "with last year's data")
    if not found.with_data:
        by = Text("只看细则本身，没有数据", "by its form alone, without data")
    if found.label == "sample" and not any(m in title.lower() for m in ("样本", "sample")):
        title = f"【样本】{title}" if lang == "zh" else f"[Sample] {title}"
    if lang == "zh":
        return f"{title}  细则压力测试：{found.units}个单位，{found.leaves}项末级指标，{by.zh}"
    return (
        f"{title}  Is it fit to issue? {found.units} units, {found.leaves} leaf indicators, {by.en}"
    )


def _finding(number: int, finding: Finding, lang: Lang) -> Iterator[str]:
    yield from _folded(f"{number}. {_sentence(finding.what, lang)}", "   ", first="")
    shown = finding.cases[:_MOST_CASES]
    for case in shown:
        yield from _folded(f"– {case.say(lang)}", "     ", first="   ")
    more = len(finding.cases) - len(shown)
    if more:
        yield (
            f"   – 另有{more}项，见 --json" if lang == "zh" else f"   – and {more} more, see --json"
        )
    yield from _folded(_WHY.say(lang) + _sentence(finding.why, lang), "   ")
    yield from _folded(_MEND.say(lang) + _sentence(finding.mend, lang), "   ")


def _sentence(text: Text, lang: Lang) -> str:
    said = text.say(lang)
    if lang == "en" and said[:1].islower():
        said = said[:1].upper() + said[1:]
    stop = "。" if lang == "zh" else "."
    return said if said.endswith(("。", ".", "？", "?")) else said + stop


def _rest(head: Text, texts: Sequence[Text], lang: Lang) -> list[str]:
    if not texts:
        return []
    lines = [f"【{head.zh}】" if lang == "zh" else head.en]
    for text in texts:
        lines.extend(_folded(f"– {text.say(lang)}", "  ", first=""))
    return ["\n".join(lines)]


def _folded(text: str, indent: str, *, first: str | None = None) -> Iterator[str]:
    """The text in lines of a terminal's width: between words, and in Chinese anywhere but before a mark."""
    line = indent if first is None else first
    for piece in _pieces(text):
        if width(line + piece) > _COLUMNS and line.strip():
            yield line.rstrip()
            line = indent + piece.lstrip()
        else:
            line += piece
    yield line


_CLOSING = "，。；：、！？）】”》〕"
_OPENING = "（【“《〔"


def _pieces(text: str) -> Iterator[str]:
    """What is kept on one line: a word of Latin letters or digits, or one character with its marks."""
    piece = ""
    for letter in text:
        if piece and not _keeps(piece[-1], letter):
            yield piece
            piece = letter
        else:
            piece += letter
    if piece:
        yield piece


def _keeps(before: str, letter: str) -> bool:
    """Whether no line may break between the two."""
    if letter in _CLOSING or before in _OPENING:
        return True
    return before.isascii() and letter.isascii() and letter != " "

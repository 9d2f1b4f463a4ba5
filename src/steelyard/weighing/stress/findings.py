"""What a stress test of a scheme finds: what, why it matters, which change would mend it.

Plain values, made by the tests of this folder and shown by :mod:`steelyard.cli.say_stress`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Label

Level = Literal["stop", "mend", "know"]
LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that would go wrong if the scheme went out as it is.

    ``level``: ``stop`` should be mended before the scheme is issued, ``mend`` had better be, ``know``
    is for the record. ``items`` are the codes concerned. ``cases`` are one sentence an item or unit,
    with the number to change. ``figures`` hold the same for programs.
    """

    code: str
    level: Level
    items: tuple[str, ...]
    what: Text
    why: Text
    mend: Text
    cases: tuple[Text, ...] = ()
    figures: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """What one test tells: its findings, what it found sound, and what it could not test, and why."""

    findings: tuple[Finding, ...] = ()
    sound: tuple[Text, ...] = ()
    waits: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Stress:
    """A scheme as it stood the test, the gravest finding first.

    ``units`` and ``leaves`` are how many there are; ``with_data`` says whether a year's data were
    weighed. ``sound`` and ``waits`` make silence informative: what was tested and nothing found, and
    what could not be tested.
    """

    scheme: str
    title: Text
    label: Label
    units: int
    leaves: int
    with_data: bool
    findings: tuple[Finding, ...]
    sound: tuple[Text, ...]
    waits: tuple[Text, ...]

    @property
    def is_fit(self) -> bool:
        """Nothing was found that should stop the issue."""
        return not self.of("stop")

    def of(self, level: Level) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level == level)

    @property
    def summary(self) -> Text:
        """The answer in a sentence."""
        stop, mend, know = (len(self.of(level)) for level in LEVELS)
        counted = [
            Text(f"{stop}个问题应先解决", f"{stop} to be mended first") if stop else None,
            Text(f"{mend}个问题最好修改", f"{mend} that had better be mended") if mend else None,
            Text(f"{know}点须知", f"{know} to know") if know else None,
        ]
        said = [one for one in counted if one is not None]
        zh, en = "，".join(one.zh for one in said), ", ".join(one.en for one in said)
        if stop:
            return Text(f"不宜印发：{zh}。", f"Not fit to issue yet: {en}.")
        if said:
            return Text(f"没有必须先解决的问题：{zh}。", f"Nothing stops the issue: {en}.")
        return Text("没有发现问题。", "Nothing was found.")

    def document(self) -> dict[str, object]:
        """The whole as plain data."""
        return {
            "format": "steelyard-stress/1",
            "scheme": self.scheme,
            "title": _said(self.title),
            "label": self.label,
            "units": self.units,
            "leaves": self.leaves,
            "with_data": self.with_data,
            "fit": self.is_fit,
            "summary": _said(self.summary),
            "findings": [_finding(one) for one in self.findings],
            "sound": [_said(text) for text in self.sound],
            "not_tested": [_said(text) for text in self.waits],
        }


def in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The gravest first; within a level in the order of the tests."""
    return tuple(sorted(findings, key=lambda finding: LEVELS.index(finding.level)))


def _finding(one: Finding) -> dict[str, object]:
    return {
        "code": one.code,
        "level": one.level,
        "items": list(one.items),
        "what": _said(one.what),
        "why": _said(one.why),
        "mend": _said(one.mend),
        "cases": [_said(case) for case in one.cases],
        "figures": dict(one.figures),
    }


def _said(text: Text) -> dict[str, str]:
    return {"zh": text.say("zh"), "en": text.say("en")}

"""What is owed already when a scheme is amended, and what does the amendment bring with it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from steelyard.assessment.rules.amendments.differences import said_bodies
from steelyard.assessment.rules.division import Division, Way
from steelyard.assessment.rules.states import Stage
from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Scheme

BEFORE_WORK = frozenset({Stage.ISSUED})


@dataclass(frozen=True, slots=True)
class Owed:
    """A sheet as it stands: whose it is; whether a version was signed; whether figures are typed in."""

    body: str
    is_signed: bool = False
    is_open: bool = True
    has_draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What has been done under the scheme in force.

    ``answered``: items of which a unit has saved something; ``submitted``: whether a unit has put up
    or signed its submission; ``scored``: items with a score; ``drawn``: inputs for which case files are drawn.
    """

    stage: Stage
    sheets: Mapping[str, Owed] = field(default_factory=dict)
    answered: frozenset[str] = frozenset()
    submitted: bool = False
    scored: frozenset[str] = frozenset()
    drawn: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Brought:
    """What an amendment brings with it: sheets to open and to hand over, bodies of open scores."""

    opens: tuple[tuple[str, str], ...] = ()
    """Input and body."""
    hands_over: tuple[tuple[str, str], ...] = ()
    rescores: tuple[tuple[str, str], ...] = ()
    """Item and the body that scores it now."""

    def said(self, scheme: Scheme) -> tuple[Text, ...]:
        found = []
        for code, body in self.opens:
            what, who = named(scheme, code), said_bodies(scheme, (body,))
            found.append(Text(
                f"向{who.zh}新要求数据项“{what.zh}”", f"{who.en} is asked for {what.en} as well",
            ))  # fmt: skip
        for code, body in self.hands_over:
            what, who = named(scheme, code), said_bodies(scheme, (body,))
            found.append(Text(
                f"数据项“{what.zh}”改由{who.zh}报送", f"{what.en} is supplied by {who.en} from now on",
            ))  # fmt: skip
        for code, body in self.rescores:
            item, who = scheme.item[code], said_bodies(scheme, (body,))
            found.append(Text(
                f"项目{code}“{item.title.zh}”改由{who.zh}评分",
                f"item {code} {item.title.en} is scored by {who.en} from now on",
            ))  # fmt: skip
        return tuple(found)


def named(scheme: Scheme, code: str) -> Text:
    title = scheme.inputs[code].title if code in scheme.inputs else Text()
    return Text(title.zh or code, title.en or code)


def brought(old: Division, new: Division, work: Work) -> Brought:
    """What an amendment that nothing stands against brings with it."""
    if work.stage in BEFORE_WORK:
        return Brought()
    wanted = new.inputs(Way.SHEET)
    opens = tuple((code, new.body[code]) for code in wanted if code not in work.sheets)
    hands_over = tuple(
        (code, new.body[code])
        for code in wanted
        if code in work.sheets and work.sheets[code].body != new.body[code]
    )
    rescores: tuple[tuple[str, str], ...] = ()
    if work.stage is Stage.SCORING:
        had = {duty.item.code: duty.scoring_body for duty in old.duties}
        rescores = tuple(
            (duty.item.code, duty.scoring_body)
            for duty in new.duties
            if duty.item.code in had and had[duty.item.code] != duty.scoring_body
        )
    return Brought(opens, hands_over, rescores)

"""What is owed already when a scheme is amended, and what does the amendment bring with it?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from steelyard.assessment.rules.amendments.differences import said_bodies
from steelyard.assessment.rules.amendments.meaning import Shifted, shifted
from steelyard.assessment.rules.amendments.self_scores import Above, OwnScore, above
from steelyard.assessment.rules.schemes.division import Division, Way
from steelyard.assessment.rules.states import Stage
from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Input, Scheme

BEFORE_WORK = frozenset({Stage.ISSUED})


@dataclass(frozen=True, slots=True)
class Owed:
    """A sheet as it stands: whose it is; whether a version was signed; whether figures are typed in.

    ``given``: the figures on its last signed version, in their exact writing.
    """

    body: str
    is_signed: bool = False
    is_open: bool = True
    has_draft: bool = False
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What has been done under the scheme in force.

    ``answered``: items of which a unit has saved something; ``submitted``: whether a unit has put up
    or signed its submission; ``scored``: items with a score; ``drawn``: inputs for which case files are drawn;
    ``reported``: input → unit → the figure that it reports itself, in its exact writing; ``own_scores``: what
    units give themselves.
    """

    stage: Stage
    sheets: Mapping[str, Owed] = field(default_factory=dict)
    answered: frozenset[str] = frozenset()
    submitted: bool = False
    scored: frozenset[str] = frozenset()
    drawn: frozenset[str] = frozenset()
    reported: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    own_scores: tuple[OwnScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Outdated:
    """A figure that is another one by the amendment. ``body``: whose signed sheet of it is to be corrected, ""
    if there is none; ``units``: those whose own figure is out."""

    code: str
    before: Input
    after: Input
    shift: Shifted
    body: str = ""
    units: tuple[str, ...] = ()

    @property
    def why(self) -> Text:
        return self.shift.said(self.before, self.after)

    @property
    def how(self) -> Text:
        """The same without how many figures of the sheet no longer fit."""
        return replace(self.shift, unfit=0).said(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Brought:
    """What an amendment brings with it: sheets to open and to hand over, bodies of open scores; what was
    signed and no longer means what it says."""

    opens: tuple[tuple[str, str], ...] = ()
    """Input and body."""
    hands_over: tuple[tuple[str, str], ...] = ()
    rescores: tuple[tuple[str, str], ...] = ()
    """Item and the body that scores it now."""
    outdated: tuple[Outdated, ...] = ()
    dropped: tuple[str, ...] = ()
    """Inputs of signed sheets that nobody is asked for any longer."""
    above: tuple[Above, ...] = ()
    """Items whose new full points are below what units gave themselves."""

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
        found += [one for each in self.above for one in each.said(scheme)]
        return (*found, *_said_outdated(scheme, self.outdated), *self._said_dropped(scheme))

    def _said_dropped(self, scheme: Scheme) -> Iterator[Text]:
        for code in self.dropped:
            what = named(scheme, code)
            yield Text(
                f"数据项“{what.zh}”不再由单位报送，已签发的数据表不再采用",
                f"{what.en} is supplied no longer: what was signed of it does not count",
            )


def _said_outdated(scheme: Scheme, outdated: tuple[Outdated, ...]) -> Iterator[Text]:
    for one in outdated:
        what, why = named(scheme, one.code), one.why
        if one.body:
            who = said_bodies(scheme, (one.body,))
            yield Text(
                f"{who.zh}已签发的“{what.zh}”改为“待更正”，更正签发前不再采用（{why.zh}）",
                f"the signed sheet of {what.en} of {who.en} is to be corrected, and does not count until it is"
                f" ({why.en})",
            )
        if one.units:
            how = one.how
            names = [scheme.unit[unit].title for unit in one.units]
            zh, en = (
                "、".join(each.say("zh") for each in names),
                ", ".join(each.say("en") for each in names),
            )
            yield Text(
                f"{len(names)}个单位自报的“{what.zh}”按填报时的口径显示，不再参加比对（{zh}；{how.zh}）",
                f"what {len(names)} units reported themselves of {what.en} is shown as it was meant, and not"
                f" compared any longer ({en}; {how.en})",
            )


def named(scheme: Scheme, code: str) -> Text:
    title = scheme.inputs[code].title if code in scheme.inputs else Text()
    return Text(title.zh or code, title.en or code)


def brought(before: Scheme, after: Scheme, old: Division, new: Division, work: Work) -> Brought:
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
    dropped = tuple(
        code for code, held in work.sheets.items() if held.is_signed and code not in wanted
    )
    return Brought(
        opens, hands_over, rescores, tuple(_outdated(before, after, wanted, work)), dropped,
        tuple(above(before, after, work.own_scores, is_open=work.stage is Stage.COLLECTING)),
    )  # fmt: skip


def _outdated(
    before: Scheme, after: Scheme, wanted: Collection[str], work: Work
) -> Iterator[Outdated]:
    """In the order of the new scheme: what a body signed, and what units report themselves."""
    for code, now in after.inputs.items():
        was = before.inputs.get(code)
        if was is None:
            continue
        held = work.sheets.get(code) if code in wanted else None
        shift = shifted(was, now, held.given) if held is not None and held.given else None
        own = {
            unit: found
            for unit, value in work.reported.get(code, {}).items()
            if (found := shifted(was, now, [value])) is not None and found.is_out
        }
        why = shift or next(iter(own.values()), None)
        if why is not None:
            yield Outdated(code, was, now, why, held.body if shift and held else "", tuple(own))

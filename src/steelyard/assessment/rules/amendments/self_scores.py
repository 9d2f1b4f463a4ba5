"""Which self-scores are above the full points that an amendment gives their items, and what becomes of them?

A self-score gives no points in the weighing. What was signed stays as it was signed, and is shown with the
points that it was signed under; what is not signed yet its unit sets itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.scheme.model import ROOT, Item, Scheme


@dataclass(frozen=True, slots=True)
class OwnScore:
    """The points that a unit gives itself on an item. ``is_signed``: its submission is signed and locked."""

    unit: str
    item: str
    points: Fraction
    is_signed: bool


@dataclass(frozen=True, slots=True)
class Above:
    """An item of which self-scores are above its points: of units that ``signed``, and of units that have not,
    which are ``unsigned``. ``is_open``: the collection goes on, so that those still set their own."""

    item: Item
    was: Fraction
    most: Fraction
    signed: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()
    is_open: bool = True

    def of_unit(self, unit: str) -> Text:
        """As its own people are told."""
        zh, en = self._said_of_the_item()
        if unit in self.signed:
            return Text(
                f"{zh}，本单位已签发的自评分高于新满分：{_STAYS.zh}",
                f"{en}; our signed self-score is above that: {_STAYS.en}",
            )
        mend = _OWN_TO_LOWER if self.is_open else _OVER
        return Text(
            f"{zh}，本单位填写的自评分高于新满分：{mend.zh}",
            f"{en}; the self-score that we entered is above that: {mend.en}",
        )

    def said(self, scheme: Scheme) -> Iterator[Text]:
        """As the office is told: units by name once they signed; before, a self-score is their own affair."""
        zh, en = self._said_of_the_item()
        if self.signed:
            names = [scheme.unit[one].title for one in self.signed]
            yield Text(
                f"{zh}：{len(names)}个单位已签发的自评分高于新满分"
                f"（{'、'.join(one.say('zh') for one in names)}），{_STAYS.zh}",
                f"{en}: signed self-scores are above that, of units: {len(names)}"
                f" ({', '.join(one.say('en') for one in names)}); {_STAYS.en}",
            )
        if self.unsigned:
            count, mend = len(self.unsigned), _TO_LOWER if self.is_open else _OVER
            yield Text(
                f"{zh}：{count}个尚未签发的单位填写的自评分高于新满分，{mend.zh}",
                f"{en}: self-scores that were entered and not signed are above that, of units: {count}; {mend.en}",
            )

    def _said_of_the_item(self) -> tuple[str, str]:
        was, most = plain(self.was), plain(self.most)
        title = self.item.title
        return (
            f"项目{self.item.code}“{title.say('zh')}”满分由{was}分改为{most}分",
            f"item {self.item.code} {title.say('en')} had {was} points, has {most}",
        )


_STAYS = Text(
    "保留原样，与签发时的满分一并显示；实时位次估算最多按新满分计，评分由评分单位作出；"
    "已签发的自评材料不退回、不改动，单位和考核办无须办理",
    "what was signed stays as it was and is shown with the full points of its version; the live standing counts it"
    " at the new ones at most, and the scoring body gives the points; it is neither given back nor altered, and"
    " neither unit nor office has anything to do",
)
_TO_LOWER = Text(
    "由各单位在提请审签前自行改低（不改低不能提请审签）；已在审签的，可以先撤回",
    "each unit lowers its own before it is put up, which is refused until then; what is being approved can be"
    " taken back first",
)
_OWN_TO_LOWER = Text(
    "请在提请审签前改低；已在审签的，请先撤回",
    "lower it before it is put up; if it is being approved, take it back first",
)
_OVER = Text(
    "填报已经结束，不再改动，评分由评分单位作出",
    "the collection is over, nothing is filled in any more, and the scoring body gives the points",
)


def above(
    before: Scheme, after: Scheme, own: Iterable[OwnScore], *, is_open: bool = True
) -> Iterator[Above]:
    """In the order of the new scheme. An item without points, as in an index, has no bound."""
    own = tuple(own)
    for item in after.in_order:
        most = after.full[item.code]
        was = before.full.get(item.code, Fraction(0))
        if item.code == ROOT or not 0 < most < was:
            continue
        beyond = [one for one in own if one.item == item.code and one.points > most]
        if beyond:
            yield Above(
                item, was, most,
                tuple(one.unit for one in beyond if one.is_signed),
                tuple(one.unit for one in beyond if not one.is_signed), is_open,
            )  # fmt: skip

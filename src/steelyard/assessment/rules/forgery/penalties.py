"""What does the scheme say of forged material: of the item itself, and of the unit besides?

The item follows the scheme's outcome for the state *forged*. What it costs besides, the scheme says by how
many items were forged (:data:`~steelyard.scheme.given.FORGED_ITEMS`): a veto, or an item that
takes points away.
"""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.assessment.rules.schemes.division import inputs_of
from steelyard.kernel.bilingual import Text
from steelyard.scheme.given import FORGED_ITEMS
from steelyard.scheme.model import Scheme, Veto
from steelyard.scheme.names import Use
from steelyard.scheme.uses import in_veto
from steelyard.scheme.wording.say_grades import veto_in_words
from steelyard.scheme.wording.say_item import OUTCOMES, STATES, item_in_words
from steelyard.scheme.wording.speech import rows_of
from steelyard.weighing.points.board import Board
from steelyard.weighing.points.tree import led_to
from steelyard.weighing.values import Values

_ENDS = {"zh": "。！？", "en": ".!?"}


def penalty_of(scheme: Scheme, item: str) -> Text:
    """In sentences: what becomes of the item, then what else it costs."""
    said = [_of_the_item(scheme, item), *besides_the_item(scheme)]
    return Text("".join(one.zh for one in said), " ".join(one.en or one.zh for one in said))


def _of_the_item(scheme: Scheme, item: str) -> Text:
    sentence = OUTCOMES[led_to(Board(scheme, Values()), scheme.item[item], "forged")]
    state = STATES["forged"]
    return Text(sentence.zh.format(state=state.zh), sentence.en.format(state=state.en))


def besides_the_item(scheme: Scheme) -> tuple[Text, ...]:
    """A sentence for every rule that asks how many items were forged; none if there is no such rule."""
    return (*_vetoes(scheme), *_items(scheme))


def _vetoes(scheme: Scheme) -> Iterator[Text]:
    rows = {str(row.get("code")): row for row in rows_of(scheme.document, "vetoes")}
    for veto in scheme.vetoes:
        if asks_for_forgery(veto):
            words = Text(
                veto_in_words(rows[veto.code], scheme.document, "zh"),
                veto_in_words(rows[veto.code], scheme.document, "en"),
            )
            yield _sentence(veto.title or words)


def asks_for_forgery(veto: Veto) -> bool:
    """Whether the veto is on how many items were forged."""
    return any(isinstance(one, Use) and one.name == FORGED_ITEMS for one in in_veto(veto, ""))


def _items(scheme: Scheme) -> Iterator[Text]:
    rows = {str(row.get("code")): row for row in rows_of(scheme.document, "items")}
    for leaf in scheme.leaves:
        if FORGED_ITEMS in inputs_of(scheme, leaf):
            zh, en = (
                item_in_words(rows[leaf.code], scheme.document, lang) for lang in ("zh", "en")
            )
            yield _sentence(Text(f"{leaf.title.say('zh')}：{zh}", f"{leaf.title.say('en')}: {en}"))


def _sentence(said: Text) -> Text:
    zh, en = said.say("zh"), said.say("en")
    return Text(
        zh if zh.endswith(tuple(_ENDS["zh"])) else f"{zh}。",
        en if en.endswith(tuple(_ENDS["en"])) else f"{en}.",
    )

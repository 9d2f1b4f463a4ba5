"""What the versions touch: the inputs that vary, and every quantity and item that depends on them."""

from __future__ import annotations

from collections.abc import Iterable

from steelyard.scheme.formula import Name, walk
from steelyard.scheme.model import ROOT, Item, Scheme
from steelyard.scheme.names import Found, Mention
from steelyard.scheme.uses import in_item, in_quantity
from steelyard.weighing.batch.board import Versions


class Touched:
    """Asked by code; what an answer depends on is looked up once."""

    def __init__(self, scheme: Scheme, versions: Versions) -> None:
        self._scheme = scheme
        self._inputs, self._lists = set(versions.inputs), set(versions.times)
        self._factors = set(versions.factors)
        self._points = {*versions.factors, *versions.left_out}
        self._known: dict[str, bool] = {}

    def rule(self, item: Item) -> bool:
        """Whether an item's own rule and conditions, or a condition above it, depend on what varies."""
        return self._once(f"item {item.code}", lambda: self._depends(item))

    def _depends(self, item: Item) -> bool:
        if any(self._found(in_item(one, "")) for one in self._upwards(item)):
            return True
        if self._points and any(_asks_for_full(one) for one in self._upwards(item)):
            return True
        if item.adjust and self._is_scaled(item):
            return True  # what a group gives is scaled with its points, what adjusts it is not
        return any(self.item(child) for child in self._scheme.children[item.code])

    def _is_scaled(self, item: Item) -> bool:
        while item.code != ROOT and item.code not in self._factors:
            item = self._scheme.item[item.parent]
        return item.code != ROOT

    def item(self, item: Item) -> bool:
        """Whether anything about an item's score varies."""
        return item.code in self._points or self.rule(item)

    def _upwards(self, item: Item) -> Iterable[Item]:
        """The item, and the groups above whose applicability is also its own."""
        yield item
        here = item
        while here.code != ROOT:
            here = self._scheme.item[here.parent]
            if here.not_applicable_if is not None:
                yield here

    def _found(self, found: Iterable[Found]) -> bool:
        return any(self._is_touched(one) for one in found)

    def _is_touched(self, one: Found) -> bool:
        if isinstance(one, Mention):
            return bool(self._points) or self.item(self._scheme.item[one.item])
        if one.scope.list in self._lists or one.name in self._inputs:
            return True
        return one.name in self._scheme.quantities and self._quantity(one.name)

    def _quantity(self, name: str) -> bool:
        quantity = self._scheme.quantities[name]
        return self._once(f"quantity {name}", lambda: self._found(in_quantity(quantity, "")))

    def _once(self, key: str, ask: object) -> bool:
        if key not in self._known:
            self._known[key] = True  # a circle through itself is no reason
            self._known[key] = bool(ask())  # type: ignore[operator]
        return self._known[key]


def _asks_for_full(item: Item) -> bool:
    """Whether a condition looks at the full points themselves, which may be scaled."""
    conditions = (item.zero_if, item.full_if, item.not_applicable_if)
    return any(Name("full") in walk(one) for one in conditions if one is not None)

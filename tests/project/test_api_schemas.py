"""In the document of the API a schema is known by its name alone: of two of one name, one is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ninja import Schema

from steelyard.config import urls


def test_no_two_schemas_of_the_api_have_one_name() -> None:
    assert urls.urlpatterns, "what the API says is imported"
    names = Counter(one.__name__ for one in set(schemas(Schema)))
    assert names.total() > 100
    assert [name for name, several in names.items() if several > 1] == []


def schemas(of: type[Schema]) -> Iterator[type[Schema]]:
    for one in of.__subclasses__():
        if one.__module__.startswith("steelyard."):
            yield one
            yield from schemas(one)

"""The shelf of prose serves here too."""

from tests.website.prose.conftest import shelf_of_ours

__all__ = ["shelf_of_ours"]

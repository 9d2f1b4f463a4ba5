"""The cases. Each module has a function ``cases()`` that yields :class:`bench.measure.Case`."""

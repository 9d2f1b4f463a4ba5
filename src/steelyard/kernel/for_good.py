"""What a long process loads at its start stays until its end: the collector of rubbish need not look through it.

Else it does so again and again while modules are loaded (a fifth of a start), and once more when the process
ends, in every process of a web server (a second each).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loaded_for_good() -> Iterator[None]:
    """What is loaded within is not collected, and neither is what there was before.

    >>> with loaded_for_good():
    ...     gc.isenabled()
    False
    >>> gc.isenabled(), gc.get_freeze_count() > 0
    (True, True)
    >>> gc.unfreeze()
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()

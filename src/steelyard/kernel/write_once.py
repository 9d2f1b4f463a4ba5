"""A file that is made once: whole under its name or not there, whoever else makes it at the same time."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_once(path: Path, content: bytes) -> bool:
    """Keep content under a name, for its owner's eyes alone. False if there is something already: it is left
    as it is. Of several processes or threads at once, one is first; the others find what that one wrote."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".half")
    half = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(half)
    except FileExistsError:
        return False
    finally:
        half.unlink(missing_ok=True)
    return True

"""May these letters stand in a name of a person, an organisation or a file?

A letter that nobody sees makes two names look alike, or one read otherwise than it is: U+202E turns
``报表[U+202E]fdp.exe`` into what looks like a PDF. Such a name is refused and not mended in silence.
"""

from __future__ import annotations

import unicodedata

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories: control, format (writing direction, no width), halves, line and paragraph ends.

Letters that are not yet assigned or for private use stay: rare characters of names are among them.
"""
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
"""Letters by category, and yet nothing is seen of them."""


def unseen_letters(name: str) -> tuple[str, ...]:
    """The code points of a name that nobody sees, each once, in their order.

    >>> unseen_letters("报表\\u202efdp.exe"), unseen_letters("𬭎 O'Neill 二〇〇一")
    (('U+202E',), ())
    """
    found = (one for one in name if unicodedata.category(one) in UNSEEN or one in BLANKS)
    return tuple(dict.fromkeys(f"U+{ord(one):04X}" for one in found))


def said_of(letters: tuple[str, ...]) -> Text:
    """What is said of them, on a form, in a sheet and by the API."""
    named = ", ".join(letters[:5])
    return Text(
        f"名称中有看不见的字符（{named}），请删去后重新输入",
        f"the name holds characters that cannot be seen ({named}); type it anew without them",
    )


def against_names(**names: str) -> tuple[Refusal, ...]:
    """What speaks against names, each under its field.

    >>> [(one.code, one.field) for one in against_names(name="李\\u200b明", name_en="Li Ming")]
    [('unseen_letters', 'name')]
    """
    return tuple(
        Refusal("unseen_letters", said_of(letters), field)
        for field, name in names.items()
        if (letters := unseen_letters(name))
    )

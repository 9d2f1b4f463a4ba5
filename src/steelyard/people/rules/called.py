"""How is a person called on a page of either language?"""

from __future__ import annotations

from steelyard.kernel.bilingual import Text

BETWEEN = " / "


def called(name: str) -> Text:
    """A name, in Latin letters too where that stands behind a stroke.

    >>> called("谭伟 / Tan Wei")
    Text(zh='谭伟', en='Tan Wei')
    >>> called("谭伟").say("en")
    '谭伟'
    """
    chinese, _, latin = name.partition(BETWEEN)
    return Text(chinese.strip(), latin.strip())

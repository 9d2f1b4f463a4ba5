"""What a backup or a restore says of what is missing or changed, and its exit status."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from steelyard.kernel.bilingual import Lang, Text

if TYPE_CHECKING:
    from steelyard.config.kept import NotKept

NOT_ALL_KEPT = 3
"""It was done; but something that the database tells of is missing or changed. No refusal (2) and no crash (1)."""


def say_not_kept(found: tuple[NotKept, ...], lang: Lang) -> int:
    """Name each on standard error; the status to end with."""
    if not found:
        return 0
    heading = Text(
        f"注意：登记在案的{len(found)}份内容丢失或已被改动，本备份中同样如此。"
        "请从更早的备份中找回，或请提交人重新上传同一文件：",
        f"Attention: of what is on record {len(found)} are missing or changed, and so they are in this backup."
        " Get them from an earlier backup, or have the very same files sent again:",
    )
    print(heading.say(lang), file=sys.stderr)
    for one in found:
        print(f"  {one.say().say(lang)}", file=sys.stderr)
    return NOT_ALL_KEPT

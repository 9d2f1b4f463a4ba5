"""Where is it told how an entry of a region's table is written? Said of an entry that cannot be read."""

from __future__ import annotations

from steelyard.kernel.bilingual import Text

BY_THE_HEAD_OF_THE_FILE = Text(
    "请对照文件开头的说明改正", "mend it by what the head of the file says"
)
BY_THE_PROVENANCE = Text(
    "请对照来源说明中各列的写法改正", "mend it by what the provenance says of the columns"
)

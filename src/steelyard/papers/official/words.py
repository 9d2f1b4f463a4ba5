"""The few words that a paper has of its own."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.kernel.bilingual import Text

WORDS: Mapping[str, Text] = {
    "signer": Text("签发人：", "Signed off by: "),
    "attachment": Text("附件：", "Attachment: "),
    "copies": Text("抄送：", "Copies: "),
    "printed": Text("{day}印发", "Printed {day}"),
}

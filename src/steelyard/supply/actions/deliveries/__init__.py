"""What a person does with a delivery: one function a deed, one transaction, one trace.

Each reads the delivery under a lock, asks who may and what stands against it, then writes.
"""

from __future__ import annotations

from steelyard.supply.actions.deliveries.decisions import accept, return_to_body
from steelyard.supply.actions.deliveries.drafts import (
    Details,
    File,
    correct,
    discard,
    mend,
    upload,
)
from steelyard.supply.actions.deliveries.signatures import sign, withdraw

__all__ = [
    "Details",
    "File",
    "accept",
    "correct",
    "discard",
    "mend",
    "return_to_body",
    "sign",
    "upload",
    "withdraw",
]

"""Outside, a lead is a file in the outbox, sealed to the office. It never lies there open.

As long as no office has published a key, the form says that it is out of order.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from steelyard.letterbox.leads import LeadLetter, written
from steelyard.letterbox.outbox import NotTaken, put
from steelyard.letterbox.sealing import sealed
from steelyard.website.messages.public import seal_to
from steelyard.website.site import site_at


@sensitive_variables()
def put_lead(letter: LeadLetter, *, now: datetime) -> bool:
    """Seal a lead and write it into the outbox; False if it is there already.

    Raises:
        NotTaken: it could not be sealed, or not be kept.
    """
    try:
        content = sealed(written(letter), seal_to(site_at(now)))
    except ValueError as error:
        raise NotTaken from error
    return put(settings.MESSAGES, letter.number, content)

"""The door for a web server."""

import os

from steelyard.kernel.for_good import loaded_for_good

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "steelyard.config.settings")

with loaded_for_good():
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.urls import reverse

    _office = get_wsgi_application()
    reverse(
        "health"
    )  # every address is loaded now, once for all processes that are forked from this one

    from steelyard.config.answers.middleware import note_kept
    from steelyard.website.keeping import Kept

application = Kept(
    _office, lambda path: path.startswith(settings.KNOWS_NOBODY), noted=note_kept
)  # what the public reads; nothing else of the office is even looked at

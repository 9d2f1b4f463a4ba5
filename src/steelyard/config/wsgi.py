"""The door for a web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "steelyard.config.settings")
_office = get_wsgi_application()

from django.conf import settings  # noqa: E402

from steelyard.config.middleware import note_kept  # noqa: E402
from steelyard.website.keeping import Kept  # noqa: E402

application = Kept(
    _office, lambda path: path.startswith(settings.KNOWS_NOBODY), noted=note_kept
)  # what the public reads; nothing else of the office is even looked at

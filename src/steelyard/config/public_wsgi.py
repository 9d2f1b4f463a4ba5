"""The door of the public site for a web server."""

import os

from django.core.wsgi import get_wsgi_application

from steelyard.website.keeping import Kept

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "steelyard.config.public_settings")

_NOT_KEPT = ("/static/", "/health/")

application = Kept(get_wsgi_application(), lambda path: not path.startswith(_NOT_KEPT))

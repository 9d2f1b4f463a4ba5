"""The door of the public site for a web server."""

import os

from steelyard.kernel.for_good import loaded_for_good

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "steelyard.config.outside.settings")

with loaded_for_good():
    from django.core.wsgi import get_wsgi_application
    from django.urls import reverse

    from steelyard.website.keeping import Kept

    _site = get_wsgi_application()
    reverse("website:home")  # every address is loaded now, once for all processes

_NOT_KEPT = ("/static/", "/health/")

application = Kept(_site, lambda path: not path.startswith(_NOT_KEPT))

"""The settings of the public site, with one address more."""

from __future__ import annotations

from steelyard.config.outside import settings as public_settings

globals().update({name: value for name, value in vars(public_settings).items() if name.isupper()})

ROOT_URLCONF = "bench.bare_site.site"

"""A bare Django site on the office's database, sessions and web server: what its pages are measured against.

Django's own middleware and nothing of ours: no trail, no rights, no rules.
"""

"""Is the scheme fit to issue? Before it goes out, by its form and by last year's data.

``fitness.py`` runs the ``TESTS``; each other file asks one question of the scheme on ``trial``.
"""

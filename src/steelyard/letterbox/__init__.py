"""The letter box of the public site: what citizens drop in outside is sealed, carried in and taken in once.

form outside ─► seal ─► a file in the outbox ─► `steelyard messages FOLDER` ─► opened ─► the area whose kind it is

Each kind of letter has a format; the area that takes it in announces itself in ``intake``.
"""

"""Figures that can be followed back: deliveries → snapshot → values.

``catalogue`` says what a table holds, ``intake`` lets deliveries in or lists their faults,
``snapshot`` freezes, verifies and compares, ``query`` lets SQL read and nothing else, ``tally`` turns
rows into figures. ``tables/`` is data: the tables of every area.
"""
